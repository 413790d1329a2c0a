using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Markdown;
using Markdig.Syntax;

namespace MattermostLearning.Content.Questions;

/// <summary>The Markdown of one question while it is read. Text is cut out of it, never rendered again.</summary>
internal sealed partial class QuestionPage(Section<string> section, DiagnosticBag report)
{
    private readonly Passage text = section.Text;

    public DiagnosticBag Report => report;

    public TextSpan HeadingSpan => section.HeadingSpan;

    public TextSpan SpanOf(Block block) => new(block.Span.Start, text.LineEnd(block.Span.Start) - block.Span.Start);

    /// <summary>The question itself: what its heading says, and what stands below that. Null, and reported, where there is none.</summary>
    public string? TextBefore(int end)
    {
        var below = text.Whole.AsSpan(text.Start, end - text.Start).Trim().ToString();
        if (section.Argument.Length > 0 || below.Length > 0)
            return section.Argument.Length == 0 ? below : below.Length == 0 ? section.Argument : $"{section.Argument}\n\n{below}";
        report.Error(section.HeadingSpan, Codes.NoAnswer, "This question does not say what it asks.", "Write it in the heading, `## Question: What ...?`, or in the line below.");
        return null;
    }

    /// <summary>A quote behind the answer is what everybody reads afterwards; anything else there would give it away, or be lost.</summary>
    public (string? Text, bool Complete) ExplanationAfter(Block answer, ImmutableArray<Block> blocks)
    {
        var after = blocks.Where(each => each.Span.Start > answer.Span.Start).ToList();
        if (after.FirstOrDefault(each => each is not QuoteBlock) is { } extra)
        {
            report.Error(
                SpanOf(extra), Codes.TextAfterAnswer, "This stands behind the answer, where nobody reads it.",
                "Move it above the answer. What everybody is to read afterwards begins with `> `.");
            return (null, false);
        }
        return (after.Count == 0 ? null : string.Join("\n\n", after.Select(each => QuoteOf((QuoteBlock)each))), true);
    }

    public bool HasBox(ListItemBlock item) => FirstLineOf(item) is var line && line is ['[' or '(', ..] && (IsBox(line) || Box().IsMatch(line) || Percentage().IsMatch(line));

    /// <summary>`[x] text` or `[ ] text`, as nearly all are.</summary>
    private static bool IsBox(ReadOnlySpan<char> line) => line is ['[', 'x' or 'X' or ' ', ']', ' ', _, ..] && !line[4..].IsWhiteSpace();

    /// <summary>Null, and reported, where its box cannot be read.</summary>
    public Option? OptionOf(ListItemBlock item)
    {
        var line = FirstLineOf(item);
        if (IsBox(line))
            return new Option(TextOf(item)[3..].Trim(), line[1] != ' ', FeedbackOf(item), SpanOf(item));
        if (Percentage().Match(line.ToString()) is { Success: true } part)
            return WorthSomething(item, part);
        var match = Box().Match(line.ToString());
        if (match.Success && match.Groups["text"].Length > 0 && match.Groups["mark"].Value is " " or "x" or "X" && match.Groups["gap"].Length > 0)
            return new Option(TextOf(item)[match.Groups["text"].Index..].Trim(), match.Groups["mark"].Value != " ", FeedbackOf(item), SpanOf(item));
        if (!match.Success)
        {
            report.Error(SpanOf(item), Codes.BoxUnreadable, "This option has no box, and others have one.", "Write `- [x]` before it if it is right, `- [ ]` if it is wrong.");
            return null;
        }
        var meant = match.Groups["mark"].Value.Trim().Length == 0 ? "[ ]" : "[x]";
        report.Error(SpanOf(item), Codes.BoxUnreadable, $"`{match.Groups["box"].Value}` is not a box that can be read.", $"Write `- {meant} ` and the text of the option.");
        if (match.Groups["text"].Length > 0)
            report.CanBe(new TextSpan(item[0].Span.Start, match.Groups["box"].Length + match.Groups["gap"].Length), $"{meant} ");
        return null;
    }

