using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Recall;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Tests.Unit.Recall;

/// <summary>When a question comes again, as the page says, and when a deck is brought to mind.</summary>
public sealed class RecallBoxesTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("never right before, right now", 0, 100, "Fri 15", 1)]
    [InlineData("right once", 1, 100, "Tue 19", 2)]
    [InlineData("right twice", 2, 100, "Tue 02", 3)]
    [InlineData("right three times: known", 3, 100, "never", 0)]
    [InlineData("wrong the first time", 0, 0, "Wed 13", 0)]
    [InlineData("wrong in the last box: from the beginning", 3, 0, "Wed 13", 0)]
    [InlineData("partly right: once more after the same gap", 2, 50, "Tue 19", 2)]
    [InlineData("nearly all of it right is not right", 3, 99, "Tue 02", 3)]
    public void It_comes_again_on(string why, int box, int points, string expected, int expectedBox)
    {
        // Late on Tuesday 12 January in Berlin, while it is still Tuesday in Greenwich, too.
        var next = RecallBoxes.After(new RecallCard("quiz", "question", box, At("Tue 12 00:00")), new Grade(points, []), At("Tue 12 23:30"), Berlin);
        (next is null ? "never" : Local(next.DueAt, "ddd dd")).ShouldBe(expected, why);
        if (next is null)
            return;
        next.Box.ShouldBe(expectedBox);
        Local(next.DueAt, "HH:mm").ShouldBe("00:00", "the whole day is good for it");
    }

    [Theory]
    [InlineData("in the morning of the day", "Wed 13 00:00", "", 0, "Tue 12 10:00", "Wed 13 09:00")]
    [InlineData("due already", "Tue 12 00:00", "", 0, "Tue 12 10:00", "Tue 12 10:00")]
    [InlineData("due at the weekend", "Sat 16 00:00", "", 0, "Fri 15 10:00", "Mon 18 09:00")]
    [InlineData("reminded of it today: a week later", "Tue 12 00:00", "Tue 12 09:00", 1, "Tue 12 10:00", "Tue 19 09:00")]
    [InlineData("reminded of another one today: when it is due", "Tue 12 00:00,Wed 13 00:00", "Tue 12 09:00", 1, "Tue 12 10:00", "Wed 13 09:00")]
    [InlineData("reminded twice without an answer", "Tue 12 00:00", "Tue 12 09:00", 2, "Tue 12 10:00", "Tue 19 09:00")]
    [InlineData("reminded three times without an answer: silence", "Tue 12 00:00", "Tue 12 09:00", 3, "Tue 12 10:00", "never")]
    [InlineData("nothing in it", "", "", 0, "Tue 12 10:00", "never")]
    public void A_deck_is_brought_to_mind(string why, string due, string remindedAt, int reminded, string now, string expected)
    {
        var deck = new RecallDeck
        {
            PersonId = "person",
            ChangedAt = At(now),
            Reminded = reminded,
            RemindedAt = remindedAt.Length == 0 ? null : At(remindedAt),
            Cards = [.. due.Split(',', StringSplitOptions.RemoveEmptyEntries).Select((at, index) => new RecallCard("quiz", $"{index}", 0, At(at)))],
        };
        var next = RecallBoxes.NextReminder(deck, WorkingHours.Usual, Berlin, At(now));
        (next is { } moment ? Local(moment, "ddd dd HH:mm") : "never").ShouldBe(expected, why);
    }

    [Fact]
    public void A_full_deck_takes_nothing_new_and_what_is_in_it_goes_back_to_the_first_box()
    {
        var (now, deck) = (At("Tue 12 10:00"), new RecallDeck { PersonId = "person", ChangedAt = At("Tue 12 10:00") });
        for (var number = 0; number < RecallBoxes.MostCards + 5; number++)
            deck = RecallBoxes.WithMissed(deck, "quiz", $"{number}", now, Berlin);
        deck.Cards.Count.ShouldBe(RecallBoxes.MostCards);
        deck = deck with { Cards = [.. deck.Cards.Select(card => card with { Box = 3 })] };
        deck = RecallBoxes.WithMissed(deck, "quiz", "7", now, Berlin);
        deck.Cards.Count.ShouldBe(RecallBoxes.MostCards);
        deck.Cards.Where(card => card.Box == 0).ShouldHaveSingleItem().QuestionId.ShouldBe("7");
    }

    private static string Local(DateTimeOffset at, string format) => TimeZoneInfo.ConvertTime(at, Berlin).ToString(format, CultureInfo.InvariantCulture);

    /// <summary>In January 2027, in Berlin.</summary>
    private static DateTimeOffset At(string text) =>
        new(DateTime.ParseExact($"2027-01-{text[4..]}", "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(1));
}
