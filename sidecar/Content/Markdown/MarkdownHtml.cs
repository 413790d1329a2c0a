using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MattermostLearning.Content.Markdown;

/// <summary>
/// Markdown as HTML that can stand in a page of somebody else's: no HTML of the author's, no address but of the web, by mail or in the page
/// itself, and no picture that would be fetched.
/// </summary>
public static class MarkdownHtml
{
    /// <summary>Headings of a message are below those of the page that it stands in.</summary>
    private const int HeadingsBelow = 2;

    private const int LowestHeading = 6;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).UsePipeTables().UseTaskLists().UseAutoLinks()
        .UseSoftlineBreakAsHardlineBreak().UseEmojiAndSmiley(enableSmileys: false).Build();

    /// <param name="markdown">Whatever somebody wrote.</param>
    public static string Render(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var document = Markdig.Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.Level = Math.Min(LowestHeading, heading.Level + HeadingsBelow);
        foreach (var link in document.Descendants<LinkInline>())
        {
            link.IsImage = false;
            if (!IsHarmless(link.Url))
                link.Url = "#";
        }

        foreach (var link in document.Descendants<AutolinkInline>().Where(one => !one.IsEmail && !IsHarmless(one.Url)))
            link.Url = "#";
        return document.ToHtml(Pipeline);
    }

    private static bool IsHarmless(string? address) =>
        address is not null && (address.StartsWith('#') || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase));
}
