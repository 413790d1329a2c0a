using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>Lessons one after the other, for each learner at their own pace.</summary>
public sealed class CourseKind : ActivityKind<CourseDefinition, CourseRunState, CourseRoundState>, IActivityKind
{
    public const string Name = "course";

    public override string Id => Name;

    public override IKindContent Content { get; } = new CourseContent();

    protected override JsonTypeInfo<CourseRunState> RunJson => CourseJson.Default.CourseRunState;

    protected override JsonTypeInfo<CourseRoundState> RoundJson => CourseJson.Default.CourseRoundState;

    public override bool HasParts => true;

    public override bool LooksAtEverybody(ActivityEvent happened) => happened is MomentCame { What: CohortPairs.Comes };

    public override int MessagesPerRound(ActivityDefinition definition) => 1;

    public string? PlaceOf(ActivityDefinition definition, Participation part, Speech speech) => PartOf(part) switch
    {
        _ when part.FinishedAt is not null => null,
        { HasBegun: true } state => speech.Say(state.IsPaused ? "course.place-paused" : "course.place", ("number", state.Lesson + 1), ("all", ((CourseDefinition)definition).Lessons.Length)),
        { NextAt: not null } => speech.Say("course.place-waits"),
        _ => null,
    };

    protected override Decision Decide(CourseDefinition definition, Scene scene, ActivityEvent happened)
    {
        var turn = new Turn(scene);
        switch (happened)
        {
            case RoundOpened:
                turn.PostRound(CourseView.Opening(definition, scene, turn.Run, turn.Round), Occurrence.Never);
                if (definition.Cohort == CohortMode.Pairs && CohortClock.Of(definition, scene, turn.Round)!.PairsMeet is { } meet)
                    turn.Await(CohortPairs.Comes, meet);
                break;
            case MomentCame { What: CohortPairs.Comes }:
                CohortPairs.Form(definition, turn, IsOpen(turn));
                break;
            case MomentCame { PersonId: { } personId, What: CourseClock.LessonComes } when IsOpen(turn):
                new CourseClock(WayOf(definition, turn, personId)).BringLesson();
                break;
            case MomentCame { PersonId: { } personId, What: CourseClock.ReminderComes } when IsOpen(turn):
                new CourseClock(WayOf(definition, turn, personId)).Remind();
                break;
            case Did did when IsOpen(turn):
                new CourseChecks(WayOf(definition, turn, did.PersonId)).See(did.Deed);
                break;
            case Acted acted:
                Act(definition, turn, acted);
                break;
            case LeftChannel left when IsOpen(turn):
                WayOf(definition, turn, left.PersonId).TakeOut();
                break;
            case RoundPostGone when IsOpen(turn):
                turn.EndWithPost(definition, "course.post-gone");
                break;
            case ChannelArchived when turn.Run.Status == RunStatus.Running:
                turn.RestRun(definition, "course.archived");
                break;
            case ChannelRestored when turn.Run.Status == RunStatus.Archived:
                if (turn.RestoreRun())
                    turn.EditRound(CourseView.Over(definition, scene), atOnce: true);
                break;
            case PersonForgotten forgotten when turn.HasRound:
                if ((forgotten.WasHost || definition.Cohort is not null) && IsOpen(turn))
                    turn.EditRound(CourseView.Opening(definition, scene, turn.Run, turn.Round));
                CourseChecks.TakeBack(definition, turn, forgotten.PersonId);
                if (definition.Cohort == CohortMode.Pairs)
                    turn.Await(CohortPairs.Comes, scene.Now);
                break;
            case RunStopping stopping:
                if (turn.StopRun(stopping.PersonId))
                    turn.EditRound(CourseView.Over(definition, scene), atOnce: true);
                break;
        }

        return turn.Decide();
    }

    internal static CourseRoundState StateOfRound(Occurrence round) => round.State?.Deserialize(CourseJson.Default.CourseRoundState) ?? new CourseRoundState();

    internal static Occurrence WithState(Occurrence round, CourseRoundState state) =>
        round with { State = JsonSerializer.SerializeToElement(state, CourseJson.Default.CourseRoundState) };

    internal static CoursePart PartOf(Participation? part) => StateOf(part, CourseJson.Default.CoursePart);

    internal static Participation With(Participation part, CoursePart state) => With(part, state, CourseJson.Default.CoursePart);

    private static void Act(CourseDefinition definition, Turn turn, Acted acted)
    {
        var speech = turn.Scene.SpeechOf(acted.PersonId);
        if (acted.Action == PersonAction.EveryRound)
        {
            turn.Answer(speech.Say("course.no-rounds", ("title", Token.Literal(turn.Scene.TextFor(acted.PersonId, definition).Title)), ("slug", definition.Slug)));
            return;
        }

        if (!IsOpen(turn))
        {
            turn.Answer(new Reply { Draft = speech.Say("course.over", ("title", Token.Literal(turn.Scene.TextFor(acted.PersonId, definition).Title))), NoticeTitle = acted is Submitted ? null : speech.Say("course.over-title") });
            return;
        }

        var way = WayOf(definition, turn, acted.PersonId);
        switch (acted)
        {
            case Submitted sent:
                new CourseChecks(way).Submit(sent);
                return;
            case { Action: PersonAction.Join }:
                way.Join();
                return;
            case { Action: PersonAction.Continue }:
                way.Continue();
                return;
            case { Action: PersonAction.Leave }:
                way.Leave();
                return;
            case var _ when !way.IsPresent(acted.Step):
                way.AnswerOld();
                break;
            case { Action: CourseAction.Next }:
                way.Next();
                break;
            case { Action: PersonAction.Back }:
                way.Back();
                break;
            case { Action: PersonAction.SkipPart }:
                way.Skip();
                break;
            case { Action: PersonAction.Restart }:
                way.Restart();
                break;
            case { Action: PersonAction.Rest }:
                way.Pause();
                break;
            case { Action: CourseAction.More }:
                way.ShowButtons(CardButtons.More);
                break;
            case { Action: CourseAction.Less }:
                way.ShowButtons(CardButtons.Usual);
                break;
            case { Action: CourseAction.MakeUp }:
                way.MakeUp();
                break;
            case { Action: CourseAction.Finish }:
                way.Finish();
                break;
            case { Action: CourseAction.Form }:
                new CourseChecks(way).OpenForm();
                break;
            case var _ when CourseAction.OptionOf(acted.Action) is { } option:
                new CourseChecks(way).Choose(option);
                break;
            default:
                way.AnswerOld();
                break;
        }

        // What is typed is answered where it was typed, and stands in no message's place.
        if (acted.Step is null && way.HasMoved)
            way.AnswerTyped();
    }

    private static CourseWay WayOf(CourseDefinition definition, Turn turn, string personId) => new(turn.Scene.TextFor(personId, definition), turn, personId);

    private static bool IsOpen(Turn turn) => turn.HasRound && turn.Round.Status == OccurrenceStatus.Open;
}
