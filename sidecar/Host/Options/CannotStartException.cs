namespace MattermostLearning.Sidecar.Options;

/// <summary>Something that the person who starts the sidecar can put right. The message says what; no stack trace helps.</summary>
public class CannotStartException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Settings that are missing or malformed: all of them.</summary>
public sealed class InvalidSettingsException(IReadOnlyList<SettingFailure> failures) : CannotStartException(Render(failures))
{
    public IReadOnlyList<SettingFailure> Failures { get; } = failures;

    private static string Render(IReadOnlyList<SettingFailure> failures)
    {
        var head = failures.Count == 1 ? "The sidecar cannot start: one setting is missing or malformed." : $"The sidecar cannot start: {failures.Count} settings are missing or malformed.";
        var each = failures.Select(failure => $"  {failure.Setting} {failure.Problem}.\n      A good value: {failure.Good}");
        var setup = failures.Any(failure => failure.IsWrittenBySetup) ? "The verb `setup` makes bot, tokens and command in Mattermost and writes these settings; `playground` needs none.\n\n" : "";
        return $"{head}\n\n{string.Join("\n", each)}\n\n{setup}Settings are environment variables as written here, or options such as --Mattermost:Url=https://chat.example.org.";
    }
}

/// <summary>The command line cannot be understood: exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
