using System.Text.Json.Serialization;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>What a person chose for themselves, across all activities. Null is what Mattermost says, or what is usual.</summary>
public sealed record PersonSettings : Document, IStored<PersonSettings>
{
    public required string PersonId { get; init; }
    public bool RemindersOff { get; init; }

    /// <summary>When they paused everything; null when they have not.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    /// <summary>When their pause ends by itself; null for none, or for one that lasts until they end it.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>They were told, with their first tip, how to find it and how to take it back.</summary>
    public bool KnowsTips { get; init; }

    /// <summary>When they were last asked to go first in something, as they had agreed to be.</summary>
    public DateTimeOffset? InvitedAt { get; init; }

    /// <summary>An IANA id.</summary>
    public string? ZoneId { get; init; }

    /// <summary>Two letters.</summary>
    public string? Language { get; init; }

    public WorkingHours? Hours { get; init; }

    /// <summary>How fast lessons come to them, as `pace:` is written; null for as fast as each course says.</summary>
    public string? PaceText { get; init; }

    /// <summary>They may be named, by what they answered, where an author has a ranking.</summary>
    public bool WantsRanking { get; init; }

    /// <summary>Whether what they answer wrong is asked again; null while they have not been asked about that.</summary>
    public RecallChoice? Recall { get; init; }

    [JsonIgnore]
    public TimeZoneInfo? Zone => ZoneId is not null && TimeZoneInfo.TryFindSystemTimeZoneById(ZoneId, out var zone) ? zone : null;

    [JsonIgnore]
    public Pace? Pace => PaceText is not null && Content.Schedules.Pace.Read(PaceText).TryGet(out var pace) ? pace : null;

    public bool IsPausedAt(DateTimeOffset instant) => PausedSince is not null && !(instant >= PausedUntil);

    /// <summary>Whether they may be reminded of something at a moment.</summary>
    public bool MayBeRemindedAt(DateTimeOffset instant) => !RemindersOff && !IsPausedAt(instant);

    public static DocumentIndex<PersonSettings> ByPerson { get; } = new("person", one => one.PersonId);

    public static DocumentKind<PersonSettings> Stored { get; } =
        new("people", 1, one => one.PersonId, LearningJson.Default.PersonSettings, [ByPerson]);
}

public enum RecallChoice
{
    /// <summary>They were asked, once, and have not said.</summary>
    Offered,

    Yes,
    No,
}
