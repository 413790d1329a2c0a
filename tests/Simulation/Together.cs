using System.Globalization;
using System.Text.RegularExpressions;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Storage.InMemory;

namespace MattermostLearning.Simulation;

/// <summary>What must hold where people go together: nobody is ahead of the cohort or left behind, nobody is read too early, and nobody is alone who could have company.</summary>
internal sealed partial class Together(Simulation simulation)
{
    /// <summary>So much longer than promised a lesson may take, whatever was wrong: the last day of a week is calm.</summary>
    private static readonly TimeSpan CalmDay = TimeSpan.FromDays(1);

    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(30);

    private readonly List<string> _broken = [];

    private InMemoryStore Store => simulation.Town.Disk.Store;

    public async Task<IReadOnlyList<string>> BrokenAsync(IReadOnlyDictionary<string, IReadOnlyList<SeenPost>> posts)
    {
        foreach (var cohort in simulation.Cohorts)
        {
            if (await simulation.RoundsAsync(cohort.Slug) is not [var round])
                continue;
            var parts = new Dictionary<string, Participation>();
            foreach (var who in People.Active)
            {
                if (await Store.GetAsync<Participation>(Participation.IdOf(round.Id, simulation.Town.As(who).Id)) is { IsIn: true, State: not null } part)
                    parts[who] = part;
            }

            foreach (var (who, part) in parts)
                await IsWhereTheCohortIsAsync(cohort, who, part);
            foreach (var post in posts.Values.SelectMany(one => one))
                await ComesInTimeAsync(cohort, round, post);
            if (cohort.IsInPairs)
                HasCompany(cohort, parts);
        }

        return _broken;
    }

    private async Task IsWhereTheCohortIsAsync(Cohort cohort, string who, Participation part)
    {
        var state = part.State!.Value;
        var came = state.GetProperty("done").GetArrayLength();
        if (came > cohort.CameBy(simulation.Now))
            _broken.Add($"{who} has seen {came} lessons of {cohort.Slug}, and the cohort has not");
        // Whoever is through, has begun anew or has ever rested may be anywhere. What came due in a trouble or on a hold may have moved, and then what follows has, too.
        var facts = await Store.FindAsync(LearningEvent.ByPerson, part.PersonId);
        if (part.FinishedAt is not null || state.GetProperty("attempt").GetInt32() != 1 || facts.Any(one => one.OccurrenceId == part.OccurrenceId && one.Verb == Verbs.Paused))
            return;
        var due = cohort.MomentsFor(People.ZoneOf(who)).Count(at => at > part.JoinedAt && at <= simulation.Now - CalmDay
            && simulation.Disturbances.IsCalm(at - Moment, at + Moment) && simulation.Holds.IsNone(at - Moment, at + Moment));
        if (came < due)
            _broken.Add($"{who} has seen {came} lessons of {cohort.Slug}, of which {due} came due when all was well");
    }

    /// <summary>A lesson not before the cohort is at it, nor at night; what somebody wrote on it not before all who read it have written, or it is over.</summary>
    private async Task ComesInTimeAsync(Cohort cohort, Occurrence round, SeenPost post)
    {
        if (Town.RowOf(post) is not { } rowId || await Store.GetAsync<OutboxRow>(rowId) is not { } row || row.OccurrenceId != round.Id)
            return;
        if (Shared().Match(post.Text) is { Success: true } shared)
        {
            var (at, lesson) = (post.At, Cohort.NumberOf(shared.Groups["title"].Value));
            if (at < cohort.MomentOf(lesson + 1) && (row.Group is null || !await HaveAllWrittenAsync(round, row.Group, lesson, at)))
                _broken.Add($"what was written on lesson {lesson} of {cohort.Slug} stood at {at:u}, before {cohort.MomentOf(lesson + 1):u}: {post.Text}");
        }
        else if (Lesson().Match(post.Text) is { Success: true } card && row.PersonId is { } personId)
        {
            var zone = People.ZoneOf(People.All.Single(who => simulation.Town.As(who).Id == personId));
            var number = int.Parse(card.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            // By the moment of its decision: sent it may be later.
            var decided = new DateTimeOffset(row.Order, TimeSpan.Zero);
            var local = TimeZoneInfo.ConvertTime(decided, zone ?? TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
            if (decided < cohort.MomentOf(number))
                _broken.Add($"lesson {number} of {cohort.Slug} came at {decided:u}, before {cohort.MomentOf(number):u}");
            if (row.Purpose == MessagePurpose.Asked && (local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || local.Hour is < 9 or >= 18))
                _broken.Add($"lesson {number} of {cohort.Slug} came at {local:dddd HH:mm} of their own time");
        }
    }

    private async Task<bool> HaveAllWrittenAsync(Occurrence round, IReadOnlyList<string> group, int lesson, DateTimeOffset at)
    {
        foreach (var personId in group)
        {
            var facts = await Store.FindAsync(LearningEvent.ByPerson, personId);
            if (!facts.Any(one => one.OccurrenceId == round.Id && one.Verb == Verbs.Answered && one.At <= at && one.Result?.StartsWith($"{lesson}.", StringComparison.Ordinal) == true))
                return false;
        }

        return true;
    }

    /// <summary>Each has the buddies who have them, and nobody who goes on is alone beside another one, beside a pair, or beside somebody whose buddies are through.</summary>
    private void HasCompany(Cohort cohort, Dictionary<string, Participation> parts)
    {
        if (simulation.Now < cohort.MomentOf(1))
            return;
        var names = parts.Keys.ToDictionary(who => simulation.Town.As(who).Id);
        var buddies = parts.ToDictionary(one => one.Key, one => one.Value.State!.Value.GetProperty("buddies").EnumerateArray().Select(id => id.GetString()!).ToList());
        foreach (var (who, own) in buddies)
        {
            foreach (var id in own)
            {
                if (!names.TryGetValue(id, out var other) || !buddies[other].Contains(simulation.Town.As(who).Id))
                    _broken.Add($"{who} goes through {cohort.Slug} with {names.GetValueOrDefault(id, id)}, who does not go with them");
            }

            if (own.Count > 2)
                _broken.Add($"{who} goes through {cohort.Slug} with {own.Count} others");
        }

        var onTheirWay = parts.Where(one => one.Value.FinishedAt is null).Select(one => one.Key).ToList();
        var alone = onTheirWay.Where(who => buddies[who].Count == 0).ToList();
        if (alone.Count > 1 || (alone.Count == 1 && onTheirWay.Except(alone).Any(who => buddies[who].Count(id => names.TryGetValue(id, out var other) && onTheirWay.Contains(other)) < 2)))
            _broken.Add($"{string.Join(" and ", alone)} went through {cohort.Slug} alone, with others on their way");
    }

    [GeneratedRegex(@" on \*\*(?<title>[^*]+)\*\*:\n")]
    private static partial Regex Shared();

    [GeneratedRegex(@"^_[^_]+, lesson (?<number>\d) of \d")]
    private static partial Regex Lesson();
}
