using System.Text;
using CsCheck;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Schedules;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>Whatever a file holds, reading it ends, throws nothing, and costs in proportion to its length.</summary>
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
    public void No_text_makes_reading_throw_or_hang() => AnyText.Always(times: 3_000, text =>
    {
        Check(Reading.Read(text).Diagnostics);
        Check(Reading.Read("---\n" + text + "\n---\n" + text).Diagnostics);
        Check(Reading.ReadWith(text, text).Diagnostics);
    });

    [Fact]
    public void No_words_make_a_value_throw_and_a_refusal_always_says_what_is_wrong() => AnyText.Always(times: 3_000, text =>
    {
        Said(Schedule.Read(text).Refusal);
        Said(DurationText.Read(text).Refusal);
        Said(WindowText.Read(text).Refusal);
        Said(ReminderText.Read(text).Refusal);
        Said(HintText.Read(text).Refusal);
        Said(ZoneText.Read(text).Refusal);
        Said(DateText.Read(text).Refusal);
    });

    [Fact]
    public void A_schedule_that_is_accepted_reads_back_from_its_own_words() => Soup.Always(times: 3_000, text =>
    {
        if (Schedule.TryParse(text, out var schedule))
            Schedule.Read(schedule.ToString()).Value.ShouldBe(schedule);
    });

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
    public void Of_one_thing_over_and_over_twice_as_much_costs_twice_as_much(string piece)
    {
        var readers = new Dictionary<string, Action<string>>
        {
            ["a value"] = text => Reading.ReadWith("summary: " + text[..Math.Min(text.Length, 60_000)]),
            ["a body"] = text => Reading.ReadWith("", text),
            ["a schedule"] = text => Schedule.Read(text),
            ["a window"] = text => WindowText.Read(text),
            ["a reminder"] = text => ReminderText.Read(text),
            ["a hint"] = text => HintText.Read(text),
            ["a zone"] = text => ZoneText.Read(text),
            ["a date"] = text => DateText.Read(text),
        };
        foreach (var (what, read) in readers)
        {
            // What is written on the heap is counted and not the time, which is the machine's. Read once before it is counted: caches fill.
            var (once, twice) = (Written(read, piece, 250_000), Written(read, piece, 500_000));
            twice.ShouldBeLessThan((2.5 * once) + 100_000, what);
        }
    }

    private static double Written(Action<string> read, string piece, int length)
    {
        var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        read(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        read(text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
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
