using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Exchange;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Content.Design;

/// <summary>Questions that can be read, and most likely not as they were meant. Only their author knows, so it is advice; and it costs nothing where files are only read.</summary>
internal static partial class ReadOtherwise
{
    /// <summary>Somebody who breaks lines to keep them short breaks them later than this.</summary>
    private const int ShortLine = 60;

    private static readonly string[] BetweenAnswers = [" | ", " / ", " or ", " oder ", "\n"];

    /// <summary>Null where it is read as it looks.</summary>
    public static (TextSpan Place, string Message, string Help)? Find(Question question) => question switch
    {
        ChoiceQuestion choice => FeedbackInOption(choice),
        TextQuestion typed => OneOfAList(typed) ?? SeveralInOne(typed) ?? NumberInText(typed),
        _ => null,
    };

    private static (TextSpan Place, string Message, string Help)? FeedbackInOption(ChoiceQuestion question)
    {
        foreach (var option in question.Options.Where(each => each.Feedback is null))
        {
            if (SecondLine(option.Text) is { } said)
                return (option.Place, $"`{Written.Short(said)}` is part of the option: everybody reads it before they answer.", $"If it is said to whoever chose it, begin it with `> `: `  > {Written.Short(said)}`.");
        }

        return question.Options.All(each => each.Feedback is null && SaidBehind().IsMatch(each.Text)) && SaidBehind().Match(question.Options[0].Text).Groups["said"].Value is var behind
            ? (question.Options[0].Place, $"`{Written.Short(behind)}` is part of the option: everybody reads it before they answer.", $"If it is said to whoever chose it, write it in a line of its own below: `  > {Written.Short(behind)}`.")
            : null;
    }

    /// <summary>What stands in a line of its own although the one before had room for it, and is no code.</summary>
    private static string? SecondLine(string option)
    {
        if (option.IndexOf('\n') is not (> 0 and var end) || option.Contains("```", StringComparison.Ordinal))
            return null;
        var next = option[end..].TrimStart();
        return next.Length > 0 && !char.IsLower(next[0]) && !char.IsDigit(next[0]) && end + next.IndexOf(' ') is > 0 and < ShortLine ? next.Split('\n')[0].Trim('*', '_', '"', '»', '“', ' ') : null;
    }

    private static (TextSpan Place, string Message, string Help)? OneOfAList(TextQuestion question)
    {
        string[] items = [.. Listed().Matches(question.Text).Select(each => each.Groups["item"].Value.Trim())];
        if (items.Length < 2 || question.Answers.FirstOrDefault(each => each.IsRight) is not { } answer || RightOptions.Find(answer.Text, items) is not [var place])
            return null;
        return (answer.Place, $"People have to type `{Written.Short(answer.Text)}`, and it stands in the list above.", $"If they are to choose, take `### Answer` away and mark it there: `- [x] {Written.Short(items[place])}`, and `- [ ]` before the others.");
    }

    private static (TextSpan Place, string Message, string Help)? SeveralInOne(TextQuestion question)
    {
        foreach (var answer in question.Answers.Where(each => !each.Text.Contains('`')))
        {
            if (BetweenAnswers.FirstOrDefault(each => answer.Text.Contains(each, StringComparison.Ordinal)) is { } between)
            {
                var parts = answer.Text.Split(between, StringSplitOptions.TrimEntries);
                return (answer.Place, "All of this is one answer, and people have to type the whole of it.", $"If each part of it is right, make a list: `- {Written.Short(parts[0])}`, and `- {Written.Short(parts[1])}` in the line below.");
            }
        }

        return null;
    }

    private static (TextSpan Place, string Message, string Help)? NumberInText(TextQuestion question)
    {
        foreach (var answer in question.Answers)
        {
            if (NumberWithUnit().Match(answer.Text) is { Success: true } unit)
                return (answer.Place, $"This is read as text: whoever types `{unit.Groups["number"].Value}` is told that it is wrong.", $"If the number is what counts, write it alone: `{unit.Groups["number"].Value}`. What people type behind it is let pass.");
            if (Between().Match(answer.Text) is { Success: true } range)
                return (answer.Place, "This is read as text, and no number in between is right.", $"Write `{range.Groups["least"].Value} to {range.Groups["most"].Value}`.");
            if (About().Match(answer.Text) is { Success: true } about)
                return (answer.Place, "This is read as text, and people have to type all of it.", $"Say what may differ: `{about.Groups["number"].Value} ± 2`, or `{about.Groups["number"].Value} ± 5 %`.");
        }

        return null;
    }

    /// <summary>"Plum > It has one stone."</summary>
    [GeneratedRegex(@"\s(?:>|[-=]+>|→)\s+(?<said>\p{Lu}.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex SaidBehind();

    /// <summary>"- Plum", "b) Plum", "- [ ] Plum".</summary>
    [GeneratedRegex(@"^[ \t]*(?:[-*+]|\d{1,2}[.)]|\(?[a-fA-F][.)])[ \t]+(?:\(?[a-fA-F][.)][ \t]+)?(?:\[[xX ]?\][ \t]*)?(?<item>\S.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Listed();

    [GeneratedRegex(@"^(?<number>[+\-\u2212]?\d[\d.,' ]*?)(?:\s?[%€$£°]C?|\s\p{L}{1,12}\.?)$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberWithUnit();

    [GeneratedRegex(@"^(?:(?:between|from|zwischen|von)\s+)?(?<least>\d[\d.,]*)\s*(?:\p{L}+\s*)?(?:and|und|bis|until|till|—)\s*(?<most>\d[\d.,]*)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"^(?:ca\.?|circa|about|around|approx\.?|approximately|roughly|etwa|ungefähr|rund|~|≈)\s*(?<number>\d[\d.,]*)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex About();
}
