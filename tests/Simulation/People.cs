using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Simulation;

/// <summary>People in many zones who do what was drawn for them, and remember what they were told.</summary>
internal sealed class People(Simulation simulation)
{
    private readonly Presses _presses = new(simulation);
    private readonly Votes _votes = new(simulation);

    /// <summary>Reads along and never acts: nothing may ever come to her.</summary>
    public const string Quiet = "quinn";

    public const string NotWritten = "I can't write anything down right now, so nothing has changed.";

    private static readonly (string Name, string FullName, string? Zone)[] Everybody =
    [
        (Town.Host, "Hana Lead", "Europe/London"), ("ann", "Ann Berg", "Europe/Berlin"), ("bilal", "Bilal Khan", "America/New_York"),
        ("chiara", "Chiara Rossi", "Asia/Tokyo"), ("dev", "Dev Patel", null), ("eve", "Eve Adler", "Pacific/Auckland"), ("femi", "Femi Ade", "America/Sao_Paulo"),
        (Quiet, "Quinn Quiet", "Europe/London"),
    ];

    public static IReadOnlyList<string> Active { get; } = [.. Everybody.Select(one => one.Name).Where(name => name != Quiet)];

    public static IReadOnlyList<string> All { get; } = [.. Everybody.Select(one => one.Name)];

    /// <summary>Where nobody says which, the bot goes by the zone of the run.</summary>
    public static TimeZoneInfo? ZoneOf(string who) =>
        Everybody.Single(one => one.Name == who).Zone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : null;

    /// <summary>The bot posts what somebody wrote in a lesson, where they said so.</summary>
    public static bool AreTheirWords(string posted) => Everybody.Any(one => posted.StartsWith($"{one.FullName} on **", StringComparison.Ordinal));

    public static void Settle(Seed seed)
    {
        foreach (var (name, fullName, zone) in Everybody)
            seed.AddUser(name, fullName, zone, teams: Town.Team);
        seed.AddChannel(Town.Team, "learning", "Learning", members: All);
        seed.AddChannel(Town.Team, "words", "Words", members: All);
    }

    public async Task DoAsync(Act act)
    {
        var dice = new Random(act.Pick);
        switch (act.Deed)
        {
            case Deed.Join or Deed.JoinTwiceAtOnce:
                await JoinAsync(act.Who, dice, twice: act.Deed == Deed.JoinTwiceAtOnce);
                break;
            case Deed.EveryRound:
                await EveryRoundAsync(act.Who);
                break;
            case Deed.NoReminder:
                await NoReminderAsync(act.Who);
                break;
            case Deed.Leave:
                await LeaveAsync(act.Who, dice);
                break;
            case Deed.Reply:
                await ReplyAsync(act.Who, dice);
                break;
            case Deed.Vote:
                await _votes.VoteAsync(act.Who, dice);
                break;
            case Deed.Recall:
                await CommandAsync(act.Who, "/learn recall");
                await _presses.PressAsync(act.Who, dice, twice: false);
                break;
            case Deed.Press or Deed.PressTwice:
                await _presses.PressAsync(act.Who, dice, twice: act.Deed == Deed.PressTwice);
                break;
            case Deed.Edit when Own(act.Who, dice) is { } reply:
                reply.IsQuestion = false;
                await ChangeAsync(As(act.Who).EditAsync(reply.Post, $"Said differently {act.Pick}"));
                break;
            case Deed.Delete when Own(act.Who, dice) is { } reply:
                simulation.Beliefs.Replies.Remove(reply);
                await ChangeAsync(As(act.Who).DeleteAsync(reply.Post));
                break;
            case Deed.React when Any(dice) is { } reply:
                var emoji = new[] { "tada", "bulb", "+1" }[dice.Next(3)];
                if (reply.Reactions.Add((act.Who, emoji)))
                    await ChangeAsync(As(act.Who).ReactAsync(reply.Post, emoji));
                break;
            case Deed.Unreact when Any(dice) is { Reactions.Count: > 0 } reply:
                var taken = reply.Reactions.OrderBy(one => one).First();
                reply.Reactions.Remove(taken);
                await ChangeAsync(As(taken.Who).UnreactAsync(reply.Post, taken.Emoji));
                break;
            case Deed.Ask:
                Acted(act.Who);
                await simulation.TryAsync(As(act.Who).CommandAsync("/learn", "learning"));
                break;
            case Deed.Hold:
                var held = await CommandAsync(Town.Host, "/learn hold everything");
                if (IsUnknown(held) || held!.Contains(" is on hold now: ", StringComparison.Ordinal))
                    simulation.Holds.Held(simulation.Now, isCertain: !IsUnknown(held));
                break;
            case Deed.Release:
                await ReleaseAsync();
                break;
            case Deed.GoOn:
                await GoOnAsync();
                break;
        }
    }

