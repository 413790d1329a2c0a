using System.Diagnostics;
using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Rehearsal;
using MattermostLearning.Sidecar.Rehearsal.People;
using MattermostLearning.Sidecar.Rehearsal.Reports;
using MattermostLearning.Sidecar.Setup;
using MattermostLearning.Sidecar.Verbs;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Weeks of activities in seconds: the real sidecar, simulated learners, and what somebody is told about it.</summary>
public sealed class RehearsalTests : IDisposable
{
    private const string Monday = "2027-01-11";

    private static readonly string Starter = Path.Combine(Repository.Root, "content/challenges/one-good-question.md");

    private readonly Unit.Host.Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_starter_activity_rehearsed_reads_like_this() =>
        Snapshot.Verify(await RunAsync("rehearse", Starter, "--from", Monday, "--weeks", "1", "--learners", "6"), "rehearsal");

    [Theory]
    [InlineData("content/challenges/one-good-question.md", 0, "a second.")]
    [InlineData("content/none.md", 1, "is not there")]
    public async Task The_program_hands_on_what_the_process_that_it_starts_for_it_says_and_ends_with(string path, int code, string said)
    {
        string[] line = ["exec", Path.Combine(AppContext.BaseDirectory, "MattermostLearning.Sidecar.dll"), "rehearse", Path.Combine(Repository.Root, path), "--from", Monday, "--weeks", "1", "--learners", "6"];
        using var process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", line)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var beside = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var report = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(code);
        (await beside).ShouldContain(said);
        if (code == 0)
            Snapshot.Verify(report, "rehearsal");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("ics")]
    [InlineData("html")]
    public async Task The_same_seed_gives_the_same_to_the_byte_and_another_seed_something_else(string format)
    {
        // Three that open at one instant, and people who act on all of them.
        foreach (var name in new[] { "one", "two", "three" })
            Write(name, ("title", $"Question {name}"));
        string[] line = ["rehearse", Content, "--from", Monday, "--weeks", "2", "--learners", "30", "--format", format];

        var first = await RunAsync([.. line, "--seed", "7"]);

        (await RunAsync([.. line, "--seed", "7"])).ShouldBe(first);
        (await RunAsync([.. line, "--seed", "8"])).ShouldNotBe(first);
    }

    [Fact]
    public async Task Whoever_is_silent_gets_nothing_alone_and_whoever_has_left_no_more()
    {
        Write("one");

        var rehearsed = await RehearseAsync(learners: 20, weeks: 6);

        var silent = rehearsed.Learners.Where(one => one.Temper == Temper.Silent).ToList();
        silent.Count.ShouldBe(4);
        silent.ShouldAllBe(who => rehearsed.SeenBy(who).Any() && rehearsed.SeenBy(who).All(told => told.IsForAll));
        foreach (var gone in rehearsed.Learners.Where(one => one.Temper == Temper.Leaving))
        {
            var left = rehearsed.Told.Last(told => told.Reader == gone.UserName);
            left.Where.ShouldBe(ToldWhere.Private); // the answer to /learn leave is the last they hear
        }
    }

    [Fact]
    public async Task People_take_part_each_in_their_own_way_and_in_their_own_day()
    {
        Write("one");

        var rehearsed = await RehearseAsync(learners: 20, weeks: 4);

        var acts = rehearsed.Happened.Where(one => one.Kind is TranscriptKind.Clicked or TranscriptKind.Posted or TranscriptKind.Reacted).ToList();
        foreach (var who in rehearsed.Learners)
        {
            var own = acts.Where(act => act.Who == $"@{who.UserName}").ToList();
            (own.Count > 0).ShouldBe(who.Temper != Temper.Silent, who.UserName);
            own.ShouldAllBe(act => TimeZoneInfo.ConvertTime(act.At, who.Zone).Hour >= 8 && TimeZoneInfo.ConvertTime(act.At, who.Zone).Hour <= 20);
        }

        rehearsed.Told.ShouldContain(told => told.Purpose == MessagePurpose.Nudge);
    }

