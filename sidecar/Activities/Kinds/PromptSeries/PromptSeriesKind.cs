using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Kinds.PromptSeries;

/// <summary>One conversation starter after the other in a channel; its members help to make it.</summary>
public sealed class PromptSeriesKind : ActivityKind<PromptSeriesDefinition, PromptSeriesRunState, PromptSeriesRoundState>
{
    public const string Name = "prompt-series";

    /// <summary>The bot's silent mark on a counted reply.</summary>
    private const string Mark = "seedling";

    private const string Close = "close";

    public override string Id => Name;

    public override IKindContent Content { get; } = new PromptSeriesContent();

    public override bool MayLeaveOut => true;

    public override bool IsMadeByMembers => true;

    protected override JsonTypeInfo<PromptSeriesRunState> RunJson => PromptSeriesJson.Default.PromptSeriesRunState;

    protected override JsonTypeInfo<PromptSeriesRoundState> RoundJson => PromptSeriesJson.Default.PromptSeriesRoundState;

    public override bool LooksAtEverybody(ActivityEvent happened) => happened is RoundOpened or RoundDue or MomentCame { What: Close } or PersonForgotten;

    public override int MessagesPerRound(ActivityDefinition definition) => 1;

    protected override Decision Decide(PromptSeriesDefinition definition, Scene scene, ActivityEvent happened)
    {
        var turn = new Turn(scene);
        switch (happened)
        {
            case RoundDue due:
                LeaveOutWhileAlive(definition, turn, due);
                break;
            case RoundOpened:
                Open(definition, turn);
                break;
            case MomentCame { What: Close } when IsOpen(turn):
                var remembered = PromptSeriesClosing.Close(definition, turn, StateOf(turn.Run), Post(definition, turn));
                turn.Run = With(turn.Run, remembered);
                break;
            case MomentCame { What: HostNudge.Moment, PersonId: { } } moment when IsOpen(turn):
                HostNudge.Decide(definition, turn, moment, PromptOf(scene.TextFor(turn.Run.HostId, definition), turn));
                break;
            case MomentCame { What: Invitations.Moment, PersonId: { } personId } moment when IsOpen(turn):
                Invitations.Decide(definition, turn, moment, personId, PromptOf(scene.TextFor(personId, definition), turn));
                break;
            case Acted { Action: PersonAction.Suggest or PersonAction.AcceptSuggestion or PersonAction.DeclineSuggestion or PersonAction.TakeBackSuggestion } acted:
                Suggestions.Act(scene.TextFor(acted.PersonId, definition), turn, acted);
                break;
            case Acted { Action: SeriesAction.GoOn or SeriesAction.Stop } acted:
                if (PromptSeriesClosing.Answer(scene.TextFor(acted.PersonId, definition), turn, acted))
                    turn.Run = With(turn.Run, StateOf(turn.Run) with { SilentRounds = 0 });
                break;
            case Acted acted:
                Consent.Act(scene.TextFor(acted.PersonId, definition), turn, acted);
                break;
            case Replied reply when Counts(turn):
                turn.Count(reply, Mark);
                break;
            case ReplyRemoved removed when Counts(turn):
                turn.Discount(removed, Mark);
                break;
            case Reacted reacted when Counts(turn):
                turn.Count(reacted);
                break;
            case ReactionRemoved removed when Counts(turn):
                turn.Discount(removed);
                break;
            case LeftChannel left when !turn.HasRound:
                turn.Unenroll(left.PersonId);
                break;
            case RoundPostGone when IsOpen(turn):
                turn.EndWithPost(definition, "series.post-gone");
                break;
            case ChannelArchived when turn.Run.Status == RunStatus.Running:
                turn.RestRun(definition, "series.archived");
                break;
            case ChannelRestored when turn.Run.Status == RunStatus.Archived:
                if (turn.RestoreRun())
                    turn.EditRound(Post(definition, turn), atOnce: true);
                break;
            case PersonForgotten forgotten:
                Forget(definition, turn, forgotten);
                break;
            case RunStopping stopping:
                Stop(definition, turn, stopping);
                break;
        }

        return turn.Decide();
    }

    internal static bool IsOpen(Turn turn) => turn.HasRound && turn.Round.Status == OccurrenceStatus.Open;

