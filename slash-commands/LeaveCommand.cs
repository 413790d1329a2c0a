using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn leave &lt;activity&gt;|everything`: out of the open round, and of every round to come. It works while Mattermost says nothing, too.</summary>
public sealed class LeaveCommand(OwnRuns own, ChannelFinder channels, ActivityRuntime runtime, Leaving leaving, IDirectory directory) : ISubcommand
{
    private const string Everything = "everything";
    private const int MostNames = 10;

    public SubcommandSpec Spec { get; } = new("leave", "<activity>|everything", "help.leave");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Arguments.Equals(Everything, StringComparison.OrdinalIgnoreCase))
            return await LeaveEverythingAsync(call, cancellationToken);
        var (words, channelName) = ChannelFinder.Split(call.Arguments);
        var mine = await own.OfAsync(call.Caller.PersonId, call.Caller.Language, cancellationToken);
        if (mine.Count == 0)
            return call.Speech.Say("leave.in-nothing");
        if (words.Length == 0)
            return call.Speech.Say("activity.which", ("command", $"/learn {Spec.Name}"), ("names", Names(call, mine)));
        var named = OwnRuns.Named(mine, words, call.Caller.TeamId, channelName is null ? call.Caller.ChannelId : "");
        if (channelName is not null)
            named = await InChannelAsync(OwnRuns.Named(mine, words, null, ""), channelName, cancellationToken);
        switch (named)
        {
            case [var one]:
                var acted = new Acted(call.Caller.PersonId, PersonAction.Leave, null);
                return await runtime.ActAsync(one.OpenRound?.Id ?? one.Run.Id, acted, cancellationToken) ?? call.Speech.Say("run.not-here");
            case []:
                return Unknown(call, words, mine);
        }

        // Asked before it is worded: where Mattermost does not name them, the answer is to try again, not that something was done.
        foreach (var run in named)
            await directory.ChannelAsync(run.Run.ChannelId, cancellationToken);
        return call.Speech.Say(
            "activity.several", ("title", named[0].Title), ("channels", call.Speech.List([.. named.Select(run => Token.Channel(run.Run.ChannelId))])),
            ("command", $"/learn {Spec.Name} {named[0].Run.Slug} in ~channel"));
    }

    private async Task<Reply> LeaveEverythingAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var speech = call.Speech;
        var (left, hosted) = await leaving.EverythingAsync(call.Caller, cancellationToken);
        var text = left.Count == 0
            ? speech.Say("leave.everything-none")
            : speech.Say("leave.everything", ("names", speech.List([.. left.Select(title => $"**{title}**")])));
        // Somebody has to answer for a run: that does not end by leaving.
        return hosted.Count == 0 ? text : $"{text}\n{speech.Say("leave.everything-hosts", ("names", speech.List([.. hosted.Select(slug => $"`{slug}`")])))}";
    }

    private async Task<IReadOnlyList<OwnRun>> InChannelAsync(IReadOnlyList<OwnRun> named, string name, CancellationToken cancellationToken)
    {
        try
        {
            var there = await channels.InChannelAsync([.. named.Select(one => one.Run.ChannelId)], name, cancellationToken);
            return [.. named.Where(one => there.Contains(one.Run.ChannelId))];
        }
        catch (DirectoryUnavailableException) when (named.Count == 1)
        {
            // There is only one that can be meant.
            return named;
        }
    }

    private Reply Unknown(CommandCall call, string words, IReadOnlyList<OwnRun> mine)
    {
        var nearest = Nearest.To(words, mine.Select(one => one.Run.Slug)) ?? mine.FirstOrDefault(one => one.Title.Contains(words, StringComparison.OrdinalIgnoreCase))?.Run.Slug;
        return nearest is null
            ? call.Speech.Say("leave.not-in", ("name", MentionSafe.Code(words, 60)), ("names", Names(call, mine)))
            : call.Speech.Say("activity.unknown-nearest", ("name", MentionSafe.Code(words, 60)), ("nearest", nearest), ("command", $"/learn {Spec.Name} {nearest}"));
    }

    private static string Names(CommandCall call, IReadOnlyList<OwnRun> mine) =>
        call.Speech.List([.. mine.Select(one => $"`{one.Run.Slug}`").Distinct().Take(MostNames)]);
}
