using System.Text.Json.Serialization;

namespace MattermostLearning.Mattermost.Api;

public sealed record Channel : MattermostObject
{
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Empty for direct and group messages.</summary>
    public string TeamId { get; init => field = value ?? ""; } = "";

    /// <summary>One of <see cref="ChannelType"/>.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>The part of the address; never an id.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    public string DisplayName { get; init => field = value ?? ""; } = "";

    public string Header { get; init => field = value ?? ""; } = "";

    public string Purpose { get; init => field = value ?? ""; } = "";

    public string CreatorId { get; init => field = value ?? ""; } = "";

    public long CreateAt { get; init; }

    public long UpdateAt { get; init; }

    /// <summary>When it was archived; 0 while it is open.</summary>
    public long DeleteAt { get; init; }

    public long LastPostAt { get; init; }

    [JsonIgnore]
    public bool IsArchived => DeleteAt != 0;

    [JsonIgnore]
    public bool IsPublic => Type == ChannelType.Public;

    /// <summary>A direct or a group message.</summary>
    [JsonIgnore]
    public bool IsConversation => Type is ChannelType.Direct or ChannelType.Group;

    [JsonIgnore]
    public DateTimeOffset? CreatedAt => Time(CreateAt);

    [JsonIgnore]
    public DateTimeOffset? LastPostedAt => Time(LastPostAt);
}

public static class ChannelType
{
    public const string Public = "O";
    public const string Private = "P";
    public const string Direct = "D";
    public const string Group = "G";
}

public sealed record ChannelMember : MattermostObject
{
    public string ChannelId { get; init => field = value ?? ""; } = "";

    public string UserId { get; init => field = value ?? ""; } = "";

    /// <summary>Role names with spaces between them.</summary>
    public string Roles { get; init => field = value ?? ""; } = "";

    public bool SchemeAdmin { get; init; }

    public bool SchemeGuest { get; init; }

    public long LastUpdateAt { get; init; }

    [JsonIgnore]
    public bool IsAdmin => SchemeAdmin || HasRole(Roles, "channel_admin");

    [JsonIgnore]
    public bool IsGuest => SchemeGuest || HasRole(Roles, "channel_guest");
}

public sealed record ChannelStats : MattermostObject
{
    public string ChannelId { get; init => field = value ?? ""; } = "";

    public int MemberCount { get; init; }

    public int GuestCount { get; init; }
}

public sealed record NewChannel
{
    public required string TeamId { get; init; }

    /// <summary>The part of the address: a-z, 0-9, - and _.</summary>
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    /// <summary><see cref="ChannelType.Public"/> or <see cref="ChannelType.Private"/>.</summary>
    public string Type { get; init; } = ChannelType.Public;

    public string? Purpose { get; init; }

    public string? Header { get; init; }
}
