using System.Collections.Frozen;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Engine.Kinds;

/// <summary>All that a decision may look at, gathered before it is asked for.</summary>
public sealed record Scene : INudgeScene
{
    public required DateTimeOffset Now { get; init; }

    public required ActivityDefinition Definition { get; init; }

    public required Run Run { get; init; }

    /// <summary>Null for what concerns the run and no round of it.</summary>
    public Occurrence? Round { get; init; }

    /// <summary>What the run's schedule means, holidays left out.</summary>
    public required RunCalendar Calendar { get; init; }

    /// <summary>The next opening after this one; null when there is none. Looked up when it is asked for: most decisions do not.</summary>
    public DateTimeOffset? NextInstant { get => field ?? Next?.Invoke(); init; }

    internal Func<DateTimeOffset?>? Next { private get; init; }

    /// <summary>
    /// Silence was asked for: what the clock sets off says nothing now. Null for what people do, which is answered as ever.
    /// </summary>
    public Hold? Held { get; init; }

    /// <summary>It is decided because a moment has come, and not in answer to what anybody did.</summary>
    public bool IsByTheClock { get; init; }

    /// <summary>The run's language, for what everybody in the channel reads.</summary>
    public required Speech Speech { get; init; }

    /// <summary>The language of one person, for what only they read.</summary>
    public required Func<string?, Speech> SpeechFor { get; init; }

    /// <summary>Who acted, or everybody in the round, by id.</summary>
    public required IReadOnlyDictionary<string, PersonInScene> People { get; init; }

    /// <summary>Who is in every round.</summary>
    public IReadOnlyList<Enrollment> Enrolled { get; init; } = [];

    /// <summary>The contribution that the event is about, if it is stored; or all of the round's.</summary>
    public IReadOnlyList<Contribution> Contributions { get; init; } = [];

    public IReadOnlyList<Reaction> Reactions { get; init; } = [];

    /// <summary>Messages of the round that Mattermost refused; only where everybody in the round is looked at.</summary>
    public IReadOnlyList<OutboxRow> Refused { get; init; } = [];

    /// <summary>What members suggested for the run, where the kind is made by them; not where somebody talks in a thread.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; init; } = [];

    /// <summary>Those of the definition's <see cref="ActivityDefinition.Places"/> that are no place for who acted: not there, or closed to them or to the bot.</summary>
    public IReadOnlySet<string> OutOfReach { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Those of the definition's <see cref="ActivityDefinition.Requires"/> that who acted has not done yet.</summary>
    public IReadOnlyList<string> StillToDo { get; init; } = [];

    /// <summary>Nobody could see this round: its opening was refused, or came too late. Only where everybody in the round is looked at.</summary>
    public bool IsUnseen { get; init; }

    public TimeZoneInfo Zone => Definition.Zone;

    string INudgeScene.About => Run.Id;

    public PersonInScene Person(string id) => People.GetValueOrDefault(id) ?? new PersonInScene(id, null, null, null, null);

    /// <summary>How a person is spoken to: their language, or the run's where it is not known.</summary>
    public Speech SpeechOf(string personId) => Person(personId).Language is { } language ? SpeechFor(language) : Speech;

    /// <summary>An activity as one person reads it: in their language where its author wrote it in that, too.</summary>
    public T TextFor<T>(string personId, T definition) where T : ActivityDefinition => (T)definition.In(Person(personId).Language ?? Speech.Language);

    /// <summary>The zone of what one person reads, or the run's where it is not known.</summary>
    public TimeZoneInfo ZoneOf(string personId) => Person(personId).Zone ?? Zone;

    /// <summary>A moment as one person reads it: "Thursday 10:00 your time", or with the city where their zone is not known.</summary>
    public string OwnTime(string personId, DateTimeOffset instant)
    {
        var speech = SpeechOf(personId);
        return Person(personId).Zone is { } zone
            ? speech.Say("moment.yours", ("moment", speech.Near(instant, zone, Now)))
            : speech.InChannel(instant, Zone);
    }
}

/// <param name="Id">Mattermost's id.</param>
/// <param name="Profile">Null when Mattermost did not say in time.</param>
/// <param name="Participation">Their part in the round, if any.</param>
/// <param name="Enrollment">Their standing consent in the run, if any.</param>
/// <param name="Settings">What they chose for themselves, if anything.</param>
public sealed record PersonInScene(string Id, PersonProfile? Profile, Participation? Participation, Enrollment? Enrollment, PersonSettings? Settings)
{
    /// <summary>Their first contribution to the run, where the event is about one.</summary>
    public Acquaintance? Acquaintance { get; init; }

    /// <summary>What they are asked again, where they act, or a round closes, and they have said yes to it.</summary>
    public RecallDeck? Deck { get; init; }

    public bool IsGone => Profile?.IsDeactivated == true;

    /// <summary>As they chose, else as Mattermost says; null when nobody says.</summary>
    public TimeZoneInfo? Zone => Settings?.Zone ?? Profile?.Zone;

    /// <inheritdoc cref="Zone"/>
    public string? Language => Settings?.Language ?? Profile?.Locale;

    /// <summary>When they may be written to first.</summary>
    public WorkingHours Hours => Settings?.Hours ?? WorkingHours.Usual;
}
