using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Engine.Kinds;

/// <summary>Something that happened to a run or a round. All that people do are set operations: told twice, they change nothing the second time.</summary>
public abstract record ActivityEvent
{
    /// <summary>Who did it; null for what time or the engine did.</summary>
    public virtual string? ActorId => null;
}

/// <summary>The scheduled instant has come. The scene holds the new round, not yet stored.</summary>
public sealed record RoundOpened : ActivityEvent;

/// <summary>A moment that the kind asked for has come.</summary>
public sealed record MomentCame(string What, string? PersonId, DateTimeOffset At) : ActivityEvent
{
    /// <summary>Nothing of another run is due to this person now. False where that is not known.</summary>
    public bool IsAllThatIsDue { get; init; }
}

/// <summary>Somebody pressed a button or typed the command that says the same.</summary>
/// <param name="PersonId">Who, by Mattermost's word.</param>
/// <param name="Action">What, in the kind's words.</param>
/// <param name="Step">The step that the button belongs to; null for a typed command, which always means now.</param>
public record Acted(string PersonId, string Action, string? Step) : ActivityEvent
{
    public override string ActorId => PersonId;
}

/// <summary>Somebody sent in a form. What stands in it is whatever they, or a program of theirs, wrote.</summary>
/// <param name="PersonId">Who, by Mattermost's word.</param>
/// <param name="Action">What the form was opened for.</param>
/// <param name="Step">The step that it belongs to.</param>
/// <param name="Values">What was typed or chosen, by the name of the field; `true` and `false` of a checkbox. What was left empty is not in it.</param>
public sealed record Submitted(string PersonId, string Action, string? Step, IReadOnlyDictionary<string, string> Values) : Acted(PersonId, Action, Step);

/// <summary>A person's reply stands in the round's thread.</summary>
public sealed record Replied(string PersonId, string PostId, DateTimeOffset At) : ActivityEvent
{
    public override string ActorId => PersonId;
}

/// <summary>Somebody did something in Mattermost whose participation waits for that: see <see cref="Participation.Watching"/>.</summary>
public sealed record Did(string PersonId, Deed Deed) : ActivityEvent
{
    public override string ActorId => PersonId;
}

/// <summary>A reply is gone from the thread.</summary>
public sealed record ReplyRemoved(string PersonId, string PostId) : ActivityEvent
{
    public override string ActorId => PersonId;
}

public sealed record Reacted(string PersonId, string PostId, string Emoji) : ActivityEvent
{
    public override string ActorId => PersonId;
}

public sealed record ReactionRemoved(string PersonId, string PostId, string Emoji) : ActivityEvent
{
    public override string ActorId => PersonId;
}

/// <summary>Somebody is no longer in the channel.</summary>
public sealed record LeftChannel(string PersonId) : ActivityEvent
{
    public override string ActorId => PersonId;
}

/// <summary>
/// A slip of the pen was mended: the open round goes by this text from now on, and the scene has it. Told only where the kind has said that it
/// can take the place of the other.
/// </summary>
public sealed record TextCorrected(ActivityDefinition Text) : ActivityEvent;

/// <summary>The round's own post was deleted in Mattermost.</summary>
public sealed record RoundPostGone : ActivityEvent;

/// <summary>What happens to a whole run. Its latest round, if there is one, is part of the scene.</summary>
public abstract record RunEvent : ActivityEvent;

/// <summary>A round is about to open; told only to kinds that may leave one out. The definition is the one that it would open with.</summary>
/// <param name="Instant">Its scheduled instant.</param>
public sealed record RoundDue(DateTimeOffset Instant) : RunEvent;

/// <summary>The run's channel was archived: nobody can post there.</summary>
public sealed record ChannelArchived : RunEvent;

/// <summary>The run's channel can be used again.</summary>
public sealed record ChannelRestored : RunEvent;

/// <summary>
/// Somebody is forgotten. The engine has replaced them already in all that it keeps; the kind takes them out of its own state and out of
/// what stands in the channel. Told to the run, and to each of its rounds that they had to do with.
/// </summary>
/// <param name="PersonId">Who; not to be stored again.</param>
/// <param name="Pseudonym">What stands for them in this round.</param>
/// <param name="WasHost">The run was theirs, so its posts name them.</param>
public sealed record PersonForgotten(string PersonId, string Pseudonym, bool WasHost) : ActivityEvent;

/// <summary>The run is stopped: an open round ends without a close.</summary>
public sealed record RunStopping(string? PersonId) : RunEvent
{
    public override string? ActorId => PersonId;
}
