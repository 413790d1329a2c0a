using MattermostLearning.Activities.Kinds.Challenge;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Tests.Unit.Content;

public sealed class DocumentTests
{
    private const string OneGoodQuestion = """
        ---
        kind: challenge
        title: One good question
        summary: Ask somebody outside your team one question that you really want answered.
        channel: learning
        schedule: every Monday at 09:00
        time-zone: Europe/London
        open-for: 4 days
        remind: 1 day before close
        rounds: 6
        host: learning.lead
        when-missed: send late
        ---
        Ask somebody outside your team **one question** that you really want answered. Then tell us in this thread: the question, and what you learned.

        ## Hint after 1 day
        "What do you know now that you wish you had known a year ago?" works with nearly everybody.

        ## Wrap-up
        What did asking feel like? Whom will you ask next week?
        """;

    [Fact]
    public void The_challenge_of_the_first_page_is_read()
    {
        var definition = Reading.Read(OneGoodQuestion, "challenges/one-good-question.md").Definition();
        definition.Slug.ShouldBe("one-good-question");
        definition.Kind.ShouldBe("challenge");
        definition.Title.ShouldBe("One good question");
        definition.Channels.ShouldBe([new ChannelReference(null, "learning")]);
        definition.Schedule!.ToString().ShouldBe("every Monday at 09:00");
        definition.Zone.Id.ShouldBe("Europe/London");
        definition.Window.ToString().ShouldBe("4 days");
        definition.Reminder.ToString().ShouldBe("1 day before close");
        definition.Rounds.ShouldBe(6);
        definition.Host.ShouldBe("learning.lead");
        definition.WhenMissed.ShouldBe(WhenMissed.SendLate);
        definition.Start.ShouldBe(StartMode.WhenAsked);
        definition.Body.ShouldStartWith("Ask somebody outside your team **one question**");
        definition.Body.ShouldEndWith("what you learned.");
        definition.Hints.ShouldHaveSingleItem().Argument.ShouldBe(new HintTime.After(WrittenDuration.OfDays(1)));
        definition.Hints[0].Markdown.ShouldStartWith("\"What do you know now");
        definition.WrapUp.ShouldBe("What did asking feel like? Whom will you ask next week?");
        definition.WrapUpPlace.ShouldBe(WrapUpPlace.Thread);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var definition = Reading.ReadWith("").Definition();
        definition.Slug.ShouldBe("sample");
        definition.Window.ToString().ShouldBe("4 days");
        definition.Reminder.ToString().ShouldBe("1 day before close");
        definition.Rounds.ShouldBe(6);
        definition.Host.ShouldBeNull();
        definition.Channels.ShouldBeEmpty();
        definition.Settings.ShowNames.ShouldBe(ShowNames.Yes);
        definition.Settings.Draft.ShouldBeFalse();
        definition.Summary.ShouldBe("");
    }

    [Fact]
    public void A_daily_round_is_open_for_a_day_and_has_no_reminder_unless_it_is_written()
    {
        var definition = Reading.ReadWith("schedule: every weekday at 09:00").Definition();
        definition.Window.ToString().ShouldBe("1 day");
        definition.Reminder.ShouldBe(new ReminderTime.None());
    }

    [Theory]
    [InlineData("TimeZone: Berlin", "Europe/Berlin")]
    [InlineData("timezone: Berlin", "Europe/Berlin")]
    [InlineData("time_zone: Berlin", "Europe/Berlin")]
    [InlineData("Time Zone: Berlin", "Europe/Berlin")]
    [InlineData("tz: Europe/Berlin", "Europe/Berlin")]
    public void Keys_are_read_in_any_case_with_hyphen_underscore_or_space(string line, string zone) =>
        Reading.ReadWith(line).Definition().Zone.Id.ShouldBe(zone);

    [Theory]
    [InlineData("channel: learning", "learning")]
    [InlineData("channel: ~learning", "learning")]
    [InlineData("channel: \"#learning\"", "learning")]
    [InlineData("channel: sales/learning", "sales/learning")]
    [InlineData("channel: sales/~learning", "sales/learning")]
    [InlineData("channel: Learning and growth", "Learning and growth")]
    [InlineData("channels: learning, sales/learning", "learning|sales/learning")]
    [InlineData("channels: [learning, ~sales]", "learning|sales")]
    [InlineData("channels:\n  - learning\n  - ~sales", "learning|sales")]
    public void Channels_are_read_in_all_their_forms(string lines, string expected) =>
        string.Join('|', Reading.ReadWith(lines).Definition().Channels).ShouldBe(expected);

