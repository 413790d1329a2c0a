using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MattermostLearning.Content.Markdown;

/// <summary>A picture or an attachment that stands beside a content file, as its text names it.</summary>
/// <param name="Name">Relative to the file, with forward slashes.</param>
/// <param name="Label">What it says to people who do not see it.</param>
/// <param name="Span">The whole of it in the text.</param>
public sealed record BesideLink(string Name, string Label, TextSpan Span);

/// <summary>Finds what a text names of the files beside it. Links into the web, to other activities and within the text are none.</summary>
public static partial class BesideLinks
{
    /// <summary>What people can make something of in a chat.</summary>
    public static ImmutableArray<string> Endings { get; } =
        [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf", ".csv", ".txt", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".mp3", ".m4a", ".mp4", ".zip"];

    public static ImmutableArray<BesideLink> In(ReadOnlySpan<char> markdown) => MayBeIn(markdown) ? In(new MarkdownText(markdown.ToString(), inlines: true)) : [];

    /// <summary>Most texts name none, and need no tree as deep as that.</summary>
    internal static bool MayBeIn(ReadOnlySpan<char> markdown) => markdown.Contains("](", StringComparison.Ordinal) && MayBeOne().IsMatch(markdown);

    /// <summary>Of a text that <see cref="MayBeIn"/> says may have some, with all that stands within its lines.</summary>
    internal static ImmutableArray<BesideLink> In(MarkdownText markdown) =>
    [
        .. markdown.Tree.Descendants<LinkInline>()
            .Where(link => IsBeside(link.Url))
            .Select(link => new BesideLink(Uri.UnescapeDataString(link.Url!), LabelOf(link), TextSpan.FromBounds(link.Span.Start, link.Span.End + 1))),
    ];

    /// <summary>Warns of what a text names of files in a way in which they are not found: outside of its folder, or as Windows writes a path.</summary>
    internal static void CheckPaths(MarkdownText markdown, DiagnosticBag report)
    {
        foreach (var link in markdown.Tree.Descendants<LinkInline>())
        {
            if (link.Url is not { Length: > 0 } url)
                continue;
            var (path, span) = (url.Replace('\\', '/'), TextSpan.FromBounds(link.Span.Start, link.Span.End + 1));
            if (path.Contains("..", StringComparison.Ordinal) && IsBeside(path.Replace("..", "", StringComparison.Ordinal).TrimStart('/')))
                report.Warning(span, Codes.NotBeside, $"`{Written.Short(url)}` leads out of this file's folder.", "Pictures and attachments stand beside the file, or in a folder there.");
            else if (OnAMachine().IsMatch(url) && Endings.Any(ending => url.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                report.Warning(span, Codes.NotBeside, $"`{Written.Short(url)}` is a place on your own machine.", $"Put the file beside this one, and write `{Written.Short(path[(path.LastIndexOf('/') + 1)..])}`.");
            else if (path[0] == '/' && IsBeside(path.TrimStart('/')))
                report.Warning(span, Codes.NotBeside, $"`{Written.Short(url)}` begins with a slash, and is not sent along.", $"Write `{Written.Short(path.TrimStart('/'))}`: places begin in this file's folder.");
            else if (path != url && IsBeside(path))
                report.Warning(span, Codes.NotBeside, $"`{Written.Short(url)}` has a backslash, and is not sent along.", $"Write `{Written.Short(path)}`: a forward slash is understood everywhere.");
        }
    }

    /// <summary>Markdown takes no link with a space in it, unless it stands in angle brackets.</summary>
    internal static void CheckSpaces(MarkdownText markdown, DiagnosticBag report)
    {
        foreach (Match link in WithSpace().Matches(markdown.Text[markdown.Start..]))
        {
            var (at, path) = (markdown.Start + link.Index, link.Groups["path"].Value);
            if (IsBeside(path) && !markdown.Tree.Descendants<CodeBlock>().Any(code => IsIn(code.Span)) && !markdown.Tree.Descendants<CodeInline>().Any(code => IsIn(code.Span)))
                report.Warning(new TextSpan(at, link.Length), Codes.NotBeside, $"`{Written.Short(path)}` has a space, so this is no link, and everybody reads it as it stands.", $"Write `{Written.Short($"{link.Groups["label"].Value}(<{path}>)")}`, or give the file a name without spaces.");

            bool IsIn(SourceSpan span) => span.Start <= at && at <= span.End;
        }
    }

    /// <summary>The text with what they say in the place of links: the files hang below the message.</summary>
    public static string Told(string markdown, IEnumerable<BesideLink> links)
    {
        var told = new StringBuilder(markdown.Length);
        var at = 0;
        foreach (var link in links.Where(link => link.Span.Start >= at))
        {
            told.Append(markdown, at, link.Span.Start - at).Append(link.Label.Length > 0 ? $"_{link.Label}_" : "");
            at = link.Span.End;
        }

        return told.Append(markdown, at, markdown.Length - at).ToString();
    }

    /// <summary>Warnings about what a file names and does not have beside it.</summary>
    internal static ImmutableArray<Diagnostic> Missing(ReadResult read, Func<string, bool> exists)
    {
        if (read.Document is not { Beside.IsEmpty: false } document)
            return [];
        var report = new DiagnosticBag(document.Source);
        foreach (var link in document.Beside.Where(link => !exists(link.Name)))
            report.Warning(link.Span, Codes.NotBeside, $"`{Written.Short(link.Name)}` is not beside this file.", "Put it into the same folder, or into the same zip; the name counts, capitals too.");
        return document.Settings.LintOff.ContainsKey(Codes.NotBeside) ? [] : report.ToImmutable();
    }

    private static bool IsBeside(string? url) =>
        url is { Length: > 0 } && url[0] is not ('/' or '#') && !url.Contains(':') && !url.Contains("..", StringComparison.Ordinal) && url.IndexOfAny(['\\', '"']) < 0
        && Endings.Any(ending => url.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static string LabelOf(LinkInline link) => string.Concat(link.Descendants<LiteralInline>().Select(text => text.Content.ToString())).Trim();

    [GeneratedRegex(@"^(?:[A-Za-z]:[\\/]|file:)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OnAMachine();

    [GeneratedRegex(@"(?<label>!?\[[^\]\n]*\])\((?<path>[^()<>""\n]+[ ][^()<>""\n]*\.[A-Za-z0-9]{3,4})\)", RegexOptions.CultureInvariant)]
    private static partial Regex WithSpace();

    [GeneratedRegex(@"\]\((?:[^():]*\.[A-Za-z0-9]{3,4}[)\s>]|[A-Za-z]:[\\/]|file:)", RegexOptions.CultureInvariant)]
    private static partial Regex MayBeOne();
}
