using MattermostLearning.Activities.Community;

namespace MattermostLearning.Sidecar.Options;

/// <summary>Section `Facilitators`: who may run activities, beside system admins.</summary>
internal static class FacilitatorsSection
{
    public static FacilitatorSettings Read(SettingsReader settings)
    {
        var people = settings.List("Facilitators__People").Select(name => name.TrimStart('@').ToLowerInvariant()).ToList();
        foreach (var name in people.Where(name => !IsName(name)))
            settings.Wrong("Facilitators__People", name, "usernames, separated by commas: learning.lead, maya");
        return new FacilitatorSettings(people, Channel(settings), settings.Flag("Facilitators__TeamAdmins"));
    }

    /// <summary>An incoming webhook into the facilitators' channel, for when the bot itself cannot speak. A secret: whoever knows it can post there.</summary>
    public static Uri? AlertWebhook(SettingsReader settings)
    {
        const string name = "Facilitators__AlertWebhook";
        if (settings.Text(name) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.UserInfo.Length == 0)
            return address;
        settings.WrongSecret(name, "is no http or https address", "the URL of an incoming webhook, as Mattermost shows it: https://chat.example.org/hooks/...");
        return null;
    }

    private static FacilitatorChannel? Channel(SettingsReader settings)
    {
        if (settings.Text("Facilitators__Channel") is not { } text)
            return null;
        var parts = text.ToLowerInvariant().Split('/');
        var (team, name) = parts.Length == 2 ? (parts[0], parts[1].TrimStart('~')) : (null, parts[0].TrimStart('~'));
        if (parts.Length <= 2 && IsName(name) && (team is null || IsName(team)))
            return new FacilitatorChannel(team, name);
        settings.Wrong("Facilitators__Channel", text, "a private channel by the name in its address, as facilitators, or with its team: acme/facilitators");
        return null;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
