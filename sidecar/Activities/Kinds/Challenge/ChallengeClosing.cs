using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Activities.Kinds.Challenge;

/// <summary>How a round closes, and whether the run goes on after it.</summary>
internal static class ChallengeClosing
{
    /// <summary>So many replies at most are shown, each with at least so many people's reactions.</summary>
    private const int MostFeatured = 3;
    private const int FewestReactions = 2;

    /// <summary>After so many silent rounds in a row the run waits for its host.</summary>
    private const int SilencesBeforePause = 2;

    private const string WrapUpName = "wrap-up";

    public static void Close(
        ChallengeDefinition definition, Turn turn, ChallengeRunState state, Action<ChallengeRunState> remember, Action<ChallengeRoundState> rememberRound)
    {
        var scene = turn.Scene;
        turn.Round = turn.Round with { Status = OccurrenceStatus.Closed };
        turn.Record(Verbs.Closed);
        WrapUpState? wrapUp = null;
        var held = scene.Held is not null;
        if (scene.Contributions.Count == 0)
        {
            // A round that was silenced, or that nobody could see, was not silent by itself.
            state = state with { SilentRounds = state.SilentRounds + (held || scene.IsUnseen ? 0 : 1), Featured = [] };
        }
        else
        {
            var featured = held ? [] : WorthALook(scene, state);
            state = state with { SilentRounds = 0, Featured = [.. featured.Select(one => one.PersonId)] };
            if (!held && definition.WrapUpPlace != WrapUpPlace.Off)
            {
                wrapUp = new WrapUpState
                {
                    RowId = turn.RowId(WrapUpName),
                    Featured = [.. featured.Select(one => new FeaturedReply(one.PostId, one.PersonId))],
                    Contributors = turn.Round.Contributors,
                    Next = scene.NextInstant,
                };
                turn.PostInThread(WrapUpName, ChallengeView.WrapUp(definition, scene, wrapUp), definition.WrapUpPlace == WrapUpPlace.Channel);
                rememberRound(new ChallengeRoundState { WrapUp = wrapUp });
            }
        }

        remember(state);
        turn.EditRound(ChallengeView.Over(definition, scene, turn.Run, turn.Round, wrapUp?.RowId), atOnce: true);
        // No question either: a run that ends in silence can be started anew.
        if (turn.Run.Status != RunStatus.Running)
            return;
        if (held)
            turn.Run = scene.NextInstant is null ? turn.Run with { Status = RunStatus.Ended } : turn.Run;
        else if (scene.NextInstant is null)
            End(definition, turn);
        else if (state.SilentRounds >= SilencesBeforePause)
            Ask(definition, turn, RunStatus.Paused, "challenge.paused", canSlowDown: !turn.Run.EveryTwoWeeks && definition.Schedule?.EveryTwoWeeks() is not null);
        else
            TellHost(turn, ChallengeView.Brief(definition, scene, turn.Round));
    }

    /// <summary>A reply is gone: the wrap-up says no more than what still stands.</summary>
    public static void TakeBack(
        ChallengeDefinition definition, Turn turn, string postId, ChallengeRoundState state, Action<ChallengeRoundState> remember)
    {
        if (state.WrapUp is not { } shown)
            return;
        // Replies that came late are not announced by an edit; what was taken back must not stay.
        var standing = shown with
        {
            Featured = [.. shown.Featured.Where(one => one.PostId != postId)],
            Contributors = Math.Min(shown.Contributors, turn.Round.Contributors),
        };
        if (standing.Featured.Count == shown.Featured.Count && standing.Contributors == shown.Contributors)
            return;
        remember(state with { WrapUp = standing });
        turn.Edit(shown.RowId, ChallengeView.WrapUp(definition, turn.Scene, standing));
    }

