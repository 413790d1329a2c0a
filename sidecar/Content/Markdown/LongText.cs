using System.Collections.Immutable;
using Markdig.Syntax;

namespace MattermostLearning.Content.Markdown;

/// <summary>
/// A Markdown text in pieces that fit into a message each. It is cut between paragraphs, else between the items of a list, else behind a word; a
/// heading stays with what stands below it. Nothing is cut inside a code block or an item, as long as that fits into a message by itself.
/// </summary>
public static class LongText
{
    /// <summary>
    /// What one message holds besides what is filled in when it is sent, such as names. Mattermost takes 16,383 characters. It is counted in UTF-16
    /// units, of which there are never fewer than characters.
    /// </summary>
    public const int Most = 15_000;

    /// <param name="markdown">As written.</param>
    /// <param name="most">How long a piece may be.</param>
    public static ImmutableArray<string> Split(string markdown, int most = Most)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        if (markdown.Length <= most)
            return [markdown];
        var (between, within) = Places(markdown);
        var pieces = ImmutableArray.CreateBuilder<string>();
        for (var from = 0; from < markdown.Length;)
        {
            var to = markdown.Length - from <= most ? markdown.Length : CutIn(markdown, from, from + most, between, within);
            if (markdown[from..to].Trim('\n') is { Length: > 0 } piece)
                pieces.Add(piece);
            from = to;
        }

        return pieces.ToImmutable();
    }

    /// <summary>What would have to be cut where nobody should: a code block or an item of a list that fits into no message.</summary>
    /// <returns>Where it begins; null where there is none.</returns>
    internal static int? Uncuttable(string markdown, int most = Most) =>
        new MarkdownText(markdown).Tree.SelectMany(block => block is ListBlock list ? list : (IEnumerable<Block>)[block])
            .FirstOrDefault(block => block is CodeBlock or ListItemBlock && block.Span.Length > most)?.Span.Start;

    /// <summary>Where blocks begin, and where items of lists do; nowhere in what is nested too deeply, which is cut behind words.</summary>
    private static (List<int> Between, List<int> Within) Places(string markdown)
    {
        var (between, within) = (new List<int>(), new List<int>());
        Block? before = null;
        foreach (var block in new MarkdownText(markdown).Tree)
        {
            if (before is not HeadingBlock)
                between.Add(LineOf(markdown, block));
            if (block is ListBlock list)
                within.AddRange(list.Skip(1).Select(item => LineOf(markdown, item)));
            before = block;
        }

        return (between, within);
    }

    /// <summary>An indented block begins with its indentation.</summary>
    private static int LineOf(string markdown, Block block) => block.Span.Start == 0 ? 0 : markdown.LastIndexOf('\n', block.Span.Start - 1) + 1;

    private static int CutIn(string markdown, int from, int to, List<int> between, List<int> within)
    {
        var block = LastIn(between);
        var item = LastIn(within);
        // A list may fill most of a message that a paragraph began: half a message is too little to end it before the list.
        if (block - from > (to - from) / 2 || (block > from && item <= block))
            return block;
        if (item > from)
            return item;
        if (block > from)
            return block;
        var end = markdown.AsSpan(from, to - from).LastIndexOfAny('\n', ' ');
        if (end > 0)
            return from + end + 1;
        return char.IsHighSurrogate(markdown[to - 1]) ? to - 1 : to;

        int LastIn(List<int> places) => places.FindLast(place => place > from && place <= to);
    }
}
