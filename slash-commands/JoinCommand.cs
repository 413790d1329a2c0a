using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn join &lt;activity&gt; [every round]`: the same as the button "I'm in". From outside of a public channel it offers to take the person in.</summary>
public sealed class JoinCommand(
    RunFinder finder, ActivityRuntime runtime, IDirectory directory, Facilitators facilitators, ILearningStore store)
    : ISubcommand, IAnswersButtons
{
    private const string EveryRound = " every round";

    /// <summary>The button's action; its step is a round, or this.</summary>
    private const string Enter = "enter";
    private const string Always = "always";

    /// <summary>A channel of a longer name is not named on the button.</summary>
    private const int LongestNameOnButton = 20;

    public SubcommandSpec Spec { get; } = new("join", "<activity> [every round]", "help.join");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var always = call.Arguments.EndsWith(EveryRound, StringComparison.OrdinalIgnoreCase);
        var words = always ? call.Arguments[..^EveryRound.Length] : call.Arguments;
        var found = await finder.FindAsync(call, words, Spec, cancellationToken);
        if (found.Run is not { } run)
            return found.IsUnknown ? await WithWhomToAskAsync(call, found.Refusal!, cancellationToken) : found.Refusal!;
        if (run.OpenRound is null && !always)
        {
            return run.Next is { } next
                ? call.Speech.Say("join.not-open", ("title", run.Definition.Title), ("slug", run.Run.Slug), ("moment", finder.When(call, run, next)))
                : call.Speech.Say("join.paused", ("title", run.Definition.Title), ("host", Token.Person(run.Run.HostId)));
        }

        return await directory.IsInChannelAsync(run.Run.ChannelId, call.Caller.PersonId, cancellationToken)
            ? await JoinAsync(run.Run.Id, run.OpenRound?.Id, always, call.Caller.PersonId, call.Speech, cancellationToken)
            : await OfferAsync(call, run, always, cancellationToken);
    }

    public async Task<Reply> PressedAsync(ButtonPress press, CancellationToken cancellationToken)
    {
        var (personId, speech) = (press.Caller.PersonId, press.Speech);
        var always = press.Reference.Step == Always;
        if (await store.GetAsync<Run>(press.Reference.Subject, cancellationToken) is not { Status: RunStatus.Running or RunStatus.Paused } run)
            return Reply.Instead(speech.Say("run.not-here"));
        var openRound = (await store.FindAsync(Occurrence.ByOpenRun, run.Id, cancellationToken)) is [.., var last] ? last.Id : null;
        // Nobody is taken into a channel for a round that is over.
        if (!always && openRound != press.Reference.Step)
            return Reply.Instead(speech.Say("join.offer-old", ("slug", run.Slug)));

        var entry = await directory.TakeIntoChannelAsync(run.ChannelId, personId, cancellationToken);
        return entry switch
        {
            ChannelEntry.In => await JoinAsync(run.Id, openRound, always, personId, speech, cancellationToken) with { ReplacesMessage = true, NoticeTitle = null },
            ChannelEntry.Refused => Reply.Instead(speech.Say(
                "join.refused", ("channel", Token.Channel(run.ChannelId)), ("link", await LinkAsync(run, cancellationToken)))),
            _ => Reply.Instead(speech.Say("join.not-open-to-you", ("host", Token.Person(run.HostId)))),
        };
    }

    private async Task<Reply> JoinAsync(string runId, string? roundId, bool always, string personId, Speech speech, CancellationToken cancellationToken)
    {
        var reply = roundId is null ? null : await runtime.ActAsync(roundId, new Acted(personId, PersonAction.Join, null), cancellationToken);
        if (always)
            reply = await runtime.ActAsync(roundId ?? runId, new Acted(personId, PersonAction.EveryRound, null), cancellationToken);
        return reply ?? speech.Say("run.not-here");
    }

    private async Task<Reply> OfferAsync(CommandCall call, VisibleRun run, bool always, CancellationToken cancellationToken)
    {
        var name = (await directory.ChannelAsync(run.Run.ChannelId, cancellationToken))?.Name;
        var label = name is { Length: <= LongestNameOnButton } ? call.Speech.Say("join.button.enter", ("channel", $"~{name}")) : call.Speech.Say("join.button.enter-unnamed");
        var step = always ? Always : run.OpenRound!.Id;
        return Reply.Of(
            call.Speech.Say("join.not-in-channel", ("title", run.Definition.Title), ("channel", Token.Channel(run.Run.ChannelId))),
            new DraftButton(label, new ActionReference(Spec.Name, Enter, run.Run.Id, step, call.Caller.PersonId)) { IsPrimary = true });
    }

    /// <summary>The same words whether or not something of that name runs where the asker cannot see it.</summary>
    private async Task<Reply> WithWhomToAskAsync(CommandCall call, Reply refusal, CancellationToken cancellationToken)
    {
        var isGuest = await directory.PersonAsync(call.Caller.PersonId, cancellationToken) is { IsGuest: true };
        var whom = await facilitators.SomebodyAsync(cancellationToken) is { } person
            ? call.Speech.Say("join.whom", ("person", Token.Person(person)))
            : call.Speech.Say("join.whom-unnamed");
        var sentence = call.Speech.Say(isGuest ? "join.ask-as-guest" : "join.ask", ("whom", whom));
        return refusal with { Draft = refusal.Draft with { Text = $"{refusal.Draft.Text}\n{sentence}" } };
    }

    private async Task<string> LinkAsync(Run run, CancellationToken cancellationToken)
    {
        var site = (await directory.SiteAddressAsync(cancellationToken)).ToString().TrimEnd('/');
        var (team, channel) = (await directory.TeamAsync(run.TeamId, cancellationToken), await directory.ChannelAsync(run.ChannelId, cancellationToken));
        return team is null || channel is null ? site : $"{site}/{team.Name}/channels/{channel.Name}";
    }
}