    public async Task ReleaseAsync()
    {
        var released = await CommandAsync(Town.Host, "/learn release");
        if (IsUnknown(released) || released!.Contains(" is no longer on hold.", StringComparison.Ordinal) || released.StartsWith("Nothing like that", StringComparison.Ordinal))
            simulation.Holds.Released(simulation.Now, isCertain: !IsUnknown(released));
    }

    private async Task JoinAsync(string who, Random dice, bool twice)
    {
        // The post of a closed round has no button any more.
        if (await PickRoundAsync(dice) is not { Programme.Kind: Programme.Challenge } picked || !picked.Root.Buttons.Any(one => one.Label == "I'm in"))
            return;
        Acted(who);
        var (programme, round, root) = picked;
        var clicks = Enumerable.Range(0, twice ? 2 : 1).Select(_ => As(who).ClickAsync(root, "I'm in")).ToList();
        foreach (var click in clicks)
        {
            var answer = (await simulation.TryAsync(click))?.Text;
            if (answer is not null && (answer.Contains("You're in for this round", StringComparison.Ordinal) || answer.Contains("You are in already", StringComparison.Ordinal)))
                simulation.Beliefs.Joined(round, programme.Slug, who, Belief.Yes);
            else if (IsUnknown(answer))
                simulation.Beliefs.Joined(round, programme.Slug, who, Belief.Either);
        }
    }

    private async Task EveryRoundAsync(string who)
    {
        if (await ButtonAsync(who, "Every round") is not { } post || TitleIn(post.Text) is not { } programme)
            return;
        var answer = (await simulation.TryAsync(As(who).ClickAsync(post, "Every round")))?.Text;
        var now = await LatestAsync(who, post);
        if (now.Contains("every round of", StringComparison.Ordinal) && !simulation.Town.IsDead)
            simulation.Beliefs.Enrolled(programme.Slug, who, Belief.Yes, simulation.Now);
        else if (IsUnknown(answer))
            simulation.Beliefs.Enrolled(programme.Slug, who, Belief.Either, simulation.Now);
    }

    private async Task NoReminderAsync(string who)
    {
        if (await ButtonAsync(who, "No reminder") is not { } post || Town.RowOf(post) is not { } rowId
            || await simulation.Town.Disk.Store.GetAsync<OutboxRow>(rowId) is not { OccurrenceId: { } roundId })
            return;
        await simulation.TryAsync(As(who).ClickAsync(post, "No reminder"));
        if ((await LatestAsync(who, post)).Contains("I won't remind you.", StringComparison.Ordinal))
            simulation.Beliefs.AskedForNoReminder(roundId, who, simulation.Now);
    }

    private async Task LeaveAsync(string who, Random dice)
    {
        Acted(who);
        if (dice.Next(4) == 0)
        {
            await CommandAsync(who, $"/learn leave {simulation.Cohorts[dice.Next(simulation.Cohorts.Count)].Slug}");
            return;
        }

        var programme = simulation.Challenges[dice.Next(simulation.Challenges.Count)];
        var open = (await simulation.RoundsAsync(programme.Slug)).LastOrDefault(round => round.Status == OccurrenceStatus.Open);
        var answer = await CommandAsync(who, $"/learn leave {programme.Slug}");
        if (answer is not null && (answer.Contains("You're out of", StringComparison.Ordinal) || answer.Contains("You were not in", StringComparison.Ordinal)))
            simulation.Beliefs.Left(open, programme.Slug, who, Belief.No, simulation.Now);
        else if (IsUnknown(answer))
            simulation.Beliefs.Left(open, programme.Slug, who, Belief.Either, simulation.Now);
    }