    /// <summary>The host answers the question how it is to go on.</summary>
    public static void Answer(
        ChallengeDefinition definition, Turn turn, Acted acted, ChallengeRunState state, Action<ChallengeRunState> remember)
    {
        var speech = turn.Scene.SpeechOf(acted.PersonId);
        var title = ChallengeView.Title(turn.Scene.TextFor(acted.PersonId, definition));
        if (turn.Run.Status is not (RunStatus.Paused or RunStatus.Ended) || acted.Step != ChallengeView.StepOf(turn.Run))
        {
            turn.Answer(speech.Say("challenge.question-old"));
            return;
        }

        switch (acted.Action)
        {
            case ChallengeAction.Stop:
                turn.Run = turn.Run with { Status = RunStatus.Stopped, Question = turn.Run.Question + 1 };
                turn.Record(Verbs.Stopped, acted.PersonId);
                turn.Answer(Reply.Instead(speech.Say("challenge.is-stopped", ("title", title), ("slug", definition.Slug))));
                break;
            case ChallengeAction.GoOn or ChallengeAction.EveryTwoWeeks:
                GoOn(definition, turn, acted, state, remember);
                break;
            default:
                turn.Answer(speech.Say("challenge.question-old"));
                break;
        }
    }

    private static void GoOn(ChallengeDefinition definition, Turn turn, Acted acted, ChallengeRunState state, Action<ChallengeRunState> remember)
    {
        var scene = turn.Scene;
        var speech = scene.SpeechOf(acted.PersonId);
        var title = ChallengeView.Title(scene.TextFor(acted.PersonId, definition));
        var slower = acted.Action == ChallengeAction.EveryTwoWeeks;
        if (turn.GoOn(definition, acted.PersonId, slower) is not { } next)
        {
            turn.Answer(speech.Say("challenge.goes-on-no-date", ("title", title), ("slug", definition.Slug)));
            return;
        }

        remember(state with { SilentRounds = 0 });
        turn.Answer(Reply.Instead(speech.Say(
            slower ? "challenge.goes-slower" : "challenge.goes-on", ("title", title), ("next", scene.OwnTime(acted.PersonId, next)))));
    }

    private static void End(ChallengeDefinition definition, Turn turn)
    {
        // What was meant for one time has simply been; nobody has to decide anything.
        if (definition.Schedule is { IsOnce: true })
        {
            turn.Run = turn.Run with { Status = RunStatus.Ended };
            TellHost(turn, ChallengeView.Brief(definition, turn.Scene, turn.Round));
            return;
        }

        var allRoundsHad = definition.Rounds is { } rounds && turn.Run.Rounds >= rounds;
        Ask(definition, turn, RunStatus.Ended, allRoundsHad ? "challenge.ended" : "challenge.ended-until", canSlowDown: false, canGoOn: allRoundsHad);
    }

    private static void Ask(ChallengeDefinition definition, Turn turn, RunStatus status, string sentence, bool canSlowDown, bool canGoOn = true)
    {
        turn.Run = turn.Run with { Status = status, Question = turn.Run.Question + 1 };
        // One message, not two: how the round went is what the question is about.
        var brief = ChallengeView.Brief(definition, turn.Scene, turn.Round, withNext: false);
        var question = ChallengeView.Question(definition, turn.Scene, turn.Run, sentence, canSlowDown, canGoOn);
        TellHost(turn, question with { Text = $"{brief}\n\n{question.Text}" });
    }

    private static void TellHost(Turn turn, Draft draft)
    {
        if (!turn.Scene.Person(turn.Run.HostId).IsGone)
            turn.Write(turn.Run.HostId, "after-close", MessagePurpose.Report, draft);
    }

    /// <summary>Replies with reactions of at least two others, in order of posting, one a person, and nobody two rounds running.</summary>
    private static List<Contribution> WorthALook(Scene scene, ChallengeRunState state)
    {
        var others = scene.Reactions.ToLookup(reaction => reaction.PostId);
        return
        [
            .. scene.Contributions
                .OrderBy(reply => reply.At).ThenBy(reply => reply.PostId, StringComparer.Ordinal)
                .Where(reply => !Forgotten.Is(reply.PersonId) && !state.Featured.Contains(reply.PersonId))
                .Where(reply => others[reply.PostId].Select(one => one.PersonId).Where(id => id != reply.PersonId).Distinct().Count() >= FewestReactions)
                .DistinctBy(reply => reply.PersonId)
                .Take(MostFeatured),
        ];
    }
}
