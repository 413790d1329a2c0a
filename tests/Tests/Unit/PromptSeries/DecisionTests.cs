using CsCheck;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Kinds.PromptSeries;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.PromptSeries;

/// <summary>What a series decides, from a scene alone.</summary>
public sealed class DecisionTests
{
    private const string Host = "host";

    private static readonly PromptSeriesKind Kind = new();
    private static readonly DateTimeOffset Monday = LearningTown.At("2027-01-11 09:00");

    private static readonly PromptSeriesDefinition Definition = (PromptSeriesDefinition)new ContentReader([new PromptSeriesContent()]).Read(
        "prompt-series/mondays.md", "---\ntitle: Mondays\nschedule: every Monday at 09:00\ntime-zone: Europe/London\nopen-for: 5 days\ninvite: 3\n---\n- What one?\n- What two?\n").Definition!;

    [Theory]
    [InlineData("nobody has spoken", null, false)]
    [InlineData("on Friday morning, before the hour", "2027-01-15 08:59", false)]
    [InlineData("on Friday", "2027-01-15 09:00", true)]
    [InlineData("at the weekend", "2027-01-16 20:00", true)]
    [InlineData("a minute ago", "2027-01-18 08:59", true)]
    public void A_week_is_left_out_while_somebody_has_spoken_since_this_time_of_the_working_day_before(string why, string? spokeAt, bool leftOut)
    {
        var due = Monday.AddDays(7);
        var scene = SceneAt(due, Round(Monday) with { Status = OccurrenceStatus.Closed }, [Person(Host)]) with
        {
            Contributions = spokeAt is null ? [] : [new Contribution { PostId = "post", OccurrenceId = Round(Monday).Id, PersonId = "ann", At = LearningTown.At(spokeAt) }],
        };

        var decision = Kind.Decide(scene, new RoundDue(due));

        decision.LeavesOut.ShouldBe(leftOut, why);
        decision.Messages.Count.ShouldBe(leftOut ? 1 : 0, "its host is told why nothing came");
    }

    [Theory]
    [InlineData("nobody has spoken", null, 0, "now")]
    [InlineData("one has, yesterday", "2027-01-12 15:00", 1, "2027-01-14 15:00")]
    [InlineData("one has, in the evening", "2027-01-12 20:00", 1, "2027-01-15 09:00")]
    [InlineData("one has, long ago", "2027-01-11 09:00", 1, "now")]
    [InlineData("three have: it had its conversation", "2027-01-11 09:00", 3, "never")]
    [InlineData("one has, too late for this round", "2027-01-13 08:59", 1, "2027-01-15 09:00")]
    public void The_host_is_told_two_days_after_the_last_word(string why, string? lastAt, int contributors, string expected)
    {
        var now = Monday.AddDays(2);
        var round = Round(Monday) with { Contributors = contributors, LastContributionAt = lastAt is null ? null : LearningTown.At(lastAt) };

        var decision = Kind.Decide(SceneAt(now, round, [Person(Host)]), new MomentCame("quiet", Host, now));

        decision.Messages.Select(row => (row.PersonId, row.Purpose)).ShouldBe(expected == "now" ? [(Host, MessagePurpose.Nudge)] : [], why);
        decision.Moments.Select(moment => moment.At).ShouldBe(expected is "now" or "never" ? [] : [LearningTown.At(expected)], why);
    }

    [Theory]
    [InlineData("who agreed", true, 0, null, false, true)]
    [InlineData("who took it back", false, 0, null, false, false)]
    [InlineData("who has spoken", true, 1, null, false, false)]
    [InlineData("who was asked thirteen days ago", true, 0, 13, false, false)]
    [InlineData("who was asked two weeks ago", true, 0, 14, false, true)]
    [InlineData("who wants no reminders", true, 0, null, true, false)]
    public void At_its_moment_an_invitation_goes_to_somebody(string whom, bool agreed, int contributions, int? askedDaysAgo, bool remindersOff, bool goes)
    {
        var now = Monday.AddMinutes(5);
        var person = Person("ann", agreed, askedDaysAgo is { } days ? now.AddDays(-days) : null, remindersOff) with
        {
            Participation = new Participation { OccurrenceId = Round(Monday).Id, PersonId = "ann", Contributions = contributions },
        };

        var decision = Kind.Decide(SceneAt(now, Round(Monday), [person]), new MomentCame("invite", "ann", now));

        decision.Messages.Count.ShouldBe(goes ? 1 : 0, whom);
        decision.Changes.Find<PersonSettings>("ann")?.Document?.InvitedAt.ShouldBe(now);
    }

