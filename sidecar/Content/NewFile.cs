using System.Text.RegularExpressions;
using MattermostLearning.Content.Declarations;

namespace MattermostLearning.Content;

/// <summary>A first file of a kind, for an author to change: each line says what it is for, and nothing of it is offered yet.</summary>
public static partial class NewFile
{
    /// <summary>Where it belongs, relative to the content folder; null where the name has neither letter nor digit.</summary>
    public static string? PathOf(ContentDeclaration kind, string name) =>
        DocumentName.Slugify(name) is { Length: > 0 } slug ? $"{kind.Folder}/{slug}.md" : null;

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

    /// <summary>Quoted wherever YAML could take it for something else; the keys' examples work as they are.</summary>
    private static string InYaml(string title) => SafeInYaml().IsMatch(title) ? title : FrontMatter.Quoting.Whole(title);

    /// <summary>"ask-a-customer" is what a file is called; a title begins with a capital and has spaces.</summary>
    private static string TitleOf(string name)
    {
        var words = name.Contains(' ') ? name : name.Replace('-', ' ').Replace('_', ' ');
        words = Spaces().Replace(words, " ").Trim();
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex(@"^\p{L}[\p{L}\p{Nd} ,.'’/\-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex SafeInYaml();

    [GeneratedRegex(@"[\s\p{Cc}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
