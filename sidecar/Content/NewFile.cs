using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Declarations;

namespace MattermostLearning.Content;

/// <summary>A first file of a kind, for an author to change: each line says what it is for, and nothing of it is offered yet.</summary>
public static partial class NewFile
{
    private const int MostAsked = 3;

    /// <summary>Why a file cannot have this name; null where it can.</summary>
    public static string? ProblemOf(string name) => DocumentName.Slugify(name) switch
    {
        "" => $"`{name}` has neither letter nor digit: a name is needed, such as ask-a-customer.",
        "readme" => $"`{name}` cannot be a name: README.md is for people, and is not read as an activity. Choose another, such as ask-a-customer.",
        "activity" => $"`{name}` cannot be a name: activity.md is the activity of the folder that it stands in. Choose another, such as ask-a-customer.",
        _ => null,
    };

    /// <summary>Where it belongs, relative to the content folder; null where there is a <see cref="ProblemOf"/> the name.</summary>
    public static string? PathOf(ContentDeclaration kind, string name) =>
        ProblemOf(name) is null ? $"{kind.Folder}/{DocumentName.Slugify(name)}.md" : null;

    public static string TextOf(ContentDeclaration kind, string name)
    {
        ArgumentNullException.ThrowIfNull(kind);
        (string Line, string Comment)[] lines =
        [
            ($"{SharedKeys.Kind}: {kind.Kind}", ""),
            ($"{SharedKeys.Title}: {InYaml(TitleOf(name))}", SharedKeys.Title.Help),
            .. kind.KeysOfNew.Select(key => ($"{key}: {key.Example}", key.Help)),
            ($"{SharedKeys.Draft}: {SharedKeys.Draft.Example}", "Nobody is offered it. Take this line away when it is ready."),
        ];
        var width = lines.Where(each => each.Comment.Length > 0).Max(each => each.Line.Length);
        return string.Join('\n',
        [
            "---",
            .. lines.Select(each => each.Comment.Length == 0 ? each.Line : $"{each.Line.PadRight(width)}  # {each.Comment}"),
            "---",
            kind.BodyOfNew,
            "",
        ]);
    }

    /// <summary>What is asked for in a form besides title and text, at most three keys: those that a file of this kind cannot do without come first.</summary>
    public static ImmutableArray<KeyDeclaration> AskedOf(ContentDeclaration kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return [.. kind.KeysOfNew.Where(key => key != SharedKeys.Topics && key != SharedKeys.TimeZone).OrderBy(key => kind.IsRequired(key) ? 0 : 1).Take(MostAsked)];
    }

    /// <summary>A file made of what somebody filled in, ready to be used; what they left out is as usual.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="title">As they wrote it.</param>
    /// <param name="values">Keys with what they wrote; empty ones are left out.</param>
    /// <param name="body">The text below the front matter.</param>
    public static string Filled(ContentDeclaration kind, string title, IReadOnlyDictionary<KeyDeclaration, string> values, string body)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var lines = kind.KeysOfNew.Where(key => values.GetValueOrDefault(key) is { Length: > 0 })
            .Select(key => $"{key}: {(PlainInYaml().IsMatch(OneLine.Of(values[key])) ? OneLine.Of(values[key]) : FrontMatter.Quoting.Whole(OneLine.Of(values[key])))}");
        return string.Join('\n', ["---", $"{SharedKeys.Kind}: {kind.Kind}", $"{SharedKeys.Title}: {InYaml(OneLine.Of(title))}", .. lines, "---", body.ReplaceLineEndings("\n").Trim(), ""]);
    }

    /// <summary>Quoted wherever YAML could take it for something else; the keys' examples work as they are.</summary>
    public static string InYaml(string title) => SafeInYaml().IsMatch(title) ? title : FrontMatter.Quoting.Whole(title);

    /// <summary>"ask-a-customer" is what a file is called; a title begins with a capital and has spaces.</summary>
    public static string TitleOf(string name)
    {
        var words = name.Contains(' ') ? name : name.Replace('-', ' ').Replace('_', ' ');
        words = OneLine.Of(words);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex(@"^\p{L}[\p{L}\p{Nd} ,.'’/\-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex SafeInYaml();

    /// <summary>As for a title, and moments and lists of words besides.</summary>
    [GeneratedRegex(@"^[\p{L}\p{Nd}](?:[\p{L}\p{Nd} ,.'’/\-?!]|:(?=\d))*$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainInYaml();
}
