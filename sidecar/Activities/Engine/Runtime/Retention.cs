namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>How long is kept what is over.</summary>
/// <param name="Days">Rounds after their close, and facts: `Privacy__RetentionDays`.</param>
public sealed record Retention(int Days)
{
    public const int DefaultDays = 365;
    public const int FewestDays = 1;
    public const int MostDays = 3650;

    /// <summary>Rows of the outbox after they were sent: long enough to see what went wrong last week.</summary>
    public const int SentDays = 7;

    /// <summary>What ended before this goes.</summary>
    public DateTimeOffset Since(DateTimeOffset now) => now.AddDays(-Days);

    /// <summary>What was sent before this goes.</summary>
    public static DateTimeOffset SentSince(DateTimeOffset now) => now.AddDays(-SentDays);
}