    [Theory]
    [InlineData("challenges")]
    [InlineData("challenges/of-one-week")]
    public async Task A_folder_says_of_which_kind_its_files_are(string under)
    {
        var file = _folder.Write($"content/{under}/one.md", Stage.Challenge(("host", null), ("kind", null)));

        (await RunAsync("rehearse", Path.GetDirectoryName(file)!, "--from", Monday, "--weeks", "1", "--learners", "2")).ShouldStartWith("A rehearsal of one activity ");
        (await RunAsync("preview", file)).ShouldContain("Ask somebody **one question**.");
    }

    [Fact]
    public async Task It_warns_of_many_openings_on_one_day_and_shows_what_collides()
    {
        foreach (var name in new[] { "one", "two", "three" })
            Write(name, ("title", $"Question {name}"));

        var rehearsed = await RehearseAsync(learners: 5, weeks: 2);

        rehearsed.Warnings.ShouldHaveSingleItem().ShouldBe(
            "3 activities open on one day, Monday 11 January: Question one, Question three, Question two. So it is, with 3 or more, on 2 Mondays of these weeks. "
            + "Start fewer of them, or spread them over the week.");
        var collision = Load.Of(rehearsed).Collisions.ShouldHaveSingleItem();
        (collision.Channel, collision.Titles.Count, collision.Times).ShouldBe(("learning", 3, 2));
    }

    [Fact]
    public async Task It_warns_of_what_comes_to_a_channel_at_night()
    {
        Write("one", ("open-for", "3 days 14 hours"), ("remind", "no"));
        Write("two", ("title", "By day"));

        var rehearsed = await RehearseAsync(learners: 5, weeks: 2);

        rehearsed.Warnings.ShouldHaveSingleItem().ShouldStartWith("One good question writes into ~learning at night, by its own clock: for example Thursday 23:00 in London. ");
    }

    [Fact]
    public async Task It_warns_of_rounds_that_fall_on_a_holiday_and_of_what_never_opens()
    {
        Write("one");
        Write("later", ("title", "Much later"), ("from", "2028-01-01"));
        var holidays = _folder.Write("holidays.ics", """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//test//EN
            BEGIN:VEVENT
            UID:1
            DTSTART;VALUE=DATE:20270118
            SUMMARY:Founders' day
            END:VEVENT
            END:VCALENDAR
            """.ReplaceLineEndings("\r\n"));

        var text = await RunAsync("rehearse", Content, "--from", Monday, "--weeks", "2", "--learners", "3", $"--Calendar:Holidays={holidays}");

        text.ShouldContain("! One good question does not open on Monday 18 January 2027, which is a holiday (Founders' day).");
        text.ShouldContain("! Much later says nothing in these 2 weeks: it opens first on Monday 3 January 2028. `--weeks` or `--from` reaches that.");
    }

    [Fact]
    public void It_warns_of_reminders_at_night_on_weekends_and_of_too_many()
    {
        var anna = Population.Of(1)[0];
        var night = new DateTimeOffset(2027, 1, 16, 2, 30, 0, TimeSpan.Zero); // a Saturday, and 03:30 where she is
        var told = Enumerable.Range(0, 6).Select(hour => new Told(
            night.AddMinutes(hour), ToldWhere.Direct, "", anna.UserName, MessagePurpose.Nudge, "one", "", false, false,
            new TranscriptEntry(night.AddMinutes(hour), TranscriptKind.Posted, "", "@learning", hour, 0, "Soon", [], ""))).ToList();
        var line = new RehearsalLine(Content, new DateOnly(2027, 1, 11), 1, 1, 1, null);
        var from = new DateTimeOffset(2027, 1, 11, 0, 0, 0, TimeSpan.Zero);

        Warning.OfMessages(new Rehearsed(line, from, from.AddDays(7), [], [anna], [("learning.lead", TimeZoneInfo.Utc)], told, [], new Dictionary<string, int>(), [])).ShouldBe(
        [
            "A reminder of one comes at night to one person: for example Saturday 03:30 in Berlin. `remind:` with a time of day, or another closing time, moves it.",
            "A reminder of one comes on a weekend to one person: for example Saturday 03:30 in Berlin.",
            "One person gets more than 5 direct messages in one week without having asked for them just then, up to 6.",
        ]);
    }

