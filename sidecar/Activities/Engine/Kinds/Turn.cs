using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Activities.Engine.Kinds;

/// <summary>
/// One decision in the making: the run and the round as they are after what was decided so far, and the set operations on who takes
/// part that all kinds share.
/// </summary>
public sealed class Turn(Scene scene)
{
    /// <summary>So many are named in the post; the others are counted.</summary>
    public const int MostNamed = 3;

    /// <summary>What one act sets off elsewhere waits this long: changes of a post that come meanwhile become one edit.</summary>
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(1);

    private readonly Decision _decision = new();

    public Scene Scene => scene;

    public Run Run { get; set; } = scene.Run;

    /// <exception cref="InvalidOperationException">The event is about the run, and there is no round.</exception>
    public Occurrence Round
    {
        get => field ?? throw new InvalidOperationException("This event is about a run, not about a round.");
        set;
    } = scene.Round!;

    public bool HasRound => scene.Round is not null;

    /// <summary>What is decided so far, for what does not end at the run.</summary>
    internal Decision Decision => _decision;

    /// <summary>Ends the turn: what has changed is saved.</summary>
    public Decision Decide()
    {
        if (Run != scene.Run)
            _decision.Save(Run);
        if (HasRound && Round != scene.Round)
            _decision.Save(Round);
        return _decision;
    }

    public Turn Answer(Reply reply)
    {
        _decision.Answer(reply with { Draft = AuthoredFiles.Told(reply.Draft, scene.Definition) });
        return this;
    }

    public void Save(PersonSettings settings) => _decision.Save(settings);

    public void Save(Participation part) => _decision.Save(part);

    public void Save(Suggestion suggestion) => _decision.Save(suggestion);

    public void Delete(Suggestion suggestion) => _decision.Delete(suggestion);

    /// <inheritdoc cref="Decision.Withdraw"/>
    public void Withdraw(string rowId) => _decision.Withdraw(rowId);

    /// <inheritdoc cref="Decision.SendTogether"/>
    public void SendTogether(IReadOnlyList<string> rowIds) => _decision.SendTogether(rowIds, scene.Now);

    /// <summary>The round that is due is not opened: what would have been in it stays for the next one.</summary>
    public void LeaveOut() => _decision.LeaveOut();

    public void Await(string what, DateTimeOffset at, string? personId = null) => _decision.Await(scene, what, at, personId);

    /// <summary>The same for the moment of writing to somebody first: while they are not to be disturbed it is not told, until <paramref name="waitsUntil"/>.</summary>
    public void AwaitUndisturbed(string what, DateTimeOffset at, string personId, DateTimeOffset waitsUntil) =>
        _decision.Await(scene, what, at, personId, waitsUntil);

    public void Record(string verb, string? personId = null, string about = "", string? result = null) =>
        _decision.Record(scene, verb, personId, about, result);

    /// <summary>Ends the round. One that stayed open has closed now.</summary>
    public void EndRound(OccurrenceStatus status) =>
        Round = Round with { Status = status, ClosesAt = Round.StaysOpen ? scene.Now : Round.ClosesAt };

    /// <summary>Takes a person in. The participation as it is then, or null when they were in already.</summary>
    public Participation? TakeIn(string personId)
    {
        var part = scene.Person(personId).Participation ?? new Participation { OccurrenceId = Round.Id, PersonId = personId };
        if (part.IsIn)
            return null;
        part = part with
        {
            IsIn = true,
            Step = part.Step + 1,
            JoinedAt = scene.Now,
            NoReminder = false,
            DefinitionHash = Round.StaysOpen ? scene.Definition.Hash : null,
        };
        Round = Round with
        {
            Joined = Round.Joined + 1,
            FirstJoined = Round.FirstJoined.Count < MostNamed ? [.. Round.FirstJoined, personId] : Round.FirstJoined,
        };
        _decision.Save(part);
        Record(Verbs.Joined, personId);
        return part;
    }

