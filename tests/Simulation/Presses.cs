using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Sidecar.Rehearsal.People;

namespace MattermostLearning.Simulation;

/// <summary>
/// People press what the messages of courses, quizzes and series offer, and fill in what opens, whatever it is. What came of an answer is held against what they
/// were told at once: told that it counts, it counts once; told anything else, it does not.
/// </summary>
internal sealed class Presses(Simulation simulation)
{
    /// <summary>So many of the latest messages somebody scrolls back at the most.</summary>
    private const int Latest = 12;

    /// <summary>What is done in the last lesson of this course, by doing it elsewhere, is no answer to a click.</summary>
    private const string DeedsSlug = "asking-well";

    /// <summary>In the place of an activity: what somebody got wrong is asked again, whatever it comes from.</summary>
    private const string Recall = "recall";
    private const string Deed = "4.1:";

    private static readonly string[] Said = ["Bern", "4500", "What does it print? It says nothing of it.", "I asked a colleague whom I hardly know, and we talked."];

    public async Task PressAsync(string who, Random dice, bool twice)
    {
        if (await PickAsync(who, dice) is not { } picked)
            return;
        simulation.Beliefs.Active.TryAdd(who, simulation.Now);
        var person = simulation.Town.As(who);
        var button = Choose([.. picked.Post.Buttons], dice);
        var option = button.Options.Count > 0 ? button.Options[dice.Next(button.Options.Count)].Value : null;
        var before = await AnswersAsync(who, picked.Slug);
        var told = new List<Told>();
        var clicks = Enumerable.Range(0, twice ? 2 : 1).Select(_ => person.ClickAsync(picked.Post, button, option)).ToList();
        var replies = new List<Reply>();
        foreach (var click in clicks)
        {
            if (await simulation.TryAsync(click) is { } reply)
                replies.Add(reply);
        }

        var form = replies.Select(one => one.Dialog).FirstOrDefault(one => one is { ElementNames.Count: > 0 });
        if (IsAnswer(button))
        {
            // Who presses twice at once sees both answers both times; a window opens only to say that it is over.
            var words = replies.SelectMany(one => one.Private).DistinctBy(one => one.Id).Select(one => one.Text).Where(text => !IsVerdict(text)).ToList();
            var refused = replies.Exists(one => one.Dialog is not null) ? replies.Count : words.Count(text => !IsLastWord(text));
            told.AddRange(Enumerable.Repeat(Told.Other, refused));
            told.AddRange(Enumerable.Repeat(Told.Counts, Math.Max(0, replies.Count - Math.Max(refused, words.Count))));
            told.AddRange(Enumerable.Repeat(Told.Nothing, clicks.Count - replies.Count + words.Count(IsLastWord)));
        }

        // One in eight closes it.
        if (form is not null && person.Dialog is not null && dice.Next(8) > 0)
        {
            var values = Form.Fill(form, dice, Said);
            foreach (var sent in clicks.Select(_ => person.SubmitAsync(values)).ToList())
            {
                var reply = await simulation.TryAsync(sent);
                told.Add(reply is null ? Told.Nothing : reply.IsClosed ? Told.Counts : IsLastWord(reply.Error) ? Told.Nothing : Told.Other);
            }
        }

        if (told.Contains(Told.Nothing) || replies.SelectMany(one => one.Private).Any(one => IsVerdict(one.Text)))
            simulation.Beliefs.LeftStanding.Add(picked.Post.Id);
        var more = await AnswersAsync(who, picked.Slug) - before;
        var least = told.Contains(Told.Counts) ? 1 : 0;
        var most = told.Contains(Told.Nothing) ? 1 : least;
        if (picked.IsAsked && (more < least || more > most))
            simulation.Beliefs.Complaints.Add($"{who} pressed {button.Label} of {picked.Slug} at {simulation.Now:u}, was told {string.Join(" and ", told)}, and {more} answers of theirs were added");
    }

    /// <summary>One of the messages that offer something: in a channel, or, more often, among what came to them directly.</summary>
    private async Task<(string Slug, SeenPost Post, bool IsAsked)?> PickAsync(string who, Random dice)
    {
        var offers = simulation.Standings.Select(one => (one.Slug, one.Title, IsAsked: true))
            .Concat(simulation.Programmes.Where(one => one.Kind != Programme.Challenge && !one.IsVote).Select(one => (one.Slug, one.Title, IsAsked: one.Kind == Programme.Quiz))).ToList();
        if (dice.Next(4) == 0)
        {
            var (slug, _, isAsked) = offers[dice.Next(offers.Count)];
            if ((await simulation.RoundsAsync(slug)).LastOrDefault() is not { } round || await simulation.RootAsync(round) is not { } root)
                return null;
            // Below the post of a round that is over stands what came of it.
            var offering = simulation.Town.As(who).Read(simulation.ChannelOf(slug)).Where(post => (post.Id == root.Id || post.RootId == root.Id) && post.Buttons.Any()).ToList();
            return offering.Count > 0 ? (slug, offering[dice.Next(offering.Count)], isAsked) : null;
        }

        if (!simulation.Beliefs.Active.ContainsKey(who))
            return null;
        var direct = (await simulation.Town.DirectAsync(who)).Where(post => post.Buttons.Any())
            .SelectMany(post => IsRecall(post) ? [(Recall, post, true)] : offers.Where(one => post.Text.Contains(one.Title, StringComparison.Ordinal)).Take(1).Select(one => (one.Slug, post, one.IsAsked))).TakeLast(Latest).ToList();
        if (direct.Count == 0)
            return null;
        return dice.Next(4) == 0 ? direct[dice.Next(direct.Count)] : direct[^1];
    }

    private static SeenButton Choose(IReadOnlyList<SeenButton> buttons, Random dice)
    {
        var asked = buttons.Where(one => IsAnswer(one) || one.Style == "primary").ToList();
        return asked.Count > 0 && dice.Next(4) > 0 ? asked[dice.Next(asked.Count)] : buttons[dice.Next(buttons.Count)];
    }

    internal static bool IsRecall(SeenPost post) => post.Text.StartsWith("**Recall**", StringComparison.Ordinal) || post.Text.Contains(" to recall, in about ", StringComparison.Ordinal);

    private static bool IsAnswer(SeenButton button) => button.Label.Length == 1;

    /// <summary>What the message would have become, beside it: while its post is not known yet, it cannot be changed.</summary>
    private static bool IsVerdict(string text) => text.Contains("\nYour answer: ", StringComparison.Ordinal);

    /// <summary>Of a process that has died since, or of one that had no words for it in time: it may have been done or not.</summary>
    private bool IsLastWord(string text) =>
        (simulation.Town.IsDead && text.StartsWith(People.NotWritten, StringComparison.Ordinal)) || text.StartsWith("That has reached me.", StringComparison.Ordinal);

    private async Task<int> AnswersAsync(string who, string slug) =>
        (await simulation.Town.Disk.Store.FindAsync(LearningEvent.ByPerson, simulation.Town.As(who).Id))
            .Count(one => slug == Recall ? one.Verb == Verbs.Recalled : one.Verb == Verbs.Answered && one.RunId == simulation.RunIds[slug] && !(slug == DeedsSlug && one.Result?.StartsWith(Deed, StringComparison.Ordinal) == true));

    private enum Told
    {
        /// <summary>There was no answer.</summary>
        Nothing,
        Counts,

        /// <summary>That nothing has changed, and why.</summary>
        Other,
    }
}