    private void Open(PromptSeriesDefinition definition, Turn turn)
    {
        var (scene, round) = (turn.Scene, turn.Round);
        var accepted = scene.Suggestions.Where(one => one.IsAccepted).OrderBy(one => one.At).ThenBy(one => one.Id, StringComparer.Ordinal).ToList();
        var (id, state) = PromptChoice.Next(
            definition.Order, [.. definition.Prompts.Select(prompt => prompt.Id)], [.. accepted.Select(one => one.Id)], StateOf(turn.Run), turn.Run.Id);
        turn.Run = With(turn.Run, state);
        turn.Round = With(turn.Round, new PromptSeriesRoundState { PromptId = id });
        if (accepted.Find(one => one.Id == id) is { OccurrenceId: null } first)
        {
            turn.Save(first with { OccurrenceId = round.Id });
            // What members add makes the series longer, and takes no starter its turn.
            if (!definition.HasRounds)
                turn.Run = turn.Run with { Rounds = turn.Run.Rounds - 1 };
        }

        turn.Await(Close, round.ClosesAt);
        HostNudge.Await(definition, turn);
        Invitations.Await(definition, turn);
        turn.PostRound(Post(definition, turn), round.ClosesAt);
    }

    /// <summary>A thread in which somebody spoke since this time of the working day before is alive.</summary>
    private static void LeaveOutWhileAlive(PromptSeriesDefinition definition, Turn turn, RoundDue due)
    {
        var since = SeriesView.WorkingDayBefore(due.Instant, definition.Zone);
        if (definition.WhenAlive == WhenAlive.GoOn || turn.Round.Status == OccurrenceStatus.Cancelled || !turn.Scene.Contributions.Any(reply => reply.At >= since))
            return;
        turn.LeaveOut();
        turn.Record(Verbs.LeftOut, about: due.Instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        if (!turn.Scene.Person(turn.Run.HostId).IsGone)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"alive/{due.Instant.ToUnixTimeMilliseconds()}");
            turn.Write(turn.Run.HostId, name, MessagePurpose.Report, SeriesView.StillAlive(definition, turn.Scene, turn.Round));
        }
    }

    private void Forget(PromptSeriesDefinition definition, Turn turn, PersonForgotten forgotten)
    {
        if (!turn.HasRound)
        {
            foreach (var suggestion in turn.Scene.Suggestions.Where(one => one.PersonId == forgotten.PersonId))
                Suggestions.Forget(definition, turn, suggestion);
            return;
        }

        var isOfSomebodyGone = turn.Scene.Suggestions.Any(one => one.Id == StateOf(turn.Round).PromptId && Forgotten.Is(one.PersonId));
        if (turn.Round.Status != OccurrenceStatus.Cancelled && (forgotten.WasHost || isOfSomebodyGone))
            turn.EditRound(Post(definition, turn));
    }

    private void Stop(PromptSeriesDefinition definition, Turn turn, RunStopping stopping)
    {
        if (turn.StopRun(stopping.PersonId))
            turn.EditRound(Post(definition, turn), atOnce: true);
        // Nothing will be made of what waits: it is not kept.
        foreach (var suggestion in turn.Scene.Suggestions.Where(one => one.OccurrenceId is null))
            Suggestions.Remove(turn, suggestion);
    }

    /// <summary>The round's post as it is to look now.</summary>
    private Draft Post(PromptSeriesDefinition definition, Turn turn) => SeriesView.Post(definition, turn, PromptOf(definition, turn));

    /// <summary>What this round is about. A round keeps the definition that it opened with, so a starter of it is there.</summary>
    private PostedPrompt PromptOf(PromptSeriesDefinition definition, Turn turn)
    {
        var id = StateOf(turn.Round).PromptId;
        if (definition.Prompts.FirstOrDefault(prompt => prompt.Id == id) is { } own)
            return new PostedPrompt(own.Text, null, own.Openers);
        var suggested = turn.Scene.Suggestions.FirstOrDefault(one => one.Id == id);
        return new PostedPrompt(suggested?.Text ?? "", suggested is { ShowsName: true } ? suggested.PersonId : null, []);
    }

    /// <summary>Late replies are welcome; only a round that was called off counts nothing.</summary>
    private static bool Counts(Turn turn) => turn.HasRound && turn.Round.Status != OccurrenceStatus.Cancelled;
}

/// <summary>What stands in a round's post.</summary>
/// <param name="Text">The starter.</param>
/// <param name="SuggestedBy">Who suggested it and agreed to be named; null for nobody.</param>
/// <param name="Openers">For the host, in the thread of this one.</param>
internal sealed record PostedPrompt(string Text, string? SuggestedBy, IReadOnlyList<string> Openers);

/// <summary>What a series' buttons say besides <see cref="PersonAction"/>.</summary>
internal static class SeriesAction
{
    public const string How = "how";
    public const string NotThisTime = "not-this-time";
    public const string GoOn = "go-on";
    public const string Stop = "stop";
}
