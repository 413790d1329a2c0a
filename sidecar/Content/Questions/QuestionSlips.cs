using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Exchange;
using Markdig.Syntax;

namespace MattermostLearning.Content.Questions;

/// <summary>Questions as they are written in other places: what was most likely meant, said as it is written here. Looked at only where something could not be read.</summary>
internal static partial class QuestionSlips
{
    private const string MarkIt = "and mark in the list itself what is right: `- [x]` before it, and `- [ ]` before the others.";

    /// <summary>What to write into a question that has neither a list nor an answer.</summary>
    public static string HelpWithoutAnswer(string markdown)
    {
        if (BareBox().Match(markdown) is { Success: true } box)
            return $"Begin each option with a hyphen and a space: `- [{box.Groups["mark"].Value}] {Written.Short(box.Groups["text"].Value.Trim())}`.";
        if (Lettered().Matches(markdown) is { Count: > 1 } lettered)
            return $"Make a list of what there is to choose from, and mark what is right: `- [x]` before it, and `- [ ]` before the others, as in `- [ ] {Written.Short(lettered[0].Groups["text"].Value.Trim())}`.";
        if (AnswerLine().Match(markdown) is { Success: true } line)
            return $"Make a heading of it, `### Answer`, and write `{Written.Short(line.Groups["said"].Value.Trim())}` in the line below.";
        if (OtherAnswerHeading().Match(markdown) is { Success: true } heading)
            return $"Write `### Answer` instead of `{Written.Short(heading.Value.Trim())}`, and below it what people are to type.";
        if (TableRow().Match(markdown) is { Success: true } row)
            return $"Pairs are a list, with what belongs to each in a line of its own below it, further in: `- {Written.Short(row.Groups["left"].Value.Trim())}`, and then `  - {Written.Short(row.Groups["right"].Value.Trim())}`.";
        return "Below it goes a list to choose from (`- [x]` right, `- [ ]` wrong), a numbered list to put in order, or `### Answer` and what people are to type.";
    }

    /// <summary>What to write instead of a list in which nothing says what is right.</summary>
    public static string HelpWithoutRight(ImmutableArray<string> items)
    {
        ImmutableArray<Match> pairs = [.. items.Select(item => PairInOneLine().Match(item))];
        return pairs.All(pair => pair.Success)
            ? $"If these are pairs, write what belongs to each in a line of its own below it, further in: `- {Written.Short(pairs[0].Groups["left"].Value)}`, and then `  - {Written.Short(pairs[0].Groups["right"].Value)}`."
            : "Mark the right ones with `- [x]` and the wrong ones with `- [ ]`. If people are to type one of these, write `### Answer` above the list.";
    }

    /// <summary>Below a list a line or a heading names what is right; true where it does, which has been reported.</summary>
    public static bool ReportNamedBelow(QuestionPage page, ListBlock list, ImmutableArray<Block> blocks)
    {
        if (blocks[^1] is ListBlock or QuoteBlock)
            return false;
        foreach (var block in blocks.Where(each => each.Span.Start > list.Span.Start))
        {
            if (block is not (ParagraphBlock or HeadingBlock) || page.TextOf(block) is not { } text || !(AnswerLine().IsMatch(text) || OtherAnswerHeading().IsMatch(block is HeadingBlock ? $"### {text}" : text)))
                continue;
            page.Report.Error(page.SpanOf(block), Codes.NoAnswer, "What is right is not read here, where there is a list to choose from.", HelpToMark(page, list, AnswerLine().Match(text).Groups["said"].Value));
            return true;
        }

        return false;
    }