    /// <summary>Takes a person out of this round. The participation as it is then, or null when they were not in.</summary>
    public Participation? TakeOut(string personId)
    {
        if (scene.Person(personId).Participation is not { IsIn: true } part)
            return null;
        part = part with { IsIn = false, Step = part.Step + 1, NoReminder = true };
        Round = Round with { Joined = Round.Joined - 1, FirstJoined = [.. Round.FirstJoined.Where(one => one != personId)] };
        _decision.Save(part);
        Record(Verbs.Left, personId);
        return part;
    }

    /// <summary>In every round from now on. False when they were already.</summary>
    public bool Enroll(string personId)
    {
        if (scene.Person(personId).Enrollment is not null)
            return false;
        _decision.Save(new Enrollment { RunId = Run.Id, PersonId = personId, Since = scene.Now });
        Record(Verbs.Enrolled, personId);
        return true;
    }

    /// <summary>No longer in every round. False when they were not.</summary>
    public bool Unenroll(string personId)
    {
        if (scene.Person(personId).Enrollment is not { } enrollment)
            return false;
        _decision.Delete(enrollment);
        return true;
    }

    /// <summary>Counts a reply. False when it is counted already.</summary>
    public bool Count(Replied reply, string mark)
    {
        if (scene.Contributions.Count > 0)
            return false;
        var part = scene.Person(reply.PersonId).Participation ?? new Participation { OccurrenceId = Round.Id, PersonId = reply.PersonId };
        var isFirst = part.Contributions == 0;
        _decision.Save(new Contribution { PostId = reply.PostId, OccurrenceId = Round.Id, PersonId = reply.PersonId, At = reply.At });
        _decision.Save(part with { Contributions = part.Contributions + 1, MarkedPostId = isFirst ? reply.PostId : part.MarkedPostId });
        Round = Round with
        {
            Contributors = Round.Contributors + (isFirst ? 1 : 0),
            LastContributionAt = Round.LastContributionAt > reply.At ? Round.LastContributionAt : reply.At,
        };
        if (scene.Person(reply.PersonId).Acquaintance is null)
        {
            _decision.Save(new Acquaintance { RunId = Run.Id, PersonId = reply.PersonId, OccurrenceId = Round.Id });
            Round = Round with { FirstTimers = Round.FirstTimers + 1 };
        }

        if (isFirst)
        {
            Mark(reply.PostId, mark);
            _decision.Finish(reply.PersonId, reply.At);
        }

        Record(Verbs.Replied, reply.PersonId, reply.PostId);
        return true;
    }

    /// <summary>A reply counts no longer; another one of the same person gets the mark. False when it was not counted.</summary>
    public bool Discount(ReplyRemoved removed, string mark)
    {
        if (scene.Contributions.FirstOrDefault(one => one.PostId == removed.PostId) is not { } gone)
            return false;
        _decision.Delete(gone);
        foreach (var reaction in scene.Reactions)
            _decision.Delete(reaction);
        var part = scene.Person(removed.PersonId).Participation!;
        var next = part.MarkedPostId == removed.PostId
            ? scene.Contributions.Where(one => one != gone).OrderBy(one => one.At).FirstOrDefault()?.PostId
            : part.MarkedPostId;
        _decision.Save(part with { Contributions = part.Contributions - 1, MarkedPostId = next });
        if (part.Contributions == 1)
        {
            Round = Round with { Contributors = Round.Contributors - 1 };
            // Taken back before it counted anywhere else: their first contribution is still to come.
            if (scene.Person(removed.PersonId).Acquaintance is { } met && met.OccurrenceId == Round.Id)
            {
                _decision.Delete(met);
                Round = Round with { FirstTimers = Round.FirstTimers - 1 };
            }
        }
        else if (next is not null && next != part.MarkedPostId)
            Mark(next, mark);
        Record(Verbs.Withdrew, removed.PersonId, removed.PostId);
        return true;
    }

