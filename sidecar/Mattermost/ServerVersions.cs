using System.Globalization;

namespace MattermostLearning.Mattermost;

/// <summary>Versions as Mattermost tells them: <c>10.5.1.build.hash.true</c>.</summary>
public static class ServerVersions
{
    /// <summary>The first three numbers, or null when there are none.</summary>
    public static Version? Parse(string? text)
    {
        var parts = (text ?? "").Split('.', 4);
        return parts.Length >= 3 && Part(parts[0], out var major) && Part(parts[1], out var minor) && Part(parts[2], out var patch)
            ? new Version(major, minor, patch)
            : null;
    }

    private static bool Part(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.Length <= 6;
}