    /// <summary>Options that end because something stands at the margin; true where that is so, which has been reported.</summary>
    public static bool ReportCutOff(QuestionPage page, ListBlock last, ImmutableArray<Block> blocks)
    {
        if (blocks.Length < 2 || blocks.FirstOrDefault(block => block is ListBlock) is not ListBlock first || first == last || !HasBoxes(first) || !HasBoxes(last))
            return false;
        var next = blocks[blocks.IndexOf(first) + 1];
        var (message, help) = next switch
        {
            QuoteBlock => ("This quote begins at the margin, so the options end here, and others begin below it.",
                $"If it is said to whoever chose what stands above it, begin it with two spaces: `  {Written.Short(page.FirstLine(next))}`. So must the others."),
            ListBlock => ("These options begin with another sign, so they are a list of their own.", "Begin all of them with `- `."),
            _ => ("This stands between the options, and makes two lists of them.", "Move it above the first one; or, if everybody is to read it afterwards, behind the last one, with `> ` before it."),
        };
        page.Report.Error(page.SpanOf(next), Codes.TextAfterAnswer, message, help);
        return true;

        bool HasBoxes(ListBlock list) => list.OfType<ListItemBlock>().Any(page.HasBox);
    }

    /// <summary>Boxes above an answer that people are to type would be shown as they are written.</summary>
    public static void WarnOfBoxesAbove(QuestionPage page, HeadingBlock answer, ImmutableArray<Block> blocks)
    {
        var at = blocks.IndexOf(answer);
        if (at == 0 || blocks[at - 1] is not ListBlock list || !list.OfType<ListItemBlock>().Any(page.HasBox))
            return;
        var said = page.TextOf(answer).Split(':', 2) is [_, var inHeading] ? inHeading : at + 1 < blocks.Length ? page.TextOf(blocks[at + 1]) : "";
        page.Report.Warning(page.SpanOf(answer), Codes.TextAfterAnswer, "There are boxes to choose from above this, and people would have to type the answer.", HelpToMark(page, list, said.Trim()));
    }

    /// <summary>Where the right one can be told, it is told.</summary>
    private static string HelpToMark(QuestionPage page, ListBlock list, string said)
    {
        string[] texts = [.. list.OfType<ListItemBlock>().Select(item => Lettering().Replace(BareText(page.TextOf(item)), ""))];
        return said.Length > 0 && (RightOptions.Find(said, texts) ?? RightOptions.Find(Lettering().Replace(said, ""), texts)) is [var right]
            ? $"Take this away, and mark it in the list: `- [x] {Written.Short(texts[right])}`, and `- [ ]` before the others."
            : $"Take this away, {MarkIt}";
    }

    private static string BareText(string option) => BareBox().Match(option) is { Success: true } box ? box.Groups["text"].Value.Trim() : option;

    /// <summary>"Answer: b", "**Correct answer:** Plum".</summary>
    [GeneratedRegex(@"^[ \t]*[*_]{0,2}(?:correct |right )?(?:answers?|solution|antwort(?:en)?|lösung)[*_]{0,2}[ \t]*:[*_]{0,2}[ \t]*(?<said>\S.*)$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    internal static partial Regex AnswerLine();

    /// <summary>"b) ".</summary>
    [GeneratedRegex(@"^\(?[a-zA-Z][.)]\s+", RegexOptions.CultureInvariant)]
    internal static partial Regex Lettering();

    /// <summary>"### Solution", "### Correct answer", "**Answer**".</summary>
    [GeneratedRegex(@"^(?:\#{1,6}[ \t]*|[*_]{2})(?:(?:the |correct |right |exact )*answers?|solutions?|antwort(?:en)?|lösung(?:en)?)\b.*$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherAnswerHeading();

    /// <summary>"[x] Plum" and "-[ ] Plum".</summary>
    [GeneratedRegex(@"^[ \t]*-?\[(?<mark>[xX ])\](?<text>[ \t]*\S.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex BareBox();

    /// <summary>"a) Plum", "B. Apple".</summary>
    [GeneratedRegex(@"^[ \t]*\(?[a-fA-F][.)][ \t]+(?<text>\S.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Lettered();

    /// <summary>"| On Monday | Situation |", below the rows that head a table.</summary>
    [GeneratedRegex(@"^[ \t]*\|?[-: |]*-{3}[-: |]*\n[ \t]*\|(?<left>[^|\n]+)\|(?<right>[^|\n]+)\|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TableRow();

    /// <summary>"Standup -> 15 minutes", "Standup - 15 minutes": as people write a pair in one line.</summary>
    [GeneratedRegex(@"^(?<left>\S.*?)(?:\s*(?:[-=]+>|→)\s*|\s[=–—-]\s|:\s)\s*(?<right>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex PairInOneLine();
}
