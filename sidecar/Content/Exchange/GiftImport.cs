using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Content.Exchange;

/// <summary>Questions of a GIFT file as questions here: a list for each of its categories.</summary>
public sealed partial class GiftImport
{
    private const decimal AlmostNothing = 0.01m;

    private readonly ImportReport report;
    private readonly (string True, string False) words;

    private GiftImport(ImportReport report, string? language)
    {
        this.report = report;
        words = language == "de" ? ("Richtig", "Falsch") : ("True", "False");
    }

    /// <param name="report">Takes what stays behind or comes otherwise.</param>
    /// <param name="language">Of the questions, for the two words that GIFT does not have: true and false.</param>
    public static ImmutableArray<QuestionList> Read(ImportReport report, string? language)
    {
        ArgumentNullException.ThrowIfNull(report);
        var import = new GiftImport(report, language);
        var items = GiftReader.Read(report.Source, report.Bag);
        import.TellOfNames(items);
        var lists = new List<(string? Title, List<Question> Questions)> { (null, []) };
        foreach (var item in items)
        {
            if (item is GiftCategory category)
            {
                var title = TitleOf(category.Path);
                var known = lists.FindIndex(each => each.Title == title);
                lists.Add(known >= 0 ? lists[known] : (title, []));
                if (known >= 0)
                    lists.RemoveAt(known);
            }
            else if (import.QuestionOf((GiftQuestion)item) is { } question)
                lists[^1].Questions.Add(question with { Place = item.Place });
        }

        return [.. lists.Where(each => each.Questions.Count > 0).OrderBy(each => each.Questions[0].Place.Start).Select(each => new QuestionList(each.Title, [.. each.Questions]))];
    }

    /// <summary>`$course$/top/Fruit/Red` is "Red"; what is on top says only where in Moodle it belongs. A slash that is meant is written twice.</summary>
    private static string? TitleOf(string path)
    {
        var last = Slashes().Split(path).Select(part => part.Replace("//", "/", StringComparison.Ordinal).Trim()).LastOrDefault(part => part.Length > 0);
        return last is null or "top" || last.StartsWith('$') ? null : last;
    }

    private void TellOfNames(ImmutableArray<GiftItem> items)
    {
        if (items.OfType<GiftQuestion>().Where(each => each.Stem.Title is not null).ToList() is [var first, ..] named)
            report.ComesOtherwise(first.Place, $"{Count(named.Count)} here, and questions have none in a quiz.", "A name stands in Moodle's bank of questions, where authors see it; people are shown the text alone.");
        var marks = Marks().Matches(report.Source.Text);
        if (marks.Count > 0)
            report.ComesOtherwise(new TextSpan(marks[0].Index, marks[0].Length), $"Comments give {(marks.Count == 1 ? "one question an id or a tag" : $"questions {marks.Count} ids and tags")}, and questions have none in a quiz.", "A file can have `topics`.");

        static string Count(int named) => named == 1 ? "One question has a name" : string.Create(CultureInfo.InvariantCulture, $"{named} questions have names");
    }

    private Question? QuestionOf(GiftQuestion gift)
    {
        if (gift is GiftDescription)
            return Behind(gift.Place, "This text asks nothing, and a quiz has only questions.", "What belongs to the next question can stand in its text; what belongs to all can stand above the first question.");
        if (gift is GiftEssay)
            return Behind(gift.Place, "An essay has no answer that a quiz could know.", "A challenge or a prompt asks for it: people answer in a thread, and each other.");
        if (Markdown(gift.Stem.Text, gift.Place) is not { } text)
            return null;
        Question? question = gift switch
        {
            GiftTrueFalse saying => TrueFalse(saying, text),
            GiftChoice { Options: var options } when options.Any(each => each.IsRight && Weight(each) == Grade.Whole) => OneOf(gift, options, text),
            GiftChoice choice => SeveralOf(choice, text),
            GiftTyped typed => Typed(typed, text),
            GiftNumeric numeric => Numeric(numeric, text),
            GiftMatch match => Match(match, text),
            _ => throw new InvalidOperationException($"{gift.GetType().Name} is no question."),
        };
        return question is null ? null : question with { Explanation = gift.Stem.Feedback is { } general ? Markdown(general, gift.Place) : null };
    }

    private ChoiceQuestion TrueFalse(GiftTrueFalse saying, string text)
    {
        var (right, wrong) = (Feedback(saying.IfRight, saying.Place), Feedback(saying.IfWrong, saying.Place));
        return new ChoiceQuestion(text, [new Option(words.True, saying.IsTrue, saying.IsTrue ? right : wrong), new Option(words.False, !saying.IsTrue, saying.IsTrue ? wrong : right)]);
    }

