using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Sidecar.Rehearsal;

namespace MattermostLearning.Simulation;

/// <summary>
/// The whole sidecar beside the stand-in on one virtual clock, for weeks: what people do and what breaks is drawn from a seed.
/// </summary>
internal sealed class Simulation : IAsyncDisposable
{
    /// <summary>So often it is looked whether a run is paused.</summary>
    private static readonly TimeSpan Hop = TimeSpan.FromHours(1);

    /// <summary>A Friday; a seed begins in one of the weeks of a year after it.</summary>
    private static readonly DateTimeOffset FirstFriday = new(2027, 1, 8, 15, 0, 0, TimeSpan.Zero);

    private readonly Draws _draws;
    private readonly Story _story;
    private readonly People _people;
    private readonly List<string> _trail = [];
    private DateTimeOffset? _backAt;
    private TimeSpan _nextOutage;

    private Simulation(Draws draws, Story story, Town town, IReadOnlyList<Programme> programmes, DateOnly firstDay)
    {
        (_draws, _story, Town, Programmes) = (draws, story, town, programmes);
        (Standings, Cohorts) = (Standing.All(firstDay), Standing.Cohorts(firstDay));
        Weather = new Weather(draws);
        _people = new People(this);
    }

    public Town Town { get; }

    public Story Story => _story;

    public IReadOnlyList<Programme> Programmes { get; }

    public IReadOnlyList<Programme> Challenges => [.. Programmes.Where(one => one.Kind == Programme.Challenge)];

    public IReadOnlyList<Standing> Standings { get; }

    public IReadOnlyList<Cohort> Cohorts { get; }

    public Disturbances Disturbances { get; } = new();

    public Beliefs Beliefs { get; } = new();

    public Holds Holds { get; } = new();

    public Weather Weather { get; }

    /// <summary>By slug: while its run did not run.</summary>
    public IReadOnlyDictionary<string, Disturbances> Pauses { get; private set; } = new Dictionary<string, Disturbances>();

    public IReadOnlyDictionary<string, string> RunIds { get; private set; } = new Dictionary<string, string>();

    public DateTimeOffset Now => Town.Time.Now;

    public DateTimeOffset Began { get; private set; }

    /// <summary>What happened in this week so far, for whoever looks into a failure.</summary>
    public IReadOnlyList<string> Trail => _trail;

    public Dictionary<Break, int> Broken { get; } = [];

    public int Acts { get; private set; }

    public bool IsUp => _backAt is null;

    /// <summary>With a commit or a call, and nobody has looked yet.</summary>
    private bool HasDied => IsUp && Town.IsDead;

    public static async Task<Simulation> StartAsync(int seed, Story story)
    {
        var draws = new Draws(seed);
        var friday = FirstFriday + TimeSpan.FromDays(7 * draws.For("start").Next(52));
        var firstDay = DateOnly.FromDateTime(friday.UtcDateTime);
        var firstThursday = firstDay.AddDays(6);
        var programmes = Programme.All(firstThursday);
        var town = await Town.StartAsync(friday, seed, People.Settle,
            programmes.Select(one => (one.Slug, Text: one.File(firstThursday))).Concat(Standing.All(firstDay).Select(one => (one.Slug, Text: one.File()))).ToDictionary(one => $"{one.Slug}.md", one => one.Text), story);
        var simulation = new Simulation(draws, story, town, programmes, firstDay);
        await simulation.OpenAsync();
        await town.AdvanceToAsync(new DateTimeOffset(friday.AddDays(2).UtcDateTime.Date, TimeSpan.Zero).AddHours(12), () => false);
        return simulation;
    }

