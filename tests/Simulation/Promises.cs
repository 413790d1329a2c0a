using System.Globalization;
using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Storage.InMemory;

namespace MattermostLearning.Simulation;

/// <summary>What must hold after every simulated week, whatever happened in it. Each broken promise is one sentence.</summary>
internal sealed class Promises(Simulation simulation)
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    /// <summary>By the clock, a message that was decided in time is also seen in time.</summary>
    private static readonly TimeSpan Underway = TimeSpan.FromMinutes(15);

    private readonly List<string> _broken = [];

    private Town Town => simulation.Town;

    private InMemoryStore Store => Town.Disk.Store;

    public async Task<IReadOnlyList<string>> BrokenAsync(DateTimeOffset from, DateTimeOffset to)
    {
        _broken.Clear();
        var posts = await BotPostsAsync();
        await EveryRowStandsOnceInOrderAsync(posts);
        foreach (var programme in simulation.Programmes)
        {
            var rounds = await simulation.RoundsAsync(programme.Slug);
            OpensOnTime(programme, rounds, from, to);
            foreach (var round in rounds)
            {
                IsPosted(round, posts);
                await CountsWhoIsInAsync(round);
                if (programme.IsTalkedIn)
                    await CountsWhatStandsAsync(programme, round);
                if (programme.Kind == Programme.Challenge)
                    await KnowsWhoIsInAsync(programme, round);
            }
        }

        foreach (var complaints in new[] { simulation.Beliefs.Complaints, simulation.Story.Complaints })
        {
            _broken.AddRange(complaints);
            complaints.Clear();
        }

        _broken.AddRange(await new OwnPace(simulation).BrokenAsync(posts));
        _broken.AddRange(await new Together(simulation).BrokenAsync(posts));
        await RemindsWithCareAsync(posts);
        KeepsQuiet(posts);
        StaysSilentOnHold();
        return [.. _broken];
    }

    private void Broken(string what) => _broken.Add(what);

    /// <summary>Everything of the bot that stands, by place, in the order of appearance.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<SeenPost>>> BotPostsAsync()
    {
        var places = new Dictionary<string, IReadOnlyList<SeenPost>>();
        foreach (var channel in simulation.Programmes.Select(one => one.Channel).Concat(simulation.Standings.Select(one => one.Channel)).Distinct())
            places[$"~{channel}"] = [.. Town.As(Town.Host).Read(channel).Where(post => post.UserId == Town.BotId)];
        foreach (var who in People.All)
            places[who] = await Town.DirectAsync(who);
        foreach (var cohort in simulation.Cohorts)
        {
            // Where the few of them talk with the bot.
            foreach (var round in await simulation.RoundsAsync(cohort.Slug))
            {
                foreach (var channelId in (await Store.FindAsync(PostedMessage.ByOccurrence, round.Id)).Select(one => one.ChannelId).Except(places.Values.SelectMany(one => one).Select(post => post.ChannelId)).ToList())
                    places[$"{cohort.Slug} {channelId}"] = [.. Town.As(Town.Host).Read(channelId).Where(post => post.UserId == Town.BotId)];
            }
        }

        return places;
    }

    private async Task EveryRowStandsOnceInOrderAsync(IReadOnlyDictionary<string, IReadOnlyList<SeenPost>> posts)
    {
        foreach (var waiting in (await Store.FindAsync(OutboxRow.ByStatus, OutboxRow.Queue)).Where(row => row.NotBefore <= simulation.Now))
            Broken($"{waiting.Operation} {waiting.Id} ({waiting.Conversation}) still waits");
        foreach (var (place, ofPlace) in posts)
        {
            var latest = new Dictionary<string, (long Order, string RowId)>();
            foreach (var group in ofPlace.GroupBy(Town.RowOf).Where(group => group.Key is null || group.Count() > 1))
                Broken(group.Key is null ? $"a post of the bot in {place} has no row" : $"row {group.Key} stands {group.Count()} times in {place}: {group.First().Text}");
            foreach (var post in ofPlace)
            {
                if (Town.RowOf(post) is not { } rowId || await Store.GetAsync<OutboxRow>(rowId) is not { Operation: OutboxOperation.Post } row)
                    continue;
                if (row.Status != OutboxStatus.Sent || row.PostId != post.Id)
                    Broken($"row {rowId} in {place} is {row.Status}, and its post stands: {post.Text}");
                if (latest.TryGetValue(row.Conversation, out var before) && before.Order > row.Order)
                    Broken($"row {rowId} stands in {place} after {before.RowId}, which was to come later");
                latest[row.Conversation] = (row.Order, rowId);
            }
        }

        var standing = posts.Values.SelectMany(one => one).Select(Town.RowOf).ToHashSet();
        foreach (var json in Store.Everything().GetValueOrDefault("outbox")?.Values ?? [])
        {
            var row = JsonNode.Parse(json)!;
            var (id, status, operation) = (row["id"]!.GetValue<string>(), row["status"]?.ToString(), row["operation"]?.ToString());
            if (status == nameof(OutboxStatus.Sent) && operation is null or nameof(OutboxOperation.Post) && !standing.Contains(id))
                Broken($"row {id} was sent and stands nowhere");
            if (status == nameof(OutboxStatus.Refused))
                Broken($"row {id} was refused: {row["refusal"]}");
        }
    }

    private void OpensOnTime(Programme programme, Occurrence[] rounds, DateTimeOffset from, DateTimeOffset to)
    {
        var due = programme.InstantsWithin(simulation.Began, to).ToHashSet();
        foreach (var round in rounds.Where(round => !due.Contains(round.Instant)))
            Broken($"{programme.Slug} opened {round.Id}, which is no instant of its schedule");
        foreach (var instant in programme.InstantsWithin(from, to))
        {
            var round = rounds.SingleOrDefault(one => one.Instant == instant);
            var near = (From: instant - TimeSpan.FromMinutes(5), To: instant + TimeSpan.FromMinutes(1));
            var isQuestionable = !simulation.Pauses[programme.Slug].IsCalm(near.From, near.To) || !simulation.Holds.IsNone(near.From, near.To);
            if (simulation.Disturbances.IsCalm(near.From, near.To))
            {
                if (round is null && !isQuestionable)
                    Broken($"{programme.Slug} did not open its round of {instant:u}, and nothing was wrong");
                if (round is not null && (round.OpenedAt < instant || round.OpenedAt - instant > OneSecond))
                    Broken($"{programme.Slug} opened its round of {instant:u} only at {round.OpenedAt:O}, and nothing was wrong");
            }
            else if (round is not null)
            {
                var late = round.OpenedAt - instant;
                var mayBeLate = programme.SendsLate && late <= programme.OpenFor / 2 && programme.IsWorkingHour(round.OpenedAt);
                if (late > TimeSpan.FromMinutes(1) && !mayBeLate)
                    Broken($"{programme.Slug} opened its round of {instant:u} at {round.OpenedAt:u}, when it was to be left out");
            }
            else if (programme.SendsLate && !isQuestionable && CouldOpenLate(programme, instant, to) is { } chance)
            {
                Broken($"{programme.Slug} did not open its round of {instant:u}, though all was well from {chance:u} on");
            }
        }
    }

    /// <summary>A quarter of an hour without trouble, early enough and in working hours, in which a missed round had to be opened.</summary>
    private DateTimeOffset? CouldOpenLate(Programme programme, DateTimeOffset instant, DateTimeOffset to)
    {
        var step = TimeSpan.FromMinutes(15);
        for (var at = instant; at + step <= instant + programme.OpenFor / 2 && at + step <= to; at += step)
        {
            if (programme.IsWorkingHour(at) && programme.IsWorkingHour(at + step) && simulation.Disturbances.IsCalm(at, at + step)
                && simulation.Holds.IsNone(instant, at + step) && simulation.Pauses[programme.Slug].IsCalm(instant, at + step))
                return at;
        }

        return null;
    }

    private void IsPosted(Occurrence round, IReadOnlyDictionary<string, IReadOnlyList<SeenPost>> posts)
    {
        if (posts.Values.SelectMany(one => one).Any(post => Town.RowOf(post) == round.RootRowId))
            return;
        var step = TimeSpan.FromMinutes(15);
        for (var at = round.OpenedAt; at + step <= round.Instant + ((round.ClosesAt - round.Instant) / 2); at += step)
        {
            if (!simulation.Disturbances.IsCalm(at, at + step) || !simulation.Holds.IsNone(at, at + step))
                continue;
            Broken($"round {round.Id} was opened at {round.OpenedAt:u} and never posted, though all was well from {at:u} on");
            return;
        }
    }

    private async Task CountsWhatStandsAsync(Programme programme, Occurrence round)
    {
        var told = simulation.Beliefs.Replies.Where(one => one.RoundId == round.Id).ToList();
        var stored = (await Store.FindAsync(Contribution.ByOccurrence, round.Id)).Select(one => one.PostId).ToHashSet();
        foreach (var missed in told.Where(one => !stored.Contains(one.Post.Id)))
            Broken($"{missed.Who}'s reply of {missed.At:u} in {round.Id} stands and is not counted");
        if (stored.Count > told.Count)
            Broken($"{stored.Count - told.Count} replies in {round.Id} count and are gone");
        var reactions = (await Store.FindAsync(Reaction.ByOccurrence, round.Id)).Select(one => (one.PostId, one.PersonId, one.Emoji)).ToHashSet();
        var given = told.SelectMany(one => one.Reactions.Select(by => (one.Post.Id, Town.As(by.Who).Id, by.Emoji))).ToHashSet();
        foreach (var (postId, personId, emoji) in given.Except(reactions))
            Broken($"{personId}'s {emoji} to {postId} in {round.Id} stands and is not counted");
        foreach (var (postId, personId, emoji) in reactions.Except(given))
            Broken($"{personId}'s {emoji} to {postId} in {round.Id} counts and is gone");
        if (round.Contributors != told.Select(one => one.Who).Distinct().Count())
            Broken($"{round.Id} counts {round.Contributors} people and shows replies of {told.Select(one => one.Who).Distinct().Count()}");
        foreach (var ofOne in told.GroupBy(one => one.Who))
        {
            var marks = 0;
            foreach (var reply in ofOne)
                marks += await IsMarkedAsync(reply.Post, programme.Mark) ? 1 : 0;
            if (marks != 1)
                Broken($"{marks} of {ofOne.Key}'s {ofOne.Count()} replies in {round.Id} are marked");
        }
    }

    private async Task<bool> IsMarkedAsync(SeenPost post, string mark)
    {
        var now = await Town.As(Town.Host).CallAsync("GET", $"/posts/{post.Id}");
        return (now["metadata"]?["reactions"] as JsonArray ?? []).Any(one => one!["emoji_name"]!.GetValue<string>() == mark && one["user_id"]!.GetValue<string>() == Town.BotId);
    }

    private async Task CountsWhoIsInAsync(Occurrence round)
    {
        var isIn = (await Store.FindAsync(Participation.ByOccurrence, round.Id)).Count(one => one.IsIn);
        if (round.Joined != isIn)
            Broken($"{round.Id} says {round.Joined} are in, and {isIn} are");
    }

    private async Task KnowsWhoIsInAsync(Programme programme, Occurrence round)
    {
        var isIn = (await Store.FindAsync(Participation.ByOccurrence, round.Id)).Where(one => one.IsIn).Select(one => one.PersonId).ToHashSet();
        foreach (var who in People.All)
        {
            var belief = simulation.Beliefs.IsIn(round, programme.Slug, who);
            var actual = isIn.Contains(Town.As(who).Id);
            if (!belief.HasFlag(actual ? Belief.Yes : Belief.No))
                Broken($"{who} is {(actual ? "in" : "not in")} {round.Id}, and was told otherwise");
        }
    }

    private async Task RemindsWithCareAsync(IReadOnlyDictionary<string, IReadOnlyList<SeenPost>> posts)
    {
        foreach (var who in People.All)
        {
            var reminders = new HashSet<string>();
            var decided = new List<DateTimeOffset>();
            foreach (var post in posts[who])
            {
                if (Town.RowOf(post) is not { } rowId || await Store.GetAsync<OutboxRow>(rowId) is not { Purpose: MessagePurpose.Nudge } row)
                    continue;
                var programme = simulation.Programmes.SingleOrDefault(one => simulation.RunIds[one.Slug] == row.RunId);
                // What is no run's goes by the zone of nobody.
                var zone = People.ZoneOf(who) ?? programme?.TimeZone ?? (simulation.RunIds.Values.Contains(row.RunId) ? TimeZoneInfo.FindSystemTimeZoneById("Europe/London") : TimeZoneInfo.Utc);
                decided.Add(new DateTimeOffset(row.Order, TimeSpan.Zero));
                var at = post.At;
                var local = TimeZoneInfo.ConvertTime(at, zone);
                if (local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || local.TimeOfDay < TimeSpan.FromHours(9) || local.TimeOfDay > TimeSpan.FromHours(17) + Underway)
                    Broken($"{who} was nudged at {local:dddd HH:mm} of their own time: {post.Text}");
                if (row.OccurrenceId is { } roundId && programme?.Kind == Programme.Challenge)
                    RemindsOfRound(who, roundId, at, isFirst: reminders.Add(roundId));
            }

            KeepsToTheBudget(who, decided);
        }
    }

    private void RemindsOfRound(string who, string roundId, DateTimeOffset at, bool isFirst)
    {
        if (!isFirst)
            Broken($"{who} was reminded twice of {roundId}");
        if (simulation.Beliefs.WantsNoReminder.TryGetValue((roundId, who), out var since) && since < at)
            Broken($"{who} was reminded of {roundId} at {at:u}, and was told at {since:u} that nobody would");
        if (simulation.Beliefs.Replies.Any(one => one.RoundId == roundId && one.Who == who && one.At < at - Underway) && simulation.Disturbances.IsCalm(at - Underway, at))
            Broken($"{who} was reminded of {roundId} at {at:u}, and had replied");
    }

    /// <summary>One a day of theirs, and four in any week, whatever they take part in.</summary>
    private void KeepsToTheBudget(string who, List<DateTimeOffset> decided)
    {
        if (People.ZoneOf(who) is { } zone)
        {
            foreach (var day in decided.GroupBy(at => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime)).Where(day => day.Count() > 1))
                Broken($"{who} was nudged {day.Count()} times on {day.Key:yyyy-MM-dd}");
        }

        foreach (var at in decided.Where(at => decided.Count(other => other <= at && other > at - TimeSpan.FromDays(7)) > 4))
            Broken($"{who} was nudged more than four times in the week before {at:u}");
    }

    private void KeepsQuiet(IReadOnlyDictionary<string, IReadOnlyList<SeenPost>> posts)
    {
        foreach (var who in People.All.Where(who => posts[who].Count > 0 && !simulation.Beliefs.Active.ContainsKey(who)))
            Broken($"{who} has never done anything, and was written to: {posts[who][0].Text}");
        foreach (var said in Said().Where(said => said.Contains("Exception", StringComparison.Ordinal) || said.Contains("   at ", StringComparison.Ordinal)))
            Broken($"somebody saw the inside of the machine: {said}");
    }

    private IEnumerable<string> Said() => Town.Mattermost.Transcript.Entries
        .Where(entry => entry.Who == $"@{Town.Bot}" || entry.Kind == TranscriptKind.Private)
        .Select(entry => string.Join('\n', entry.Attachments.Select(one => one.Text).Prepend(entry.Text)));

    /// <summary>Somebody's own words, which they asked to be shown, are shown all the same.</summary>
    private void StaysSilentOnHold()
    {
        foreach (var (from, to) in simulation.Holds.Certain)
        {
            foreach (var entry in Town.Mattermost.Transcript.Entries)
            {
                if (entry.Kind == TranscriptKind.Posted && entry.Who == $"@{Town.Bot}" && entry.Place.StartsWith('~') && entry.At > from && entry.At < to && !People.AreTheirWords(entry.Text))
                    Broken(string.Create(CultureInfo.InvariantCulture, $"on hold since {from:u}, the bot wrote in {entry.Place} at {entry.At:u}: {entry.Text}"));
            }
        }
    }
}
