using System.Text.RegularExpressions;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Sidecar.Options;

/// <summary>Settings `Content__Git__...`: a repository that the content comes from.</summary>
/// <param name="Address">As git takes it, without name and password.</param>
/// <param name="Credentials">`name:password`, where the address had them; a secret.</param>
/// <param name="Branch">Null for the one that the repository names as its own.</param>
/// <param name="Every">How often it is asked.</param>
internal sealed partial record GitSettings(string Address, string? Credentials, string? Branch, TimeSpan Every)
{
    public const string Url = "Content__Git__Url";
    public const string BranchName = "Content__Git__Branch";
    public const string Often = "Content__Git__Every";

    private const string GoodUrl =
        "https://git.example.org/learning/content.git, ssh://git@git.example.org/learning/content.git, git@git.example.org:learning/content.git, or a folder on this machine as file:///srv/content.git.";

    private static readonly string[] Schemes = [Uri.UriSchemeHttps, Uri.UriSchemeHttp, "ssh", Uri.UriSchemeFile];
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Most = TimeSpan.FromDays(1);

    /// <summary>Null where no repository is named.</summary>
    public static GitSettings? Read(SettingsReader settings)
    {
        var url = settings.Text(Url);
        var branch = settings.Text(BranchName);
        var every = EveryOf(settings);
        if (branch is not null && !Branches().IsMatch(branch))
            settings.Wrong(BranchName, branch, "the name of a branch, such as main: letters, digits, `.`, `_`, `-` and `/`.");
        if (url is null)
        {
            foreach (var name in new[] { BranchName, Often }.Where(name => settings.Text(name) is not null))
                settings.Missing(Url, $"the repository that {name} is about: {GoodUrl}");
            return null;
        }

        if (url.Length <= 500 && !url.Any(char.IsControl))
        {
            if (Uri.TryCreate(url, UriKind.Absolute, out var address) && Schemes.Contains(address.Scheme) && url.StartsWith($"{address.Scheme}://", StringComparison.OrdinalIgnoreCase) && address.Query.Length == 0 && address.Fragment.Length == 0 && IsWhole(address))
            {
                var isWeb = address.Scheme is "https" or "http";
                // The name in an ssh address is no secret, and a password in one is never asked for.
                return new GitSettings(
                    isWeb && address.UserInfo.Length > 0 ? address.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped) : url,
                    isWeb && address.UserInfo.Length > 0 ? Uri.UnescapeDataString(address.UserInfo) : null, branch, every);
            }

            if (Secure().IsMatch(url))
                return new GitSettings(url, null, branch, every);
        }

        settings.Wrong(Url, url.Contains('@', StringComparison.Ordinal) ? "..." : url, GoodUrl);
        return null;
    }

    public override string ToString() => $"GitSettings {{ Address = {Address}, Branch = {Branch}, Every = {Every} }}";

    private static bool IsWhole(Uri address) => address.IsFile
        ? address.Host.Length == 0 && address.AbsolutePath.Length > 1
        : address.Host.Length > 0 && !address.Host.StartsWith('-') && address.AbsolutePath.Length > 1 && (address.Scheme != "ssh" || (!address.UserInfo.Contains(':') && !address.UserInfo.StartsWith('-')));

    private static TimeSpan EveryOf(SettingsReader settings)
    {
        if (settings.Text(Often) is not { } text)
            return Usual;
        if (DurationText.Read(text).TryGet(out var duration) && duration.Nominal >= Least && duration.Nominal <= Most)
            return duration.Nominal;
        settings.Wrong(Often, text, "from 1 minute to 1 day, such as 5 minutes.");
        return Usual;
    }

    /// <summary>`git@host:path`, which git reads as ssh; what begins with a hyphen would be an option of ssh.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:(?!//)[A-Za-z0-9_~/][^\s:]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Secure();

    [GeneratedRegex(@"^(?!.*\.\.)(?!.*//)[A-Za-z0-9][A-Za-z0-9._/-]{0,99}(?<![./])$", RegexOptions.CultureInvariant)]
    private static partial Regex Branches();
}