    /// <summary>One week from Sunday noon to Sunday noon; its last day is calm.</summary>
    /// <returns>Its beginning and its end.</returns>
    public async Task<(DateTimeOffset From, DateTimeOffset To)> RunWeekAsync(int week)
    {
        _trail.Clear();
        var from = Now;
        // The clock may stand an hour off by what was done to it; a week ends at noon all the same.
        var to = new DateTimeOffset(from.AddDays(7.25).UtcDateTime.Date, TimeSpan.Zero).AddHours(12);
        var moments = Programmes.SelectMany(one => one.InstantsWithin(from, to).SelectMany(at => new[] { at, at + one.OpenFor / 2, at + one.OpenFor })).Where(at => at < to).ToList();
        foreach (var happening in WeekPlan.Draw(_draws.For($"week {week}"), from, People.Active, moments))
        {
            if (happening.At > to - TimeSpan.FromDays(1))
                break;
            await AdvanceToAsync(happening.At);
            _trail.Add($"{Now:u} {happening}");
            _story.Tell(_trail[^1]);
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

    public string ChannelOf(string slug) => Programmes.FirstOrDefault(one => one.Slug == slug)?.Channel ?? Standings.Single(one => one.Slug == slug).Channel;

    public async Task<Occurrence[]> RoundsAsync(string slug) => [.. (await Town.Disk.Store.FindAsync(Occurrence.ByRun, RunIds[slug])).OrderBy(one => one.Instant)];

    /// <summary>The post of a round, where it stands.</summary>
    public async Task<SeenPost?> RootAsync(Occurrence round) =>
        await Town.Disk.Store.GetAsync<PostedMessage>(round.RootRowId) is { } posted ? Town.As(Town.Host).Look(posted.PostId) : null;

    /// <summary>Somebody acts, and all that follows at once happens. Null where Mattermost had to say that it did not work.</summary>
    public async Task<T?> TryAsync<T>(Task<T> act) where T : class
    {
        await Town.SettleAsync();
        await Town.UntilAsync(act);
        try
        {
            return await act;
        }
        catch (StandInException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => Town.DisposeAsync();

    /// <summary>The facilitator starts them as anybody does: types the command, reads the plan, presses the button.</summary>
    private async Task OpenAsync()
    {
        var hana = Town.As(Town.Host);
        var slugs = Programmes.Select(one => one.Slug).Concat(Standings.Select(one => one.Slug)).ToList();
        foreach (var slug in slugs)
        {
            var plan = await TryAsync(hana.CommandAsync($"/learn start {slug}", "learning"));
            await TryAsync(hana.ClickAsync(plan!.Post!, "Start"));
        }

        var runs = await Town.Disk.Store.FindAsync(Run.ByStatus, nameof(RunStatus.Running));
        RunIds = slugs.ToDictionary(slug => slug, slug => runs.Single(run => run.Slug == slug).Id);
        Pauses = slugs.ToDictionary(slug => slug, _ => new Disturbances());
        Began = Now;
        Beliefs.Active[Town.Host] = Now;
    }

    private async Task AdvanceToAsync(DateTimeOffset moment)
    {
        while (true)
        {
            if (HasDied)
                Kill(_nextOutage);
            var next = moment;
            if (_backAt < next)
                next = _backAt.Value;
            if (next - Now > Hop)
                next = Now + Hop;
            await Town.AdvanceToAsync(next, () => HasDied);
            await NotePausesAsync();
            if (_backAt <= Now)
                await StartAsync();
            else if (Now >= moment && !HasDied)
                return;
        }
    }

    private async Task NotePausesAsync()
    {
        foreach (var (slug, runId) in RunIds)
        {
            if ((await Town.Disk.Store.GetAsync<Run>(runId))!.Status == RunStatus.Running)
                Pauses[slug].End("pause", Now);
            else
                Pauses[slug].Begin("pause", Now - Hop);
        }
    }

    private async Task BreakAsync(Trouble trouble)
    {
        var faults = Town.Mattermost.Faults;
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
                Kill(trouble.Lasts);
                break;
            case Break.KillWithCommit when IsUp:
                Disturbances.Begin("death", Now);
                _nextOutage = trouble.Lasts;
                Town.DieWithCommit(trouble.Number);
                break;
            case Break.KillWithCall when IsUp:
                Disturbances.Begin("death", Now);
                _nextOutage = trouble.Lasts;
                Town.DieWithCall(trouble.Number);
                break;
            case Break.Stop when IsUp:
                Disturbances.Begin("away", Now);
                await Town.StopAsync();
                _backAt = Now + trouble.Lasts;
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
                Town.Disk.IsFull = true;
                break;
            case Break.DiskSlow:
                Disturbances.Begin("disk", Now);
                Town.Disk.IsSlow = true;
                break;
            case Break.DiskWell:
                (Town.Disk.IsFull, Town.Disk.IsSlow) = (false, false);
                Disturbances.End("disk", Now);
                break;
            case Break.ClockForward or Break.ClockBack:
                var before = Now;
                Town.Time.Step(TimeSpan.FromHours(trouble.Break == Break.ClockForward ? 1 : -1));
                Disturbances.Add(before, Now);
                break;
            case Break.NewToken when IsUp && !faults.IsDown:
                await ReplaceTokenAsync();
                break;
        }

        await Town.SettleAsync();
    }

    private void Kill(TimeSpan outage)
    {
        Town.Kill();
        Disturbances.Begin("away", Now);
        _backAt = Now + outage;
    }

    private async Task StartAsync()
    {
        await Town.StartSidecarAsync();
        _backAt = null;
        Disturbances.End("away", Now);
        Disturbances.End("death", Now);
    }

    private async Task ReplaceTokenAsync()
    {
        Disturbances.Begin("token", Now);
        Town.Mattermost.Seed.Revoke(Town.BotToken);
        Town.Mattermost.Faults.CutSockets();
        await Town.AdvanceToAsync(Now + TimeSpan.FromSeconds(20), () => HasDied);
        Town.KeepToken(Town.Mattermost.Seed.TokenFor(Town.Bot));
        await Town.SettleAsync();
        Disturbances.End("token", Now);
    }

    /// <summary>All is well again, and whatever waits has its time.</summary>
    private async Task CalmAsync()
    {
        Town.Mattermost.Faults.Clear();
        (Town.Disk.IsFull, Town.Disk.IsSlow) = (false, false);
        if (HasDied)
            Kill(TimeSpan.Zero);
        if (IsUp)
        {
            Town.DieWithCommit(int.MaxValue);
            Town.DieWithCall(int.MaxValue);
        }
        else
        {
            _backAt = Now;
        }

        await AdvanceToAsync(Now);
        foreach (var what in new[] { nameof(Break.BadWeather), nameof(Break.StallSockets), nameof(Break.ServerDown), "death", "disk" })
            Disturbances.End(what, Now);
        await _people.ReleaseAsync();
    }
}

/// <summary>A simulated week did not come to its end.</summary>
internal sealed class SimulationException(string message, Exception inner) : Exception(message, inner);
