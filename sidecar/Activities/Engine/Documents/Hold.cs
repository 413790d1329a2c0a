using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>Somebody asked for silence: while it holds, nothing that is sent by the clock goes out. What people do is answered as ever.</summary>
public sealed record Hold : Document, IStored<Hold>
{
    public const string Everything = "everything";

    /// <summary>What is silent: <see cref="Everything"/>, a team or a channel.</summary>
    public required string Scope { get; init; }

    /// <summary>The channel, where it is about one.</summary>
    public string? ChannelId { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string PersonId { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>It ends by itself then; null for no end but a release.</summary>
    public DateTimeOffset? Until { get; init; }

    public static string OfTeam(string teamId) => $"team/{teamId}";

    public static string OfChannel(string channelId) => $"channel/{channelId}";

    /// <summary>All that can silence a run, the widest first.</summary>
    public static IReadOnlyList<string> ScopesOf(Run run) => [Everything, OfTeam(run.TeamId), OfChannel(run.ChannelId)];

    public bool Covers(DateTimeOffset instant) => instant >= Since && !(instant >= Until);

    /// <summary>The one key of <see cref="OfChannels"/>.</summary>
    public const string Channels = "channels";

    public static DocumentIndex<Hold> OfChannels { get; } = new("channels", one => one.ChannelId is null ? null : Channels);
    public static DocumentIndex<Hold> ByPerson { get; } = new("person", one => one.PersonId);

    public static DocumentKind<Hold> Stored { get; } = new("holds", 1, one => one.Scope, LearningJson.Default.Hold, [OfChannels, ByPerson]);
}
