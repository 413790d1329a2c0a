using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Sidecar.Rehearsal.People;

/// <summary>
/// Simulated learners. What one does about a message follows from their temper, from chance, and from what the message offers (buttons, menus,
/// dialogs, threads), never from the kind of activity: so they take part in any.
/// </summary>
internal sealed partial class Crowd(MattermostStandIn mattermost, IReadOnlyList<Learner> learners, Draws draws, Func<DateTimeOffset> now)
{
    /// <summary>Of questions one after the other, nobody answers more in one go.</summary>
    private const int MostSteps = 40;

    /// <summary>Of those that write, so many of the latest are looked at for one to react to.</summary>
    private const int LatestReplies = 6;

    /// <summary>A button with a longer label says what it does.</summary>
    private const int LongestLetter = 2;

    private static readonly string[] Emoji = ["tada", "bulb", "heart", "+1"];

    private static readonly string[] Said =
    [
        "I tried it this morning: it took five minutes, and I learned more than I had thought.",
        "Here is mine. I asked a colleague whom I hardly know, and we talked for half an hour.",
        "It was harder than I expected. I got half of it done and will try the rest tomorrow.",
        "Done. What surprised me: nobody had ever written it down.",
        "My two lines: I showed it to a neighbour, and she showed me a better way.",
        "I nearly skipped this one. Glad that I did not.",
        "Here is what I found, and what I would do differently the next time.",
        "Small thing, but it saves me time every day from now on.",
    ];

    private readonly PriorityQueue<Func<Task>, (DateTimeOffset At, int Person, string What)> _planned = new(ByInstantAndPerson);
    private readonly Dictionary<string, Learner> _byName = learners.ToDictionary(one => one.UserName, StringComparer.Ordinal);
    private readonly HashSet<(int Person, string PostId)> _pressed = [];
    private readonly Dictionary<(int Person, string RootId), DateTimeOffset> _replied = [];
    private readonly Dictionary<string, List<SeenPost>> _repliesTo = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (DateTimeOffset From, DateTimeOffset To)> _away = [];
    private readonly HashSet<int> _gone = [];
    private readonly HashSet<string> _direct = new(StringComparer.Ordinal);

    private static Comparer<(DateTimeOffset At, int Person, string What)> ByInstantAndPerson { get; } = Comparer<(DateTimeOffset At, int Person, string What)>.Create(
        (one, other) => one.At != other.At ? one.At.CompareTo(other.At) : one.Person != other.Person ? one.Person.CompareTo(other.Person) : string.CompareOrdinal(one.What, other.What));

    /// <summary>The next instant at which somebody does something.</summary>
    public DateTimeOffset? Next => _planned.TryPeek(out _, out var first) ? first.At : null;

    /// <summary>Whoever is next does what they planned.</summary>
    public Task ActAsync() => _planned.Dequeue()();

    /// <summary>What is settled before anything happens: who leaves when, who is away, and whose evenings are quiet.</summary>
    public void Begin(DateTimeOffset from, DateTimeOffset to, string channel)
    {
        foreach (var who in learners)
        {
            var dice = draws.For($"{who.UserName} begins");
            if (who.Temper == Temper.Leaving)
            {
                var at = WakingHours.From(from + (to - from) * (0.35 + 0.3 * dice.NextDouble()), who.Zone, worksOnWeekends: false, dice);
                Plan(who, at, "leaves", () => LeaveAsync(who, channel));
            }

            if (who.IsAwayOnce)
            {
                var begins = from.AddDays(7 * dice.Next(Math.Max(1, (int)((to - from).TotalDays / 7))));
                _away[who.Number] = (begins, begins.AddDays(7));
                Plan(who, begins, "goes away", () => ShowOutOfOfficeAsync(who, true));
                Plan(who, begins.AddDays(7), "is back", () => ShowOutOfOfficeAsync(who, false));
            }

            if (who.KeepsQuietHours)
                PlanQuietHours(who, from, to);
        }
    }

    /// <summary>The bot has written in a channel that everybody is in.</summary>
    public void SeeInChannel(SeenPost post, string name)
    {
        if (post.RootId.Length > 0 && !post.Buttons.Any())
            return;
        foreach (var who in learners)
            Notice(who, post, name, who.Habits.Notices, step: 0);
    }

