using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Outbox;

/// <summary>
/// A message, edit or reaction that Mattermost is to have, committed with the state that caused it.
/// One row stands as exactly one visible message, whatever happens on the way.
/// </summary>
public sealed record OutboxRow : Document, IStored<OutboxRow>
{
    /// <summary>26 characters made from the row's name, so that the same decision always makes the same row. Sent as `pending_post_id` and in the post's props.</summary>
    public required string Id { get; init; }

    /// <summary>Rows of one conversation go in order.</summary>
    public required string Conversation { get; init; }

    /// <summary>The place in the order of its conversation; set when it is committed.</summary>
    public long Order { get; init; }

    public OutboxOperation Operation { get; init; }
    public MessagePurpose Purpose { get; init; }

    /// <summary>Where a new post goes: a channel, or the direct messages with a person.</summary>
    public string? ChannelId { get; init; }

    /// <summary>Whom it is for: the direct messages with them.</summary>
    public string? PersonId { get; init; }

    /// <summary>...or the conversation of a few people, two to seven, and the bot.</summary>
    public IReadOnlyList<string>? Group { get; init; }

    /// <summary>The thread that a new post joins: the row of its root.</summary>
    public string? RootRowId { get; init; }

    /// <summary>...or, in a thread that people began, the root itself.</summary>
    public string? RootPostId { get; init; }

    /// <summary>What is edited or marked: the row of the post...</summary>
    public string? TargetRowId { get; init; }

    /// <summary>...or the post itself.</summary>
    public string? TargetPostId { get; init; }

    public Draft? Draft { get; init; }

    /// <summary>Files that go along with a post. They are kept here until it is settled, and no longer.</summary>
    public IReadOnlyList<OutboxFile>? Files { get; init; }

    public string? Emoji { get; init; }

    public string? RunId { get; init; }
    public string? OccurrenceId { get; init; }

    public OutboxStatus Status { get; init; }

    /// <summary>Not before this moment: edits wait a little, so that many changes become one.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>It was decided for a later moment. With the end of its round it is not sent any more.</summary>
    public bool IsForLater { get; init; }

    /// <summary>The clock set it off, and it is said to everybody or unprompted: as long as it was not tried, a hold keeps it back.</summary>
    public bool IsByTheClock { get; init; }

    /// <summary>Its post may have to change long after it was sent, when the row itself is kept no longer.</summary>
    public bool ChangesLater { get; init; }

    /// <summary>Pointless after this moment: it is cancelled then.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the attempt whose outcome is not known began: set, durably, before anything is sent.</summary>
    public DateTimeOffset? AttemptedAt { get; init; }

    /// <summary>What it became.</summary>
    public string? PostId { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Why it was refused: Mattermost's error id, never any content.</summary>
    public string? Refusal { get; init; }

    /// <summary>What would have been messages of their own and came into this one; null where nothing did.</summary>
    public IReadOnlyList<MergedRow>? Merged { get; init; }

    /// <summary>This row with the content of both, in the place of another one.</summary>
    internal OutboxRow TakingIn(OutboxRow other, Draft both) =>
        this with { Draft = both, Merged = [.. Merged ?? [], new MergedRow(other.Id, other.RunId, other.OccurrenceId), .. other.Merged ?? []] };

    /// <summary>What came into it, each as it would stand by itself now that this one is settled.</summary>
    internal IEnumerable<OutboxRow> Apart() =>
        (Merged ?? []).Select(one => this with { Id = one.RowId, RunId = one.RunId, OccurrenceId = one.OccurrenceId, Draft = null, Files = null, Merged = null, Version = 0 });

    /// <summary>This row again with newer content: an edit that still waits keeps its moment, one that was sent goes out anew.</summary>
    internal OutboxRow ReplacedBy(OutboxRow newer, IOutboxOrder order)
    {
        var waits = Status == OutboxStatus.Waiting;
        return newer with
        {
            Version = Version,
            Order = waits ? Order : order.Next(),
            NotBefore = waits && NotBefore < newer.NotBefore ? NotBefore : newer.NotBefore,
        };
    }

    public static string IdOf(string owner, string name)
    {
        // Mattermost's own ids are 26 characters of this alphabet; 130 bits keep two names apart.
        const string alphabet = "abcdefghijkmnopqrstuvwxyz1234569";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{name}"));
        return string.Create(26, hash, static (chars, bytes) =>
        {
            for (var i = 0; i < chars.Length; i++)
                chars[i] = alphabet[bytes[i] & 31];
        });
    }

    /// <summary>The one key of <see cref="ByStatus"/>: rows that wait. Settled ones are not in it.</summary>
    public const string Queue = "waiting";

    public static DocumentIndex<OutboxRow> ByStatus { get; } =
        new("queue", row => row.Status == OutboxStatus.Waiting ? Queue : null);

    public static DocumentIndex<OutboxRow> BySettled { get; } =
        new("settled", row => row.SettledAt is { } at ? InstantKey.Of(at) : null);

    /// <summary>What Mattermost refused of a round.</summary>
    public static DocumentIndex<OutboxRow> ByRefusedOf { get; } =
        new("refused", row => row.Status == OutboxStatus.Refused ? row.OccurrenceId : null);

    public static DocumentIndex<OutboxRow> ByOccurrence { get; } = new("occurrence", row => row.OccurrenceId);

    public static DocumentIndex<OutboxRow> ByPerson { get; } = new("person", row => row.PersonId);

    public static DocumentKind<OutboxRow> Stored { get; } =
        new("outbox", 1, row => row.Id, LearningJson.Default.OutboxRow, [ByStatus, BySettled, ByOccurrence, ByRefusedOf, ByPerson]);
}

/// <param name="RowId">The row that it would have been.</param>
/// <param name="RunId">Of which run it is.</param>
/// <param name="OccurrenceId">Of which round.</param>
public sealed record MergedRow(string RowId, string? RunId, string? OccurrenceId);

/// <param name="Name">Without a path.</param>
/// <param name="MimeType">Such as `text/plain`.</param>
/// <param name="Text">Its content; empty for a picture, which is drawn when it is sent.</param>
public sealed record OutboxFile(string Name, string MimeType, string Text)
{
    public DraftPicture? Picture { get; init; }

