using System.Text.Json;
using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Mattermost.Realtime;

/// <summary>Something that happened in Mattermost, as the socket tells it; ids that an event does not have are empty.</summary>
public abstract record RealtimeEvent
{
    /// <summary>The place in this connection's order, from 0. Everything up to here is dealt with once this event is handled.</summary>
    public long Seq { get; init; }

    /// <summary>The channel it is about, where it is about one.</summary>
    public string ChannelId { get; init; } = "";

    /// <summary>The team it is about, where the server says.</summary>
    public string TeamId { get; init; } = "";

    // Events carry what people write; a log line that prints one must not.
    public sealed override string ToString() => $"{GetType().Name} {Seq}";
}

/// <summary>
/// The stream begins, or goes on after a break. It comes before the events that follow the break, so that the reader can read back over
/// REST what it missed and then take those events as usual.
/// </summary>
public sealed record Reconnected : RealtimeEvent
{
    /// <summary>Whether events may be missing. False when the server still had everything.</summary>
    public required bool Gap { get; init; }

    public GapReason Reason { get; init; }
}

public enum GapReason
{
    /// <summary>Nothing is missing.</summary>
    None,

    /// <summary>The process has just started: whatever happened before was not heard.</summary>
    FirstConnection,

    /// <summary>The server did not remember the old connection.</summary>
    NewConnection,

    /// <summary>A number in the order was skipped.</summary>
    MissingSequence,

    /// <summary>A frame could not be read.</summary>
    MalformedFrame,

    /// <summary>The reader failed on an event.</summary>
    HandlerFailed,
}

/// <summary>A new post, our own included: filter by its user, and dedupe by its id.</summary>
public sealed record Posted : RealtimeEvent
{
    public required Post Post { get; init; }

    /// <summary>One of <see cref="Api.ChannelType"/>.</summary>
    public string ChannelType { get; init; } = "";
}

public sealed record PostEdited : RealtimeEvent
{
    public required Post Post { get; init; }
}

public sealed record PostDeleted : RealtimeEvent
{
    public required Post Post { get; init; }
}

public sealed record ReactionAdded : RealtimeEvent
{
    public required Reaction Reaction { get; init; }
}

public sealed record ReactionRemoved : RealtimeEvent
{
    public required Reaction Reaction { get; init; }
}

/// <summary>Somebody joined a channel or was added to it.</summary>
public sealed record UserAdded : RealtimeEvent
{
    public required string UserId { get; init; }
}

/// <summary>Somebody left a channel or was removed from it.</summary>
public sealed record UserRemoved : RealtimeEvent
{
    public required string UserId { get; init; }
}

public sealed record ChannelCreated : RealtimeEvent;

/// <summary>Name, header, purpose or the like changed.</summary>
public sealed record ChannelUpdated : RealtimeEvent
{
    public Channel? Channel { get; init; }
}

/// <summary>A channel was archived.</summary>
public sealed record ChannelDeleted : RealtimeEvent;

public sealed record ChannelRestored : RealtimeEvent;

/// <summary>A public channel became private or the other way round.</summary>
public sealed record ChannelConverted : RealtimeEvent;

/// <summary>Somebody's roles or settings in a channel changed.</summary>
public sealed record ChannelMemberUpdated : RealtimeEvent
{
    public required ChannelMember Member { get; init; }
}

/// <summary>A direct or group message with our account began.</summary>
public sealed record ConversationAdded : RealtimeEvent;

/// <summary>Name, language, time zone or the like changed, or the account was switched on or off.</summary>
public sealed record UserUpdated : RealtimeEvent
{
    public required User User { get; init; }
}

/// <summary>Somebody's roles on the whole server, or in a team, changed.</summary>
public sealed record RolesUpdated : RealtimeEvent
{
    public required string UserId { get; init; }
}

public sealed record NewUser : RealtimeEvent
{
    public required string UserId { get; init; }
}

public sealed record StatusChanged : RealtimeEvent
{
    public required string UserId { get; init; }

    /// <summary>online, away, dnd or offline.</summary>
    public required string Status { get; init; }
}

public sealed record TeamJoined : RealtimeEvent
{
    public required string UserId { get; init; }
}

public sealed record TeamLeft : RealtimeEvent
{
    public required string UserId { get; init; }
}

/// <summary>An event that this client has no type for.</summary>
public sealed record UnknownEvent : RealtimeEvent
{
    public required string Name { get; init; }

    public required JsonElement Data { get; init; }
}
