using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Engine.Kinds;

/// <summary>A format of learning activity. It decides; it has no clock, no store and no client.</summary>
public interface IActivityKind
{
    /// <summary>As written in `kind:`.</summary>
    string Id { get; }

    /// <summary>How its files are written.</summary>
    IKindContent Content { get; }

    /// <summary>Whether a decision about this event looks at everybody in the round, or only at who acted.</summary>
    bool LooksAtEverybody(ActivityEvent happened);

    /// <summary>The most that is posted in the channel for one round, for people to know before they start it.</summary>
    int MessagesPerRound(ActivityDefinition definition);

    /// <summary>Whether it is asked before a round opens: see <see cref="RoundDue"/>.</summary>
    bool MayLeaveOut => false;

    /// <summary>Whether members suggest what comes in it, and some agree to be asked to begin.</summary>
    bool IsMadeByMembers => false;

    /// <summary>
    /// Whether a text can take the place of the one that an open round goes by: it says the same in better words, and nothing that was promised or
    /// asked changes. See <see cref="TextCorrected"/>.
    /// </summary>
    bool CanCorrect(ActivityDefinition opened, ActivityDefinition corrected) => false;

    /// <summary>Whether people go through it in parts, and may go back, leave one out, rest, and start over: see <see cref="PersonAction"/>.</summary>
    bool HasParts => false;

    /// <summary>Where somebody is in what they go through at their own pace, for their lists; null where there is nothing to say.</summary>
    string? PlaceOf(ActivityDefinition definition, Participation part, Speech speech) => null;

    /// <summary>What follows from an event. Pure: the same scene and event give the same decision.</summary>
    Decision Decide(Scene scene, ActivityEvent happened);
}

/// <summary>The base of kinds: gives them their definition and their state by type.</summary>
/// <typeparam name="TDefinition">What a file of this kind says.</typeparam>
/// <typeparam name="TRunState">What it remembers from round to round.</typeparam>
/// <typeparam name="TRoundState">What it remembers of one round.</typeparam>
public abstract class ActivityKind<TDefinition, TRunState, TRoundState> : IActivityKind
    where TDefinition : ActivityDefinition
    where TRunState : class, new()
    where TRoundState : class, new()
{
    public abstract string Id { get; }

    public abstract IKindContent Content { get; }

    protected abstract JsonTypeInfo<TRunState> RunJson { get; }

    protected abstract JsonTypeInfo<TRoundState> RoundJson { get; }

    public abstract bool LooksAtEverybody(ActivityEvent happened);

    public abstract int MessagesPerRound(ActivityDefinition definition);

    public virtual bool MayLeaveOut => false;

    public virtual bool IsMadeByMembers => false;

    public virtual bool CanCorrect(ActivityDefinition opened, ActivityDefinition corrected) => false;

    public virtual bool HasParts => false;

    public Decision Decide(Scene scene, ActivityEvent happened) => Decide((TDefinition)scene.Definition.In(scene.Speech.Language), scene, happened);

    /// <param name="definition">As the channel reads it. What one person reads is made of <see cref="Scene.TextFor"/>.</param>
    /// <param name="scene">What is known.</param>
    /// <param name="happened">What it is about.</param>
    protected abstract Decision Decide(TDefinition definition, Scene scene, ActivityEvent happened);

    protected TRunState StateOf(Run run) => run.State?.Deserialize(RunJson) ?? new TRunState();

    protected TRoundState StateOf(Occurrence round) => round.State?.Deserialize(RoundJson) ?? new TRoundState();

    protected Run With(Run run, TRunState state) => run with { State = JsonSerializer.SerializeToElement(state, RunJson) };

    protected static TState StateOf<TState>(Participation? part, JsonTypeInfo<TState> json) where TState : class, new() =>
        part?.State?.Deserialize(json) ?? new TState();

    protected static Participation With<TState>(Participation part, TState state, JsonTypeInfo<TState> json) =>
        part with { State = JsonSerializer.SerializeToElement(state, json) };

    protected Occurrence With(Occurrence round, TRoundState state) => round with { State = JsonSerializer.SerializeToElement(state, RoundJson) };
}
