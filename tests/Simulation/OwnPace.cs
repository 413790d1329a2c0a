using System.Globalization;
using System.Text.Json;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Storage.InMemory;

namespace MattermostLearning.Simulation;

/// <summary>What must hold where each goes for themselves, in courses and quizzes: they are where their messages say, what they answered was counted once, and what they did was seen.</summary>
internal sealed class OwnPace(Simulation simulation)
{
    private static readonly TimeSpan Nine = TimeSpan.FromHours(9);

    private readonly List<string> _broken = [];

    private InMemoryStore Store => simulation.Town.Disk.Store;

    public async Task<IReadOnlyList<string>> BrokenAsync(IReadOnlyDictionary<string, IReadOnlyList<SeenPost>> posts)
    {
        var quizzes = simulation.Programmes.Where(one => one is { Kind: Programme.Quiz, IsVote: false }).Select(one => (one.Slug, one.Title, IsCourse: false));
        foreach (var (slug, title, isCourse) in simulation.Standings.Select(one => (one.Slug, one.Title, IsCourse: one.Kind == Standing.Course)).Concat(quizzes))
        {
            foreach (var round in (await simulation.RoundsAsync(slug)).TakeLast(1))
            {
                foreach (var who in People.Active)
                {
                    if (await Store.GetAsync<Participation>(Participation.IdOf(round.Id, simulation.Town.As(who).Id)) is not { IsIn: true, State: { } state } part)
                        continue;
                    var direct = posts[who].Where(post => post.Text.Contains(title, StringComparison.Ordinal) && !Presses.IsRecall(post)).ToList();
                    if (isCourse)
                        ShowsTheLesson(slug, title, who, state, part, direct);
                    else if (round.Status == OccurrenceStatus.Open)
                        ShowsTheQuestion(slug, who, state, direct);
                    if (!isCourse)
                        await CountsEachAnswerOnceAsync(round, who, state);
                    SawWhatWasDone(slug, who, part);
                }
            }
        }

        foreach (var who in People.Active)
            await ShowsWhatIsRecalledAsync(who, posts[who]);
        await BringsLessonsInTheMorningAsync(posts);
        return _broken;
    }

    /// <summary>The latest message with a question is the present one, and offers to answer it; the others offer nothing.</summary>
    private void ShowsTheQuestion(string slug, string who, JsonElement state, IReadOnlyList<SeenPost> direct)
    {
        var (answers, all) = (state.GetProperty("answers").GetArrayLength(), state.GetProperty("questions").GetArrayLength());
        var open = direct.Where(post => post.Text.Contains(", question ", StringComparison.Ordinal) && post.Buttons.Any()).ToList();
        if (answers < all && (open.Count == 0 || !open[^1].Text.Contains($", question {answers + 1} of {all}", StringComparison.Ordinal)))
            _broken.Add($"{who} is at question {answers + 1} of {all} of {slug}, and sees {(open.Count == 0 ? "none" : open[^1].Text)}");
        if (answers == all && open.Find(post => !simulation.Beliefs.LeftStanding.Contains(post.Id)) is { } asked)
            _broken.Add($"{who} has answered all of {slug}, and is still asked: {asked.Text}");
    }

    private async Task CountsEachAnswerOnceAsync(Occurrence round, string who, JsonElement state)
    {
        var (attempt, answers) = (state.GetProperty("attempt").GetInt32(), state.GetProperty("answers").GetArrayLength());
        var facts = (await Store.FindAsync(LearningEvent.ByPerson, simulation.Town.As(who).Id)).Where(one => one.OccurrenceId == round.Id).OrderBy(one => one.At).ToList();
        var (begun, counted) = (facts.Count(one => one.Verb == Verbs.Started), facts.Count(one => one.Verb == Verbs.Answered));
        if (begun != attempt)
            _broken.Add($"{who} is in attempt {attempt} of {round.Id}, and has begun {begun} times");
        if (attempt == 1 && counted != answers)
            _broken.Add($"{who} has {answers} answers in {round.Id}, and {counted} were counted");
    }

    private void ShowsTheLesson(string slug, string title, string who, JsonElement state, Participation part, IReadOnlyList<SeenPost> direct)
    {
        // Before the first lesson, while it rests, and at the end, other things are shown.
        if (part.FinishedAt is not null || state.GetProperty("attempt").GetInt32() == 0 || state.GetProperty("isPaused").GetBoolean() || state.GetProperty("shows").GetString() == "End")
            return;
        var lesson = string.Create(CultureInfo.InvariantCulture, $"esson {state.GetProperty("lesson").GetInt32() + 1} of ");
        // What came together with others is a line among theirs, and a button that brings it.
        var shown = direct.LastOrDefault(post => post.Text.Contains("esson ", StringComparison.Ordinal) && post.Buttons.Any(one => one.Label is "More" or "Never mind" || one.Label == title));
        if (shown?.Text.Contains(lesson, StringComparison.Ordinal) != true)
            _broken.Add($"{who} is at l{lesson}{slug}, and sees {shown?.Text ?? "none"}");
    }

    private void SawWhatWasDone(string slug, string who, Participation part)
    {
        if (part.Watching is { } watching && simulation.Beliefs.Replies.FirstOrDefault(one => one.Who == who && one.IsQuestion && one.At > watching.Since && IsIn("learning", one)) is { } done)
            _broken.Add($"{who} did at {done.At:u} what {slug} waits for since {watching.Since:u}, and it was not seen");
    }

    private bool IsIn(string channel, ToldReply reply) =>
        simulation.Programmes.Any(one => one.Channel == channel && simulation.RunIds[one.Slug] == Occurrence.RunOf(reply.RoundId));

    /// <summary>The latest question of their deck is the one that they are at, and each card lies there once.</summary>
    private async Task ShowsWhatIsRecalledAsync(string who, IReadOnlyList<SeenPost> direct)
    {
        if (await Store.GetAsync<RecallDeck>(simulation.Town.As(who).Id) is not { } deck)
            return;
        if (deck.Cards.DistinctBy(card => (card.Slug, card.QuestionId)).Count() != deck.Cards.Count)
            _broken.Add($"{who} has a question twice in their deck");
        var shown = direct.LastOrDefault(post => post.Text.StartsWith("**Recall**, question ", StringComparison.Ordinal) && post.Buttons.Any());
        if (deck.Sitting is { } sitting && shown?.Text.StartsWith(string.Create(CultureInfo.InvariantCulture, $"**Recall**, question {sitting.Number} of {sitting.All}, "), StringComparison.Ordinal) != true)
            _broken.Add($"{who} is asked question {sitting.Number} of {sitting.All} of their deck, and sees {shown?.Text ?? "none"}");
    }

    /// <summary>What comes by itself comes on a working day of theirs, and not before nine.</summary>
    private async Task BringsLessonsInTheMorningAsync(IReadOnlyDictionary<string, IReadOnlyList<SeenPost>> posts)
    {
        var runId = simulation.RunIds["small-steps"];
        foreach (var who in People.Active)
        {
            foreach (var post in posts[who])
            {
                if (Town.RowOf(post) is not { } rowId || await Store.GetAsync<OutboxRow>(rowId) is not { Purpose: MessagePurpose.Asked } row || row.RunId != runId)
                    continue;
                var local = TimeZoneInfo.ConvertTime(new DateTimeOffset(row.Order, TimeSpan.Zero), People.ZoneOf(who) ?? TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
                if (local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || local.TimeOfDay < Nine)
                    _broken.Add($"{who} got a lesson at {local:dddd HH:mm} of their own time: {post.Text}");
            }
        }
    }
}
