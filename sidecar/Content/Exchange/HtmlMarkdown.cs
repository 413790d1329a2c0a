using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace MattermostLearning.Content.Exchange;

/// <summary>HTML as Markdown, as far as Mattermost shows it.</summary>
internal sealed partial class HtmlMarkdown
{
    /// <summary>Deeper than anybody writes.</summary>
    private const int Deepest = 60;

    /// <summary>Longer ones fit into no message; and what is deep is long.</summary>
    private const int Longest = 10_000;

    private readonly SortedSet<string> lost = new(StringComparer.Ordinal);

    private HtmlMarkdown()
    {
    }

    /// <returns>The text, and what it cannot say: elements by name, and pictures that are not on the web. Null where it is too long or too deep.</returns>
    public static (string Markdown, ImmutableArray<string> Lost)? Of(string html)
    {
        if (html.Length > Longest)
            return null;
        if (!html.Contains('<') && !html.Contains('&'))
            return (PlainMarkdown.Of(html), []);
        var body = new HtmlParser().ParseDocument(html).Body!;
        if (body.QuerySelectorAll("*").Length > Longest || DepthOf(body) > Deepest)
            return null;
        var writer = new HtmlMarkdown();
        var text = writer.Within(body, isCode: false);
        return (ManyLines().Replace(LineEnds().Replace(text, "\n"), "\n\n").Trim(), [.. writer.lost]);
    }

    private static int DepthOf(IElement body)
    {
        var deepest = 0;
        var nodes = new Stack<(INode Node, int Depth)>([(body, 0)]);
        while (nodes.TryPop(out var next))
        {
            deepest = Math.Max(deepest, next.Depth);
            foreach (var child in next.Node.ChildNodes)
                nodes.Push((child, next.Depth + 1));
        }

        return deepest;
    }

    private string Within(INode node, bool isCode) => string.Concat(node.ChildNodes.Select(child => child switch
    {
        IText text => isCode ? text.Data : PlainMarkdown.Of(Spaces().Replace(text.Data, " ")),
        IElement element => OfElement(element, isCode),
        _ => "",
    }));

    private string OfElement(IElement element, bool isCode)
    {
        switch (element.LocalName)
        {
            case "b" or "strong":
                return Around(element, isCode, "**");
            case "i" or "em":
                return Around(element, isCode, "*");
            case "s" or "del" or "strike":
                return Around(element, isCode, "~~");
            case "code" or "kbd" or "tt" or "samp":
                return isCode ? Within(element, isCode) : CodeOf(element.TextContent);
            case "pre":
                return $"\n\n```\n{element.TextContent.Trim('\n').Replace("```", "'''", StringComparison.Ordinal)}\n```\n\n";
            case "br":
                return "\n";
            case "hr":
                return "\n\n";
            case "p" or "div" or "section" or "article" or "blockquote" or "center":
                return $"\n\n{Within(element, isCode).Trim()}\n\n";
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                return $"\n\n**{Within(element, isCode).Trim()}**\n\n";
            case "ul" or "ol":
                return $"\n\n{string.Join('\n', element.Children.Select((item, number) => ItemOf(item, element.LocalName == "ol" ? $"{number + 1}. " : "- ", isCode)))}\n\n";
            case "a" when element.GetAttribute("href") is { Length: > 0 } address && IsOnTheWeb(address):
                return $"[{Within(element, isCode).Trim()}]({address})";
            case "img":
                return PictureOf(element);
            case "script" or "style" or "head" or "title":
                return "";
            case "span" or "font" or "u" or "small" or "big" or "a" or "abbr" or "cite" or "q" or "nobr" or "wbr" or "li" or "tbody":
                return Within(element, isCode);
            default:
                lost.Add($"<{element.LocalName}>");
                return element.LocalName is "tr" ? $"\n{Within(element, isCode)}" : $"{Within(element, isCode)} ";
        }
    }

    /// <summary>Signs mean something only where they touch what they are around.</summary>
    private string Around(IElement element, bool isCode, string sign)
    {
        var text = Within(element, isCode);
        var bare = text.Trim();
        if (bare.Length == 0 || isCode || bare.Contains("\n\n", StringComparison.Ordinal))
            return text;
        var (before, behind) = (text.Length - text.TrimStart().Length, text.Length - text.TrimEnd().Length);
        return $"{text[..before]}{sign}{bare}{sign}{text[^behind..]}";
    }

    private static string CodeOf(string code)
    {
        var bare = Spaces().Replace(code, " ").Trim();
        return bare.Length == 0 ? "" : bare.Contains('`', StringComparison.Ordinal) ? $"`` {bare} ``" : $"`{bare}`";
    }

    private string ItemOf(IElement item, string sign, bool isCode) =>
        sign + ManyLines().Replace(Within(item, isCode).Trim(), "\n").Replace("\n", $"\n{new string(' ', sign.Length)}", StringComparison.Ordinal);

    private string PictureOf(IElement picture)
    {
        var (address, says) = (picture.GetAttribute("src") ?? "", Spaces().Replace(picture.GetAttribute("alt") ?? "", " ").Trim());
        if (IsOnTheWeb(address))
            return $"![{says}]({address})";
        lost.Add("a picture that is not on the web");
        return says;
    }

    private static bool IsOnTheWeb(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && !address.Contains(' ', StringComparison.Ordinal) && !address.Contains(')', StringComparison.Ordinal);

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[ \t]+\n[ \t]*(?=\n)|[ \t]+\n", RegexOptions.CultureInvariant)]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"\n{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex ManyLines();
}