    /// <summary>People choose one. Where several are wholly right, one of them was enough.</summary>
    private ChoiceQuestion OneOf(GiftQuestion gift, ImmutableArray<GiftOption> given, string text)
    {
        var isAlone = given.Count(each => Weight(each) == Grade.Whole) == 1;
        if (!isAlone)
            report.ComesOtherwise(gift.Place, "One of several right options was enough, and here people find all of them.", "Where only one is to be found, mark the others as wrong, or make a question for each.");
        if (given.Any(each => Weight(each) < 0))
            report.ComesOtherwise(gift.Place, "A wrong option took something back, and here it does not where people choose one.", null);
        if (!isAlone && given.Any(each => IsPart(Weight(each))))
            report.ComesOtherwise(gift.Place, "Something was partly right beside several options that are right, and here it is wrong.", null);
        return new ChoiceQuestion(text,
        [
            .. given.Select(each => new Option(OptionText(each.Text, each.Place), Weight(each) == Grade.Whole, Feedback(each.Feedback, each.Place))
            {
                Worth = isAlone && IsPart(Weight(each)) ? Weight(each) : null,
            }),
        ]);
    }

    /// <summary>People choose several. Where each right one is worth the same, and each wrong one takes as much back, nobody need write that down.</summary>
    private ChoiceQuestion? SeveralOf(GiftChoice gift, string text)
    {
        var right = gift.Options.Where(each => Weight(each) > 0).ToList();
        var sum = right.Sum(Weight);
        if (right.Count == 0 || Math.Abs(sum - Grade.Whole) > 10 * AlmostNothing)
        {
            report.StaysBehind(
                gift.Place, Codes.NoCounterpart, right.Count == 0 ? "None of these options is right." : string.Create(CultureInfo.InvariantCulture, $"What is right here comes to {sum:0.##} %, and to nobody all of it."),
                "Write `=` before the one that is right, or percentages before several that come to 100: `~%50%`.");
            return null;
        }

        var share = (decimal)Grade.Whole / right.Count;
        var isUsual = gift.Options.All(each => Math.Abs(Weight(each) > 0 ? Weight(each) - share : Weight(each) + share) < AlmostNothing);
        return new ChoiceQuestion(text,
        [
            .. gift.Options.Select(each => new Option(OptionText(each.Text, each.Place), Weight(each) > 0, Feedback(each.Feedback, each.Place))
            {
                Worth = isUsual || right.Count == 1 || Weight(each) == 0 ? null : Weight(each),
            }),
        ]);
    }

    private TextQuestion? Typed(GiftTyped gift, string text)
    {
        var known = gift.Options.Where(each => !TellsOfJoker(each)).ToList();
        ImmutableArray<Option> answers = [.. known.Select(each => Answer(Bare(each.Text), Weight(each), each.Feedback, each.Place))];
        if (answers.Any(each => each.IsRight))
            return new TextQuestion(text, answers, Forgiveness.All);
        report.StaysBehind(gift.Place, Codes.NoCounterpart, "Nothing that people could type is wholly right.", "Write what is right without a percentage: `=Paris`.");
        return null;
    }

    /// <summary>To Moodle an asterisk stands for any letters; alone, for whatever else somebody types.</summary>
    private bool TellsOfJoker(GiftOption option)
    {
        var text = option.Text.Text;
        if (!Joker().IsMatch(text))
            return false;
        if (text == "*")
            TellsOfOthers(option.Feedback, option.Place);
        else
            report.ComesOtherwise(option.Place, $"The asterisk in `{Written.Short(text)}` stands for any letters, and here nothing does: this answer stays behind.", "Write the answers that people really give; case, accents and slips are forgiven.");
        return true;
    }

    private void TellsOfOthers(GiftText? feedback, TextSpan place) => report.ComesOtherwise(
        place, feedback is null ? "Any other answer is named here, and in a quiz it need not be." : $"`{Written.Short(feedback.Text)}` is said to any other answer, and a quiz has nothing to say to those.",
        feedback is null ? null : "What everybody is to read can stand behind `####`.");