    /// <summary>Weeks of two series with the same people, who agree and take it back as they like.</summary>
    [Fact]
    public void Nobody_is_asked_twice_within_two_weeks_nor_without_having_agreed() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 11], Gen.Int[0, 3]).List[80].Always(60, draws =>
        {
            Dictionary<string, PersonSettings> settings = [];
            HashSet<string> agreed = [];
            List<(string Person, DateTimeOffset At)> asked = [];
            var now = Monday;
            foreach (var (who, act, days) in draws)
            {
                now = now.AddDays(days);
                var personId = $"person{who}";
                if (act < 6)
                {
                    agreed.Add(personId);
                    continue;
                }

                if (act < 8)
                {
                    agreed.Remove(personId);
                    continue;
                }

                var round = Round(now, run: act % 2 == 0 ? "one" : "other");
                var people = Enumerable.Range(0, 10).Select(i => $"person{i}")
                    .Select(id => new PersonInScene(id, Profile(id), null, agreed.Contains(id) ? Agreed(id) : null, settings.GetValueOrDefault(id))).ToList();
                var opened = SceneAt(now, round, [Person(Host), .. people]);
                foreach (var moment in Kind.Decide(opened, new RoundOpened()).Moments.Where(one => one.What == "invite"))
                {
                    agreed.ShouldContain(moment.PersonId!);
                    // Between the draw and its moment somebody may take it back.
                    if (moment.PersonId == personId)
                        agreed.Remove(personId);
                    var one = people.Single(each => each.Id == moment.PersonId) with { Enrollment = agreed.Contains(moment.PersonId!) ? Agreed(moment.PersonId!) : null };
                    var decision = Kind.Decide(SceneAt(moment.At, round, [one]), new MomentCame(moment.What, moment.PersonId, moment.At));
                    foreach (var row in decision.Messages)
                    {
                        agreed.ShouldContain(row.PersonId!);
                        asked.Where(each => each.Person == row.PersonId).ShouldAllBe(each => moment.At - each.At >= TimeSpan.FromDays(14));
                        asked.Add((row.PersonId!, moment.At));
                        settings[row.PersonId!] = decision.Changes.Find<PersonSettings>(row.PersonId!)!.Document!;
                    }
                }
            }
        });

    [Fact]
    public void At_most_as_many_are_asked_as_the_file_says_and_the_same_ones_when_it_is_decided_again()
    {
        var people = Enumerable.Range(0, 40).Select(i => Person($"person{i:00}", agreed: true)).ToList();
        var first = Drawn(Monday);
        first.Count.ShouldBe(3);
        first.ShouldBe(Drawn(Monday));
        first.ShouldNotBe(Drawn(Monday.AddDays(7)), "another round draws others");

        List<string?> Drawn(DateTimeOffset at) =>
            [.. Kind.Decide(SceneAt(at, Round(at), [Person(Host), .. people]), new RoundOpened()).Moments.Where(one => one.What == "invite").Select(one => one.PersonId)];
    }

    private static Occurrence Round(DateTimeOffset at, string run = "run") => new()
    {
        Id = Occurrence.IdOf(run, at), RunId = run, Instant = at, OpenedAt = at, ClosesAt = at.AddDays(5), DefinitionHash = Definition.Hash, RootRowId = "root",
    };

    private static PersonInScene Person(string id, bool agreed = false, DateTimeOffset? askedAt = null, bool remindersOff = false) =>
        new(id, Profile(id), null, agreed ? Agreed(id) : null, new PersonSettings { PersonId = id, InvitedAt = askedAt, RemindersOff = remindersOff });

    private static PersonProfile Profile(string id) => new(id, id, id, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), "en");

    private static Enrollment Agreed(string id) => new() { RunId = "run", PersonId = id, Since = Monday.AddDays(-7) };

    private static Scene SceneAt(DateTimeOffset now, Occurrence round, IReadOnlyList<PersonInScene> people) => new()
    {
        Now = now,
        Definition = Definition,
        Run = new Run
        {
            Id = round.RunId, Slug = Definition.Slug, Kind = Definition.Kind, TeamId = "team", ChannelId = "channel", HostId = Host, CreatedAt = Monday.AddDays(-3),
            DecidedThrough = now, DefinitionHash = Definition.Hash,
        },
        Round = round,
        Calendar = RunCalendar.WithoutHolidays,
        NextInstant = now.AddDays(7),
        Speech = Catalogue.Shipped.For("en"),
        SpeechFor = Catalogue.Shipped.For,
        People = people.ToDictionary(one => one.Id),
        Enrolled = [.. people.Select(one => one.Enrollment).OfType<Enrollment>()],
    };
}
