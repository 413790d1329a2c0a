using System.Text.Json;
using System.Text.Json.Serialization;

namespace MattermostLearning.Mattermost.Api;

/// <summary>What every object of the API has in common. Times are milliseconds since 1970 in UTC; 0 means never.</summary>
public abstract record MattermostObject
{
    /// <summary>Fields that this client does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }

    // Objects hold names, addresses, messages and secrets; a log line that prints one must not.
    public sealed override string ToString() => GetType().Name;

    private protected static DateTimeOffset? Time(long milliseconds) =>
        milliseconds is > 0 and <= 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private protected static bool HasRole(string roles, string role) => roles.Split(' ').Contains(role, StringComparer.Ordinal);
}
