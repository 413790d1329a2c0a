using System.Globalization;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.Content.Schedules;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn start &lt;activity&gt; [in ~channel]`: shows what it would mean, and starts it on a yes.</summary>
public sealed class StartCommand(
    Definitions definitions, RunStarter starter, RunCalendar calendar, ChannelFinder channels, IDirectory directory, TimeProvider time)
    : ISubcommand, IAnswersButtons
{
    private const string Confirm = "confirm";
    private const string Cancel = "cancel";

    /// <summary>A plan older than this may no longer be what was shown.</summary>
    private static readonly TimeSpan PlanHolds = TimeSpan.FromHours(1);

    public SubcommandSpec Spec { get; } = new("start", "<activity> [in ~channel]", "help.start") { ForFacilitators = true };

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var (words, channelName) = ChannelFinder.Split(call.Arguments);
        if (words.Length == 0)
            return Offers(call);
        if (Find(words) is not { } definition)
            return Unknown(call, words, channelName);
        var (channel, refusal) = await channels.ForAsync(call, definition, channelName, cancellationToken);
        if (channel is null)
            return refusal!;
        var plan = await starter.PlanAsync(definition, channel, call.Caller.PersonId, cancellationToken);
        return plan.Refusal is { } no ? Refused(call, definition, channel, no) : await ShowAsync(call, definition, channel, plan, cancellationToken);
    }

    public async Task<Reply> PressedAsync(ButtonPress press, CancellationToken cancellationToken)
    {
        var call = new CommandCall(press.Caller, "", press.Speech, press.Zone);
        var (slug, channelId) = press.Reference.Subject.Split('/', 2) is [var first, var second] ? (first, second) : ("", "");
        if (press.Reference.Action == Cancel)
            return Reply.Instead(call.Speech.Say("start.cancelled"));
        var hash = press.Reference.Step.Split('/').ElementAtOrDefault(1);
        if (Find(slug) is not { } definition || await directory.ChannelAsync(channelId, cancellationToken) is not { } channel)
            return Reply.Instead(call.Speech.Say("start.gone"));
        if (time.GetUtcNow() - press.Reference.MadeAt() > PlanHolds || hash is null || !definition.Hash.StartsWith(hash, StringComparison.Ordinal))
            return Reply.Instead(call.Speech.Say("start.old", ("slug", definition.Slug)));

        var plan = await starter.PlanAsync(definition, channel, press.Caller.PersonId, cancellationToken);
        var refusal = plan.Refusal ?? await starter.StartAsync(definition, plan, channel, press.Reference.Step, cancellationToken);
        return refusal is { } no
            ? Refused(call, definition, channel, no) with { ReplacesMessage = true }
            : await starter.WordsForAsync(definition, plan.Run!, plan.First, cancellationToken);
    }

    private async Task<Reply> ShowAsync(CommandCall call, ActivityDefinition definition, ChannelProfile channel, StartPlan plan, CancellationToken cancellationToken)
    {
        var speech = call.Speech;
        // The bot is one of them, and no reader.
        var members = Math.Max(0, await directory.MemberCountAsync(channel.Id, cancellationToken) - 1);
        var text = string.Join('\n', [
            speech.Say("start.plan", ("title", definition.In(call.Caller.Language).Title), ("channel", Token.Channel(channel.Id)), ("host", Token.Person(plan.Run!.HostId))),
            speech.Say("start.plan-members", ("count", members)),
            .. definition.GoesTogether ? [speech.Say("start.plan-together", ("day", speech.Day(definition.BeginsOn(LocalTime.DateOf(plan.First, definition.Zone)))))]
                : definition.Schedule is null ? [speech.Say("start.plan-any-time"), speech.Say("start.plan-no-end")] : Dates(speech, definition, plan)
        ]);
        var subject = $"{definition.Slug}/{channel.Id}";
        var step = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToUnixTimeMilliseconds()}/{definition.Hash[..16]}");
        return Reply.Of(
            text,
            new DraftButton(speech.Say("start.button.start"), new ActionReference(Spec.Name, Confirm, subject, step, call.Caller.PersonId)) { IsPrimary = true },
            new DraftButton(speech.Say("start.button.cancel"), new ActionReference(Spec.Name, Cancel, subject, step, call.Caller.PersonId)));
    }

    private IEnumerable<string> Dates(Speech speech, ActivityDefinition definition, StartPlan plan)
    {
        var outlook = Outlook.Of(calendar, plan.Run!, definitions.KindOf(plan.Run!), definition, plan.First);
        yield return speech.Say("start.plan-first", ("first", speech.InChannel(plan.First, definition.Zone)), ("schedule", definition.Schedule!));
        yield return outlook.Last is { } last
            ? speech.Say("start.plan-last", ("count", outlook.Rounds), ("last", speech.InChannel(last, definition.Zone)))
            : speech.Say("start.plan-no-end");
        if (definitions.KindOf(plan.Run!).IsMadeByMembers)
            yield return speech.Say("start.plan-suggestions");
        yield return speech.Say("start.plan-messages", ("count", outlook.MessagesAWeek));
    }

    private ActivityDefinition? Find(string words)
    {
        var wanted = words.Trim('"', '*', '`');
        return definitions.Library.Find(wanted)
            ?? definitions.Library.Definitions.Values.FirstOrDefault(one => one.Title.Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }

    private Reply Unknown(CommandCall call, string words, string? channelName)
    {
        var shown = MentionSafe.Code(words, 60);
        return definitions.Library.Suggest(words) is [var likeliest, ..]
            ? call.Speech.Say("activity.unknown-nearest", ("name", shown), ("nearest", likeliest.Slug), ("command", $"/learn {Spec.Name} {likeliest.Slug}{ChannelFinder.Again(channelName)}"))
            : Offers(call);
    }

    private Reply Offers(CommandCall call)
    {
        var offered = definitions.Library.Definitions.Values.Select(one => $"- `{one.Slug}`: {one.Title}").ToList();
        return offered.Count == 0 ? call.Speech.Say("start.library-empty") : $"{call.Speech.Say("start.offers")}\n{string.Join('\n', offered.Take(20))}";
    }

    private static Reply Refused(CommandCall call, ActivityDefinition definition, ChannelProfile channel, StartRefusal refusal) => call.Speech.Say(
        refusal switch
        {
            StartRefusal.RunsThereAlready => "start.refused.runs-already",
            StartRefusal.NoSuchHost => "start.refused.no-such-host",
            StartRefusal.NoHost => "start.refused.no-host",
            StartRefusal.NoDateLeft => "start.refused.no-date",
            StartRefusal.NeedsInvitation => "start.refused.needs-invitation",
            StartRefusal.BotNotInTeam => "start.refused.not-in-team",
            StartRefusal.Archived => "start.refused.archived",
            _ => "start.refused.posting-forbidden",
        },
        ("title", definition.In(call.Caller.Language).Title), ("slug", definition.Slug), ("channel", Token.Channel(channel.Id)), ("host", MentionSafe.Code(definition.Host)), ("path", definition.Path));
}
