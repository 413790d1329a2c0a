using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Sidecar.Rehearsal;
using MattermostLearning.TestKit;
using MattermostLearning.Tests.EndToEnd;

namespace MattermostLearning.Tests.Simulation;

/// <summary>
/// The whole sidecar beside the stand-in on one virtual clock, for weeks: what people do and what breaks is drawn from a seed.
/// </summary>
internal sealed class Simulation : IAsyncDisposable
{
    /// <summary>The clock moves in steps of at most an hour, so that a process that died is replaced about when it should be.</summary>
    private static readonly TimeSpan Hop = TimeSpan.FromHours(1);

    /// <summary>What somebody does ends within this, in real time, or hangs.</summary>
    private static readonly TimeSpan LongestAct = TimeSpan.FromMinutes(1);

    private readonly Draws _draws;
    private readonly TroubledStore _disk;
    private readonly People _people;
    private DateTimeOffset? _backAt;
    private TimeSpan _nextOutage;

    private Simulation(Draws draws, SidecarWorld world, TroubledStore disk, IReadOnlyList<Programme> programmes)
    {
        (_draws, World, _disk, Programmes) = (draws, world, disk, programmes);
        Weather = new Weather(draws);
        _people = new People(this);
    }

    public SidecarWorld World { get; }

    public IReadOnlyList<Programme> Programmes { get; }

    public Disturbances Disturbances { get; } = new();

    public Beliefs Beliefs { get; } = new();

    public Holds Holds { get; } = new();

    public Weather Weather { get; }

    /// <summary>By programme: while its run did not run.</summary>
    public IReadOnlyDictionary<string, Disturbances> Pauses { get; private set; } = new Dictionary<string, Disturbances>();

    public IReadOnlyDictionary<string, string> RunIds { get; private set; } = new Dictionary<string, string>();

    public DateTimeOffset Now => World.Time.Now;

    public DateTimeOffset Began { get; private set; }

    /// <summary>What happened so far, for whoever looks into a failure.</summary>
    public List<string> Trail { get; } = [];

    public Dictionary<Break, int> Broken { get; } = [];

    public int Acts { get; private set; }

    public bool IsUp => _backAt is null;

    public static async Task<Simulation> StartAsync(int seed)
    {
        var draws = new Draws(seed);
        var friday = Stage.Friday + TimeSpan.FromDays(7 * draws.For("start").Next(52));
        var firstThursday = DateOnly.FromDateTime(friday.UtcDateTime).AddDays(6);
        var programmes = Programme.All(firstThursday);
        TroubledStore? disk = null;
        var world = await SidecarWorld.StartAsync(
            friday, "hana.lead", People.Settle, programmes.ToDictionary(one => $"challenges/{one.Slug}.md", one => one.File(firstThursday)),
            world =>
            {
                world.StoreOnDisk = disk = new TroubledStore(world.Store, world.Time);
                world.AlsoWaits = () => disk.Waiting > 0;
                world.CallsMayFail = true;
                world.LongestNap = TimeSpan.FromSeconds(30);
                world.KeepTokenInFile(world.BotToken);
                world.Mattermost.Seed.AddToChannel(world.Mattermost.Seed.ChannelId(SidecarWorld.Team, "learning"), Stage.Bot);
            });
        var simulation = new Simulation(draws, world, disk!, programmes);
        foreach (var programme in programmes)
            await Stage.StartRunAsync(world, programme.Slug);
        var runs = await world.Store.FindAsync(Run.ByStatus, nameof(RunStatus.Running));
        simulation.RunIds = programmes.ToDictionary(one => one.Slug, one => runs.Single(run => run.Slug == one.Slug).Id);
        simulation.Pauses = programmes.ToDictionary(one => one.Slug, _ => new Disturbances());
        simulation.Began = world.Time.Now;
        simulation.Beliefs.Active["hana.lead"] = world.Time.Now;
        await world.AdvanceToAsync(new DateTimeOffset(friday.AddDays(2).UtcDateTime.Date, TimeSpan.Zero).AddHours(12));
        return simulation;
    }

    /// <summary>One week from Sunday noon to Sunday noon; its last day is calm.</summary>
    /// <returns>Its beginning and its end.</returns>
    public async Task<(DateTimeOffset From, DateTimeOffset To)> RunWeekAsync(int week)
    {
        var from = Now;
        // The clock may stand an hour off by what was done to it; a week ends at noon all the same.
        var to = new DateTimeOffset(from.AddDays(7.25).UtcDateTime.Date, TimeSpan.Zero).AddHours(12);
        var moments = Programmes.SelectMany(one => one.InstantsWithin(from, to).SelectMany(at => new[] { at, at + one.OpenFor / 2, at + one.OpenFor })).Where(at => at < to).ToList();
        foreach (var happening in WeekPlan.Draw(_draws.For($"week {week}"), from, People.Active, moments))
        {
            if (happening.At > to - TimeSpan.FromDays(1))
                break;
            await AdvanceToAsync(happening.At);
            Trail.Add($"{Now:u} {happening}");
            if (happening is Act act)
            {
                Acts++;
                await _people.DoAsync(act);
            }
            else
            {
                await BreakAsync((Trouble)happening);
            }
        }

        await CalmAsync();
        await AdvanceToAsync(to);
        return (from, to);
    }

    public async Task<Occurrence[]> RoundsAsync(string slug) => [.. (await World.Store.FindAsync(Occurrence.ByRun, RunIds[slug])).OrderBy(one => one.Instant)];

    /// <summary>The post of a round, where it stands.</summary>
    public async Task<SeenPost?> RootAsync(Occurrence round) =>
        await World.Store.GetAsync<PostedMessage>(round.RootRowId) is { } posted ? World.As("hana.lead").Look(posted.PostId) : null;

