using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MattermostLearning.Content;

/// <summary>What a file's place in the library says about it.</summary>
/// <param name="Slug">For a translation that of its original.</param>
/// <param name="Language">The language of a translation (<c>name.de.md</c>), else null.</param>
public sealed record DocumentName(string Slug, string? Language)
{
    private static readonly FrozenSet<string> Languages = CultureInfo.GetCultures(CultureTypes.NeutralCultures)
        .Select(each => each.Name).Where(each => each.Length == 2).ToFrozenSet(StringComparer.Ordinal);

    public bool IsTranslation => Language is not null;

    /// <summary>
    /// The file's name, or the folder's for <c>activity.md</c>, as a slug: "Ask a Question.md" is "ask-a-question". Empty where the name has
    /// neither letter nor digit.
    /// </summary>
    public static DocumentName FromPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('/');
        var name = parts[^1];
        if (name.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
            name = name[..^3];
        string? language = null;
        var dot = name.LastIndexOf('.');
        if (dot > 0 && IsLanguage(name[(dot + 1)..].ToLowerInvariant()))
        {
            language = name[(dot + 1)..].ToLowerInvariant();
            name = name[..dot];
        }
        if (name.Equals("activity", StringComparison.OrdinalIgnoreCase) && parts.Length > 1)
            name = parts[^2];
        return new DocumentName(Slugify(name), language);
    }

    /// <summary>`ask.de.md` is beside `ask.md`.</summary>
    /// <param name="translation">The path of one.</param>
    internal static string OriginalOf(string translation) => $"{translation[..translation.LastIndexOf('.', translation.Length - 4)]}.md";

    /// <summary>Two letters that name a language.</summary>
    public static bool IsLanguage(string text) => Languages.Contains(text);

    /// <summary>Small letters, digits and single hyphens.</summary>
    public static string Slugify(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var each in name.Normalize(NormalizationForm.FormC))
        {
            if (char.IsLetterOrDigit(each))
                slug.Append(char.ToLowerInvariant(each));
            else if (slug.Length > 0 && slug[^1] != '-' && each is not ('\'' or '\u2019'))
                slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }
}
