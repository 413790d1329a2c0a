using System.Collections.Immutable;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Content;
using MattermostLearning.Content.Library;
using MattermostLearning.Content.Questions;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Recall;

/// <summary>
/// When a question comes again: Leitner's boxes. Right moves it one box on, wrong back into the first, partly right leaves it where it is; out of the last one it is known.
/// </summary>
/// <remarks>
/// S. Leitner, So lernt man lernen, 1972. The gaps widen to the 21 days that were best for remembering for ten weeks and still good for a year in N. Cepeda and others,
/// Spacing effects in learning, Psychological Science 19 (2008). That after a few recalls at wide gaps more of them add little is K. Rawson and J. Dunlosky, Optimizing schedules
/// of retrieval practice, Journal of Experimental Psychology: General 140 (2011).
/// </remarks>
public static class RecallBoxes
{
    /// <summary>A deck holds so many: what comes while it is full does not go in.</summary>
    public const int MostCards = 100;

    /// <summary>So many are asked in one go.</summary>
    public const int MostAtOnce = 10;

    /// <summary>After so many reminders without an answer there is silence.</summary>
    public const int MostReminders = 3;

    /// <summary>What is due and left alone is brought to mind again after this.</summary>
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Of a file that is not there any more, questions wait so long for it to come back.</summary>
    private static readonly TimeSpan FileMayComeBack = TimeSpan.FromDays(30);

    /// <summary>For each box, in how many days what lies in it is asked.</summary>
    public static ImmutableArray<int> Days { get; } = [1, 3, 7, 21];

    /// <summary>Where a card lies once it was answered; null when they know it.</summary>
    public static RecallCard? After(RecallCard card, Grade grade, DateTimeOffset now, TimeZoneInfo zone)
    {
        var box = grade.IsRight ? card.Box + 1 : grade.Points > 0 ? card.Box : 0;
        return box < Days.Length ? In(box, card, now, zone) : null;
    }

    /// <summary>A question was answered wrong: it lies in the first box, whether or not it was in the deck. Where it is being asked, that is over.</summary>
    public static RecallDeck WithMissed(RecallDeck deck, string slug, string questionId, DateTimeOffset now, TimeZoneInfo zone)
    {
        var others = deck.Cards.Where(card => !card.IsOf(slug, questionId)).ToList();
        return others.Count >= MostCards ? deck : deck with
        {
            Cards = [.. others, In(0, new RecallCard(slug, questionId, 0, now), now, zone)],
            Sitting = deck.Sitting is { } at && at.Slug == slug && at.QuestionId == questionId ? null : deck.Sitting,
            ChangedAt = now,
        };
    }

    /// <summary>What can be asked now, the longest due first.</summary>
    public static IReadOnlyList<RecallCard> Due(RecallDeck deck, ContentLibrary library, DateTimeOffset now) =>
        [.. deck.Cards.Where(card => card.DueAt <= now && QuestionOf(card, library) is not null).OrderBy(card => card.DueAt)];

    /// <summary>Without the questions that are not asked anywhere any more.</summary>
    public static RecallDeck WithoutGone(RecallDeck deck, ContentLibrary library, DateTimeOffset now) => deck with
    {
        Cards = [.. deck.Cards.Where(card => library.Find(card.Slug) is { } definition ? definition.Find(card.QuestionId) is not null : card.DueAt > now - FileMayComeBack)],
    };

    /// <param name="card">Of which question.</param>
    /// <param name="library">As it is now.</param>
    /// <param name="locale">Of whoever reads it; null for as it is written.</param>
    public static (ActivityDefinition Definition, Question Question)? QuestionOf(RecallCard card, ContentLibrary library, string? locale = null) =>
        library.Find(card.Slug)?.In(locale) is { } definition && definition.Find(card.QuestionId) is { } question ? (definition, question) : null;

    /// <summary>When they are next reminded, in their working hours: once something is due that they were not reminded of, or a week later. Null for not at all.</summary>
    public static DateTimeOffset? NextReminder(RecallDeck deck, WorkingHours hours, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (deck.Cards.Count == 0 || deck.Reminded >= MostReminders)
            return null;
        var first = deck.Cards.Min(card => card.DueAt > deck.RemindedAt || deck.RemindedAt is null ? card.DueAt : deck.RemindedAt.Value + Week);
        return hours.NextFrom(first > now ? first : now, zone);
    }

    private static RecallCard In(int box, RecallCard card, DateTimeOffset now, TimeZoneInfo zone) =>
        card with { Box = box, DueAt = LocalTime.ToInstant(LocalTime.DateOf(now, zone).AddDays(Days[box]), TimeOnly.MinValue, zone) };
}