    private async Task ReplyAsync(string who, Random dice)
    {
        if (await PickRoundAsync(dice) is not { } picked)
            return;
        var at = simulation.Now;
        var isQuestion = dice.Next(3) == 0;
        var post = await As(who).ReplyAsync(picked.Root, isQuestion ? $"Who has tried it, {dice.Next()}?" : $"What I did, {dice.Next()}");
        simulation.Beliefs.Replies.Add(new ToldReply(post, who, picked.Round.Id, picked.Round.ClosesAt, at) { IsQuestion = isQuestion });
        await simulation.Town.SettleAsync();
    }

    private async Task GoOnAsync()
    {
        if (await ButtonAsync(Town.Host, "Go on") is { } post)
            await simulation.TryAsync(As(Town.Host).ClickAsync(post, "Go on"));
    }

    private async Task<string?> CommandAsync(string who, string line)
    {
        Acted(who);
        return (await simulation.TryAsync(As(who).CommandAsync(line, "learning")))?.Text;
    }

    private async Task ChangeAsync(Task change)
    {
        await change;
        await simulation.Town.SettleAsync();
    }

    /// <summary>So long after its close a thread is still spoken in. Somewhat longer the bot reads back what it missed there.</summary>
    private static readonly TimeSpan SpokenIn = TimeSpan.FromDays(5);

    /// <summary>One of the latest rounds, open or just closed, whose post stands.</summary>
    private async Task<(Programme Programme, Occurrence Round, SeenPost Root)?> PickRoundAsync(Random dice)
    {
        List<(Programme Programme, Occurrence Round, SeenPost Root)> all = [];
        foreach (var programme in simulation.Programmes.Where(one => one.IsTalkedIn))
        {
            foreach (var round in (await simulation.RoundsAsync(programme.Slug)).TakeLast(2))
            {
                if (round.ClosesAt + SpokenIn > simulation.Now && await simulation.RootAsync(round) is { } root)
                    all.Add((programme, round, root));
            }
        }

        return all.Count == 0 ? null : all[dice.Next(all.Count)];
    }

    private async Task<SeenPost?> ButtonAsync(string who, string label) =>
        simulation.Beliefs.Active.ContainsKey(who) ? (await simulation.Town.DirectAsync(who)).LastOrDefault(post => post.Buttons.Any(one => one.Label == label)) : null;

    /// <summary>How a post of the bot to somebody reads now.</summary>
    private async Task<string> LatestAsync(string who, SeenPost post) =>
        (await simulation.Town.DirectAsync(who)).Single(one => one.Id == post.Id).Text;

    private Programme? TitleIn(string text) => simulation.Challenges.FirstOrDefault(one => text.Contains($"**{one.Title}**", StringComparison.Ordinal));

    private ToldReply? Own(string who, Random dice) => Pick(one => one.Who == who, dice);

    private ToldReply? Any(Random dice) => Pick(_ => true, dice);

    private ToldReply? Pick(Func<ToldReply, bool> fits, Random dice)
    {
        var replies = simulation.Beliefs.Replies.Where(one => one.ClosesAt + SpokenIn > simulation.Now && fits(one)).ToList();
        return replies.Count == 0 ? null : replies[dice.Next(replies.Count)];
    }

    /// <summary>No answer, or one of a process that was already dead: it may have been done or not. A refusal by a living one is a promise, too.</summary>
    private bool IsUnknown(string? answer) => answer is null || (answer.StartsWith(NotWritten, StringComparison.Ordinal) && simulation.Town.IsDead) || answer.Length == 0;

    private void Acted(string who) => simulation.Beliefs.Active.TryAdd(who, simulation.Now);

    private Person As(string who) => simulation.Town.As(who);
}
