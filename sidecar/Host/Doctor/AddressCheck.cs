using System.Globalization;
using MattermostLearning.Mattermost;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>Whether Mattermost answers at its address, and what the answer tells: version, clock.</summary>
internal static class AddressCheck
{
    private static readonly TimeSpan Skewed = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Finding>> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination.Mattermost.Url is not { } url)
            return [Finding.Skip("address", "Mattermost__Url is not set.")];
        List<Finding> findings = [];
        // Asked without our client: it reads only answers that are good, and the headers matter here.
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(15) };
        try
        {
            using var response = await http.GetAsync(new Uri($"{url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/v4/system/ping"), cancellationToken);
            if ((int)response.StatusCode is >= 300 and < 400)
                return [Finding.Fail("address", $"{url} redirects to {response.Headers.Location?.Host ?? "another page"}.", "Set Mattermost__Url to the address that it redirects to, or let this machine pass the proxy's login page.")];
            if (response.Content.Headers.ContentType?.MediaType != "application/json")
                return [Finding.Fail("address", $"{url} answers {response.Content.Headers.ContentType?.MediaType ?? "nothing"} ({(int)response.StatusCode}), not Mattermost's JSON.", "Set Mattermost__Url to the address of Mattermost itself, with its sub-path, without /api. A proxy's login page must let this machine pass.")];
            examination.IsReachable = true;
            findings.Add(Finding.Ok("address", $"{url} answers{(url.Scheme == Uri.UriSchemeHttps ? ", its certificate is trusted" : "")}"));
            if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
                findings.Add(Finding.Warn("TLS", $"{url} is not encrypted, and the bot's token passes there.", "Use https unless the network between is your own."));
            findings.Add(VersionOf(response.Headers.TryGetValues("X-Version-Id", out var versions) ? ServerVersions.Parse(versions.First()) : null));
            if (response.Headers.Date is { } date)
                findings.Add(Clock(TimeProvider.System.GetUtcNow() - date));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return [Finding.Fail(IsTls(e) ? "TLS" : "address", $"{url}: {Trouble.Of(e)}.", Trouble.Advice(e))];
        }

        return findings;
    }

    internal static Finding VersionOf(Version? version) => version switch
    {
        null => Finding.Warn("version", "The server does not tell its version.", "A proxy may hide the header X-Version-Id."),
        _ when version < Planner.Oldest => Finding.Fail("version", $"Mattermost {version}", $"Upgrade it: {Planner.Oldest} is the oldest that works."),
        _ => Finding.Ok("version", $"Mattermost {version}"),
    };

    /// <param name="ahead">How far our clock is before the server's; negative when behind.</param>
    internal static Finding Clock(TimeSpan ahead) => ahead.Duration() < Skewed
        ? Finding.Ok("clock", "agrees with Mattermost's")
        : Finding.Warn("clock", string.Create(CultureInfo.InvariantCulture, $"This machine is {ahead.Duration().TotalSeconds:0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} Mattermost's."), "Let both take the time from the network (NTP); rounds open by this machine's clock.");

    private static bool IsTls(Exception e) => e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
}
