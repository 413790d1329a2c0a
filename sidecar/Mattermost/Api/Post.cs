using System.Text.Json;
using System.Text.Json.Serialization;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Mattermost.Api;

public sealed record Post : MattermostObject
{
    public string Id { get; init => field = value ?? ""; } = "";

    public string UserId { get; init => field = value ?? ""; } = "";

    public string ChannelId { get; init => field = value ?? ""; } = "";

    /// <summary>The thread's first post; empty when this is one.</summary>
    public string RootId { get; init => field = value ?? ""; } = "";

    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>Empty for what people write; <c>system_...</c> for joins and the like.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>Free-form. Buttons read back have lost their integrations: never write these back.</summary>
    public IReadOnlyDictionary<string, JsonElement> Props { get; init => field = value ?? NoProps; } = NoProps;

    public IReadOnlyList<string> FileIds { get; init => field = value ?? []; } = [];

    public string PendingPostId { get; init => field = value ?? ""; } = "";

    public bool HasReactions { get; init; }

    public bool IsPinned { get; init; }

    public int ReplyCount { get; init; }

    /// <summary>What the server sends along: reactions, file details, embeds.</summary>
    public PostMetadata? Metadata { get; init; }

    public long CreateAt { get; init; }

    public long UpdateAt { get; init; }

    /// <summary>When its text was last edited; 0 if never.</summary>
    public long EditAt { get; init; }

    public long DeleteAt { get; init; }

    [JsonIgnore]
    public bool IsReply => RootId.Length > 0;

    [JsonIgnore]
    public bool IsDeleted => DeleteAt != 0;

    [JsonIgnore]
    public bool IsSystemMessage => Type.StartsWith("system_", StringComparison.Ordinal);

    /// <summary>The post that starts this post's thread: its own id when it is one.</summary>
    [JsonIgnore]
    public string ThreadId => IsReply ? RootId : Id;

    [JsonIgnore]
    public DateTimeOffset? CreatedAt => Time(CreateAt);

    [JsonIgnore]
    public DateTimeOffset? EditedAt => Time(EditAt);

    [JsonIgnore]
    public DateTimeOffset? DeletedAt => Time(DeleteAt);

    [JsonIgnore]
    public IReadOnlyList<Attachment> Attachments => MessageJson.ReadAttachments(Props);

    /// <summary>A prop that is a string; null when it is missing or something else.</summary>
    public string? Prop(string name) =>
        Props.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static readonly IReadOnlyDictionary<string, JsonElement> NoProps = new Dictionary<string, JsonElement>();
}

public sealed record PostMetadata : MattermostObject
{
    public IReadOnlyList<Reaction> Reactions { get; init => field = value ?? []; } = [];

    public IReadOnlyList<FileDetails> Files { get; init => field = value ?? []; } = [];
}

/// <summary>Posts and the order that the server gives them in: newest first.</summary>
public sealed record PostList : MattermostObject
{
    public IReadOnlyList<string> Order { get; init => field = value ?? []; } = [];

    /// <summary>The ordered posts, and roots of their threads that the order does not name.</summary>
    public IReadOnlyDictionary<string, Post> Posts { get; init => field = value ?? NoPosts; } = NoPosts;

    public string NextPostId { get; init => field = value ?? ""; } = "";

    public string PrevPostId { get; init => field = value ?? ""; } = "";

    /// <summary>Whether a thread has more replies than came (servers with thread paging).</summary>
    public bool? HasNext { get; init; }

    [JsonIgnore]
    public IEnumerable<Post> Ordered => Order.Where(Posts.ContainsKey).Select(id => Posts[id]);

    private static readonly IReadOnlyDictionary<string, Post> NoPosts = new Dictionary<string, Post>();
}

/// <summary>A post to be made.</summary>
public sealed record NewPost
{
    public required string ChannelId { get; init; }

    /// <summary>The first post of the thread to reply in; a reply's id is refused by the server.</summary>
    public string? RootId { get; init; }

    public required PostContent Content { get; init; }

    /// <summary>The server answers the same id within about 30 s with the same post: what makes a repeated attempt safe.</summary>
    public string? PendingPostId { get; init; }
}

/// <summary>What to change of a post; null stays. Props replace all props.</summary>
public sealed record PostPatch
{
    public string? Message { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Props { get; init; }

    public IReadOnlyList<string>? FileIds { get; init; }

    public bool? IsPinned { get; init; }
}
