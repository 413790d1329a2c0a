using System.Text.RegularExpressions;
using MattermostLearning.Activities.Engine.Documents;

namespace MattermostLearning.Simulation;

/// <summary>
/// People vote in the channel, change their mind, and are told each time what their vote is: each is held against what they were told before. That the others talk meanwhile is
/// <see cref="People"/>'s matter.
/// </summary>
internal sealed partial class Votes(Simulation simulation)
{
    /// <summary>By round, person, and whether it was after the talk: what they were told last; null where they cannot know.</summary>
    private readonly Dictionary<(string RoundId, string Who, bool IsSecond), string?> _told = [];

    public async Task VoteAsync(string who, Random dice)
    {
        var programme = simulation.Programmes.Single(one => one.IsVote);
        if ((await simulation.RoundsAsync(programme.Slug)).LastOrDefault() is not { } round || await simulation.RootAsync(round) is not { } root)
            return;
        var letters = root.Buttons.ToList();
        if (letters.Count == 0)
            return;
        simulation.Beliefs.Active.TryAdd(who, simulation.Now);
        var pressed = letters[dice.Next(letters.Count)];
        var vote = (round.Id, who, IsSecond: root.Text.Contains("Then vote again, until", StringComparison.Ordinal) && !root.Text.Contains("Vote alone", StringComparison.Ordinal));
        var before = await CountedAsync(who, round);
        var reply = await simulation.TryAsync(simulation.Town.As(who).ClickAsync(root, pressed));
        var words = reply?.Dialog is { } window ? window.Json["dialog"]!["introduction_text"]!.GetValue<string>() : reply?.Text ?? "";
        var more = await CountedAsync(who, round) - before;
        var told = Told().Match(words);
        if (!told.Success)
        {
            // Refused, it changed nothing; where nothing came back, it may have.
            var isRefused = words.Length > 0 && !words.StartsWith("That has reached me.", StringComparison.Ordinal) && !(simulation.Town.IsDead && words.StartsWith(People.NotWritten, StringComparison.Ordinal));
            if (!isRefused)
                _told[vote] = null;
            if (more > (isRefused ? 0 : 1))
                Complain($"was told {(words.Length > 0 ? words : "nothing")}, and {more} votes were counted");
            return;
        }

        var isKnown = _told.TryGetValue(vote, out var last) && last is not null;
        var (isSame, old) = (told.Groups["same"].Success, told.Groups["old"].Success ? told.Groups["old"].Value : null);
        if (told.Groups["now"].Value != pressed.Label || more != (isSame ? 0 : 1) || (isKnown && (isSame ? pressed.Label != last : old != last)) || (!_told.ContainsKey(vote) && (isSame || old is not null)))
            Complain($"was told {words}, with {(isKnown ? last : _told.ContainsKey(vote) ? "an unknown vote" : "none")} before, and {more} votes were counted");
        _told[vote] = pressed.Label;

        void Complain(string what) => simulation.Beliefs.Complaints.Add($"{who} voted {pressed.Label} in {round.Id} at {simulation.Now:u}, {what}");
    }

    private async Task<int> CountedAsync(string who, Occurrence round) =>
        (await simulation.Town.Disk.Store.FindAsync(LearningEvent.ByPerson, simulation.Town.As(who).Id)).Count(one => one.Verb == Verbs.Answered && one.OccurrenceId == round.Id);

    [GeneratedRegex(@"^Your vote is \*\*(?<now>[A-Z])\*\*(?:(?<same>, as before)| now, no longer (?<old>[A-Z]))?")]
    private static partial Regex Told();
}
