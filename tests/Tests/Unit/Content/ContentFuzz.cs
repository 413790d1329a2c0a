using System.Diagnostics;
using System.Text;
using CsCheck;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>Whatever a file holds, reading it ends soon and throws nothing. CsCheck prints the seed of a failure.</summary>
public sealed class ContentFuzz
{
    private static readonly string[] Pieces =
    [
        "---\n", "kind: challenge\n", "title: Ask\n", "schedule: ", "every Monday at 09:00", "time-zone: Europe/London\n", "remind: ", "1 day before close",
        "\n", ": ", "- ", "#", "@", "\"", "'", "[", "]", "{", "}", "&a", "*a", "|", ">", "\t", "  ", "## Hint", " after ", "1 day", "## Wrap-up\n", "not-on: ", "2027-01-11",
        "every", " 2 weeks", " on ", "Friday", "\u0000", "\uFEFF", "\u202E", "😀", "\uD800", "```\n", "* * * * *", "0 9 * * 1", "UTC+1", "!!binary ", "%YAML 1.2", "...", "? ", "ü",
    ];

    private static readonly Gen<string> Soup = Gen.Int[0, Pieces.Length - 1].Array[0, 60].Select(picks => string.Concat(picks.Select(pick => Pieces[pick])));

    private static readonly Gen<string> AnyText = Gen.OneOf(Soup, Gen.String[0, 400], Gen.Byte.Array[0, 400].Select(Encoding.UTF8.GetString));

    [Fact]
    public void No_text_makes_reading_throw_or_dawdle() => AnyText.Sample(text =>
    {
        var watch = Stopwatch.StartNew();
        Check(Reading.Read(text).Diagnostics);
        Check(Reading.Read("---\n" + text + "\n---\n" + text).Diagnostics);
        Check(Reading.ReadWith(text, text).Diagnostics);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
    }, iter: 3000);

    [Fact]
    public void No_words_make_a_value_throw_and_a_refusal_always_says_what_is_wrong() => AnyText.Sample(text =>
    {
        Said(Schedule.Read(text).Refusal);
        Said(DurationText.Read(text).Refusal);
        Said(WindowText.Read(text).Refusal);
        Said(ReminderText.Read(text).Refusal);
        Said(HintText.Read(text).Refusal);
        Said(ZoneText.Read(text).Refusal);
        Said(DateText.Read(text).Refusal);
    }, iter: 3000);

    [Fact]
    public void A_schedule_that_is_accepted_reads_back_from_its_own_words() => Soup.Sample(text =>
    {
        if (Schedule.TryParse(text, out var schedule))
            Schedule.Read(schedule.ToString()).Value.ShouldBe(schedule);
    }, iter: 3000);

    [Theory]
    [InlineData("a: ")]
    [InlineData("- ")]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("> ")]
    [InlineData("#")]
    [InlineData("*a")]
    [InlineData("## Hint\n")]
    [InlineData("every ")]
    [InlineData("9:00 ")]
    [InlineData("a\n")]
    [InlineData("\"")]
    [InlineData("1 day ")]
    [InlineData("![")]
    [InlineData("`")]
    public void A_megabyte_of_one_thing_ends_soon(string piece)
    {
        var watch = Stopwatch.StartNew();
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        Reading.ReadWith("summary: " + text[..Math.Min(text.Length, 60_000)]);
        Reading.ReadWith("", text);
        Schedule.Read(text);
        WindowText.Read(text);
        ReminderText.Read(text);
        HintText.Read(text);
        ZoneText.Read(text);
        DateText.Read(text);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    private static void Check(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var each in diagnostics)
        {
            each.Message.ShouldNotBeNullOrWhiteSpace();
            each.ToString().ShouldNotContain("\u0000");
        }
    }

    private static void Said(Refusal? refusal) => (refusal is null || refusal.Message.Length > 0).ShouldBeTrue();
}
