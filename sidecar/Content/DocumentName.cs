using System.Buffers;
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

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public bool IsTranslation => Language is not null;

    /// <summary>
    /// The file's name, or the folder's for <c>activity.md</c>, as a slug: "Ask a Question.md" is "ask-a-question". Empty where the name has
    /// neither letter nor digit.
    /// </summary>
    public static DocumentName FromPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var folder = path.LastIndexOf('/');
        var name = path[(folder + 1)..];
        if (name.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
            name = name[..^3];
        string? language = null;
        var dot = name.LastIndexOf('.');
        if (dot > 0 && IsLanguage(name[(dot + 1)..].ToLowerInvariant()))
        {
            language = name[(dot + 1)..].ToLowerInvariant();
            name = name[..dot];
        }
        if (name.Equals("activity", StringComparison.OrdinalIgnoreCase) && folder >= 0)
            name = path[..folder][(path[..folder].LastIndexOf('/') + 1)..];
        return new DocumentName(Slugify(name), language);
    }

    /// <summary>`ask.de.md` is beside `ask.md`.</summary>
    /// <param name="translation">The path of one.</param>
    internal static string OriginalOf(string translation) => $"{translation[..translation.LastIndexOf('.', translation.Length - 4)]}.md";

    private static bool IsSlug(string name) => name.Length > 0 && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal) && !name.AsSpan().ContainsAnyExcept(Plain);

    /// <summary>Two letters that name a language.</summary>
    public static bool IsLanguage(string text) => Languages.Contains(text);

    /// <summary>Small letters, digits and single hyphens.</summary>
    public static string Slugify(string name)
    {
        if (IsSlug(name))
            return name;
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