    /// <summary>What stands beside a content file; it is read when it is sent.</summary>
    public AuthoredFile? Authored { get; init; }

    public static OutboxFile Of(DraftPicture picture, string name) => new(name, "image/png", "") { Picture = picture };

    public static OutboxFile Of(AuthoredFile file) => new(file.Name[(file.Name.LastIndexOf('/') + 1)..], "application/octet-stream", "") { Authored = file };
}

/// <param name="DefinitionPath">Of the content file that names it.</param>
/// <param name="Name">Relative to that, with forward slashes.</param>
public sealed record AuthoredFile(string DefinitionPath, string Name)
{
    /// <summary>The version of a handed-in file that it came with; null for the one that is in use when it is sent.</summary>
    public string? VersionId { get; init; }
}

public enum OutboxOperation
{
    Post,
    Edit,
    React,
    Unreact,
}

/// <summary>Why somebody gets a message. From it follows whether it waits for a moment at which they may be disturbed.</summary>
public enum MessagePurpose
{
    /// <summary>The answer to what somebody just did.</summary>
    Answer,

    /// <summary>What somebody asked to get.</summary>
    Asked,

    /// <summary>Said in a channel to everybody there.</summary>
    Announce,

    /// <summary>
    /// Unprompted, to one person. It waits while Mattermost shows them out of office or on do-not-disturb, until it expires: then it is dropped.
    /// </summary>
    Nudge,

    /// <summary>What a host has to know of their activity. It waits in the same way, as long as it takes.</summary>
    Report,
}

public enum OutboxStatus
{
    Waiting,
    Sent,

    /// <summary>Mattermost refused it for good.</summary>
    Refused,

    /// <summary>It hung on a refused row, or its time has passed.</summary>
    Cancelled,
}

/// <summary>Which post a row became. It outlives the row: threads are found by it as long as their round is kept.</summary>
public sealed record PostedMessage : Document, IStored<PostedMessage>
{
    public required string RowId { get; init; }
    public required string PostId { get; init; }
    public required string ChannelId { get; init; }
    public string? OccurrenceId { get; init; }
    public string? PersonId { get; init; }

    /// <summary>When it was recorded; null in what earlier builds wrote.</summary>
    public DateTimeOffset? At { get; init; }

    /// <inheritdoc cref="OutboxRow.ChangesLater"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ChangesLater { get; init; }

    public static DocumentIndex<PostedMessage> ByPost { get; } = new("post", one => one.PostId);
    public static DocumentIndex<PostedMessage> ByOccurrence { get; } = new("occurrence", one => one.OccurrenceId);
    public static DocumentIndex<PostedMessage> ByPerson { get; } = new("person", one => one.PersonId);

    /// <summary>Those that belong to no round, by age: nothing hangs on them once they are sent...</summary>
    public static DocumentIndex<PostedMessage> OfNoRound { get; } =
        new("of_no_round", one => one is { OccurrenceId: null, ChangesLater: false } ? InstantKey.Of(one.At ?? DateTimeOffset.MinValue) : null);

    /// <summary>...but for these.</summary>
    public static DocumentIndex<PostedMessage> OfNoRoundForLater { get; } =
        new("of_no_round_for_later", one => one is { OccurrenceId: null, ChangesLater: true, At: { } at } ? InstantKey.Of(at) : null);

    public static DocumentKind<PostedMessage> Stored { get; } =
        new("posted", 1, one => one.RowId, LearningJson.Default.PostedMessage, [ByPost, ByOccurrence, ByPerson, OfNoRound, OfNoRoundForLater]);
}