    /// <summary>The bot has written to somebody, or changed what it wrote.</summary>
    public void SeeDirectly(string userName, SeenPost post, string name)
    {
        if (!_byName.TryGetValue(userName, out var who))
            return;
        _direct.Add(post.ChannelId);
        var dice = Dice(who, name, "reads");
        var habits = who.Habits;
        // A message that leads to a thread, and is not over, asks for something there: a sign where it shows one, else a word.
        if (post.Buttons.Any() && LinkedPost(post.Text) is { } root)
        {
            var (seen, shown, sign) = (now(), Shown().Match(post.Text), Sign().Match(Shown().Replace(post.Text, "")));
            if (dice.NextDouble() < habits.Replies)
            {
                Plan(who, Awake(who, now() + Between(dice, TimeSpan.FromMinutes(10), TimeSpan.FromHours(9)), dice), $"replies {name}", () => sign.Success && !shown.Success
                    ? GiveAsync(who, root, sign.Groups["name"].Value)
                    : ReplyAsync(who, root, name, seen, shown.Groups["text"].Value));
            }

            return;
        }

        // One that names a channel, and whose buttons only lead elsewhere, asks for something that begins there.
        if (post.Buttons.Any() && !AsksForSomething([.. post.Buttons]) && Place().Match(post.Text) is { Success: true } place)
        {
            var sample = Shown().Match(post.Text).Groups["text"].Value;
            if (dice.NextDouble() < habits.Replies)
                Plan(who, Awake(who, now() + Between(dice, TimeSpan.FromMinutes(10), TimeSpan.FromHours(9)), dice), $"begins {name}", () => BeginThreadAsync(who, place.Groups["channel"].Value, name, sample));
            return;
        }

        Notice(who, post, name, (TimeSpan.FromMinutes(2), TimeSpan.FromHours(who.Temper == Temper.Late ? 24 : 5)), step: 0);
    }

    private void Notice(Learner who, SeenPost post, string name, (TimeSpan From, TimeSpan To) pause, int step)
    {
        if (who.Temper == Temper.Silent || _gone.Contains(who.Number) || !post.Buttons.Any() || step >= MostSteps)
            return;
        var dice = Dice(who, name, "notices");
        var habits = who.Habits;
        if (dice.NextDouble() >= (AsksForSomething([.. post.Buttons]) ? habits.Engages : habits.Chooses))
            return;
        var at = now() + Between(dice, pause.From, pause.To);
        Plan(who, step == 0 ? Awake(who, at, dice) : at, $"presses {name}", () => PressAsync(who, post, name, step));
    }

    private async Task PressAsync(Learner who, SeenPost post, string name, int step)
    {
        var person = mattermost.As(who.UserName);
        if (!post.IsPrivate && !_pressed.Add((who.Number, $"{post.Id} {(step == 0 ? "" : name)}")))
            return;
        var seen = post.IsPrivate ? post : person.Look(post.Id);
        var dice = Dice(who, name, "chooses");
        // What was there when they saw it may be gone when they come to it.
        if (Choose([.. seen.Buttons], dice, looksAround: who.Temper != Temper.Attentive) is not { } button)
            return;
        var option = button.Options.Count == 0 ? null : button.Options[dice.Next(button.Options.Count)].Value;
        var reply = await TryAsync(() => person.ClickAsync(seen, button, option));
        if (reply is null)
            return;
        if (reply.Dialog is { } dialog)
            Plan(who, now() + Between(dice, TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(6)), $"submits {name}", () => SubmitAsync(who, dialog, name, step));
        GoOn(who, seen, reply, name, step, dice);
        if (IsRootInChannel(seen) && button.Style == "primary" && dice.NextDouble() < who.Habits.Replies)
        {
            var (from, to) = who.Habits.Writes;
            Plan(who, Awake(who, now() + Between(dice, from, to), dice), $"replies {name}", () => ReplyAsync(who, seen.Id, name));
        }
    }

