using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Content;
using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Activities.Kinds.Challenge;

/// <summary>A scheduled conversation: a challenge is posted, people say what they did in its thread, and it is closed well.</summary>
public sealed class ChallengeKind : ActivityKind<ChallengeDefinition, ChallengeRunState, ChallengeRoundState>
{
    public const string Name = "challenge";

    /// <summary>The bot's silent mark on a counted reply.</summary>
    internal const string Mark = "seedling";

    private const string Close = "close";
    private const string Remind = "remind/";
    private const string Hint = "hint/";

    /// <summary>A hint that comes later than this is dropped.</summary>
    private static readonly TimeSpan HintGrace = TimeSpan.FromMinutes(15);

    /// <summary>A round that opens late, when its half is almost over, still has this long to be posted.</summary>
    private static readonly TimeSpan ToBePosted = TimeSpan.FromMinutes(10);

    /// <summary>A hint is for a thread in which nobody has spoken for this long.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(24);

    public override string Id => Name;

    public override IKindContent Content { get; } = new ChallengeContent();

    protected override JsonTypeInfo<ChallengeRunState> RunJson => ChallengeJson.Default.ChallengeRunState;

    protected override JsonTypeInfo<ChallengeRoundState> RoundJson => ChallengeJson.Default.ChallengeRoundState;

    public override bool LooksAtEverybody(ActivityEvent happened) => happened is RoundOpened or MomentCame { What: Close } or PersonForgotten;

    public override int MessagesPerRound(ActivityDefinition definition)
    {
        var challenge = (ChallengeDefinition)definition;
        return 1 + challenge.Hints.Length + (challenge.WrapUpPlace == WrapUpPlace.Off ? 0 : 1);
    }

    /// <summary>When something comes, and where, has been promised; and a post in one piece stays in one.</summary>
    public override bool CanCorrect(ActivityDefinition opened, ActivityDefinition corrected) =>
        opened is ChallengeDefinition was && corrected is ChallengeDefinition now
        && was.Zone.Id == now.Zone.Id && was.Window == now.Window && was.Reminder == now.Reminder && was.WrapUpPlace == now.WrapUpPlace
        && was.Settings.ShowNames == now.Settings.ShowNames && was.Settings.Language == now.Settings.Language
        && was.Hints.Select(hint => hint.Argument).SequenceEqual(now.Hints.Select(hint => hint.Argument))
        && Math.Max(was.Body.Length, now.Body.Length) < LongText.Most / 2;

    protected override Decision Decide(ChallengeDefinition definition, Scene scene, ActivityEvent happened)
    {
        var turn = new Turn(scene);
        switch (happened)
        {
            case RoundOpened:
                Open(definition, turn);
                break;
            case TextCorrected when IsOpen(turn):
                turn.EditRound(ChallengeView.Opening(definition, turn.Scene, turn.Run, turn.Round), atOnce: true);
                for (var i = 0; i < definition.Hints.Length; i++)
                {
                    if (definition.Hints[i].Argument.At(turn.Round.Instant, turn.Round.ClosesAt, definition.Zone) <= scene.Now)
                        turn.Edit(turn.RowId(HintName(i)), ChallengeView.Hint(definition, i, scene.Speech));
                }

                break;
            case MomentCame { What: Close } when IsOpen(turn):
                ChallengeClosing.Close(
                    definition, turn, StateOf(turn.Run), state => turn.Run = With(turn.Run, state), state => turn.Round = With(turn.Round, state));
                break;
            case MomentCame moment when IsOpen(turn) && moment.What.StartsWith(Hint, StringComparison.Ordinal):
                PostHint(definition, turn, moment);
                break;
            case MomentCame { PersonId: { } personId } moment when IsOpen(turn) && moment.What.StartsWith(Remind, StringComparison.Ordinal):
                RemindOne(definition, turn, moment, personId);
                break;
            case Acted acted when turn.HasRound:
                ChallengeJoining.Act(definition, turn, acted);
                break;
            case Acted { Action: PersonAction.EveryRound or PersonAction.Leave } acted:
                ChallengeJoining.ActBetweenRounds(definition, turn, acted);
                break;
            case Acted acted:
                ChallengeClosing.Answer(definition, turn, acted, StateOf(turn.Run), state => turn.Run = With(turn.Run, state));
                break;
            case Replied reply when Counts(turn):
                turn.Count(reply, Mark);
                break;
            case ReplyRemoved removed when Counts(turn):
                if (turn.Discount(removed, Mark))
                    ChallengeClosing.TakeBack(definition, turn, removed.PostId, StateOf(turn.Round), state => turn.Round = With(turn.Round, state));
                break;
            case Reacted reacted when Counts(turn):
                turn.Count(reacted);
                break;
            case ReactionRemoved removed when Counts(turn):
                turn.Discount(removed);
                break;
            case LeftChannel left:
                ChallengeJoining.LeaveQuietly(definition, turn, left.PersonId);
                break;
            case RoundPostGone when IsOpen(turn):
                turn.EndWithPost(definition, "challenge.post-gone");
                break;
            case ChannelArchived when turn.Run.Status == RunStatus.Running:
                turn.RestRun(definition, "challenge.archived");
                break;
            case ChannelRestored when turn.Run.Status == RunStatus.Archived:
                if (turn.RestoreRun())
                    turn.EditRound(ChallengeView.Over(definition, turn.Scene, turn.Run, turn.Round, null), atOnce: true);
                break;
            case PersonForgotten forgotten when turn.HasRound:
                ChallengeForgetting.EditPosts(definition, turn, forgotten, StateOf(turn.Round), state => turn.Round = With(turn.Round, state));
                break;
            case PersonForgotten forgotten when turn.Run.State is not null:
                var remembered = StateOf(turn.Run);
                turn.Run = With(turn.Run, remembered with { Featured = [.. remembered.Featured.Where(one => one != forgotten.PersonId)] });
                break;
            case RunStopping stopping:
                if (turn.StopRun(stopping.PersonId))
                    turn.EditRound(ChallengeView.Over(definition, turn.Scene, turn.Run, turn.Round, null), atOnce: true);
                break;
        }

        return turn.Decide();
    }

