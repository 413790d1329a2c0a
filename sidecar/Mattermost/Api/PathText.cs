using System.Runtime.CompilerServices;

namespace MattermostLearning.Mattermost.Api;

/// <summary>Names that stand in a path: of teams, channels and people.</summary>
internal static class PathText
{
    public static string Require(string? name, [CallerArgumentExpression(nameof(name))] string? argument = null) =>
        name is { Length: > 0 and <= 128 } && name is not ("." or "..") && name.All(Allowed)
            ? Uri.EscapeDataString(name)
            : throw new ArgumentException("A name of Mattermost has 1 to 128 letters, digits, dots, - and _.", argument);

    private static bool Allowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_';
}
