using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MattermostLearning.Playground.Page;

/// <summary>
/// Who may talk to the page: this machine's browser, from this page. Another site that the same browser has open may point a name of its
/// own here, or send requests blindly; neither is let in.
/// </summary>
internal sealed class Gate
{
    /// <summary>Whom one plays. No other site can send it without being asked for permission, which is never given.</summary>
    public const string AsHeader = "X-Learning-As";

    private string[] _hosts = [];
    private string _policy = "";

    /// <summary>Known once the port is.</summary>
    public int Port
    {
        set
        {
            _hosts = [string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{value}"), string.Create(CultureInfo.InvariantCulture, $"localhost:{value}")];
            _policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
                $"connect-src 'self' {string.Join(' ', _hosts.Select(host => $"ws://{host}"))}; " +
                "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
        }
    }

    /// <summary>What is wrong with a request; null when it is let in.</summary>
    public string? Refuses(HttpRequest request)
    {
        if (!_hosts.Contains(request.Host.Value, StringComparer.OrdinalIgnoreCase))
            return "The playground answers only as 127.0.0.1 or localhost.";
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !origin.Equals($"http://{request.Host.Value}", StringComparison.OrdinalIgnoreCase))
            return "The playground answers only its own page.";
        if (request.HttpContext.WebSockets.IsWebSocketRequest)
            return origin.Length > 0 ? null : "The playground's stream is for its own page.";
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.ContainsKey(AsHeader)
            ? null : $"A request that changes something says who acts, in {AsHeader}.";
    }

    public void Protect(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = _policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
    }
}
