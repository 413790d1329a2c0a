using System.Globalization;
using System.Text.Json.Serialization;
using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

/// <summary>The settings that the server tells every client; keys are the server's, all values are strings.</summary>
public sealed class ClientConfig(IReadOnlyDictionary<string, string> values)
{
    public IReadOnlyDictionary<string, string> Values { get; } = values;

    /// <summary>The address people reach Mattermost at; empty when the admin has not set it.</summary>
    public string SiteUrl => this["SiteURL"];

    public string Version => this["Version"];

    /// <summary>Runes of one post; null where the server does not say.</summary>
    public int? MaxPostSize => int.TryParse(this["MaxPostSize"], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    /// <summary>Whether formulas in code blocks are shown as formulas.</summary>
    public bool ShowsLatex => this["EnableLatex"] == "true";

    /// <summary>...and those within a line, which servers before 6.0 never show.</summary>
    public bool ShowsInlineLatex => ShowsLatex && this["EnableInlineLatex"] == "true";

    /// <summary>The server's default language.</summary>
    public string DefaultClientLocale => this["DefaultClientLocale"];

    public string this[string key] => Values.TryGetValue(key, out var value) ? value : "";
}

public sealed record Ping : MattermostObject
{
    /// <summary>OK when all is well.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    [JsonIgnore]
    public bool IsHealthy => Status == "OK";
}

public interface ISystemApi
{
    /// <summary>Whether Mattermost answers; needs no token.</summary>
    Task<Ping> PingAsync(CancellationToken cancellationToken);

    Task<ClientConfig> ClientConfigAsync(CancellationToken cancellationToken);

    /// <summary>The addresses inside the server's own network that integrations may be called at, as the admin wrote them; needs a system admin's token.</summary>
    Task<string> AllowedInternalConnectionsAsync(CancellationToken cancellationToken);
}

internal sealed class SystemApi(MattermostTransport http) : ISystemApi
{
    public Task<Ping> PingAsync(CancellationToken cancellationToken) =>
        http.GetAsync("system/ping", MattermostJson.Wire.Ping, cancellationToken);

    public async Task<ClientConfig> ClientConfigAsync(CancellationToken cancellationToken) => new(
        await http.GetAsync("config/client?format=old", MattermostJson.Wire.DictionaryStringString, cancellationToken));

    public async Task<string> AllowedInternalConnectionsAsync(CancellationToken cancellationToken) =>
        (await http.GetAsync("config", MattermostJson.Wire.ServerConfigWire, cancellationToken)).ServiceSettings.AllowedUntrustedInternalConnections;
}

/// <summary>The one part of the server's configuration that is of interest here. Its names are not those of the rest of the API.</summary>
internal sealed record ServerConfigWire
{
    [JsonPropertyName("ServiceSettings")]
    public ServiceSettingsWire ServiceSettings { get; init => field = value ?? new(); } = new();
}

internal sealed record ServiceSettingsWire
{
    [JsonPropertyName("AllowedUntrustedInternalConnections")]
    public string AllowedUntrustedInternalConnections { get; init => field = value ?? ""; } = "";
}
