using System.Text.Json.Serialization;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>A course remembers nothing beyond its learners.</summary>
public sealed record CourseRunState;

/// <summary>What a course remembers for all of its learners.</summary>
public sealed record CourseRoundState
{
    /// <summary>In which attempt, at the most, somebody shared what they wrote: to find all of it when they are forgotten.</summary>
    public int SharedIn { get; init; }

    /// <summary>...and after how many goes at what they had skipped.</summary>
    public int SharedAfter { get; init; }
}

/// <summary>Where one person is. Of what they write nothing is kept, and of their answers what they were worth.</summary>
public sealed record CoursePart
{
    /// <summary>Counts from one each time they begin anew.</summary>
    public int Attempt { get; init; }

    /// <summary>The lesson that they are at, from 0.</summary>
    public int Lesson { get; init; }

    /// <summary>How many checks are done of each lesson that they have reached.</summary>
    public IReadOnlyList<int> Done { get; init; } = [];

    /// <summary>Lessons that they left out, by their own word.</summary>
    public IReadOnlyList<int> Skipped { get; init; } = [];

    /// <summary>They have been at the end, and make up for what they left out.</summary>
    public bool IsMakingUp { get; init; }

    /// <summary>How often they went back to a lesson that they had left out: what they share in it then is another message.</summary>
    public int MadeUp { get; init; }

    /// <summary>Counts the messages whose buttons hold: with each, those before it become old.</summary>
    public int Sent { get; init; }

    /// <summary>The name of the message whose buttons hold.</summary>
    public string Card { get; init; } = "";

    public CardKind Shows { get; init; }

    /// <summary>When the present lesson came.</summary>
    public DateTimeOffset CameAt { get; init; }

    /// <summary>When they last did something here.</summary>
    public DateTimeOffset MovedAt { get; init; }

    /// <summary>When the next lesson comes by itself, or the first; null while it is theirs to do something, which in a cohort holds nothing up.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public bool IsPaused { get; init; }

    /// <summary>In a cohort of pairs: with whom they go.</summary>
    public IReadOnlyList<string> Buddies { get; init; } = [];

    /// <summary>How often they were told what is missing from what they did.</summary>
    public int Hints { get; init; }

    /// <summary>How often they were reminded since they last did something.</summary>
    public int Reminded { get; init; }

    /// <summary>Of all questions answered so far, of 100 each.</summary>
    public int Points { get; init; }

    public int Answered { get; init; }

    [JsonIgnore]
    public bool HasBegun => Attempt > 0;

    /// <summary>How many checks of the present lesson are done.</summary>
    [JsonIgnore]
    public int Check => Lesson < Done.Count ? Done[Lesson] : 0;
}

/// <summary>What the message shows whose buttons hold.</summary>
public enum CardKind
{
    /// <summary>The lesson, and its present check.</summary>
    Lesson,

    /// <summary>The present check alone: the lesson stands above it.</summary>
    Check,

    /// <summary>That the lesson is done.</summary>
    Done,

    /// <summary>That lessons were left out, at the end.</summary>
    End,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CourseRunState))]
[JsonSerializable(typeof(CourseRoundState))]
[JsonSerializable(typeof(CoursePart))]
internal sealed partial class CourseJson : JsonSerializerContext;
