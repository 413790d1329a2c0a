using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Storage.LiteDb;
using MattermostLearning.TestKit;
using MattermostLearning.Tests.Contract.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>
/// A year of a community on a real data file: nothing is left in it that nobody needs, and nothing at all when its time has passed.
/// `MATTERMOST_LEARNING_SCALE=50` makes it a thousand people; the file's sizes are printed.
/// </summary>
public sealed class YearTests : IDisposable
{
    private const int Weeks = 52;
    private static readonly int People = 20 * Trials.Scale;

    private static readonly DateTimeOffset FirstMonday = new(2027, 1, 4, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private LiteDbStore _store = null!;

    public static TheoryData<int> Seeds => [.. Trials.Seeds(20270104)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>Everybody is in every round of a weekly challenge; each week a third of them reply, of whom some react, and the others are reminded.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_year_of_everybody_leaves_no_dead_rows(int seed)
    {
        var names = Enumerable.Range(1, People).Select(number => string.Create(CultureInfo.InvariantCulture, $"person{number}")).ToList();
        await using var world = await WorldAsync(names);
        var dice = new Random(seed);
        await Stage.StartRunAsync(world);
        await JumpToAsync(world, FirstMonday);
        var run = (await _store.FindAsync(Run.ByStatus, nameof(RunStatus.Running))).ShouldHaveSingleItem();
        var runtime = world.Services.GetRequiredService<ActivityRuntime>();
        foreach (var name in names)
            await runtime.ActAsync(run.Id, new Acted(world.As(name).Id, PersonAction.EveryRound, null), Cancel);

        List<(DateTimeOffset Closed, int Replies)> weeks = [];
        for (var week = 1; week <= Weeks; week++)
        {
            var monday = FirstMonday.AddDays(7 * week);
            await JumpToAsync(world, monday);
            var opening = Stage.Openings(world)[^1];
            await JumpToAsync(world, monday.AddDays(2));
            weeks.Add((monday.AddDays(4), await ReplyAsync(world, opening, names, dice)));
            foreach (var day in new[] { 3, 4, 5 }) // reminders, the close, and the day after it
                await JumpToAsync(world, monday.AddDays(day));
        }

        // Sent messages are kept for a week, and are taken out once a day.
        await JumpToAsync(world, FirstMonday.AddDays((7 * Weeks) + 5 + 8));
        await JumpToAsync(world, FirstMonday.AddDays((7 * Weeks) + 5 + 10));
        var rows = await CountAsync();
        await NothingIsDeadAsync(world.Time.Now);
        (await ListAsync(Contribution.ByPerson)).Count.ShouldBe(
            weeks.Where(week => week.Closed > world.Time.Now.AddDays(-Retention.DefaultDays)).Sum(week => week.Replies), "those of rounds that are kept");
        var afterOneYear = _store.SizeOnDisk;

        await world.LetAsync(world.As("hana.lead").CommandAsync("/learn stop one-good-question", "learning"));
        foreach (var days in new[] { Retention.DefaultDays + 17, Retention.DefaultDays + 19 }) // rounds and facts first, then the run that had them
            await JumpToAsync(world, FirstMonday.AddDays((7 * Weeks) + days));
        var left = await CountAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}: {People} people, {Weeks} weeks, {weeks.Sum(week => week.Replies)} replies; {string.Join(", ", rows.Select(one => $"{one.Value} {one.Key}"))}; {afterOneYear / 1e6:0.0} MB on the disk, {_store.SizeOnDisk / 1e6:0.0} MB when all is taken out again"));
        left.Where(kind => kind.Value > 0).ShouldBeEmpty();
        world.Log.Problems.ShouldBeEmpty();
        await world.StopSidecarAsync();
        (await _store.ExamineAsync(Cancel)).ShouldBeEmpty();
        await _store.DisposeAsync();
    }

    private static async Task<int> ReplyAsync(SidecarWorld world, SeenPost opening, List<string> names, Random dice)
    {
        var replies = 0;
        foreach (var name in names.Where(_ => dice.Next(3) == 0))
        {
            var reply = await world.As(name).ReplyAsync(opening, "I asked somebody.");
            replies++;
            if (dice.Next(4) == 0)
                await world.As(names[dice.Next(names.Count)]).ReactAsync(reply, "tada");
            if (replies % 20 == 0)
                await SettleAsync(world);
        }

        await SettleAsync(world);
        return replies;
    }

    /// <summary>What is there belongs to something that is kept, and nothing waits for a moment that has passed.</summary>
    private async Task NothingIsDeadAsync(DateTimeOffset now)
    {
        var rounds = (await ListAsync(Occurrence.ByRun)).ToDictionary(round => round.Id);
        rounds.Values.ShouldAllBe(round => round.ClosesAt > now.AddDays(-Retention.DefaultDays - 1));
        (await ListAsync(Participation.ByPerson)).ShouldAllBe(one => rounds.ContainsKey(one.OccurrenceId));
        var contributions = (await ListAsync(Contribution.ByPerson)).ToDictionary(one => one.PostId);
        contributions.Values.ShouldAllBe(one => rounds.ContainsKey(one.OccurrenceId));
        (await ListAsync(Reaction.ByPerson)).ShouldAllBe(one => contributions.ContainsKey(one.PostId));
        (await ListAsync(DueTime.ByInstant)).ShouldAllBe(due => due.At > now && (due.OccurrenceId == null || rounds[due.OccurrenceId].Status == OccurrenceStatus.Open));
        (await ListAsync(OutboxRow.ByStatus)).ShouldBeEmpty();
        (await ListAsync(OutboxRow.BySettled)).ShouldAllBe(row => row.SettledAt > now.AddDays(-Retention.SentDays - 2));
        (await ListAsync(PostedMessage.OfNoRound)).ShouldAllBe(one => one.At > now.AddDays(-Retention.SentDays - 2));
        (await ListAsync(PostedMessage.ByPost)).ShouldAllBe(one => one.OccurrenceId == null || rounds.ContainsKey(one.OccurrenceId));
        (await ListAsync(LearningEvent.ByInstant)).ShouldAllBe(fact => fact.At > now.AddDays(-Retention.DefaultDays - 1));
        (await ListAsync(Enrollment.ByPerson)).Count.ShouldBe(People);
        (await ListAsync(StoredDefinition.ByHash)).ShouldHaveSingleItem();
    }

    private async Task<Dictionary<string, int>> CountAsync()
    {
        var counts = new Dictionary<string, int>();
        await AddAsync(Run.ByChannel);
        await AddAsync(Occurrence.ByRun);
        await AddAsync(Enrollment.ByPerson);
        await AddAsync(Participation.ByPerson);
        await AddAsync(Contribution.ByPerson);
        await AddAsync(Reaction.ByPerson);
        await AddAsync(Acquaintance.ByPerson);
        await AddAsync(DueTime.ByInstant);
        await AddAsync(OutboxRow.ByStatus);
        await AddAsync(OutboxRow.BySettled);
        await AddAsync(PostedMessage.ByPost);
        await AddAsync(LearningEvent.ByInstant);
        return counts;

        async Task AddAsync<T>(DocumentIndex<T> index) where T : Document, IStored<T> =>
            counts[T.Stored.Name] = counts.GetValueOrDefault(T.Stored.Name) + (await ListAsync(index)).Count;
    }

    private async Task<IReadOnlyList<T>> ListAsync<T>(DocumentIndex<T> index) where T : Document, IStored<T> =>
        await _store.RangeAsync(index, "", null, int.MaxValue, Cancel);

    /// <summary>To a moment at which something is due, past all the hourly glances in between.</summary>
    private static async Task JumpToAsync(SidecarWorld world, DateTimeOffset moment)
    {
        world.Time.AdvanceTo(moment);
        await SettleAsync(world);
        await world.AdvanceAsync(TimeSpan.FromSeconds(5));
    }

    /// <summary>Where a thousand people are reminded at one moment, a loaded machine is busy for longer than the driver calls stuck.</summary>
    private static async Task SettleAsync(SidecarWorld world)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await world.SettleAsync();
                return;
            }
            catch (TimeoutException) when (tries < 10)
            {
                // Looked at again: what hangs is busy in the end, too.
            }
        }
    }

    private Task<SidecarWorld> WorldAsync(List<string> names) => SidecarWorld.StartAsync(
        FirstMonday.AddDays(-3), "hana.lead",
        seed =>
        {
            seed.AddUser("hana.lead", "Hana Lead", "Europe/London", teams: SidecarWorld.Team);
            foreach (var name in names)
                seed.AddUser(name, $"Person {name[6..]}", "Europe/London", teams: SidecarWorld.Team);
            seed.AddChannel(SidecarWorld.Team, "learning", "Learning", members: ["hana.lead", .. names]);
        },
        Stage.Content(("time-zone", "Africa/Accra"), ("rounds", "500")),
        world =>
        {
            world.MostAtOnce = 16;
            world.StoreOnDisk = _store = LiteDbStore.Open(new LiteDbOptions { Path = _folder.File("learning.db") }, world.Time, NullLogger<LiteDbStore>.Instance);
        });
}