    private NumberQuestion? Numeric(GiftNumeric gift, string text)
    {
        foreach (var other in gift.Numbers.Where(each => each.Range is null))
            TellsOfOthers(other.Feedback, other.Place);
        ImmutableArray<NumberAnswer> answers =
        [
            .. gift.Numbers.Where(each => each.Range is not null).Select(each => new NumberAnswer(
                each.Range is GiftRange.Between between ? between.Least : Around(each).Number - Around(each).Tolerance,
                each.Range is GiftRange.Between to ? to.Most : Around(each).Number + Around(each).Tolerance,
                Answer(WrittenAs(each.Range!), each.Weight ?? (each.IsRight ? Grade.Whole : 0), each.Feedback, each.Place))),
        ];
        if (answers.Any(each => each.Option.IsRight))
            return new NumberQuestion(text, answers);
        report.StaysBehind(gift.Place, Codes.NoCounterpart, "No number is wholly right.", "Write what is right without a percentage: `=42`.");
        return null;

        static GiftRange.Around Around(GiftNumber number) => (GiftRange.Around)number.Range!;
    }

    private static string WrittenAs(GiftRange range) => range switch
    {
        GiftRange.Between(var least, var most) => string.Create(CultureInfo.InvariantCulture, $"{least:0.############################} to {most:0.############################}"),
        GiftRange.Around(var number, 0) => string.Create(CultureInfo.InvariantCulture, $"{number:0.############################}"),
        GiftRange.Around(var number, var tolerance) => string.Create(CultureInfo.InvariantCulture, $"{number:0.############################} ± {tolerance:0.############################}"),
        _ => throw new InvalidOperationException($"{range.GetType().Name} cannot be written."),
    };

    private MatchQuestion Match(GiftMatch gift, string text)
    {
        foreach (var alone in gift.Pairs.Where(each => each.Left.Text.Length == 0))
            report.ComesOtherwise(alone.Place, $"`{Written.Short(alone.Right)}` belongs to nothing, and in a quiz everything belongs to something: it stays behind.", null);
        return new MatchQuestion(text,
            [.. gift.Pairs.Where(each => each.Left.Text.Length > 0).Select(each => new Pair(OptionText(each.Left, each.Place), RightSide(gift, each.Right)))]);
    }

    /// <summary>Moodle shows it as it is; whoever writes Markdown all around means Markdown there, too.</summary>
    private static string RightSide(GiftMatch gift, string right) => gift.Stem.Text.Format == GiftFormat.Markdown ? right : PlainMarkdown.Of(right);

    private Option Answer(string text, decimal weight, GiftText? feedback, TextSpan place) =>
        new(text, weight == Grade.Whole, Feedback(feedback, place)) { Worth = IsPart(weight) ? weight : null };

    /// <summary>In percent.</summary>
    private static decimal Weight(GiftOption option) => option.Weight ?? (option.IsRight ? Grade.Whole : 0);

    private static bool IsPart(decimal weight) => weight is > 0 and < Grade.Whole;

    private string? Feedback(GiftText? feedback, TextSpan place) => feedback is null ? null : Markdown(feedback, place);

    /// <summary>What is too long stays in, and keeps the question from being written.</summary>
    private string OptionText(GiftText text, TextSpan place) => Markdown(text, place) ?? text.Text;

    /// <summary>What people type has no Markdown.</summary>
    private static string Bare(GiftText text) => (text.Format is GiftFormat.Moodle or GiftFormat.Html ? WebUtility.HtmlDecode(text.Text) : text.Text).Replace("\\*", "*", StringComparison.Ordinal);

    private string? Markdown(GiftText text, TextSpan place)
    {
        switch (text.Format)
        {
            case GiftFormat.Markdown:
                return text.Text;
            case GiftFormat.Plain:
                return PlainMarkdown.Of(text.Text);
        }

        if (HtmlMarkdown.Of(text.Format == GiftFormat.Moodle ? text.Text.Replace("\n", "<br>", StringComparison.Ordinal) : text.Text) is not var (markdown, lost))
        {
            report.StaysBehind(place, Codes.NoCounterpart, "This text is too long for a message, or too deep to be read.", "Make several questions of it.");
            return null;
        }

        foreach (var each in lost)
            report.ComesOtherwise(place, $"Markdown has nothing for {(each.StartsWith('<') ? $"`{each}`" : each)}; its text is kept.", "Look over this question when it is written.");
        return markdown;
    }

    private Question? Behind(TextSpan place, string message, string help)
    {
        report.StaysBehind(place, Codes.NoCounterpart, message, help);
        return null;
    }

    [GeneratedRegex(@"(?<!/)/(?!/)", RegexOptions.CultureInvariant)]
    private static partial Regex Slashes();

    [GeneratedRegex(@"(?<!\\)\*", RegexOptions.CultureInvariant)]
    private static partial Regex Joker();

    [GeneratedRegex(@"(?m)(?<=^[ \t]*//.*)\[(?:id|tag):[^\]\n]+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