    [Fact]
    public async Task The_page_is_one_file_that_fetches_nothing()
    {
        Write("one", ("body", "Look at ![this](https://example.org/picture.png) and <b>that</b> and [here](javascript:alert(1))."));

        var page = await RunAsync("rehearse", Content, "--from", Monday, "--weeks", "1", "--learners", "5", "--format", "html");

        page.ShouldStartWith("<!doctype html>");
        page.ShouldContain("default-src 'none'; style-src 'unsafe-inline'");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<img");
        page.ShouldNotContain("<link");
        page.ShouldNotContain("url(");
        page.ShouldNotContain("<b>that");
        page.ShouldNotContain("javascript:");
        page.ShouldContain("<a href=\"https://example.org/picture.png\">this</a>");
    }

    [Fact]
    public async Task Programs_get_every_message_with_its_reader_and_their_own_time()
    {
        Write("one");

        var json = JsonNode.Parse(await RunAsync("rehearse", Content, "--from", Monday, "--weeks", "1", "--learners", "12", "--format", "json"))!;

        var opening = json["messages"]!.AsArray().First(one => one!["where"]!.GetValue<string>() == "channel")!;
        opening["at"]!.GetValue<string>().ShouldBe("2027-01-11T09:00:00Z");
        opening["activity"]!.GetValue<string>().ShouldBe("one");
        json["messages"]!.AsArray().ShouldContain(one => one!["purpose"]!.GetValue<string>() == "nudge" && one["reader"] != null);
    }

    [Theory]
    [InlineData("--format=yaml", "`yaml` is no format: text, json, ics, html are.")]
    [InlineData("--from=tomorrow", "`tomorrow` is no date: 2027-01-11 is one.")]
    [InlineData("--weeks=0", "`--weeks` takes a number from 1 to 60, and `0` is none.")]
    [InlineData("--learners=-3", "`--learners` takes a number from 1 to 20000, and `-3` is none.")]
    [InlineData("--Data:Path=/x", "`rehearse` reads no setting but Calendar:Holidays, so `Data:Path` means nothing to it.")]
    public async Task A_slip_on_its_line_is_said_in_a_sentence(string option, string sentence) =>
        (await Should.ThrowAsync<UsageException>(() => RunAsync("rehearse", Starter, option))).Message.ShouldBe(sentence);

    [Fact]
    public async Task What_is_not_there_or_broken_is_said_with_its_place()
    {
        var broken = _folder.Write("content/broken.md", "---\nkind: challenge\ntitle: Broken\nschedule: every Mounday\n---\nText\n");

        (await Should.ThrowAsync<CannotStartException>(() => RunAsync("rehearse", Content + "/none.md"))).Message.ShouldContain("is not there");
        (await Should.ThrowAsync<CannotStartException>(() => RunAsync("preview", broken))).Message.ShouldContain("every Mounday");
    }

    private string Content => Path.Combine(_folder.Path, "content");

    private void Write(string slug, params (string Key, string? Value)[] changes) =>
        _folder.Write($"content/{slug}.md", Stage.Challenge([("host", null), .. changes]));

    private async Task<Rehearsed> RehearseAsync(int learners, int weeks)
    {
        using var content = RehearsalContent.Take(Content);
        return await RehearsalRun.RunAsync(new RehearsalLine(Content, new DateOnly(2027, 1, 11), weeks, learners, 1, null), content);
    }

    internal static async Task<string> RunAsync(params string[] line)
    {
        var output = new StringWriter();
        (await CommandLine.RunAsync(line, new Terminal(output, isInteractive: false), new SidecarSetup { Environment = new Dictionary<string, string?>() }, TestContext.Current.CancellationToken)).ShouldBe(0);
        return output.ToString();
    }
}