    /// <summary>Takes somebody in and asks for the moment of their one reminder, unless they have spoken already.</summary>
    internal static (Participation Part, DateTimeOffset? ReminderAt)? TakeIn(ChallengeDefinition definition, Turn turn, string personId)
    {
        if (turn.TakeIn(personId) is not { } part)
            return null;
        var reminderAt = part.Contributions == 0 ? turn.Scene.ReminderAt(turn.Round, personId) : null;
        if (reminderAt is { } at)
            turn.AwaitUndisturbed(ReminderOf(part), at, personId, turn.Round.ClosesAt);
        return (part, reminderAt);
    }

    private static void Open(ChallengeDefinition definition, Turn turn)
    {
        var (scene, round) = (turn.Scene, turn.Round);
        // Half of a window is worth posting; less is not, should Mattermost have been away that long.
        turn.Await(Close, round.ClosesAt);
        for (var i = 0; i < definition.Hints.Length; i++)
        {
            if (definition.Hints[i].Argument.At(round.Instant, round.ClosesAt, definition.Zone) is { } at && at > scene.Now)
                turn.Await(HintName(i), at);
        }

        foreach (var enrolled in scene.Enrolled.OrderBy(one => one.Since).ThenBy(one => one.PersonId, StringComparer.Ordinal))
        {
            if (scene.Person(enrolled.PersonId) is { IsGone: false } person && person.Settings?.IsPausedAt(scene.Now) != true)
                TakeIn(definition, turn, enrolled.PersonId);
        }

        var halfWay = round.Instant + ((round.ClosesAt - round.Instant) / 2);
        var soonest = scene.Now + ToBePosted;
        turn.PostRound(ChallengeView.Opening(definition, scene, turn.Run, turn.Round), halfWay > soonest ? halfWay : soonest);
    }

    private static void PostHint(ChallengeDefinition definition, Turn turn, MomentCame moment)
    {
        var now = turn.Scene.Now;
        var number = int.Parse(moment.What[Hint.Length..], CultureInfo.InvariantCulture);
        if (turn.Scene.Held is null && now - moment.At <= HintGrace && number < definition.Hints.Length && !(turn.Round.LastContributionAt > now - Quiet))
            turn.PostInThread(moment.What, ChallengeView.Hint(definition, number, turn.Scene.Speech));
    }

    private static void RemindOne(ChallengeDefinition definition, Turn turn, MomentCame moment, string personId)
    {
        var person = turn.Scene.Person(personId);
        if (person.Participation is not { IsIn: true, NoReminder: false, Contributions: 0 } part || ReminderOf(part) != moment.What
            || turn.ReminderGoesNow(moment, personId) is not { } expiresAt)
            return;
        turn.Save(part with { NoReminder = true });
        turn.Record(Verbs.Reminded, personId);
        turn.Nudge(personId, "reminder", ChallengeView.Reminder(definition, turn.Scene, turn.Round, person, part), expiresAt);
    }

    private static string HintName(int number) => string.Create(CultureInfo.InvariantCulture, $"{Hint}{number}");

    private static string ReminderOf(Participation part) => string.Create(CultureInfo.InvariantCulture, $"{Remind}{part.Step}");

    private static bool IsOpen(Turn turn) => turn.HasRound && turn.Round.Status == OccurrenceStatus.Open;

    /// <summary>Late replies are welcome; only a round that was called off counts nothing.</summary>
    private static bool Counts(Turn turn) => turn.HasRound && turn.Round.Status != OccurrenceStatus.Cancelled;
}
