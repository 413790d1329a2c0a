using System.Text.Json;
using System.Text.Json.Serialization;
using MattermostLearning.Sidecar.Health;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Telemetry;
using MattermostLearning.Storage.LiteDb;

namespace MattermostLearning.Sidecar.Admin;

/// <summary>How a sidecar that runs is doing, as it tells its own account. No secret.</summary>
/// <param name="Process">Its id.</param>
/// <param name="Listen">Where it serves.</param>
/// <param name="Url">The Mattermost that it works with.</param>
/// <param name="Now">Its clock.</param>
/// <param name="StoreBytes">Data file and log on the disk; null where nothing is kept in a file.</param>
/// <param name="LastAnswered">When Mattermost last called and was answered; null when it has not since the start.</param>
/// <param name="LastRefused">When a call was last refused, for its token most likely.</param>
/// <param name="Readiness">As at `/readyz`.</param>
internal sealed record RunningStatus(
    int Process, string Listen, string? Url, DateTimeOffset Now, long? StoreBytes, DateTimeOffset? LastAnswered, DateTimeOffset? LastRefused, ReadinessReport Readiness)
{
    public static RunningStatus? Read(string json) => JsonSerializer.Deserialize(json, StatusJson.Default.RunningStatus);

    /// <summary>Puts it together in the sidecar itself.</summary>
    internal sealed class Teller(Settings settings, Adapters.MattermostAccess access, Readiness readiness, CallbackMeasure calls, TimeProvider time, LiteDbStore? file = null)
    {
        public async Task<string> TellAsync(CancellationToken cancellationToken) => JsonSerializer.Serialize(
            new RunningStatus(
                Environment.ProcessId, settings.Sidecar.Listen, access.IsComplete ? access.BaseAddress.ToString() : null, time.GetUtcNow(), file?.SizeOnDisk, calls.LastAnswered,
                calls.LastRefused, await readiness.CheckAsync(cancellationToken)),
            StatusJson.Default.RunningStatus);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunningStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
