using System.Globalization;
using System.Text.Json;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Sidecar.Admin;
using MattermostLearning.Sidecar.Health;
using MattermostLearning.Storage;
using MattermostLearning.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>
/// Asks the sidecar that runs here, if one does, how it feels, through the socket in the data folder: it alone may look into its store. Where nobody
/// answers there, whoever listens at its address is asked.
/// </summary>
internal static class RunningCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Finding>> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            examination.Running = await new AdminCaller(examination.DataPath).StatusAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Finding.Fail("sidecar", $"The sidecar on {examination.DataPath} does not answer within {Patience.TotalSeconds:0} s.", "Its log says more; restart it.")];
        }

        if (examination.Running is not { } running)
            return [await AtAddressAsync(examination, cancellationToken), .. await StoppedStoreAsync(examination, cancellationToken)];
        List<Finding> findings = [.. running.Readiness.Checks.Where(check => !check.Ok && check.Name != "store").Select(check =>
            Finding.Fail("sidecar", $"The sidecar that runs says of its {check.Name}: {check.Problem}", "Its log says more."))];
        if (findings.Count == 0)
            findings.Add(Finding.Ok("sidecar", string.Create(CultureInfo.InvariantCulture, $"runs as process {running.Process} at {running.Listen} and is ready")));
        if (running.Url is { } url && examination.Mattermost.Url is { } wanted && new Uri(url) != wanted)
            findings.Add(Finding.Warn("sidecar", $"The sidecar that runs works with {url}, and the settings here name {wanted}.", "Restart it, or run doctor with its settings."));
        findings.Add(await RunningStoreAsync(examination, running, cancellationToken));
        return findings;
    }

    private static async Task<Finding> RunningStoreAsync(Examination examination, RunningStatus running, CancellationToken cancellationToken)
    {
        var size = running.StoreBytes is { } bytes ? Size(bytes) : "nothing is kept in a file";
        if (running.Readiness.Checks.FirstOrDefault(check => check is { Name: "store", Ok: false }) is { } ill)
            return Finding.Fail("store", $"{ill.Problem} ({size})", "Make room or give the account its rights back; it is tried again every second. A damaged file: restore a backup.");
        if (!examination.IsDeep)
            return Finding.Ok("store", $"takes changes, {size}");
        return await new AdminCaller(examination.DataPath).ExamineAsync(cancellationToken) switch
        {
            "" => Finding.Ok("store", $"takes changes, {size}; all of it was read, and nothing is damaged"),
            null => Finding.Skip("store", "The sidecar has just stopped.", "Run doctor again."),
            var damage => Finding.Fail("store", $"{damage} ({size})", "Stop the sidecar and restore a backup."),
        };
    }

    /// <summary>Of a store that nobody uses only the size is looked at, unless it is asked for: then it is opened as `backup` opens it, under its lock.</summary>
    private static async Task<IReadOnlyList<Finding>> StoppedStoreAsync(Examination examination, CancellationToken cancellationToken)
    {
        var file = Path.Combine(examination.DataPath, StoreFiles.Name);
        if (!File.Exists(file))
            return [Finding.Ok("store", "there is none yet; it is made at the first start")];
        var size = Size(new FileInfo(file).Length);
        if (!examination.IsDeep)
            return [Finding.Skip("store", $"{size}; no sidecar runs that could be asked about it.", "Start it, or run doctor --deep.")];
        try
        {
            await using var store = LiteDbStore.Open(new LiteDbOptions { Path = file }, TimeProvider.System, NullLogger<LiteDbStore>.Instance);
            var damages = await store.ExamineAsync(cancellationToken);
            return [damages.Count == 0
                ? Finding.Ok("store", $"{size}; all of it was read, and nothing is damaged")
                : Finding.Fail("store", $"{string.Join("; ", damages)} ({size})", "Restore a backup.")];
        }
        catch (Exception e) when (e is StoreInUseException or StoreUnavailableException or StoreDamagedException)
        {
            return [Finding.Fail("store", e.Message, e is StoreDamagedException ? "Restore a backup." : "Run doctor as the user that the sidecar runs as.")];
        }
    }

    private static async Task<Finding> AtAddressAsync(Examination examination, CancellationToken cancellationToken)
    {
        var listen = Addressable(examination.Sidecar.Listen);
        if (!Uri.TryCreate(listen, UriKind.Absolute, out var address))
            return Finding.Skip("sidecar", $"{listen} is no address.");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var response = await http.GetAsync(new Uri(address, "/readyz"), cancellationToken);
            var report = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), HealthJson.Default.ReadinessReport);
            return report?.Checks is null ? NotOurs(listen) : Finding.Warn(
                "sidecar", $"A sidecar answers at {listen}, but not through {AdminSocket.Name} in {examination.DataPath}.",
                "Run doctor with the Data__Path, and as the user, that it runs with. A path of about 100 characters or more has no such socket.");
        }
        catch (JsonException)
        {
            return NotOurs(listen);
        }
        catch (HttpRequestException)
        {
            return Finding.Warn("sidecar", $"No sidecar runs on {examination.DataPath}, and nothing listens at {listen}.", "Start it: `run`.");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Fail("sidecar", $"What listens at {listen} does not answer within {Patience.TotalSeconds:0} s.", "Its log says more; restart it.");
        }
    }

    private static string Addressable(string listen) => listen
        .Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal).Replace("//*:", "//127.0.0.1:", StringComparison.Ordinal)
        .Replace("//+:", "//127.0.0.1:", StringComparison.Ordinal).Replace("[::]", "[::1]", StringComparison.Ordinal);

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} MiB");

    private static Finding NotOurs(string listen) => Finding.Fail("sidecar", $"Something else listens at {listen}.", "Stop it, or choose another address with Sidecar__Listen and run setup again.");
}
