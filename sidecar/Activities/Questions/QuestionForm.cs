using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Questions;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Activities.Questions;

/// <summary>The form in which a question is answered that takes more than one click, and what was sent in with it.</summary>
public static partial class QuestionForm
{
    private const string Typed = "answer";
    private const int LongestTyped = 150;
    private const int LongestLabel = 24;
    private const int LongestItem = 140;

    public static DraftDialog Of(AskedQuestion asked, ActionReference action, Speech speech) => new()
    {
        Title = speech.Say("question.form-title"),
        // What is ticked stands beside its box. What is arranged may be too long for its field; and a form breaks lines at blank ones only.
        Introduction = asked.Question is OrderQuestion or MatchQuestion ? asked.Text(speech).Replace("\n**", "\n\n**", StringComparison.Ordinal) : asked.Prompt(speech),
        SubmitLabel = speech.Say("question.form-send"),
        Action = action,
        Elements = asked.Question switch
        {
            ChoiceQuestion choice =>
            [
                .. asked.Order.Select((option, at) => new BoolElement
                {
                    Name = Field(option), DisplayName = AskedQuestion.Letter(at), Placeholder = Plain(choice.Options[option].Text), Optional = true,
                }),
            ],
            OrderQuestion order =>
            [
                .. Enumerable.Range(0, order.Items.Length).Select(place => new SelectElement
                {
                    Name = Field(place), DisplayName = speech.Say("question.place", ("number", place + 1)), Options = Choices(asked, order.Items),
                }),
            ],
            MatchQuestion match =>
            [
                .. match.Pairs.Select((pair, left) => new SelectElement
                {
                    Name = Field(left), DisplayName = Cut($"{left + 1}. {Bare(pair.Left)}", LongestLabel), Options = Choices(asked, match.Pairs.Select(each => each.Right).ToImmutableArray()),
                }),
            ],
            _ => [new TextElement { Name = Typed, DisplayName = speech.Say("question.your-answer"), MaxLength = LongestTyped }],
        },
    };

    /// <summary>What was answered, or what is wrong with it, by field.</summary>
    public static (Answer? Answer, IReadOnlyDictionary<string, string>? Errors) Read(AskedQuestion asked, IReadOnlyDictionary<string, string> values, Speech speech)
    {
        switch (asked.Question)
        {
            case ChoiceQuestion choice:
                ImmutableArray<int> chosen = [.. Enumerable.Range(0, choice.Options.Length).Where(option => values.GetValueOrDefault(Field(option)) == "true")];
                return chosen.Length > 0 ? (new Answer.Chosen(chosen), null) : Wrong(Field(asked.Order[0]), speech.Say("question.choose-one"));
            case OrderQuestion order:
                return Arranged(order.Items.Length, values, speech, each: true);
            case MatchQuestion match:
                return Arranged(match.Pairs.Length, values, speech, each: false);
            default:
                var typed = values.GetValueOrDefault(Typed, "").Trim();
                if (typed.Length is 0 or > LongestTyped)
                    return Wrong(Typed, speech.Say("question.type-something"));
                var answer = new Answer.Typed(typed);
                return asked.Question is NumberQuestion && Grading.Of(asked.Question, answer) is null ? Wrong(Typed, speech.Say("question.no-number")) : (answer, null);
        }
    }

    /// <param name="count">How many there are to be given.</param>
    /// <param name="values">As they were sent in.</param>
    /// <param name="speech">Of whoever sent them.</param>
    /// <param name="each">Whether each may be given once only.</param>
    private static (Answer? Answer, IReadOnlyDictionary<string, string>? Errors) Arranged(int count, IReadOnlyDictionary<string, string> values, Speech speech, bool each)
    {
        var items = ImmutableArray.CreateBuilder<int>(count);
        for (var place = 0; place < count; place++)
        {
            if (!int.TryParse(values.GetValueOrDefault(Field(place)), NumberStyles.None, CultureInfo.InvariantCulture, out var item) || item >= count)
                return Wrong(Field(place), speech.Say("question.choose-one"));
            if (each && items.Contains(item))
                return Wrong(Field(place), speech.Say("question.twice"));
            items.Add(item);
        }

        return (new Answer.Arranged(items.ToImmutable()), null);
    }

    private static (Answer? Answer, IReadOnlyDictionary<string, string>? Errors) Wrong(string field, string why) =>
        (null, new Dictionary<string, string>(StringComparer.Ordinal) { [field] = why });

    private static MenuOption[] Choices(AskedQuestion asked, ImmutableArray<string> items) =>
        [.. asked.Order.Select((item, at) => new MenuOption { Text = $"{AskedQuestion.Letter(at)}. {Plain(items[item])}", Value = item.ToString(CultureInfo.InvariantCulture) })];

    private static string Field(int number) => string.Create(CultureInfo.InvariantCulture, $"o{number}");

    private static string Plain(string markdown) => Cut(Bare(markdown), LongestItem);

    /// <summary>Fields show no Markdown.</summary>
    private static string Bare(string markdown) => Signs().Replace(markdown, "").ReplaceLineEndings(" ").Trim();

    private static string Cut(string text, int most) => MessageLimits.Cut(text, most);

    [GeneratedRegex(@"[`*_]+(?=\S)|(?<=\S)[`*_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Signs();
}
