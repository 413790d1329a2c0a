using System.Text;

namespace MattermostLearning.Content;

/// <summary>Keys, headings and choices are compared without case, hyphens, underscores and spaces.</summary>
internal static class Names
{
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var each in name)
        {
            if (each is not ('-' or '_' or '\u2010' or '\u2011' or '\u2013') && !char.IsWhiteSpace(each))
                folded.Append(char.ToLowerInvariant(each));
        }
        return folded.ToString();
    }

    public static bool Same(string left, string right) => Fold(left) == Fold(right);
}
