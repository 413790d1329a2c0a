using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Content.Library;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Activities.Community;

/// <param name="Run">What was found.</param>
/// <param name="Refusal">Else the answer that asks for more.</param>
public sealed record FoundRun(VisibleRun? Run, Reply? Refusal)
{
    /// <summary>The asker sees nothing of that name. Whether there is something where they cannot see it is not said, and not looked up.</summary>
    public bool IsUnknown { get; init; }
}

/// <summary>Finds the one run that a command means, or words why it cannot.</summary>
public sealed class RunFinder(RunDirectory runs, ChannelFinder channels, TimeProvider time)
{
    /// <summary>Either a run, or the answer that asks for more.</summary>
    public async Task<(VisibleRun? Run, Reply? Refusal)> OneAsync(CommandCall call, string arguments, SubcommandSpec spec, CancellationToken cancellationToken)
    {
        var found = await FindAsync(call, arguments, spec, cancellationToken);
        return (found.Run, found.Refusal);
    }

    /// <summary>The same, and whether there is nothing of that name where the asker can see it.</summary>
    public async Task<FoundRun> FindAsync(CommandCall call, string arguments, SubcommandSpec spec, CancellationToken cancellationToken)
    {
        var speech = call.Speech;
        var (words, channelName) = ChannelFinder.Split(arguments);
        var visible = await runs.VisibleToAsync(call.Caller, cancellationToken);
        if (visible.Count == 0)
            return new FoundRun(null, speech.Say("activity.none")) { IsUnknown = words.Length > 0 };
        if (words.Length == 0)
        {
            var names = visible.Select(one => $"`{one.Run.Slug}`").Distinct().Take(10).ToList();
            return new FoundRun(null, speech.Say("activity.which", ("command", $"/learn {spec.Name}"), ("names", speech.List(names))));
        }

        var named = RunDirectory.Named(visible, words, call.Caller);
        if (channelName is not null)
        {
            var anywhere = RunDirectory.Named(visible, words, call.Caller with { ChannelId = "" });
            var there = await channels.InChannelAsync(anywhere.Select(one => one.Run.ChannelId), channelName, cancellationToken);
            named = [.. anywhere.Where(one => there.Contains(one.Run.ChannelId))];
        }

        return named.Count switch
        {
            1 => new FoundRun(named[0], null),
            0 => new FoundRun(null, Unknown(call, words, channelName, spec, visible)) { IsUnknown = true },
            _ => new FoundRun(null, speech.Say(
                "activity.several", ("title", named[0].Definition.Title), ("channels", speech.List([.. named.Select(one => Token.Channel(one.Run.ChannelId))])),
                ("command", $"/learn {spec.Name} {named[0].Run.Slug} in ~channel"))),
        };
    }

    /// <summary>A moment in the asker's own zone, or with the city where that is not known.</summary>
    public string When(CommandCall call, VisibleRun run, DateTimeOffset instant) => call.Zone is { } zone
        ? call.Speech.Say("moment.yours", ("moment", call.Speech.Near(instant, zone, time.GetUtcNow())))
        : call.Speech.InChannel(instant, run.Definition.Zone);

    private static Reply Unknown(CommandCall call, string words, string? channelName, SubcommandSpec spec, IReadOnlyList<VisibleRun> visible)
    {
        var shown = MentionSafe.Code(words, 60);
        var nearest = Nearest.To(words, visible.Select(one => one.Run.Slug))
            ?? Finding.Among(visible, one => one.Definition, words).FirstOrDefault()?.Run.Slug;
        return nearest is null
            ? call.Speech.Say("activity.unknown", ("name", shown), ("names", call.Speech.List([.. visible.Select(one => $"`{one.Run.Slug}`").Distinct().Take(10)])))
            : call.Speech.Say("activity.unknown-nearest", ("name", shown), ("nearest", nearest), ("command", $"/learn {spec.Name} {nearest}{ChannelFinder.Again(channelName)}"));
    }
}
