using Markdig.Syntax;

namespace MattermostLearning.Content.Markdown;

/// <summary>A stretch of a Markdown text: its words are cut out when somebody asks for them, and its blocks are those of the whole text's tree.</summary>
public sealed class Passage
{
    private readonly MarkdownText whole;

    /// <param name="whole">The text that it is a part of.</param>
    /// <param name="start">Where it begins in that.</param>
    /// <param name="end">Behind its last character.</param>
    internal Passage(MarkdownText whole, int start, int end) => (this.whole, Start, End) = (whole, start, end);

    /// <summary>Where it begins in the file; for findings about it.</summary>
    public int Start { get; }

    public int End { get; }

    public int Length => End - Start;

    /// <summary>As written.</summary>
    public string Markdown => field ??= whole.Text[Start..End];

    /// <summary>The text that it is a part of: what places are places in.</summary>
    internal string Whole => whole.Text;

    /// <summary>Its outermost blocks, in order. A block that began before it is none of them.</summary>
    internal IEnumerable<Block> Blocks
    {
        get
        {
            var tree = whole.Tree;
            for (var at = FirstFrom(tree); at < tree.Count && tree[at].Span.Start < End; at++)
                yield return tree[at];
        }
    }

    /// <summary>A text of its own.</summary>
    internal static Passage Of(string markdown) => new(new MarkdownText(markdown), 0, markdown.Length);

    /// <summary>Where a line of it ends.</summary>
    internal int LineEnd(int at) => Whole.AsSpan(at, End - at).IndexOf('\n') is var length and >= 0 ? at + length : End;

    /// <summary>A part of it.</summary>
    internal Passage Part(int start, int end) => new(whole, start, end);

    private int FirstFrom(MarkdownDocument tree)
    {
        var (low, high) = (0, tree.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = tree[middle].Span.Start < Start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
