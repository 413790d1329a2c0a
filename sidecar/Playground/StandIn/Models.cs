using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

internal sealed class User
{
    public required string Id { get; init; }
    public required string Name { get; set; }
    public required long CreateAt { get; init; }
    public string Email { get; set; } = "";
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string Nickname { get; set; } = "";
    public string Position { get; set; } = "";
    public string Password { get; set; } = "";
    public string Roles { get; set; } = "system_user";
    public string Locale { get; set; } = "en";
    public string AutomaticZone { get; set; } = "";
    public string ManualZone { get; set; } = "";
    public bool UseAutomaticZone { get; set; } = true;
    public long UpdateAt { get; set; }
    public long DeleteAt { get; set; }
    public bool IsBot { get; init; }
    public long LastPictureUpdate { get; set; }
    public string BotDescription { get; set; } = "";
    public string OwnerId { get; init; } = "";
    public string Status { get; set; } = "offline";
    public bool StatusIsManual { get; set; }

    /// <summary>Automatic replies are on, which shows the person out of office.</summary>
    public bool AnswersAutomatically { get; set; }
    public long LastActivityAt { get; set; }

    public bool IsAdmin => HasRole("system_admin");

    public bool IsGuest => HasRole("system_guest");

    public bool HasRole(string role) => Roles.Split(' ').Contains(role);
}

internal sealed record Session(string Token, string UserId, bool IsAccessToken)
{
    /// <summary>An access token without an end of its own; a sign-in ends sooner, which nobody here waits for.</summary>
    public const long NeverEnds = 4_941_000_000_000;

    /// <summary>No secret.</summary>
    public string Id => new([.. Token.Reverse()]);

    public long ExpiresAt { get; init; } = NeverEnds;

    /// <summary>What an access token is for.</summary>
    public string Description { get; init; } = "";
}

internal sealed class Team
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required long CreateAt { get; init; }
    public string DisplayName { get; set; } = "";
    public string Type { get; init; } = "O";
    public string Email { get; init; } = "";
    public string InviteId { get; init; } = "";
    public bool AllowOpenInvite { get; set; }
    public long UpdateAt { get; set; }
    public Dictionary<string, TeamMember> Members { get; } = [];
}

internal sealed class TeamMember
{
    public required string TeamId { get; init; }
    public required string UserId { get; init; }
    public bool IsAdmin { get; set; }
    public bool IsGuest { get; set; }
    public long DeleteAt { get; set; }
}

internal sealed class Channel
{
    public required string Id { get; init; }
    public required string Name { get; set; }
    public required string Type { get; set; }
    public required long CreateAt { get; init; }
    public string TeamId { get; init; } = "";
    public string DisplayName { get; set; } = "";
    public string Header { get; set; } = "";
    public string Purpose { get; set; } = "";
    public string CreatorId { get; init; } = "";
    public long UpdateAt { get; set; }
    public long DeleteAt { get; set; }
    public long LastPostAt { get; set; }
    public long Messages { get; set; }
    public long RootMessages { get; set; }
    public Dictionary<string, ChannelMember> Members { get; } = [];

    /// <summary>In the order of their creation; nothing is ever taken out, deletions are marks.</summary>
    public List<Post> Posts { get; } = [];

    /// <summary>What edited posts said before: rows of their own, marked as deleted, that only "since" shows.</summary>
    public List<Post> FormerVersions { get; } = [];

    public bool IsPrivateConversation => Type is "D" or "G";
}

internal sealed class ChannelMember
{
    public required string ChannelId { get; init; }
    public required string UserId { get; init; }
    public required long UpdateAt { get; set; }
    public bool IsAdmin { get; set; }
    public bool IsGuest { get; set; }
    public long LastViewedAt { get; set; }
    public long Messages { get; set; }
    public long RootMessages { get; set; }
    public long Mentions { get; set; }
}

internal sealed class Post
{
    private IReadOnlyList<SeenAttachment>? _attachments;

    public required string Id { get; init; }
    public required string UserId { get; init; }
    public required string ChannelId { get; init; }
    public required long CreateAt { get; init; }
    public string RootId { get; init; } = "";
    public string OriginalId { get; init; } = "";
    public string Message { get; set; } = "";
    public string Type { get; init; } = "";
    public JsonObject Props
    {
        get;
        set => (field, _attachments) = (value, null);
    } = [];

    public string PendingPostId { get; set; } = "";
    public long UpdateAt { get; set; }
    public long EditAt { get; set; }
    public long DeleteAt { get; set; }
    public bool IsPinned { get; set; }
    public List<string> FileIds { get; init; } = [];
    public List<Reaction> Reactions { get; } = [];

    /// <summary>Replies in the order of their creation; empty for a reply.</summary>
    public List<Post> Replies { get; } = [];

    /// <summary>How many of the replies are not deleted; counted here so that a long thread costs nothing.</summary>
    public int LiveReplies { get; set; }

    /// <summary>What hangs on it, as people see it; looked up with the first look at it, when it is as it stays.</summary>
    public IReadOnlyList<SeenAttachment> Attachments => _attachments ??= SeenPost.From(Props["attachments"] as JsonArray);

    public bool IsSystem => Type.StartsWith("system_", StringComparison.Ordinal);
}

internal sealed record Reaction(string UserId, string PostId, string Emoji, long CreateAt)
{
    public long UpdateAt { get; set; } = CreateAt;
}

internal sealed class Command
{
    public required string Id { get; init; }
    public required string TeamId { get; init; }
    public required string CreatorId { get; init; }
    public required long CreateAt { get; init; }
    public required string Token { get; set; }
    public string Trigger { get; set; } = "";
    public string Method { get; set; } = "P";
    public string Url { get; set; } = "";
    public string UserName { get; set; } = "";
    public string IconUrl { get; set; } = "";
    public bool AutoComplete { get; set; }
    public string AutoCompleteDesc { get; set; } = "";
    public string AutoCompleteHint { get; set; } = "";
    public string DisplayName { get; set; } = "";
    public string Description { get; set; } = "";
    public long UpdateAt { get; set; }
}

internal sealed record StoredFile(string Id, string UserId, string ChannelId, string Name, string MimeType, byte[] Content, long CreateAt)
{
    public string PostId { get; set; } = "";
}

internal sealed class Hook
{
    public required string Id { get; init; }
    public required bool IsOutgoing { get; init; }
    public required string TeamId { get; init; }
    public required string ChannelId { get; init; }
    public required string CreatorId { get; init; }
    public required long CreateAt { get; init; }
    public string Token { get; set; } = "";
    public string DisplayName { get; set; } = "";
    public string Description { get; set; } = "";
    public string ContentType { get; set; } = "";
    public int TriggerWhen { get; set; }
    public IReadOnlyList<string> TriggerWords { get; set; } = [];
    public IReadOnlyList<string> CallbackUrls { get; set; } = [];
}
