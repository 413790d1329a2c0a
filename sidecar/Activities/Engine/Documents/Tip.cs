using System.Globalization;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>A message that somebody shared as a tip: where it stands and whose it is, never its text.</summary>
public sealed record Tip : Document, IStored<Tip>
{
    public required string PostId { get; init; }
    public required string ChannelId { get; init; }
    public required string TeamId { get; init; }
    public required string PersonId { get; init; }
    public required DateTimeOffset At { get; init; }

    public static DocumentIndex<Tip> ByPerson { get; } = new("person", one => one.PersonId);
    public static DocumentIndex<Tip> ByInstant { get; } = new("at", one => InstantKey.Of(one.At));

    /// <summary>A team's tips, the newest first: the time that is left until the end of all instants grows with age.</summary>
    public static DocumentIndex<Tip> NewestOfTeam { get; } = new(
        "newest", one => string.Create(CultureInfo.InvariantCulture, $"{one.TeamId}/{DateTimeOffset.MaxValue.UtcTicks - one.At.UtcTicks:D19}"));

    public static DocumentKind<Tip> Stored { get; } = new("tips", 1, one => one.PostId, LearningJson.Default.Tip, [ByPerson, ByInstant, NewestOfTeam]);
}