    public void Count(Reacted reacted)
    {
        if (scene.Contributions.Count > 0 && scene.Reactions.Count == 0)
            _decision.Save(new Reaction { PostId = reacted.PostId, OccurrenceId = Round.Id, PersonId = reacted.PersonId, Emoji = reacted.Emoji });
    }

    public void Discount(ReactionRemoved _)
    {
        foreach (var reaction in scene.Reactions)
            _decision.Delete(reaction);
    }

    /// <summary>The round's own post in its channel.</summary>
    public void PostRound(Draft draft, DateTimeOffset expiresAt) => Send(new OutboxRow
    {
        Id = Round.RootRowId,
        Conversation = Round.Id,
        Operation = OutboxOperation.Post,
        Purpose = MessagePurpose.Announce,
        ChannelId = Run.ChannelId,
        RunId = Run.Id,
        OccurrenceId = Round.Id,
        NotBefore = scene.Now,
        ExpiresAt = expiresAt,
        Draft = draft,
    });

    /// <summary>The row that a post of this name in the round's thread is made by.</summary>
    public string RowId(string name) => OutboxRow.IdOf(Round.Id, name);

    /// <summary>A post in the round's thread, or in its channel beside it.</summary>
    public void PostInThread(string name, Draft draft, bool inChannel = false, OutboxFile? file = null) => Send(InThread(name, draft, inChannel, file));

    /// <summary>The same at a later moment, in no order with what else is posted there.</summary>
    public void PostInThreadAt(DateTimeOffset at, string name, Draft draft) => Send(At(at, name, InThread(name, draft)));

    /// <summary>A message to a few people, two to seven, in a conversation of theirs with the bot.</summary>
    public void PostInGroupAt(DateTimeOffset at, IReadOnlyList<string> personIds, string name, Draft draft) => Send(At(at, name, new OutboxRow
    {
        Id = RowId(name),
        Conversation = Round.Id,
        Operation = OutboxOperation.Post,
        Purpose = MessagePurpose.Announce,
        Group = personIds,
        RunId = Run.Id,
        OccurrenceId = Round.Id,
        NotBefore = at,
        Draft = draft,
    }));

    private OutboxRow At(DateTimeOffset at, string name, OutboxRow row) =>
        row with { Conversation = RowId(name), NotBefore = at > scene.Now ? at : scene.Now, IsForLater = at > scene.Now };

    private OutboxRow InThread(string name, Draft draft, bool inChannel = false, OutboxFile? file = null) => new()
    {
        Files = file is null ? null : [file],
        Id = RowId(name),
        Conversation = Round.Id,
        Operation = OutboxOperation.Post,
        Purpose = MessagePurpose.Announce,
        ChannelId = Run.ChannelId,
        RootRowId = inChannel ? null : Round.RootRowId,
        RunId = Run.Id,
        OccurrenceId = Round.Id,
        NotBefore = scene.Now,
        Draft = draft,
    };

    /// <summary>The round's post becomes this. Edits that gather before one goes out become one.</summary>
    public void EditRound(Draft draft, bool atOnce = false) => Send(new OutboxRow
    {
        Id = OutboxRow.IdOf(Round.Id, "edit"),
        Conversation = $"{Round.Id}/edit",
        Operation = OutboxOperation.Edit,
        Purpose = MessagePurpose.Announce,
        TargetRowId = Round.RootRowId,
        RunId = Run.Id,
        OccurrenceId = Round.Id,
        NotBefore = atOnce ? scene.Now : scene.Now + AMoment,
        Draft = draft,
    });

    /// <summary>A post that a row of this round made becomes this.</summary>
    public void Edit(string rowId, Draft draft) => Send(new OutboxRow
    {
        Id = OutboxRow.IdOf(rowId, "edit"),
        Conversation = $"{Round.Id}/edit",
        Operation = OutboxOperation.Edit,
        Purpose = MessagePurpose.Announce,
        TargetRowId = rowId,
        RunId = Run.Id,
        OccurrenceId = Round.Id,
        NotBefore = scene.Now + AMoment,
        Draft = draft,
    });