    /// <summary>`[50 %]`: whether that is right is known once all of them are read.</summary>
    private Option? WorthSomething(ListItemBlock item, Match part)
    {
        var worth = decimal.Parse(part.Groups["worth"].Value.Replace('\u2212', '-').Replace(',', '.'), CultureInfo.InvariantCulture);
        if (Math.Abs(worth) <= Grade.Whole)
            return new Option(TextOf(item)[part.Groups["text"].Index..].Trim(), worth == Grade.Whole, FeedbackOf(item), SpanOf(item)) { Worth = worth is 0 or Grade.Whole ? null : worth };
        report.Error(SpanOf(item), Codes.BoxUnreadable, $"Nothing is worth {part.Groups["worth"].Value} % of a question.", "Write `[x]` for what is right, and a percentage such as `[50 %]` for what is partly right.");
        return null;
    }

    /// <summary>What is quoted below an item.</summary>
    public string? FeedbackOf(ListItemBlock item)
    {
        var quotes = new List<string>();
        foreach (var block in item)
        {
            if (block is QuoteBlock quote && QuoteOf(quote) is { Length: > 0 } said)
                quotes.Add(said);
        }

        return quotes.Count == 0 ? null : string.Join("\n\n", quotes);
    }

    /// <summary>Of an item without its feedback and without what is listed below it.</summary>
    public string TextOf(Block block) => block switch
    {
        ListItemBlock and [ParagraphBlock only] => Cut(only),
        ListItemBlock and [ParagraphBlock first, QuoteBlock] => Cut(first),
        ListItemBlock item => string.Join("\n\n", item.Where(each => each is not QuoteBlock and not ListBlock).Select(each => Cut(each))),
        HeadingBlock heading => HeadingText.Of(Line(heading.Span.Start)),
        _ => Cut(block),
    };

    /// <summary>As it is written.</summary>
    public string FirstLine(Block block) => Line(block.Span.Start).ToString();

    public bool HasCount(ListBlock list, int count, int least, string of)
    {
        if (count >= least && count <= Question.MostInDialog)
            return true;
        report.Error(SpanOf(list), Codes.OptionCount, $"This question has {count} of {of}; it takes {least} to {Question.MostInDialog}.", "Make two questions of it, or keep those that matter.");
        return false;
    }

    public bool AllDiffer(IEnumerable<(string Text, TextSpan Place)> texts)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (text, place) in texts.Where(each => !seen.Add(each.Text)))
        {
            report.Error(place, Codes.Alike, $"`{Written.Short(text)}` stands here twice.", "Change one of them, or take it away.");
            return false;
        }
        return true;
    }

    private ReadOnlySpan<char> FirstLineOf(ListItemBlock item) => item is [ParagraphBlock first, ..] ? Line(first.Span.Start) : "";

    private string QuoteOf(QuoteBlock quote)
    {
        var cut = Cut(quote);
        return cut.Contains('\n') ? string.Join('\n', cut.Split('\n').Select(line => WithoutMark(line).ToString())).Trim() : WithoutMark(cut).Trim().ToString();
    }

    private static ReadOnlySpan<char> WithoutMark(ReadOnlySpan<char> line)
    {
        if (line.TrimStart() is not ['>', .. var said])
            return line;
        return said is [var space, ..] && char.IsWhiteSpace(space) ? said[1..] : said;
    }

    /// <summary>A block's source, moved to the left by as much as the block is indented.</summary>
    private string Cut(Block block)
    {
        var whole = text.Whole.AsSpan(block.Span.Start, Math.Min(block.Span.End + 1, text.End) - block.Span.Start);
        if (!whole.Contains('\n'))
            return whole.TrimEnd().ToString();
        var lines = whole.ToString().Split('\n');
        var cut = new StringBuilder(lines[0]);
        foreach (var line in lines.Skip(1))
        {
            var spaces = line.Length - line.TrimStart(' ').Length;
            cut.Append('\n').Append(line.AsSpan(Math.Min(spaces, block.Column)));
        }
        return cut.ToString().TrimEnd();
    }

    private ReadOnlySpan<char> Line(int at) => text.Whole.AsSpan(at, text.LineEnd(at) - at);

    [GeneratedRegex(@"^(?<box>[\[(](?<mark>\s*(?:[xXvV✓✔*]|)\s*)[\])])(?<gap>\s*)(?<text>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Box();

    [GeneratedRegex(@"^\[\s*(?<worth>[-\u2212]?[0-9]{1,3}(?:[.,][0-9]{1,7})?)\s*%\s*\]\s+(?<text>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Percentage();
}
