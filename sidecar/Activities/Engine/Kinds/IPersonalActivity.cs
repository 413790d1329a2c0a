using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Library;

namespace MattermostLearning.Activities.Engine.Kinds;

/// <summary>
/// Something that people have for themselves, across all runs: without a channel, a host or a file. What happens to it is decided, committed, budgeted and answered as
/// with a run, under a subject of its own that stands in the place of a run's id. It decides; it has no clock, no store and no client.
/// </summary>
public interface IPersonalActivity
{
    /// <summary>Not to be mistaken for the id of a run: those have 26 characters.</summary>
    string Subject { get; }

    /// <summary>What follows from what somebody does, or from a moment of theirs. Pure: the same scene and event give the same decision.</summary>
    Decision Decide(PersonalScene scene, ActivityEvent happened);
}

/// <summary>All that such a decision may look at.</summary>
/// <param name="Now">When.</param>
/// <param name="Who">Whose it is.</param>
/// <param name="Speech">Their language.</param>
/// <param name="Library">What is offered now.</param>
/// <param name="IsHeld">Silence was asked for, for everything: what the clock sets off says nothing.</param>
public sealed record PersonalScene(DateTimeOffset Now, PersonInScene Who, Speech Speech, ContentLibrary Library, bool IsHeld) : INudgeScene
{
    /// <summary>What stands in the place of a run's id.</summary>
    public required string Subject { get; init; }

    public TimeZoneInfo Zone => Who.Zone ?? TimeZoneInfo.Utc;

    public WorkingHours Hours => Who.Hours;

    string INudgeScene.About => Subject;

    PersonInScene INudgeScene.Person(string id) => Who;

    Speech INudgeScene.SpeechOf(string personId) => Speech;

    TimeZoneInfo INudgeScene.ZoneOf(string personId) => Zone;
}
