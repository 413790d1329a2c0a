using System.Globalization;
using MattermostLearning.Activities.Kinds.Challenge;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>What authors write who have never seen the format, and what it is taken for.</summary>
public sealed class ForgivingTests
{
    [Theory]
    [InlineData("name: Ask", "title", "Ask")]
    [InlineData("Description: Ask somebody.", "summary", "Ask somebody.")]
    [InlineData("when: Fridays at 3pm", "schedule", "every Friday at 15:00")]
    [InlineData("opens: every Friday 15:00", "schedule", "every Friday at 15:00")]
    [InlineData("duration: 2 days", "window", "2 days")]
    [InlineData("lasts: two days", "window", "2 days")]
    [InlineData("length: 48h", "window", "48 hours")]
    [InlineData("open: until Friday 16:00", "window", "until Friday 16:00")]
    [InlineData("deadline: Friday at 16:00", "window", "until Friday 16:00")]
    [InlineData("closes on: Friday 4pm", "window", "until Friday 16:00")]
    [InlineData("due: Friday at 16:00", "window", "until Friday 16:00")]
    [InlineData("holidays: 2027-04-05", "not-on", "2027-04-05")]
    [InlineData("skip: [2027-04-05, 2027-04-12]", "not-on", "2027-04-05 2027-04-12")]
    [InlineData("exceptions: 5 April 2027", "not-on", "2027-04-05")]
    [InlineData("number of rounds: 3", "rounds", "3")]
    [InlineData("Repetitions: 3", "rounds", "3")]
    [InlineData("start date: 2027-01-11", "from", "2027-01-11")]
    [InlineData("begins: 11 January 2027", "from", "2027-01-11")]
    [InlineData("end: 2027-03-31", "until", "2027-03-31")]
    [InlineData("end_date: 2027-03-31", "until", "2027-03-31")]
    [InlineData("reminder: yes", "remind", "1 day before close")]
    [InlineData("remind: true", "remind", "1 day before close")]
    [InlineData("reminders: off", "remind", "no")]
    [InlineData("where: ~learning", "channel", "learning")]
    [InlineData("post in: learning", "channel", "learning")]
    [InlineData("owner: hana.lead", "host", "hana.lead")]
    [InlineData("facilitator: \"@hana.lead\"", "host", "hana.lead")]
    [InlineData("organizer: Hana.Lead", "host", "hana.lead")]
    [InlineData("language: German", "language", "de")]
    [InlineData("language: Deutsch", "language", "de")]
    [InlineData("language: de-DE", "language", "de")]
    [InlineData("lang: en_GB", "language", "en")]
    [InlineData("tags: asking\ntopics: networks", "topics", "asking networks")]
    [InlineData("topics: [asking, networks]\ntag: Asking, people", "topics", "asking networks people")]
    public void A_key_by_another_name_and_a_value_in_other_words_are_taken(string lines, string key, string value)
    {
        // The helper adds a title and a schedule where the lines have none by that name.
        var text = Reading.Challenge(lines);
        if (key is "title" or "schedule")
            text = string.Join('\n', text.Split('\n').Where(line => !line.StartsWith($"{key}:", StringComparison.Ordinal)));
        var result = Reading.Read(text);
        ValueOf(result.Definition(), key).ShouldBe(value);
        result.Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("challenges/ask.md")]
    [InlineData("Challenge/ask.md")]
    [InlineData("challenges/spring/ask.md")]
    [InlineData("challenges/ask/activity.md")]
    [InlineData("content/challenges/ask.md")]
    public void The_folder_says_the_kind_where_the_file_does_not(string path)
    {
        const string text = "---\ntitle: Ask\nschedule: every Monday at 09:00\ntime-zone: London\n---\nAsk somebody.";
        Reading.Read(text, path).Definition().Kind.ShouldBe("challenge");
    }

    [Fact]
    public void A_kind_that_is_written_counts_more_than_the_folder() =>
        Reading.Read("---\ntype: chalenge\ntitle: Ask\nschedule: every Monday at 09:00\ntime-zone: London\n---\nAsk.", "challenges/ask.md").OnlyError().Help.ShouldBe("Did you mean `challenge`?");

    [Fact]
    public void Of_two_names_for_one_key_the_finding_names_the_line_and_the_name_of_the_other()
    {
        var error = Reading.ReadWith("name: Ask\ntitle: Tell").OnlyError();
        (error.Line, error.Message).ShouldBe((6, "`title` was already written in line 5, as `name`."));
    }

    private static string ValueOf(ChallengeDefinition definition, string key) => key switch
    {
        "title" => definition.Title,
        "summary" => definition.Summary,
        "schedule" => definition.Schedule!.ToString(),
        "window" => definition.Window.ToString()!,
        "not-on" => string.Join(' ', definition.Settings.NotOn.Select(Day)),
        "rounds" => definition.Rounds!.Value.ToString(CultureInfo.InvariantCulture),
        "from" => Day(definition.Settings.From!.Value),
        "until" => Day(definition.Until!.Value),
        "remind" => definition.Reminder.ToString()!,
        "channel" => string.Join(' ', definition.Channels),
        "host" => definition.Host!,
        "language" => definition.Settings.Language!,
        "topics" => string.Join(' ', definition.Topics),
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, null),
    };

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
