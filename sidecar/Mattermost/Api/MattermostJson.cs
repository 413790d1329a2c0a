using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MattermostLearning.Mattermost.Api;

/// <summary>Source-generated JSON of the API: snake_case, nulls left out, unknown fields kept by each type.</summary>
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(List<User>))]
[JsonSerializable(typeof(NewUser))]
[JsonSerializable(typeof(ActiveWire))]
[JsonSerializable(typeof(UserAutocomplete))]
[JsonSerializable(typeof(List<UserSession>))]
[JsonSerializable(typeof(UserStatus))]
[JsonSerializable(typeof(List<UserStatus>))]
[JsonSerializable(typeof(Team))]
[JsonSerializable(typeof(List<Team>))]
[JsonSerializable(typeof(NewTeam))]
[JsonSerializable(typeof(TeamMember))]
[JsonSerializable(typeof(List<TeamMember>))]
[JsonSerializable(typeof(TeamMemberWire))]
[JsonSerializable(typeof(Channel))]
[JsonSerializable(typeof(List<Channel>))]
[JsonSerializable(typeof(NewChannel))]
[JsonSerializable(typeof(ChannelMember))]
[JsonSerializable(typeof(List<ChannelMember>))]
[JsonSerializable(typeof(ChannelStats))]
[JsonSerializable(typeof(UserIdWire))]
[JsonSerializable(typeof(List<Role>))]
[JsonSerializable(typeof(Post))]
[JsonSerializable(typeof(PostList))]
[JsonSerializable(typeof(PostPatch))]
[JsonSerializable(typeof(NewPostWire))]
[JsonSerializable(typeof(EphemeralWire))]
[JsonSerializable(typeof(Reaction))]
[JsonSerializable(typeof(List<Reaction>))]
[JsonSerializable(typeof(Dictionary<string, List<Reaction>>))]
[JsonSerializable(typeof(ReactionWire))]
[JsonSerializable(typeof(FileDetails))]
[JsonSerializable(typeof(UploadAnswer))]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(List<Command>))]
[JsonSerializable(typeof(CommandSpec))]
[JsonSerializable(typeof(CommandTokenWire))]
[JsonSerializable(typeof(ExecuteWire))]
[JsonSerializable(typeof(OutgoingHook))]
[JsonSerializable(typeof(List<OutgoingHook>))]
[JsonSerializable(typeof(OutgoingHookSpec))]
[JsonSerializable(typeof(IncomingHook))]
[JsonSerializable(typeof(List<IncomingHook>))]
[JsonSerializable(typeof(IncomingHookSpec))]
[JsonSerializable(typeof(Bot))]
[JsonSerializable(typeof(List<Bot>))]
[JsonSerializable(typeof(NewBot))]
[JsonSerializable(typeof(BotPatch))]
[JsonSerializable(typeof(AccessToken))]
[JsonSerializable(typeof(List<AccessToken>))]
[JsonSerializable(typeof(TokenDescriptionWire))]
[JsonSerializable(typeof(TokenIdWire))]
[JsonSerializable(typeof(Ping))]
[JsonSerializable(typeof(ServerConfigWire))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(OpenDialogWire))]
[JsonSerializable(typeof(ErrorWire))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class MattermostJson : JsonSerializerContext
{
    /// <summary>As the server reads and writes; letters of every script stay as they are.</summary>
    public static MattermostJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

internal sealed record ErrorWire
{
    public string? Id { get; init; }

    public string? Message { get; init; }

    public string? RequestId { get; init; }

    public int StatusCode { get; init; }
}
