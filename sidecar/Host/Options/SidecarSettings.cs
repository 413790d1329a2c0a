using System.Globalization;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.Sidecar.Options;

/// <summary>Section `Sidecar`: how it is reached and what it seals with.</summary>
/// <param name="Listen">The address to serve on.</param>
/// <param name="CallbackUrl">The address that Mattermost reaches it by.</param>
/// <param name="SealingKeys">The newest first; empty when the data folder's own key is used.</param>
/// <param name="WaitForSetup">Missing tokens leave it up and waiting for `mattermost.json`.</param>
/// <param name="Language">What is said in channels where the activity's file names no language.</param>
/// <param name="CallsPerMinute">How many commands and clicks of one person are taken in a minute.</param>
internal sealed record SidecarSettings(
    string Listen, Uri CallbackUrl, IReadOnlyList<SealingKey> SealingKeys, bool WaitForSetup, string Language, int CallsPerMinute)
{
    /// <summary>This machine only: whoever wants to be reached from elsewhere says so.</summary>
    public const string DefaultListen = "http://127.0.0.1:8090";

    /// <summary>Far more than anybody does by hand, and far less than a script does.</summary>
    public const int DefaultCallsPerMinute = 120;
    public const int FewestCallsPerMinute = 10;
    public const int MostCallsPerMinute = 1_000_000;

    private static readonly Uri Unknown = new("http://sidecar.invalid");

    public static SidecarSettings Read(SettingsReader settings)
    {
        var listen = settings.Text("Sidecar__Listen") ?? DefaultListen;
        var bound = Binding(listen);
        if (bound is null)
            settings.Wrong("Sidecar__Listen", listen, $"{DefaultListen}, or http://0.0.0.0:8090 to be reached from other machines; no path, and http only (put a proxy in front for https).");
        var calls = settings.Number(
            "Sidecar__CallsPerMinute", DefaultCallsPerMinute, FewestCallsPerMinute, MostCallsPerMinute, "commands and clicks of one person, for example 120");
        var waits = settings.Flag("Sidecar__WaitForSetup");
        return new SidecarSettings(listen, Callback(settings, bound, mayBeMissing: waits), Keys(settings), waits, SpokenLanguage(settings), calls);
    }

    private static string SpokenLanguage(SettingsReader settings)
    {
        var language = settings.Text("Sidecar__Language")?.ToLowerInvariant() ?? Catalogue.Fallback;
        if (Catalogue.Shipped.Speaks(language))
            return language;
        settings.Wrong("Sidecar__Language", language, $"one of {string.Join(", ", Catalogue.Shipped.Speeches.Select(speech => speech.Language))}.");
        return Catalogue.Fallback;
    }

    /// <summary>Null when it is no address to serve plain HTTP on.</summary>
    public static BindingAddress? Binding(string listen)
    {
        try
        {
            return BindingAddress.Parse(listen) is { Scheme: "http", PathBase: "", IsUnixPipe: false, Port: >= 0 and <= 65535 } bound && listen.Contains("://", StringComparison.Ordinal)
                ? bound
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static Uri Callback(SettingsReader settings, BindingAddress? bound, bool mayBeMissing)
    {
        const string good = "how Mattermost's server reaches this sidecar: http://sidecar:8090, or https://learning.example.org.";
        if (settings.Text("Sidecar__CallbackUrl") is not { } text)
        {
            // On one machine both speak of the same address; anything else cannot be guessed.
            if (bound is { Host: "127.0.0.1" or "localhost" or "[::1]", Port: > 0 })
                return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{bound.Host}:{bound.Port}"));
            if (bound is not null && !mayBeMissing)
                settings.Missing("Sidecar__CallbackUrl", good);
            return Unknown;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0 && text.Length <= 500)
            return address;
        settings.Wrong("Sidecar__CallbackUrl", text.Contains('@', StringComparison.Ordinal) ? "..." : text, good);
        return Unknown;
    }

    private static List<SealingKey> Keys(SettingsReader settings)
    {
        var keys = new List<SealingKey>();
        foreach (var (index, text) in settings.List("Sidecar__SealingKeys").Index())
        {
            if (SealingKeyFile.TryRead(text) is { } key)
                keys.Add(key);
            else
                settings.WrongSecret(
                    "Sidecar__SealingKeys",
                    string.Create(CultureInfo.InvariantCulture, $"holds a key (number {index + 1}) that is not base64 of {SealingKey.MinimumBytes} bytes or more"),
                    "what `openssl rand -base64 32` prints, the newest first, separated by commas.");
        }

        return keys;
    }

    public override string ToString() => $"SidecarSettings {{ Listen = {Listen}, CallbackUrl = {CallbackUrl} }}";
}