    /// <summary>The row that a direct message of this name to one person is made by.</summary>
    public string DirectRowId(string name, string personId) => OutboxRow.IdOf(HasRound ? Round.Id : Run.Id, $"{name}/{personId}");

    /// <summary>A direct message to one person, by the row that made it, becomes this at once.</summary>
    public void EditDirect(string personId, string rowId, Draft draft) => Send(new OutboxRow
    {
        Id = OutboxRow.IdOf(rowId, "edit"),
        Conversation = $"direct/{personId}",
        Operation = OutboxOperation.Edit,
        Purpose = MessagePurpose.Answer,
        TargetRowId = rowId,
        PersonId = personId,
        RunId = Run.Id,
        OccurrenceId = HasRound ? Round.Id : null,
        NotBefore = scene.Now,
        Draft = draft,
    });

    /// <summary>A direct message to one person. What follows up an answer comes a moment after it, never before.</summary>
    public void Write(
        string personId, string name, MessagePurpose purpose, Draft draft, DateTimeOffset? expiresAt = null, OutboxFile? file = null, bool changesLater = false) => Send(new OutboxRow
    {
        Files = file is null ? null : [file],
        Id = DirectRowId(name, personId),
        // What may have to wait must not hold up what they ask for.
        Conversation = purpose is MessagePurpose.Nudge or MessagePurpose.Report ? $"unprompted/{personId}" : $"direct/{personId}",
        Operation = OutboxOperation.Post,
        Purpose = purpose,
        PersonId = personId,
        RunId = Run.Id,
        OccurrenceId = HasRound ? Round.Id : null,
        NotBefore = purpose is MessagePurpose.Nudge || (purpose is MessagePurpose.Asked && !scene.IsByTheClock) ? scene.Now + AMoment : scene.Now,
        ExpiresAt = expiresAt,
        ChangesLater = changesLater,
        Draft = draft,
    });

    /// <summary>
    /// Writes to somebody first. How often that may be is one budget for all activities: several of a day go in one message, and what is too much
    /// waits. So the moment of it is asked for with <see cref="AwaitUndisturbed"/>, and comes when there is room.
    /// </summary>
    /// <param name="personId">Who.</param>
    /// <param name="name">Tells apart what they get in this round.</param>
    /// <param name="draft">The message; its <see cref="Draft.Briefs"/> hold one line, for when it goes together with others.</param>
    /// <param name="expiresAt">Pointless from then on.</param>
    public void Nudge(string personId, string name, Draft draft, DateTimeOffset expiresAt) => Write(personId, name, MessagePurpose.Nudge, draft, expiresAt);

    /// <summary>Somebody is through with something: for the next hour nobody nudges them.</summary>
    public void HasFinished(string personId) => _decision.Finish(personId, scene.Now);

    /// <summary>With what the author's text names of the files beside it.</summary>
    private void Send(OutboxRow row) => _decision.Send(AuthoredFiles.In(row, scene.Definition) with
    {
        // A lesson that somebody has coming is not among them: what they ask for meanwhile would have to wait behind it.
        IsByTheClock = scene.IsByTheClock && row is { Operation: OutboxOperation.Post, Purpose: MessagePurpose.Announce or MessagePurpose.Nudge },
    });

    private void Mark(string postId, string emoji) => Send(new OutboxRow
    {
        Id = OutboxRow.IdOf(postId, "mark"),
        Conversation = $"{Round.Id}/marks",
        Operation = OutboxOperation.React,
        Purpose = MessagePurpose.Answer,
        TargetPostId = postId,
        Emoji = emoji,
        RunId = Run.Id,
        OccurrenceId = Round.Id,
        NotBefore = scene.Now,
    });
}
