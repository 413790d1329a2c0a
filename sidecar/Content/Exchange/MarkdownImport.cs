using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Markdown;
using MattermostLearning.Content.Questions;
using Markdig.Syntax;

namespace MattermostLearning.Content.Exchange;

/// <summary>
/// A list of questions as people write one in Markdown: headings or list items that ask, and below each options with boxes, or any list and a line
/// <c>Answer: B</c>, or that line alone.
/// </summary>
public sealed partial class MarkdownImport
{
    private readonly ImportReport report;
    private readonly string text;
    private readonly List<(string? Title, List<Question> Questions)> lists = [(null, [])];

    private MarkdownImport(ImportReport report)
    {
        this.report = report;
        text = report.Source.Text;
    }

    /// <summary>A list for each heading that stands above a list of questions; one for all that are headings themselves.</summary>
    public static ImmutableArray<QuestionList> Read(ImportReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var import = new MarkdownImport(report);
        var markdown = new MarkdownText(import.text);
        import.ReadAll(markdown.Tree);
        if (markdown.IsTooDeep)
            report.StaysBehind(new TextSpan(0, 1), Codes.MarkdownTooDeep, "This Markdown is nested too deeply to be read.", "Take out some levels of quotes or lists.");

        return [.. import.lists.Where(each => each.Questions.Count > 0).Select(each => new QuestionList(each.Title, [.. each.Questions]))];
    }

    private void ReadAll(MarkdownDocument document)
    {
        HeadingBlock? heading = null;
        var below = new List<Block>();
        foreach (var block in document)
        {
            if (block is not HeadingBlock next)
            {
                below.Add(block);
                continue;
            }

            ReadSection(heading, below);
            (heading, below) = (next, []);
        }

        ReadSection(heading, below);
    }

    private void ReadSection(HeadingBlock? heading, List<Block> below)
    {
        if (below.Any(block => block is ListBlock list && list.OfType<ListItemBlock>().Any(IsQuestion)))
        {
            if (heading is not null)
                lists.Add((TextOf(heading), []));
            foreach (var block in below)
            {
                if (block is ListBlock list)
                {
                    foreach (var item in list.OfType<ListItemBlock>())
                        Add(Within(item), "", new TextSpan(item.Span.Start, 1));
                }
                else
                    TellOfText(block);
            }
        }
        else if (heading is not null && below.Count > 0 && (below.Exists(block => block is ListBlock) || QuestionSlips.AnswerLine().IsMatch(Source(below))))
            Add(Source(below), TextOf(heading), new TextSpan(heading.Span.Start, 1));
        else
        {
            // A title, or words to the reader.
            if (heading is { Level: 1 } && lists is [{ Title: null, Questions.Count: 0 }])
                lists[0] = (TextOf(heading), lists[0].Questions);
            below.ForEach(TellOfText);
        }
    }

    private void Add(string markdown, string heading, TextSpan place)
    {
        // Its own findings name places in the question; the one that is told names the question's place in the file.
        var found = new DiagnosticBag(new SourceText(report.Source.Path, markdown));
        var asks = heading.Length > 0 ? (Numbering().Replace(heading, ""), markdown) : ("", Numbering().Replace(markdown, ""));
        var question = QuestionOf(new Section<string>(asks.Item1, Passage.Of(asks.Item2), new TextSpan(0, 1)), found);
        if (question is not null)
            lists[^1].Questions.Add(question with { Place = place });
        else
            report.StaysBehind(place, Codes.ImportUnreadable, found.ToImmutable()[0].Message, found.ToImmutable()[0].Help);
    }

    private static Question? QuestionOf(Section<string> section, DiagnosticBag found)
    {
        if (QuestionSlips.AnswerLine().Match(section.Markdown) is not { Success: true } line)
            return QuestionReader.Read(section, Forgiveness.All, found);
        var said = line.Groups["said"].Value.Trim();
        var rest = section with { Text = Passage.Of(section.Markdown.Remove(line.Index, line.Length).Trim()) };
        var list = rest.Text.Blocks.OfType<ListBlock>().LastOrDefault();
        if (list is null)
            return QuestionReader.Read(section with { Text = Passage.Of($"{rest.Markdown}\n\n### Answer\n{string.Join('\n', said.Split('|', StringSplitOptions.TrimEntries).Select(each => $"- {each}"))}") }, Forgiveness.All, found);
        var page = new QuestionPage(rest, found);
        ImmutableArray<Option> options = [.. list.OfType<ListItemBlock>().Select(item => new Option(QuestionSlips.Lettering().Replace(page.TextOf(item), ""), false, page.FeedbackOf(item)))];
        string[] texts = [.. options.Select(each => each.Text)];
        if ((RightOptions.Find(said, texts) ?? RightOptions.Find(QuestionSlips.Lettering().Replace(said, ""), texts)) is not { } right)
        {
            found.Error(new TextSpan(0, 1), Codes.NoRightOption, $"`{Written.Short(said)}` is none of these options.", "Write the letter, the number or the text of the right one behind `Answer:`.");
            return null;
        }

        return page.TextBefore(list.Span.Start) is { } asks ? new ChoiceQuestion(asks, [.. options.Select((each, number) => each with { IsRight = right.Contains(number) })]) : null;
    }

    private bool IsQuestion(ListItemBlock item) => Within(item) is var markdown
        && (QuestionSlips.AnswerLine().IsMatch(markdown) || item.OfType<ListBlock>().SelectMany(list => list.OfType<ListItemBlock>()).Any(option => Box().IsMatch(text[option.Span.Start..Math.Min(text.Length, option.Span.End + 1)])));

    private void TellOfText(Block block) =>
        report.ComesOtherwise(new TextSpan(block.Span.Start, 1), "This text belongs to no question, and stays behind.", "What belongs to all questions can stand above the first one in the quiz's file.");

    private string Source(List<Block> blocks) => text[blocks[0].Span.Start..Math.Min(text.Length, blocks[^1].Span.End + 1)];

    private string TextOf(HeadingBlock heading) => HeadingText.Of(text.AsSpan(heading.Span.Start, Math.Min(text.Length, heading.Span.End + 1) - heading.Span.Start));

    /// <summary>An item's source, moved to where a document begins.</summary>
    private string Within(ListItemBlock item)
    {
        if (item.Count == 0)
            return "";
        var lines = text[item[0].Span.Start..Math.Min(text.Length, item.Span.End + 1)].Split('\n');
        return string.Join('\n', lines.Select((line, number) => number == 0 ? line : line[Math.Min(item[0].Column, line.Length - line.TrimStart(' ').Length)..]));
    }

    [GeneratedRegex(@"^[-*+]\s+\[[ xX]?\]", RegexOptions.CultureInvariant)]
    private static partial Regex Box();

    /// <summary>"1. ", "Question 3: ".</summary>
    [GeneratedRegex(@"^(?:(?:question|frage|q)\s*[0-9]{0,3}\s*[:.)]\s*|[0-9]{1,3}[.)]\s+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Numbering();
}
