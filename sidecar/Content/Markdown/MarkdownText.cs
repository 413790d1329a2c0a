using System.Buffers;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MattermostLearning.Content.Markdown;

/// <summary>
/// A Markdown text and its syntax tree. Of a content file there is one of these, and one tree: whatever is to be known of the text, or of a <see cref="Passage"/> of it, is
/// read in that. Places in the tree are places in the text.
/// </summary>
/// <param name="text">The whole of it.</param>
/// <param name="start">Where the Markdown begins in it.</param>
/// <param name="inlines">Whether the tree also has what stands within a line, such as links. Most readers need blocks only, which takes half of the time.</param>
internal sealed class MarkdownText(string text, int start = 0, bool inlines = false)
{
    private const int FewestSigns = 100;
    private static readonly SearchValues<char> Signs = SearchValues.Create(" \t>-*+.)0123456789");

    private static readonly MarkdownPipeline BlocksOnly = WithoutInlines();
    private static readonly MarkdownPipeline Precise = new MarkdownPipelineBuilder().UsePreciseSourceLocation().Build();

    private MarkdownDocument? tree;

    public string Text => text;

    public int Start => start;

    /// <summary>Markdig gives up at 128 levels rather than overflow the stack; then the tree is empty.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>Levels are opened by signs at the beginning of a line, or by columns before it. Hardly any text has so many of them, and then it is looked at.</summary>
    internal static bool MayBeTooDeep(ReadOnlySpan<char> markdown)
    {
        foreach (var line in markdown.EnumerateLines())
        {
            if (line.Length > FewestSigns && line.IndexOfAnyExcept(Signs) is < 0 or > FewestSigns)
                return true;
        }

        return false;
    }

    /// <summary>All blocks, in order.</summary>
    public MarkdownDocument Tree => tree ?? Parsed();

    /// <summary>A tree is several times as large as its text, and lasts as long as the reading. Whoever asks later gets another.</summary>
    public void Forget() => tree = null;

    private MarkdownDocument Parsed()
    {
        MarkdownDocument parsed;
        try
        {
            parsed = Markdig.Markdown.Parse(start == 0 ? text : text[start..], inlines ? Precise : BlocksOnly);
        }
        catch (ArgumentException)
        {
            IsTooDeep = true;
            parsed = [];
        }

        // What it defines for the links of the whole text stands nowhere.
        for (var at = parsed.Count - 1; at >= 0; at--)
        {
            if (parsed[at] is LinkReferenceDefinitionGroup)
                parsed.RemoveAt(at);
        }

        if (start > 0)
            Move(parsed);
        return tree = parsed;
    }

    private void Move(ContainerBlock container)
    {
        foreach (var block in container)
        {
            block.Span = Moved(block.Span);
            if (block is ContainerBlock inner)
                Move(inner);
            else if (inlines && block is LeafBlock { Inline: { } inline })
                Move(inline);
        }
    }

    private void Move(ContainerInline container)
    {
        foreach (var inline in container)
        {
            inline.Span = Moved(inline.Span);
            if (inline is ContainerInline inner)
                Move(inner);
        }
    }

    private SourceSpan Moved(SourceSpan span) => new(span.Start + start, span.End + start);

    private static MarkdownPipeline WithoutInlines()
    {
        var builder = new MarkdownPipelineBuilder();
        foreach (var parser in builder.BlockParsers)
            parser.Closed += LeaveLines;
        return builder.Build();

        static void LeaveLines(BlockProcessor processor, Block block)
        {
            if (block is LeafBlock leaf)
                leaf.ProcessInlines = false;
        }
    }
}