    /// <summary>What came of it may offer something in its turn: the answer, or the message itself, which is another now.</summary>
    private void GoOn(Learner who, SeenPost seen, Reply reply, string name, int step, Random dice)
    {
        var pause = (TimeSpan.FromSeconds(8), TimeSpan.FromMinutes(2));
        if (reply.Post is { } answer && answer.Buttons.Any())
            Notice(who, answer, $"{name} > {Number(step)}", pause, step + 1);
        if (seen.IsPrivate || IsRootInChannel(seen))
            return;
        Plan(who, now() + Between(dice, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20)), $"looks {name}", () =>
        {
            if (Look(who, seen.Id) is { } then && then.Buttons.Any() && then.Text != seen.Text)
                Notice(who, then, $"{name} / {Number(step)}", pause, step + 1);
            return Task.CompletedTask;
        });
    }

    private async Task SubmitAsync(Learner who, SeenDialog dialog, string name, int step)
    {
        var person = mattermost.As(who.UserName);
        if (person.Dialog != dialog)
            return;
        var dice = Dice(who, name, "fills in");
        var reply = await TryAsync(() => person.SubmitAsync(Form.Fill(dialog, dice, Said)));
        if (reply is { IsClosed: true } and { Reply.Post: { } answer })
            Notice(who, answer, $"{name} > {Number(step)}", (TimeSpan.FromSeconds(8), TimeSpan.FromMinutes(2)), step + 1);
    }

    private async Task GiveAsync(Learner who, string postId, string emoji)
    {
        if (!_gone.Contains(who.Number) && Look(who, postId) is { } post)
            await TryAsync(() => mattermost.As(who.UserName).ReactAsync(post, emoji));
    }

    /// <param name="who">Who replies.</param>
    /// <param name="rootId">The post that they were led to, or came from.</param>
    /// <param name="name">Names the message that made them do it.</param>
    /// <param name="asked">When they were asked to directly: then a word from before is none; null where one word in a thread is enough.</param>
    /// <param name="shown">What it is to look like; empty where nothing was shown.</param>
    private async Task ReplyAsync(Learner who, string rootId, string name, DateTimeOffset? asked = null, string shown = "")
    {
        if (_gone.Contains(who.Number) || Look(who, rootId) is not { } root)
            return;
        var thread = root.RootId.Length > 0 ? root.RootId : root.Id;
        if (_replied.TryGetValue((who.Number, thread), out var last) && !(last < asked))
            return;
        _replied[(who.Number, thread)] = now();
        var dice = Dice(who, name, "writes");
        var person = mattermost.As(who.UserName);
        var before = _repliesTo.TryGetValue(thread, out var known) ? known : _repliesTo[thread] = [];
        if (await TryAsync(() => person.ReplyAsync(root, $"{Said[dice.Next(Said.Length)]}{(shown.Length > 0 ? $"\n\n{shown}" : "")}")) is not { } mine)
            return;
        // Whoever writes has read the others.
        if (before.Count > 0 && dice.NextDouble() < who.Habits.Engages)
        {
            var liked = before[^(1 + dice.Next(Math.Min(LatestReplies, before.Count)))];
            var emoji = Emoji[dice.Next(Emoji.Length)];
            Plan(who, now() + Between(dice, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(10)), $"reacts {name}", () => TryAsync(() => person.ReactAsync(liked, emoji)));
        }

        before.Add(mine);
    }

    private async Task BeginThreadAsync(Learner who, string channel, string name, string shown) =>
        await TryAsync(() => mattermost.As(who.UserName).PostAsync(channel, $"{Said[Dice(who, name, "writes").Next(Said.Length)]}{(shown.Length > 0 ? $"\n\n{shown}" : "")}"));

    private async Task LeaveAsync(Learner who, string channel)
    {
        _gone.Add(who.Number);
        await TryAsync(() => mattermost.As(who.UserName).CommandAsync("/learn leave everything", channel));
    }

    private void PlanQuietHours(Learner who, DateTimeOffset from, DateTimeOffset to)
    {
        for (var day = TimeZoneInfo.ConvertTime(from, who.Zone).Date; day < to.UtcDateTime; day = day.AddDays(1))
        {
            var (begins, ends) = (WakingHours.At(day.AddHours(WakingHours.End), who.Zone), WakingHours.At(day.AddDays(1).AddHours(WakingHours.Begin), who.Zone));
            if (begins < from || ends > to)
                continue;
            Plan(who, begins, "is quiet", () => ShowAsync(who, "dnd"));
            Plan(who, ends, "can be disturbed", () => ShowAsync(who, "online"));
        }
    }

    private Task<JsonObject> ShowAsync(Learner who, string status)
    {
        var person = mattermost.As(who.UserName);
        return person.CallAsync("PUT", $"/users/{person.Id}/status", new JsonObject { ["user_id"] = person.Id, ["status"] = status });
    }

    private Task<JsonObject> ShowOutOfOfficeAsync(Learner who, bool isAway)
    {
        var person = mattermost.As(who.UserName);
        return person.CallAsync("PUT", $"/users/{person.Id}/patch", new JsonObject { ["notify_props"] = new JsonObject { ["auto_responder_active"] = isAway ? "true" : "false" } });
    }

    /// <summary>A client that is out of date presses what is no longer there, and Mattermost says so: nothing comes of it.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T>> act) where T : class
    {
        try
        {
            return await act();
        }
        catch (StandInException)
        {
            return null;
        }
    }

    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (StandInException)
        {
            // As above.
        }
    }

    private SeenPost? Look(Learner who, string postId)
    {
        try
        {
            return mattermost.As(who.UserName).Look(postId);
        }
        catch (StandInException)
        {
            return null;
        }
    }

    /// <summary>Some button is the main one, or some are answers: letters, figures, a menu. What else there is, is there for whoever wants it.</summary>
    private static bool AsksForSomething(IReadOnlyList<SeenButton> buttons) => buttons.Any(one => one.Style == "primary" || IsAnswer(one));

    private static bool IsAnswer(SeenButton button) => button.Type == "select" || button.Label.Length <= LongestLetter;

    /// <summary>
    /// What a message asks for first is what most press; a few look at the rest before. Among answers any is as likely as another, and of what
    /// is left the earlier ones are likelier.
    /// </summary>
    private static SeenButton? Choose(IReadOnlyList<SeenButton> buttons, Random dice, bool looksAround)
    {
        if (buttons.Count == 0)
            return null;
        var primary = buttons.FirstOrDefault(one => one.Style == "primary");
        var answers = buttons.Where(IsAnswer).ToList();
        if (answers.Count == buttons.Count)
            return answers[dice.Next(answers.Count)];
        if (!looksAround)
            return primary ?? (answers.Count > 0 ? answers[dice.Next(answers.Count)] : buttons[0]);
        if ((primary is not null || answers.Count > 0) && dice.NextDouble() < 0.92)
            return primary ?? answers[dice.Next(answers.Count)];
        var weights = buttons.Select((one, index) => one == primary || (primary is null && IsAnswer(one)) ? 0 : 1.0 / (index + 1)).ToList();
        var left = dice.NextDouble() * weights.Sum();
        for (var index = 0; index < buttons.Count; index++)
        {
            left -= weights[index];
            if (left < 0)
                return buttons[index];
        }

        return buttons[^1];
    }

    private DateTimeOffset Awake(Learner who, DateTimeOffset at, Random dice)
    {
        if (_away.TryGetValue(who.Number, out var away) && at >= away.From && at < away.To)
            at = away.To.AddSeconds(dice.Next(7200));
        return WakingHours.From(at, who.Zone, who.Habits.WorksOnWeekends, dice);
    }

    private void Plan(Learner who, DateTimeOffset at, string what, Func<Task> deed) =>
        _planned.Enqueue(() => _gone.Contains(who.Number) ? Task.CompletedTask : deed(), (WholeSecond(at < now() ? now() : at), who.Number, what));

    private static DateTimeOffset WholeSecond(DateTimeOffset at) => at.Ticks % TimeSpan.TicksPerSecond == 0 ? at : at.AddTicks(TimeSpan.TicksPerSecond - at.Ticks % TimeSpan.TicksPerSecond);

    private bool IsRootInChannel(SeenPost post) => post is { IsPrivate: false, RootId.Length: 0 } && !_direct.Contains(post.ChannelId);

    private Random Dice(Learner who, string name, string what) => draws.For($"{who.UserName} {what} {name}");

    private static TimeSpan Between(Random dice, TimeSpan from, TimeSpan to) => from + (to - from) * dice.NextDouble();

    private static string Number(int step) => step.ToString(CultureInfo.InvariantCulture);

    private static string? LinkedPost(string text) => PostAddress().Match(text) is { Success: true } found ? found.Groups[1].Value : null;

    /// <summary>A sample of what they are to write.</summary>
    [GeneratedRegex(@"^````\n(?<text>.*?)\n````$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Shown();

    [GeneratedRegex(@"~(?<channel>[a-z0-9][a-z0-9._\-]*)")]
    private static partial Regex Place();

    [GeneratedRegex(@":(?<name>[a-z][a-z0-9_+\-]+):")]
    private static partial Regex Sign();

    [GeneratedRegex(@"/pl/([a-z0-9]{26})\b")]
    private static partial Regex PostAddress();
}
