using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Simulation;

/// <summary>Whether something is so, as far as somebody outside can know it.</summary>
[Flags]
internal enum Belief
{
    No = 1,
    Yes = 2,

    /// <summary>There was no answer, so it may have been done or not.</summary>
    Either = No | Yes,
}

/// <summary>
/// What people did and what they were told. An answer that came is a promise; where none came, both must be allowed for.
/// </summary>
internal sealed class Beliefs
{
    private readonly Dictionary<(string RoundId, string Who), Belief> _isIn = [];
    private readonly Dictionary<(string Slug, string Who), (Belief Belief, DateTimeOffset Since)> _enrolled = [];
    private readonly Dictionary<(string RoundId, string Who), DateTimeOffset> _wantsNoReminder = [];

    /// <summary>Everybody who did anything that the bot heard of or may have heard of, and when first.</summary>
    public Dictionary<string, DateTimeOffset> Active { get; } = [];

    public List<ToldReply> Replies { get; } = [];

    /// <summary>Messages of which a button was pressed, and nothing came back, or it came beside them: they may still offer what was done.</summary>
    public HashSet<string> LeftStanding { get; } = [];

    /// <summary>What somebody saw at once to be other than they were told.</summary>
    public List<string> Complaints { get; } = [];

    public IReadOnlyDictionary<(string RoundId, string Who), DateTimeOffset> WantsNoReminder => _wantsNoReminder;

    public Belief IsIn(Occurrence round, string slug, string who)
    {
        if (_isIn.TryGetValue((round.Id, who), out var known))
            return known;
        var (belief, since) = _enrolled.GetValueOrDefault((slug, who), (Belief.No, DateTimeOffset.MinValue));
        return since < round.OpenedAt ? belief : Belief.Either;
    }

    public void Joined(Occurrence round, string slug, string who, Belief answer)
    {
        var known = IsIn(round, slug, who);
        _isIn[(round.Id, who)] = answer == Belief.Either ? known | Belief.Yes : answer;
        // Whoever joins anew is reminded anew.
        _wantsNoReminder.Remove((round.Id, who));
    }

    public void Left(Occurrence? round, string slug, string who, Belief answer, DateTimeOffset at)
    {
        if (round is not null)
            _isIn[(round.Id, who)] = answer == Belief.Either ? IsIn(round, slug, who) | Belief.No : Belief.No;
        var enrolled = _enrolled.GetValueOrDefault((slug, who), (Belief.No, at)).Item1;
        _enrolled[(slug, who)] = (answer == Belief.Either ? enrolled | Belief.No : Belief.No, at);
    }

    public void Enrolled(string slug, string who, Belief answer, DateTimeOffset at)
    {
        var enrolled = _enrolled.GetValueOrDefault((slug, who), (Belief.No, at)).Item1;
        _enrolled[(slug, who)] = (answer == Belief.Either ? enrolled | Belief.Yes : Belief.Yes, at);
    }

    public void AskedForNoReminder(string roundId, string who, DateTimeOffset at) => _wantsNoReminder[(roundId, who)] = at;
}

/// <summary>A reply that stands in a thread, and who reacted to it how.</summary>
internal sealed record ToldReply(SeenPost Post, string Who, string RoundId, DateTimeOffset ClosesAt, DateTimeOffset At)
{
    public HashSet<(string Who, string Emoji)> Reactions { get; } = [];

    /// <summary>As it stands now, it asks something.</summary>
    public bool IsQuestion { get; set; }
}
