using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Markdown;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MattermostLearning.Content.Design;

/// <summary>What people read of a Markdown text: sentences without signs, links without addresses, no code.</summary>
internal sealed partial class Prose
{
    private Prose(ImmutableArray<Sentence> sentences, int picturesWithoutText, int length)
    {
        Sentences = sentences;
        PicturesWithoutText = picturesWithoutText;
        Length = length;
    }

    public ImmutableArray<Sentence> Sentences { get; }

    public int PicturesWithoutText { get; }

    /// <summary>In characters, as shown.</summary>
    public int Length { get; }

    public int Words => Sentences.Sum(each => each.Words.Length);

    public static Prose Of(string markdown)
    {
        var sentences = ImmutableArray.CreateBuilder<Sentence>();
        var bare = 0;
        var length = 0;
        foreach (var block in new MarkdownText(markdown, inlines: true).Tree.Descendants<LeafBlock>())
        {
            if (block is CodeBlock code)
                length += code.Lines.ToString().Length;
            if (block.Inline is null)
                continue;
            bare += block.Inline.Descendants<LinkInline>().Count(each => each.IsImage && TextOf(each).Trim().Length == 0);
            var text = TextOf(block.Inline).Trim();
            length += text.Length;
            sentences.AddRange(SentenceEnd().Split(text).Select(Sentence.Of).Where(each => each.Words.Length > 0));
        }
        return new Prose(sentences.ToImmutable(), bare, length);
    }

    private static string TextOf(ContainerInline container)
    {
        var text = new StringBuilder();
        foreach (var inline in container.Descendants())
        {
            if (inline is LiteralInline literal)
                text.Append(literal.Content.AsSpan());
            else if (inline is LineBreakInline)
                text.Append(' ');
            else if (inline is HtmlEntityInline entity)
                text.Append(entity.Transcoded.AsSpan());
        }
        return text.ToString();
    }

    [GeneratedRegex(@"(?<=[.!?…])[""'”’“»)]*\s+", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();
}

/// <param name="Text">As shown.</param>
/// <param name="Words">In lower case.</param>
/// <param name="Beginnings">The first words of the sentence and of what stands in it behind a comma, a colon or an "and".</param>
internal sealed partial record Sentence(string Text, ImmutableArray<string> Words, ImmutableArray<ImmutableArray<string>> Beginnings)
{
    public bool IsQuestion => Text.Contains('?');

    public static Sentence Of(string text) => new(
        text,
        [.. WordsIn(text)],
        [.. Clause().Split(text).Select(clause => WordsIn(clause).Take(4).ToImmutableArray()).Where(words => words.Length > 0)]);

    private static IEnumerable<string> WordsIn(string text) => Word().Matches(text).Select(each => each.Value.ToLowerInvariant());

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}'’\-]*|\p{Nd}+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"[,;:–—()""“”„«»]+|\b(?:and|or|und|oder)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Clause();
}
