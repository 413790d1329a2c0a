namespace MattermostLearning.Benchmarks;

/// <summary>How much is stored, sent and repeated.</summary>
public sealed record Sizes
{
    /// <summary>Calls of each kind through Mattermost, and straight at the sidecar.</summary>
    public int Calls { get; init; } = 4_000;

    /// <summary>People in the store of a bare `/learn`, and of the growing store.</summary>
    public int People { get; init; } = 10_000;

    public int Events { get; init; } = 1_000_000;

    /// <summary>Learning events in the store that the large one is compared with.</summary>
    public int FewEvents { get; init; } = 10_000;

    /// <summary>Clicks in one trial.</summary>
    public int Clicks { get; init; } = 3_000;

    /// <summary>Direct messages of a fan-out.</summary>
    public int Messages { get; init; } = 10_000;

    /// <summary>Direct messages to a server that limits: it takes ten calls a second after the first hundred, two a message.</summary>
    public int LimitedMessages { get; init; } = 150;

    public int LimitedPerSecond { get; init; } = 10;

    /// <summary>Answers to quiz questions through Mattermost.</summary>
    public int Answers { get; init; } = 2_000;

    /// <summary>Learners of a daily course, to all of whom a lesson comes at one moment.</summary>
    public int Learners { get; init; } = 10_000;

    public int IdlePeople { get; init; } = 100_000;

    public int FewIdlePeople { get; init; } = 1_000;

    /// <summary>Sweeps that are timed together.</summary>
    public int Sweeps { get; init; } = 2_000;

    /// <summary>Files of a large library.</summary>
    public int ContentFiles { get; init; } = 10_000;

    /// <summary>Repetitions of a trial, or of a start: the middle one counts.</summary>
    public int Trials { get; init; } = 5;

    /// <summary>How long a process rests before its memory is read.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Seconds in all: for seeing that every scenario measures what it says, not for its figures.</summary>
    public static Sizes Quick { get; } = new()
    {
        Calls = 80,
        People = 40,
        Events = 400,
        FewEvents = 100,
        Clicks = 64,
        Messages = 40,
        LimitedMessages = 20,
        LimitedPerSecond = 100,
        Answers = 80,
        Learners = 40,
        IdlePeople = 60,
        FewIdlePeople = 20,
        Sweeps = 20,
        ContentFiles = 100,
        Trials = 1,
        Rest = TimeSpan.FromMilliseconds(200),
    };
}
