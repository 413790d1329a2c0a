using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Storage.InMemory;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>While it is up, nothing is decided more than a second after its instant, and no round opens before: counted over every round and every due time.</summary>
public sealed class LagTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>From winter into summer on both sides of the equator, with changes of clocks by an hour and by half of one.</summary>
    private static readonly (string Slug, string Zone, string Schedule, string OpenFor)[] Runs =
    [
        ("london", "Europe/London", "every day at 01:30", "20 hours"),
        ("new-york", "America/New_York", "every weekday at 02:30", "20 hours"),
        ("lord-howe", "Australia/Lord_Howe", "every Sunday at 02:15", "3 days"),
        ("kolkata", "Asia/Kolkata", "every 2 weeks on Monday at 09:00", "5 days"),
        ("santiago", "America/Santiago", "on the first Sunday of the month at 00:00", "4 days"),
        ("utc", "UTC", "every day at 09:00", "90 minutes"),
    ];

    [Fact]
    public async Task Thirty_days_of_six_runs_in_six_zones_are_decided_at_their_instants()
    {
        // At half past nine in UTC, a round of each run that opened on the day is open.
        var begin = Stage.At("2027-03-10 09:30");
        await using var memory = new InMemoryStore();
        var store = new WatchedStore(memory);
        await using var world = await SidecarWorld.StartAsync(begin, "hana.lead", Everybody, Runs.ToDictionary(run => $"{run.Slug}.md", Challenge), world =>
        {
            store.Now = () => world.Time.Now;
            world.StoreOnDisk = store;
        });

        var answered = new HashSet<string>(StringComparer.Ordinal);
        for (var day = 1; day <= 30; day++)
        {
            await world.AdvanceToAsync(begin.AddDays(day));
            // Rounds that nobody answers are asked about, and then pause; somebody who does not answer is reminded.
            foreach (var opening in Stage.Openings(world).Where(opening => answered.Add(opening.Id)))
            {
                await world.LetAsync(world.As("ann").ReplyAsync(opening, "I asked."));
                await world.LetAsync(world.As("bilal").ClickAsync(opening, "I'm in"));
            }
        }

        store.Rounds.Select(one => one.Run).Distinct().Count().ShouldBe(Runs.Length);
        store.Rounds.Count.ShouldBeGreaterThan(80);
        store.Moments.Count.ShouldBeGreaterThan(200);
        store.Rounds.Where(one => one.Lag < TimeSpan.Zero || one.Lag > Longest).ShouldBeEmpty();
        store.Moments.Where(one => one.Lag > Longest).ShouldBeEmpty();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{store.Rounds.Count} rounds, at most {store.Rounds.Max(one => one.Lag).TotalMilliseconds:0.###} ms late; {store.Moments.Count} due times, at most {store.Moments.Max(one => one.Lag).TotalMilliseconds:0.###} ms");
        world.Log.Problems.ShouldBeEmpty();
    }

    private static void Everybody(Seed seed)
    {
        seed.AddUser("hana.lead", "Hana Lead", "Europe/London", teams: SidecarWorld.Team);
        seed.AddUser("ann", "Ann Berg", "Europe/Berlin", teams: SidecarWorld.Team);
        seed.AddUser("bilal", "Bilal Khan", "America/New_York", teams: SidecarWorld.Team);
        seed.AddChannel(SidecarWorld.Team, "learning", "Learning", members: ["hana.lead", "ann", "bilal"]);
    }

    private static string Challenge((string Slug, string Zone, string Schedule, string OpenFor) run) => $"""
        ---
        kind: challenge
        title: A question from {run.Slug}
        summary: Ask somebody one question.
        channel: learning
        schedule: {run.Schedule}
        time-zone: {run.Zone}
        open-for: {run.OpenFor}
        remind: 1 hour before close
        rounds: 500
        start: when loaded
        host: hana.lead
        ---
        Ask somebody **one question**.

        ## Hint

        Try it on the stairs.
        """;

    /// <summary>Notes, with every commit, how long ago the instant was of what it decides: a round that opens, or a due time that is over.</summary>
    private sealed class WatchedStore(InMemoryStore store) : ILearningStore
    {
        private readonly Lock _gate = new();

        public List<(string Run, TimeSpan Lag)> Rounds { get; } = [];

        public List<(string What, TimeSpan Lag)> Moments { get; } = [];

        public Func<DateTimeOffset> Now { get; set; } = () => default;

        public StoreHealth Health => store.Health;

        public async Task<CommitOutcome> CommitAsync(ChangeSet changes, CancellationToken cancellationToken = default)
        {
            var now = Now();
            var rounds = changes.Saved<Occurrence>().Where(round => round.Version == 0).Select(round => (round.RunId, now - round.Instant)).ToList();
            var moments = new List<(string, TimeSpan)>();
            foreach (var gone in changes.Changes.OfType<Change<DueTime>>().Where(change => change.IsDelete))
            {
                // One that is taken back before its time, since somebody replied or left, is no decision about it.
                if (await store.GetAsync<DueTime>(gone.Id, cancellationToken) is { } moment && moment.At <= now)
                    moments.Add((gone.Id, now - moment.At));
            }

            var outcome = await store.CommitAsync(changes, cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                lock (_gate)
                {
                    Rounds.AddRange(rounds);
                    Moments.AddRange(moments);
                }
            }

            return outcome;
        }

        public ValueTask<T?> GetAsync<T>(string id, CancellationToken cancellationToken = default) where T : Document, IStored<T> =>
            store.GetAsync<T>(id, cancellationToken);

        public ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, CancellationToken cancellationToken = default) where T : Document, IStored<T> =>
            store.FindAsync(index, key, cancellationToken);

        public ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, string afterId, int limit, CancellationToken cancellationToken = default)
            where T : Document, IStored<T> =>
            store.FindAsync(index, key, afterId, limit, cancellationToken);

        public ValueTask<IReadOnlyList<T>> RangeAsync<T>(DocumentIndex<T> index, string from, string? below, int limit, CancellationToken cancellationToken = default)
            where T : Document, IStored<T> =>
            store.RangeAsync(index, from, below, limit, cancellationToken);
    }
}
