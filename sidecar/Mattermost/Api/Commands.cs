using System.Text.Json;
using System.Text.Json.Serialization;
using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

public sealed record Command : MattermostObject
{
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>A secret: it comes with every request that the command makes.</summary>
    public string Token { get; init => field = value ?? ""; } = "";

    public string TeamId { get; init => field = value ?? ""; } = "";

    public string CreatorId { get; init => field = value ?? ""; } = "";

    public string Trigger { get; init => field = value ?? ""; } = "";

    public string Method { get; init => field = value ?? ""; } = "";

    public string Url { get; init => field = value ?? ""; } = "";

    public bool AutoComplete { get; init; }

    public string AutoCompleteHint { get; init => field = value ?? ""; } = "";

    public string AutoCompleteDesc { get; init => field = value ?? ""; } = "";

    public string DisplayName { get; init => field = value ?? ""; } = "";

    public string Description { get; init => field = value ?? ""; } = "";

    public long CreateAt { get; init; }

    public long UpdateAt { get; init; }

    public long DeleteAt { get; init; }
}

/// <summary>What a slash command is made or changed to.</summary>
public sealed record CommandSpec
{
    /// <summary>An update repeats the id that stands in its path.</summary>
    [JsonInclude]
    internal string? Id { get; init; }

    public required string TeamId { get; init; }

    /// <summary>The word after the slash: 1 to 128 characters without spaces, kept in lower case.</summary>
    public required string Trigger { get; init; }

    public required string Url { get; init; }

    public string Method { get; } = "P";

    public bool AutoComplete { get; init; } = true;

    public string AutoCompleteHint { get; init; } = "";

    public string AutoCompleteDesc { get; init; } = "";

    /// <summary>At most 64 bytes.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>At most 128 bytes.</summary>
    public string Description { get; init; } = "";

    /// <summary>The name that the server shows answers under; empty for the default.</summary>
    public string Username { get; init; } = "";
}

public interface ICommandsApi
{
    /// <summary>The team's own commands; with their tokens for those who may manage them.</summary>
    Task<IReadOnlyList<Command>> ListAsync(string teamId, CancellationToken cancellationToken);

    /// <summary>Makes a command. A trigger that exists already is a 400 with id <c>api.command.duplicate_trigger.app_error</c>.</summary>
    Task<Command> CreateAsync(CommandSpec spec, CancellationToken cancellationToken);

    /// <summary>Writes a command anew; its token stays.</summary>
    Task<Command> UpdateAsync(string commandId, CommandSpec spec, CancellationToken cancellationToken);

    Task DeleteAsync(string commandId, CancellationToken cancellationToken);

    /// <summary>Replaces the token and returns the new one; the old one stops working at once.</summary>
    Task<string> RegenerateTokenAsync(string commandId, CancellationToken cancellationToken);

    /// <summary>Runs a command line, slash included, in a channel as the token's account. The answer is the server's own JSON.</summary>
    Task<JsonElement> ExecuteAsync(string channelId, string commandLine, CancellationToken cancellationToken);
}

internal sealed class CommandsApi(MattermostTransport http) : ICommandsApi
{
    public async Task<IReadOnlyList<Command>> ListAsync(string teamId, CancellationToken cancellationToken) => await http.GetAsync(
        $"commands?team_id={MattermostId.Require(teamId)}&custom_only=true", Json.ListCommand, cancellationToken);

    public Task<Command> CreateAsync(CommandSpec spec, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Post, "commands", Checked(spec), Json.CommandSpec, Json.Command, cancellationToken);

    public Task<Command> UpdateAsync(string commandId, CommandSpec spec, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Put,
        $"commands/{MattermostId.Require(commandId)}",
        Checked(spec) with { Id = commandId },
        Json.CommandSpec,
        Json.Command,
        cancellationToken);

    public Task DeleteAsync(string commandId, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Delete, $"commands/{MattermostId.Require(commandId)}", cancellationToken);

    public async Task<string> RegenerateTokenAsync(string commandId, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(
            HttpMethod.Put, $"commands/{MattermostId.Require(commandId)}/regen_token", Json.CommandTokenWire, cancellationToken);
        return answer.Token;
    }

    public Task<JsonElement> ExecuteAsync(string channelId, string commandLine, CancellationToken cancellationToken)
    {
        if (commandLine is not ['/', _, ..]) throw new ArgumentException("A command line begins with a slash.", nameof(commandLine));
        return http.SendAsync(
            HttpMethod.Post,
            "commands/execute",
            new ExecuteWire(MattermostId.Require(channelId), commandLine),
            Json.ExecuteWire,
            Json.JsonElement,
            cancellationToken);
    }

    private static CommandSpec Checked(CommandSpec spec)
    {
        MattermostId.Require(spec.TeamId);
        if (spec.Trigger is not { Length: > 0 and <= 128 } || spec.Trigger[0] == '/' || spec.Trigger.Any(char.IsWhiteSpace))
            throw new ArgumentException("A trigger has 1 to 128 characters, no slash in front and no spaces.", nameof(spec));
        if (!Messages.MessageValidator.IsWebAddress(spec.Url))
            throw new ArgumentException("A command's URL is an absolute http or https address.", nameof(spec));
        return spec;
    }

    private static MattermostJson Json => MattermostJson.Wire;
}

internal sealed record ExecuteWire(string ChannelId, string Command);

internal sealed record CommandTokenWire
{
    public string Token { get; init => field = value ?? ""; } = "";
}
