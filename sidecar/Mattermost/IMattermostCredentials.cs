namespace MattermostLearning.Mattermost;

/// <summary>Where Mattermost is and who we are there. Read for every request, so a replaced token takes effect at once.</summary>
public interface IMattermostCredentials
{
    /// <summary>The address people use, a sub-path included: <c>https://chat.example.org</c> or <c>https://example.org/chat</c>.</summary>
    Uri BaseAddress { get; }

    /// <summary>The bot's access token; null while there is none, and then requests carry none.</summary>
    string? Token { get; }
}

/// <summary>Credentials that do not change; for setup verbs and tests.</summary>
public sealed record FixedCredentials(Uri BaseAddress, string? Token) : IMattermostCredentials
{
    public override string ToString() => $"FixedCredentials {{ BaseAddress = {BaseAddress} }}";
}
