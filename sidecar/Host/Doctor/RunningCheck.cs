using System.Text.Json;
using MattermostLearning.Sidecar.Health;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>Asks the sidecar that runs here, if one does, how it feels: it alone may look into its store.</summary>
internal static class RunningCheck
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        var listen = examination.Sidecar.Listen.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("*", "127.0.0.1", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "[::1]", StringComparison.Ordinal);
        if (!Uri.TryCreate(listen, UriKind.Absolute, out var address))
            return [];
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await http.GetAsync(new Uri(address, "/readyz"), cancellationToken);
            var report = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), HealthJson.Default.ReadinessReport);
            if (report?.Checks is not { } checks)
                return [NotOurs(listen)];
            var problems = checks.Where(check => !check.Ok).Select(check => Finding.Fail("sidecar", $"The sidecar that runs says of its {check.Name}: {check.Problem}", "Its log says more.")).ToList();
            return problems.Count > 0 ? problems : [Finding.Ok("sidecar", $"runs at {listen} and is ready; its store is well")];
        }
        catch (JsonException)
        {
            return [NotOurs(listen)];
        }
        catch (HttpRequestException)
        {
            return [Finding.Warn("sidecar", $"Nothing runs at {listen}.", "Start it: `run`.")];
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Finding.Fail("sidecar", $"What runs at {listen} does not answer within 5 s.", "Its log says more; restart it.")];
        }
    }

    private static Finding NotOurs(string listen) => Finding.Fail("sidecar", $"Something else listens at {listen}.", "Stop it, or choose another address with Sidecar__Listen and run setup again.");
}
