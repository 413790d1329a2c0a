using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MattermostLearning.Mattermost;

/// <summary>
/// Ids of Mattermost: 26 characters of a-z and 0-9. They end up in paths, so nothing else is ever sent.
/// </summary>
public static class MattermostId
{
    public const int Length = 26;

    public static bool IsValid([NotNullWhen(true)] string? id)
    {
        if (id is not { Length: Length }) return false;
        foreach (var character in id)
        {
            if (character is not ((>= 'a' and <= 'z') or (>= '0' and <= '9'))) return false;
        }
        return true;
    }

    /// <summary>Returns the id, or refuses it with an <see cref="ArgumentException"/> that does not repeat what was given.</summary>
    public static string Require([NotNull] string? id, [CallerArgumentExpression(nameof(id))] string? name = null) =>
        IsValid(id)
            ? id
            : throw new ArgumentException($"An id of Mattermost has {Length} characters of a-z and 0-9; this one has {id?.Length ?? 0} or others.", name);
}