    [Theory]
    [InlineData("start: when loaded\nchannel: learning", "host")]
    [InlineData("start: when loaded\nhost: learning.lead", "channel")]
    public void What_starts_by_itself_has_to_say_where_and_who_answers_for_it(string lines, string missing) =>
        Reading.ReadWith(lines).Diagnostics.Where(one => one.Severity == Severity.Error).ShouldHaveSingleItem()
            .Message.ShouldBe($"What starts by itself needs `{missing}:`, since nobody is there to say it.");

    [Fact]
    public void Other_settings_are_read_as_people_write_them()
    {
        var definition = Reading.ReadWith("""
            starts: 2027-01-11
            until: 31 March 2027
            not-on: [2027-01-18, 2027-02-15]
            closes: Friday at 16:00
            remind: Thursday at 10:00
            tags: asking, networks
            team: people
            channel: learning
            host: "@Learning.Lead"
            language: de
            show-names: count
            start: When Loaded
            when_missed: skip
            wrap-up: channel
            was: good-question
            slug: ask
            """).Definition();
        definition.Settings.From.ShouldBe(new DateOnly(2027, 1, 11));
        definition.Until.ShouldBe(new DateOnly(2027, 3, 31));
        definition.Rounds.ShouldBeNull();
        definition.Settings.NotOn.ShouldBe([new DateOnly(2027, 1, 18), new DateOnly(2027, 2, 15)]);
        definition.Window.ToString().ShouldBe("until Friday 16:00");
        definition.Reminder.ToString().ShouldBe("Thursday at 10:00");
        definition.Topics.ShouldBe(["asking", "networks"]);
        definition.Team.ShouldBe("people");
        definition.Host.ShouldBe("learning.lead");
        definition.Settings.Language.ShouldBe("de");
        definition.Settings.ShowNames.ShouldBe(ShowNames.Count);
        definition.Start.ShouldBe(StartMode.WhenLoaded);
        definition.WhenMissed.ShouldBe(WhenMissed.Skip);
        definition.WrapUpPlace.ShouldBe(WrapUpPlace.Channel);
        definition.Settings.Was.ShouldBe("good-question");
        definition.Slug.ShouldBe("ask");
    }

    [Theory]
    [InlineData("one-good-question.md", "one-good-question", null)]
    [InlineData("challenges/One Good Question.md", "one-good-question", null)]
    [InlineData("challenges/it's_time!.MD", "its-time", null)]
    [InlineData("challenges/ask/activity.md", "ask", null)]
    [InlineData("challenges/ask/activity.de.md", "ask", "de")]
    [InlineData("challenges/ask.de.md", "ask", "de")]
    [InlineData("challenges/ask.v2.md", "ask-v2", null)]
    [InlineData("challenges/Über uns.md", "über-uns", null)]
    public void The_name_of_a_file_is_its_slug(string path, string slug, string? language) =>
        DocumentName.FromPath(path).ShouldBe(new DocumentName(slug, language));

    [Fact]
    public void The_hash_does_not_depend_on_line_ends_or_a_byte_order_mark()
    {
        var text = Reading.Challenge("rounds: 6");
        var plain = Reading.Read(text).Definition();
        var windows = Reading.Read("\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal)).Definition();
        windows.Hash.ShouldBe(plain.Hash);
        windows.Body.ShouldBe(plain.Body);
        plain.Hash.Length.ShouldBe(64);
    }

    [Fact]
    public void A_definition_can_be_read_again_from_its_stored_source()
    {
        var definition = Reading.Read(OneGoodQuestion, "challenges/one-good-question.md").Definition();
        var again = Reading.Read(definition.SourceText, definition.Path).Definition();
        again.Hash.ShouldBe(definition.Hash);
        again.Body.ShouldBe(definition.Body);
        again.Slug.ShouldBe(definition.Slug);
    }
}
