using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MattermostLearning.Mattermost;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>Whether Mattermost answers at its address, and what the answer tells: certificate, version, clock, rate limits.</summary>
internal static class AddressCheck
{
    private static readonly TimeSpan Skewed = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SoonExpired = TimeSpan.FromDays(14);

    /// <summary>What a round for a few dozen people needs at once; our client waits when it is told to, but people wait with it.</summary>
    private const int FewRequests = 20;

    public static async Task<IReadOnlyList<Finding>> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination.Mattermost.Url is not { } url)
            return [Finding.Skip("address", "Mattermost__Url is not set.", "Run `setup`.")];
        List<Finding> findings = [];
        // Asked without our client: it reads only answers that are good, and the headers matter here.
        DateTimeOffset? expires = null;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            expires = certificate is X509Certificate2 seen ? seen.NotAfter : null;
            return errors == SslPolicyErrors.None;
        };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(15) };
        try
        {
            using var response = await http.GetAsync(new Uri($"{url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/v4/system/ping"), cancellationToken);
            if ((int)response.StatusCode is >= 300 and < 400)
                return [Finding.Fail("address", $"{url} redirects to {response.Headers.Location?.Host ?? "another page"}.", "Set Mattermost__Url to the address that it redirects to, or let this machine pass the proxy's login page.")];
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                return [Finding.Fail("rate limits", $"{url} answers \"too many requests\" to the very first one.", "Wait a moment and run doctor again; if it stays, raise RateLimitSettings.PerSec and MaxBurst (System Console > Environment > Rate Limiting).")];
            if (response.Content.Headers.ContentType?.MediaType != "application/json")
                return [Finding.Fail("address", $"{url} answers {response.Content.Headers.ContentType?.MediaType ?? "nothing"} ({(int)response.StatusCode}), not Mattermost's JSON.", "Set Mattermost__Url to the address of Mattermost itself, with its sub-path, without /api. A proxy's login page must let this machine pass.")];
            examination.IsReachable = true;
            findings.Add(Finding.Ok("address", $"{url} answers"));
            if (url.Scheme == Uri.UriSchemeHttps && expires is { } until)
                findings.Add(Certificate(until, TimeProvider.System.GetUtcNow()));
            if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
                findings.Add(Finding.Warn("TLS", $"{url} is not encrypted, and the bot's token passes there.", "Use https unless the network between is your own."));
            findings.Add(VersionOf(response.Headers.TryGetValues("X-Version-Id", out var versions) ? ServerVersions.Parse(versions.First()) : null));
            if (response.Headers.Date is { } date)
                findings.Add(Clock(TimeProvider.System.GetUtcNow() - date));
            findings.Add(RateLimits(response.Headers.TryGetValues("X-RateLimit-Limit", out var limits) ? limits.First() : null));
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

    internal static Finding Certificate(DateTimeOffset until, DateTimeOffset now)
    {
        var seen = string.Create(CultureInfo.InvariantCulture, $"its certificate is trusted, until {until:yyyy-MM-dd}");
        return until - now < SoonExpired ? Finding.Warn("TLS", seen, "Renew it: nothing works when it has run out.") : Finding.Ok("TLS", seen);
    }

    /// <param name="atOnce">What the server says it takes in one burst; null where it says nothing.</param>
    internal static Finding RateLimits(string? atOnce) =>
        atOnce is null ? Finding.Ok("rate limits", "the server tells of none")
        : int.TryParse(atOnce, NumberStyles.None, CultureInfo.InvariantCulture, out var burst) && burst < FewRequests
            ? Finding.Warn("rate limits", $"The server takes {atOnce} requests in a burst.", "Raise RateLimitSettings.PerSec and MaxBurst (System Console > Environment > Rate Limiting): messages to many people are late otherwise.")
            : Finding.Ok("rate limits", $"the server takes {atOnce} requests in a burst");

    private static bool IsTls(Exception e) => e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
}
