using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Kinds;

/// <summary>
/// What a kind decides: changed documents, messages, moments to be asked again, facts, and an answer to who acted.
/// Messages, moments and facts carry ids made from what they are about, so deciding the same thing twice adds nothing.
/// </summary>
public sealed class Decision
{
    private readonly List<OutboxRow> _messages = [];
    private readonly List<DueTime> _moments = [];
    private readonly List<LearningEvent> _facts = [];
    private readonly List<string> _withdrawn = [];
    private readonly List<(IReadOnlyList<string> RowIds, DateTimeOffset At)> _together = [];
    private readonly List<(string PersonId, DateTimeOffset At)> _finished = [];

    /// <summary>Documents that were read and changed.</summary>
    public ChangeSet Changes { get; } = new();

    /// <summary>A post is made once; an edit or a mark that still waits is replaced by a newer one of the same id.</summary>
    public IReadOnlyList<OutboxRow> Messages => _messages;

    /// <summary>A moment of the same owner, word and person is moved.</summary>
    public IReadOnlyList<DueTime> Moments => _moments;

    public IReadOnlyList<LearningEvent> Facts => _facts;

    /// <summary>Who has finished something, and is left alone for a while.</summary>
    internal IReadOnlyList<(string PersonId, DateTimeOffset At)> Finished => _finished;

    /// <summary>Rows that are not kept, and not sent where they still wait.</summary>
    public IReadOnlyList<string> Withdrawn => _withdrawn;

    /// <summary>Messages that wait for each other.</summary>
    internal IReadOnlyList<(IReadOnlyList<string> RowIds, DateTimeOffset At)> Together => _together;

    /// <summary>The round that is due stays closed; only in answer to <see cref="RoundDue"/>.</summary>
    public bool LeavesOut { get; private set; }

    /// <summary>What the person who acted gets to read; null for no answer.</summary>
    public Reply? Reply { get; private set; }

    public Decision Save<T>(T document) where T : Document, IStored<T>
    {
        Changes.Save(document);
        return this;
    }

    public Decision Delete<T>(T document) where T : Document, IStored<T>
    {
        Changes.Delete(document);
        return this;
    }

    public Decision Send(OutboxRow row)
    {
        _messages.Add(row);
        return this;
    }

    /// <summary>A message is sent otherwise, or (with null) is none of its own.</summary>
    internal void Replace(OutboxRow row, OutboxRow? other)
    {
        _messages.Remove(row);
        if (other is not null)
            _messages.Add(other);
    }

    public Decision Finish(string personId, DateTimeOffset at)
    {
        _finished.Add((personId, at));
        return this;
    }

    /// <summary>Takes a message back that waits to be sent; of one that was sent, what is kept of its words.</summary>
    public Decision Withdraw(string rowId)
    {
        _withdrawn.Add(rowId);
        return this;
    }

    /// <summary>Where there are messages of all these ids by now, those of them that wait for a later moment go at once.</summary>
    public Decision SendTogether(IReadOnlyList<string> rowIds, DateTimeOffset now)
    {
        _together.Add((rowIds, now));
        return this;
    }

    public Decision LeaveOut()
    {
        LeavesOut = true;
        return this;
    }

    public Decision Answer(Reply reply)
    {
        Reply = reply;
        return this;
    }

    /// <summary>Asks to be told when a moment has come. Asking again moves it.</summary>
    public Decision Await(Scene scene, string what, DateTimeOffset at, string? personId = null, DateTimeOffset? waitsUntil = null) =>
        Await(new DueTime { RunId = scene.Run.Id, OccurrenceId = scene.Round?.Id, What = what, PersonId = personId, At = at, WaitsUntil = waitsUntil });

    internal Decision Await(DueTime moment)
    {
        _moments.Add(moment);
        return this;
    }

    /// <summary>Records a fact. <paramref name="about"/> tells apart what the same person does twice in one round.</summary>
    public Decision Record(Scene scene, string verb, string? personId = null, string about = "", string? result = null)
    {
        _facts.Add(new LearningEvent
        {
            Id = OutboxRow.IdOf(scene.Round?.Id ?? scene.Run.Id, $"{verb}/{personId}/{about}/{scene.Now.UtcTicks}"),
            Verb = verb,
            PersonId = personId,
            RunId = scene.Run.Id,
            OccurrenceId = scene.Round?.Id,
            At = scene.Now,
            Result = result,
        });
        return this;
    }

    internal Decision Record(LearningEvent fact)
    {
        _facts.Add(fact);
        return this;
    }
}

/// <summary>What somebody reads who typed a command or pressed a button. Only they see it.</summary>
public sealed record Reply
{
    public required Draft Draft { get; init; }

    /// <summary>
    /// Shown in a small window with this title (at most 24 characters) where a click is answered: text beside a post in a channel stands
    /// in its thread, and whoever does not have that open would see nothing.
    /// </summary>
    public string? NoticeTitle { get; init; }

    /// <summary>The pressed message itself becomes this, instead of an answer beside it.</summary>
    public bool ReplacesMessage { get; init; }

    /// <summary>A form that is opened for who acted; the draft is said where that cannot be.</summary>
    public DraftDialog? Dialog { get; init; }

    /// <summary>What is wrong with a form that was sent in, by the name of the field; it stays open with this beside them.</summary>
    public IReadOnlyDictionary<string, string>? FieldErrors { get; init; }

    /// <summary>A form that was sent in is taken as it is, and closes.</summary>
    public static Reply Accepted { get; } = "";

    public static implicit operator Reply(string text) => new() { Draft = text };

    public static Reply Of(string text, params IReadOnlyList<DraftButton> buttons) => new() { Draft = new Draft { Text = text, Buttons = buttons } };

    public static Reply Instead(string text, params IReadOnlyList<DraftButton> buttons) => Of(text, buttons) with { ReplacesMessage = true };
}
