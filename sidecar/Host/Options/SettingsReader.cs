using System.Globalization;

namespace MattermostLearning.Sidecar.Options;

/// <summary>Reads settings as text and gathers everything that is wrong with them, so that all of it can be told at once.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<SettingFailure> _failures = [];

    public IReadOnlyList<SettingFailure> Failures => _failures;

    /// <summary>Trimmed; null when it is missing or empty.</summary>
    /// <param name="name">As an environment variable: `Mattermost__Url`.</param>
    public string? Text(string name) => configuration[Key(name)]?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>One or several values: separated by commas, or an array in the file.</summary>
    public IReadOnlyList<string> List(string name)
    {
        var section = configuration.GetSection(Key(name));
        return
        [
            .. section.GetChildren().Select(child => child.Value).Prepend(section.Value)
                .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];
    }

    public bool Flag(string name)
    {
        if (Text(name) is not { } text)
            return false;
        if (bool.TryParse(text, out var flag))
            return flag;
        Wrong(name, text, "true or false.");
        return false;
    }

    /// <param name="name">Which setting.</param>
    /// <param name="otherwise">Where it is not set.</param>
    /// <param name="least">The smallest good value.</param>
    /// <param name="most">The largest good value.</param>
    /// <param name="unit">What it counts, with an example.</param>
    public int Number(string name, int otherwise, int least, int most, string unit)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Wrong(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}: {unit}."));
        return otherwise;
    }

    public void Missing(string name, string good) => _failures.Add(
        new SettingFailure(name, "is missing", good) { IsWrittenBySetup = name is "Mattermost__Url" or "Mattermost__BotToken" or "Mattermost__CommandTokens" or "Sidecar__CallbackUrl" });

    /// <param name="name">Which setting.</param>
    /// <param name="value">Shown; never give a secret here.</param>
    /// <param name="good">What a good value looks like.</param>
    public void Wrong(string name, string value, string good) =>
        _failures.Add(new SettingFailure(name, $"is \"{Shown(value)}\"", good));

    /// <summary>What is wrong with a secret, in words that do not repeat it.</summary>
    public void WrongSecret(string name, string problem, string good) => _failures.Add(new SettingFailure(name, problem, good));

    private static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    private static string Shown(string value)
    {
        var clean = string.Concat(value.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return clean.Length > 100 ? string.Create(CultureInfo.InvariantCulture, $"{clean[..100]}... ({clean.Length} characters)") : clean;
    }
}

/// <param name="Setting">As an environment variable: `Mattermost__Url`.</param>
/// <param name="Problem">What is wrong, without any secret.</param>
/// <param name="Good">What a good value looks like.</param>
public sealed record SettingFailure(string Setting, string Problem, string Good)
{
    /// <summary>It is missing, and the verb `setup` makes it.</summary>
    public bool IsWrittenBySetup { get; init; }
}