    /// <summary>Somebody acts, and all that follows at once happens. Null where Mattermost had to say that it did not work.</summary>
    public async Task<T?> TryAsync<T>(Task<T> act) where T : class
    {
        await World.SettleAsync();
        // Whoever is answered by a process that just died waits for a clock that nobody moves: its connections end with it.
        if (!act.IsCompleted && World.Lifeline.IsCut && IsUp)
            await KillAsync(_nextOutage);
        try
        {
            return await act.WaitAsync(LongestAct, TimeProvider.System);
        }
        catch (StandInException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private async Task AdvanceToAsync(DateTimeOffset moment)
    {
        while (true)
        {
            if (World.Lifeline.IsCut && IsUp)
                await KillAsync(_nextOutage);
            var next = moment;
            if (_backAt < next)
                next = _backAt.Value;
            if (next - Now > Hop)
                next = Now + Hop;
            await World.AdvanceToAsync(next);
            await NotePausesAsync();
            if (_backAt <= Now)
                await StartAsync();
            else if (Now >= moment && !(World.Lifeline.IsCut && IsUp))
                return;
        }
    }

    private async Task NotePausesAsync()
    {
        foreach (var (slug, runId) in RunIds)
        {
            if ((await World.Store.GetAsync<Run>(runId))!.Status == RunStatus.Running)
                Pauses[slug].End("pause", Now);
            else
                Pauses[slug].Begin("pause", Now - Hop);
        }
    }

    private async Task BreakAsync(Trouble trouble)
    {
        var faults = World.Mattermost.Faults;
        var what = trouble.Break.ToString();
        Broken[trouble.Break] = Broken.GetValueOrDefault(trouble.Break) + 1;
        switch (trouble.Break)
        {
            case Break.BadWeather:
                Disturbances.Begin(what, Now);
                faults.Choose = Weather.Strike;
                // What was missed is read back in the rain.
                faults.CutSockets();
                break;
            case Break.FairWeather:
                faults.Choose = null;
                Disturbances.End(nameof(Break.BadWeather), Now);
                break;
            case Break.CutSockets:
                Disturbances.Add(Now, Now);
                faults.CutSockets();
                break;
            case Break.ForgetConnections:
                Disturbances.Add(Now, Now);
                faults.ForgetConnections();
                break;
            case Break.StallSockets:
                Disturbances.Begin(what, Now);
                faults.StallSockets();
                break;
            case Break.FlowSockets:
                faults.FlowSockets();
                Disturbances.End(nameof(Break.StallSockets), Now);
                break;
            case Break.Kill when IsUp:
                await KillAsync(trouble.Lasts);
                break;
            case Break.KillWithCommit when IsUp:
                Disturbances.Begin(what, Now);
                _nextOutage = trouble.Lasts;
                World.Lifeline.CutWithCommit(trouble.Number);
                break;
            case Break.Stop when IsUp:
                await World.StopSidecarAsync();
                Away(trouble.Lasts);
                break;
            case Break.ServerDown:
                Disturbances.Begin(what, Now);
                faults.IsDown = true;
                faults.Restart();
                break;
            case Break.ServerBack:
                faults.IsDown = false;
                Disturbances.End(nameof(Break.ServerDown), Now);
                break;
            case Break.DiskFull:
                Disturbances.Begin("disk", Now);
                _disk.IsFull = true;
                break;
            case Break.DiskSlow:
                Disturbances.Begin("disk", Now);
                _disk.IsSlow = true;
                break;
            case Break.DiskWell:
                (_disk.IsFull, _disk.IsSlow) = (false, false);
                Disturbances.End("disk", Now);
                break;
            case Break.ClockForward or Break.ClockBack:
                var before = Now;
                World.Time.Step(TimeSpan.FromHours(trouble.Break == Break.ClockForward ? 1 : -1));
                Disturbances.Add(before, Now);
                break;
            case Break.NewToken when IsUp && !faults.IsDown:
                await ReplaceTokenAsync();
                break;
        }

        await World.SettleAsync();
    }

    private async Task KillAsync(TimeSpan outage)
    {
        await World.KillSidecarAsync();
        Away(outage);
    }

    private void Away(TimeSpan outage)
    {
        Disturbances.Begin("away", Now);
        _backAt = Now + outage;
    }

    private async Task StartAsync()
    {
        await World.StartSidecarAsync();
        _backAt = null;
        Disturbances.End("away", Now);
        Disturbances.End(nameof(Break.KillWithCommit), Now);
    }

    private async Task ReplaceTokenAsync()
    {
        Disturbances.Begin("token", Now);
        World.Mattermost.Seed.Revoke(World.BotToken);
        World.Mattermost.Faults.CutSockets();
        await World.AdvanceAsync(TimeSpan.FromSeconds(20));
        World.KeepTokenInFile(World.Mattermost.Seed.TokenFor(Stage.Bot));
        await World.TokenIsTakenUpAsync();
        Disturbances.End("token", Now);
    }

    /// <summary>All is well again, and whatever waits has its time.</summary>
    private async Task CalmAsync()
    {
        World.Mattermost.Faults.Clear();
        (_disk.IsFull, _disk.IsSlow) = (false, false);
        World.Lifeline.CutWithCommit(int.MaxValue);
        if (!IsUp)
            _backAt = Now;
        await AdvanceToAsync(Now);
        foreach (var what in new[] { Break.BadWeather, Break.StallSockets, Break.ServerDown, Break.KillWithCommit })
            Disturbances.End(what.ToString(), Now);
        Disturbances.End("disk", Now);
        await _people.ReleaseAsync();
    }
}

/// <summary>A simulated week did not come to its end.</summary>
internal sealed class SimulationException(string message, Exception inner) : Exception(message, inner);
