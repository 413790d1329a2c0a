using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Mattermost.Realtime;

/// <summary>What one frame is.</summary>
internal abstract record Frame
{
    /// <summary>The greeting of a connection that the server has just made.</summary>
    public sealed record Hello(long Seq, string ConnectionId, Version? ServerVersion) : Frame;

    public sealed record Event(RealtimeEvent Value) : Frame;

    /// <summary>The answer to something that we sent.</summary>
    public sealed record Reply : Frame;

    /// <summary>Not readable; with its place in the order where that much could be read.</summary>
    public sealed record Malformed(long? Seq) : Frame;
}

/// <summary>Reads frames. Nothing that a server could send makes it throw.</summary>
internal static class FrameParser
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    public static Frame Parse(ReadOnlyMemory<byte> utf8)
    {
        long? seq = null;
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return new Frame.Malformed(null);
            if (root.TryGetProperty("seq_reply", out _)) return new Frame.Reply();

            seq = root.TryGetProperty("seq", out var number) && number.TryGetInt64(out var value) && value >= 0 ? value : null;
            var name = Text(root, "event");
            if (name.Length == 0) return root.TryGetProperty("status", out _) ? new Frame.Reply() : new Frame.Malformed(seq);
            if (seq is null) return new Frame.Malformed(null);

            var data = Object(root, "data");
            if (name == "hello")
                return new Frame.Hello(seq.Value, Text(data, "connection_id"), ServerVersions.Parse(Text(data, "server_version")));
            var read = Read(name, data, Object(root, "broadcast"));
            return read is null ? new Frame.Malformed(seq) : new Frame.Event(read with { Seq = seq.Value });
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            return new Frame.Malformed(seq);
        }
    }

    /// <summary>The event, or null when it lacks what its kind must have.</summary>
    private static RealtimeEvent? Read(string name, JsonElement data, JsonElement broadcast)
    {
        var channel = Either(data, broadcast, "channel_id");
        var team = Either(data, broadcast, "team_id");
        var user = Either(data, broadcast, "user_id");
        RealtimeEvent? read = name switch
        {
            "posted" => Nested(data, "post", MattermostJson.Wire.Post) is { } post
                ? new Posted { Post = post, ChannelType = Text(data, "channel_type"), ChannelId = post.ChannelId }
                : null,
            "post_edited" => Nested(data, "post", MattermostJson.Wire.Post) is { } post
                ? new PostEdited { Post = post, ChannelId = post.ChannelId }
                : null,
            "post_deleted" => Nested(data, "post", MattermostJson.Wire.Post) is { } post
                ? new PostDeleted { Post = post, ChannelId = post.ChannelId }
                : null,
            "reaction_added" => Nested(data, "reaction", MattermostJson.Wire.Reaction) is { } reaction
                ? new ReactionAdded { Reaction = reaction }
                : null,
            "reaction_removed" => Nested(data, "reaction", MattermostJson.Wire.Reaction) is { } reaction
                ? new ReactionRemoved { Reaction = reaction }
                : null,
            "user_added" => user.Length > 0 ? new UserAdded { UserId = user } : null,
            "user_removed" => user.Length > 0 ? new UserRemoved { UserId = user } : null,
            "channel_created" => new ChannelCreated(),
            "channel_updated" => new ChannelUpdated { Channel = Nested(data, "channel", MattermostJson.Wire.Channel) },
            "channel_deleted" => new ChannelDeleted(),
            "channel_restored" => new ChannelRestored(),
            "channel_converted" => new ChannelConverted(),
            "channel_member_updated" => Nested(data, "channelMember", MattermostJson.Wire.ChannelMember) is { } member
                ? new ChannelMemberUpdated { Member = member, ChannelId = member.ChannelId }
                : null,
            "direct_added" or "group_added" => new ConversationAdded(),
            "user_updated" => Nested(data, "user", MattermostJson.Wire.User) is { } updated ? new UserUpdated { User = updated } : null,
            "user_role_updated" => user.Length > 0 ? new RolesUpdated { UserId = user } : null,
            "memberrole_updated" => Nested(data, "member", MattermostJson.Wire.TeamMember) is { } member
                ? new RolesUpdated { UserId = member.UserId, TeamId = member.TeamId }
                : null,
            "new_user" => user.Length > 0 ? new NewUser { UserId = user } : null,
            "status_change" => user.Length > 0 ? new StatusChanged { UserId = user, Status = Text(data, "status") } : null,
            "added_to_team" => user.Length > 0 ? new TeamJoined { UserId = user } : null,
            "leave_team" => user.Length > 0 ? new TeamLeft { UserId = user } : null,
            _ => new UnknownEvent { Name = name, Data = data.ValueKind == JsonValueKind.Object ? data.Clone() : default },
        };
        return read is null
            ? null
            : read with
            {
                ChannelId = read.ChannelId.Length > 0 ? read.ChannelId : channel,
                TeamId = read.TeamId.Length > 0 ? read.TeamId : team,
            };
    }

    /// <summary>An object that is written as a string inside the JSON, or, in other versions, as it is.</summary>
    private static T? Nested<T>(JsonElement data, string name, JsonTypeInfo<T> type) where T : class
    {
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => Unescaped(value, type),
            JsonValueKind.Object => value.Deserialize(type),
            _ => null,
        };
    }

    /// <summary>Read as the bytes that it is, and not by way of a string.</summary>
    private static T? Unescaped<T>(JsonElement value, JsonTypeInfo<T> type)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        var reader = new Utf8JsonReader(raw);
        reader.Read();
        var bytes = ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            return JsonSerializer.Deserialize(bytes.AsSpan(0, reader.CopyString(bytes)), type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static string Either(JsonElement data, JsonElement broadcast, string name) =>
        Text(data, name) is { Length: > 0 } text ? text : Text(broadcast, name);

    private static JsonElement Object(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : default;

    private static string Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
}
