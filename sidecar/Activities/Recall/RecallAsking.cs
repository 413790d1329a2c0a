using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Questions;
using MattermostLearning.Content;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Recall;

/// <summary>One decision about one person's deck in the making: what is due comes to their direct messages, one question a message.</summary>
internal sealed class RecallAsking(PersonalScene scene)
{
    private readonly RecallView _view = new(scene);
    private RecallDeck _deck = scene.Who.Deck ?? new RecallDeck { PersonId = scene.Who.Id, ChangedAt = scene.Now };

    public Decision Decision { get; } = new();

    private string PersonId => scene.Who.Id;

    private PersonSettings Settings => scene.Who.Settings ?? new PersonSettings { PersonId = PersonId };

    private bool IsOn => Settings.Recall == RecallChoice.Yes;

    /// <summary>`/learn recall`, or a button: the question that they are at comes once more, else the first that is due.</summary>
    /// <param name="isPressed">The message that it was pressed on is over then.</param>
    public void Begin(bool isPressed)
    {
        if (!IsOn)
        {
            Say(_view.Off(_deck), isPressed);
            return;
        }

        var gone = TakeOutGone();
        var due = RecallBoxes.Due(_deck, scene.Library, scene.Now);
        if (due.Count == 0)
        {
            if (gone > 0 || _deck.Sitting is not null)
                Keep(_deck with { Sitting = null });
            Say(_view.Nothing(_deck, gone), isPressed);
            return;
        }

        var sitting = _deck.Sitting is { } at && due.Any(card => card.IsOf(at.Slug, at.QuestionId)) ? at : null;
        var all = Math.Min(due.Count, RecallBoxes.MostAtOnce);
        Ask(sitting is null ? due[0] : due.First(card => card.IsOf(sitting.Slug, sitting.QuestionId)), sitting ?? new RecallSitting("", "", "", 1, all, 0));
        var begins = scene.Speech.Say("recall.begins", ("count", sitting is null ? all : sitting.All - sitting.Number + 1));
        Say(gone > 0 ? $"{begins} {_view.Gone(gone)}" : begins, isPressed);
    }

    /// <summary>A click on an option: the message becomes what is to be said to it, and the next question follows.</summary>
    public void Choose(int option, string? step)
    {
        if (Current(step) is not { } present)
            return;
        var answer = new Answer.Chosen([option]);
        if (!present.Asked.IsClicked || Grading.Of(present.Asked.Question, answer) is not { } grade)
        {
            Decision.Answer(scene.Speech.Say("quiz.old-button"));
            return;
        }

        var next = RecallBoxes.After(present.Card, grade, scene.Now, scene.Zone);
        var draft = _view.Answered(present.Sitting, present.Definition, present.Asked, answer, grade, next);
        Decision.Answer(new Reply { Draft = AuthoredFiles.Told(draft, present.Definition), ReplacesMessage = true });
        GoOn(present, grade, next);
    }

    /// <summary>The question's one button: opens the form in which it is answered.</summary>
    public void OpenForm(string? step)
    {
        if (Current(step) is not { } present)
            return;
        if (present.Asked.IsClicked)
        {
            Decision.Answer(scene.Speech.Say("quiz.old-button"));
            return;
        }

        var action = new ActionReference(ActionReference.Activity, RecallAction.Form, RecallActivity.Name, RecallView.StepOf(_deck), PersonId);
        var form = QuestionForm.Of(present.Asked, action, scene.Speech);
        Decision.Answer(new Reply { Draft = scene.Speech.Say("question.form-failed"), Dialog = form });
    }

    public void Submit(Submitted sent)
    {
        if (Current(sent.Step) is not { } present)
            return;
        var (answer, errors) = QuestionForm.Read(present.Asked, sent.Values, scene.Speech);
        if (answer is null || Grading.Of(present.Asked.Question, answer) is not { } grade)
        {
            Decision.Answer(new Reply { Draft = "", FieldErrors = errors });
            return;
        }

        var next = RecallBoxes.After(present.Card, grade, scene.Now, scene.Zone);
        var answered = _view.Answered(present.Sitting, present.Definition, present.Asked, answer, grade, next);
        // After so long it is not known any more where the question stands.
        if (present.Sitting.AskedAt < Retention.SentSince(scene.Now))
            Decision.Send(AuthoredFiles.In(Row($"answered/{RecallView.StepOf(_deck)}", answered), present.Definition));
        else
            Edit(answered, present.Definition);
        Decision.Answer(Reply.Accepted);
        GoOn(present, grade, next);
    }

    /// <summary>A yes to the question that was put once. What is in the deck already stays where it is.</summary>
    public void Accept(string slug, IEnumerable<string> questionIds)
    {
        foreach (var id in questionIds.Where(id => !_deck.Cards.Any(card => card.IsOf(slug, id))).ToList())
            _deck = RecallBoxes.WithMissed(_deck, slug, id, scene.Now, scene.Zone);
        Settle(RecallChoice.Yes, Verbs.RecallOn);
        Keep(_deck);
        Decision.Answer(Reply.Instead($"{scene.Speech.Say("recall.on")} {_view.Lying(_deck)}"));
    }

    public void Decline()
    {
        Settle(RecallChoice.No, Verbs.RecallOff);
        Decision.Answer(Reply.Instead(scene.Speech.Say("recall.declined")));
    }

    public void SwitchOn(bool isPressed)
    {
        Settle(RecallChoice.Yes, Verbs.RecallOn);
        if (_deck.Cards.Count > 0)
            Keep(_deck with { Reminded = 0, ChangedAt = scene.Now });
        Say(_view.On(_deck), isPressed);
    }

    public void SwitchOff(bool isPressed)
    {
        Settle(RecallChoice.No, Verbs.RecallOff);
        if (_deck.Sitting is not null)
            Keep(_deck with { Sitting = null });
        Say(_view.Off(_deck), isPressed);
    }

    public void MakeEmpty(bool isPressed)
    {
        var count = _deck.Cards.Count;
        // What it has counted stays: no message that comes later may pass for one that was sent before.
        Keep(_deck with { Cards = [], Sitting = null, ChangedAt = scene.Now });
        Say(scene.Speech.Say("recall.emptied", ("count", count)), isPressed);
    }

    /// <summary>The moment has come; whether there is room for it is the budget's matter.</summary>
    public void Remind()
    {
        if (!IsOn || scene.Who.IsGone)
            return;
        var due = RecallBoxes.Due(_deck, scene.Library, scene.Now);
        if (due.Count == 0 || scene.IsHeld || !Settings.MayBeRemindedAt(scene.Now))
        {
            // Asked for again: when the next one is due or, silent as it is, tomorrow.
            if (due.Count == 0)
                Await(_deck with { RemindedAt = scene.Now }, scene.Now);
            else
                Await(_deck, scene.Now + TimeSpan.FromDays(1));
            return;
        }

        Decision.Send(Row(string.Create(CultureInfo.InvariantCulture, $"remind/{scene.Now.UtcTicks}"), _view.Reminder(_deck, due.Count)) with
        {
            Conversation = $"unprompted/{PersonId}",
            Purpose = MessagePurpose.Nudge,
            ExpiresAt = scene.Hours.EndFor(scene.Now, scene.Zone),
        });
        Record(Verbs.Reminded, "", null);
        Keep(_deck with { Reminded = _deck.Reminded + 1, RemindedAt = scene.Now });
    }

    /// <summary>The question that a button or a form belongs to. Null, and answered, where it is not the present one, or not what it was.</summary>
    private Present? Current(string? step)
    {
        if (!IsOn || _deck.Sitting is not { } sitting || step != RecallView.StepOf(_deck) || _deck.Cards.FirstOrDefault(card => card.IsOf(sitting.Slug, sitting.QuestionId)) is not { } card)
        {
            Decision.Answer(scene.Speech.Say("recall.old-button"));
            return null;
        }

        if (RecallBoxes.QuestionOf(card, scene.Library, scene.Who.Language) is not { } found || found.Definition.Hash != sitting.DefinitionHash)
        {
            // What was pressed may stand for another option by now.
            Edit(scene.Speech.Say("recall.changed"), null);
            Decision.Answer(scene.Speech.Say("recall.changed"));
            Again(sitting);
            return null;
        }

        return new Present(card, sitting, found.Definition, _view.Asked(_deck, found.Definition, found.Question));
    }

    /// <summary>The present question as it is now or, if it is gone, the next one.</summary>
    private void Again(RecallSitting sitting)
    {
        var due = RecallBoxes.Due(_deck, scene.Library, scene.Now);
        if ((due.FirstOrDefault(card => card.IsOf(sitting.Slug, sitting.QuestionId)) ?? (due.Count > 0 ? due[0] : null)) is { } next)
            Ask(next, sitting);
        else
            End(sitting, sitting.Number - 1, stillDue: 0);
    }

    private void GoOn(Present present, Grade grade, RecallCard? next)
    {
        var (card, sitting) = (present.Card, present.Sitting);
        Record(Verbs.Recalled, $"{card.Slug}/{card.QuestionId}", string.Create(CultureInfo.InvariantCulture, $"{card.Slug}/{card.QuestionId}:{grade.Points}"));
        if (next is null)
            Record(Verbs.Known, $"{card.Slug}/{card.QuestionId}", $"{card.Slug}/{card.QuestionId}");
        var others = _deck.Cards.Where(one => one != card);
        _deck = _deck with { Cards = next is null ? [.. others] : [.. others, next], Reminded = 0, ChangedAt = scene.Now };
        sitting = sitting with { Right = sitting.Right + (grade.IsRight ? 1 : 0) };
        var due = RecallBoxes.Due(_deck, scene.Library, scene.Now);
        if (sitting.Number < sitting.All && due.Count > 0)
            Ask(due[0], sitting with { Number = sitting.Number + 1 });
        else
            End(sitting, sitting.Number, due.Count);
    }

    private void Ask(RecallCard card, RecallSitting sitting)
    {
        var (definition, question) = RecallBoxes.QuestionOf(card, scene.Library, scene.Who.Language)!.Value;
        sitting = sitting with { Slug = card.Slug, QuestionId = card.QuestionId, DefinitionHash = definition.Hash, AskedAt = scene.Now };
        Keep(_deck with { Sent = _deck.Sent + 1, Sitting = sitting, RemindedAt = scene.Now });
        Decision.Send(AuthoredFiles.In(Row(NameOfPresent, _view.Question(_deck, sitting, definition, _view.Asked(_deck, definition, question))), definition));
    }

    private void End(RecallSitting sitting, int answered, int stillDue)
    {
        var gone = TakeOutGone();
        Decision.Send(Row($"end/{RecallView.StepOf(_deck)}", _view.End(_deck, sitting, answered, stillDue, gone)));
        Decision.Finish(PersonId, scene.Now);
        Keep(_deck with { Sitting = null });
    }

    /// <summary>Keeps the deck as it is now, and asks for the moment at which it is brought to mind.</summary>
    private void Keep(RecallDeck deck)
    {
        _deck = deck;
        Decision.Save(deck);
        Await(deck, scene.Now);
    }

    private void Await(RecallDeck deck, DateTimeOffset from)
    {
        if (RecallBoxes.NextReminder(deck, scene.Hours, scene.Zone, from) is { } at)
            Decision.Await(RecallActivity.ReminderOf(PersonId, at));
    }

    /// <returns>How many were taken out.</returns>
    private int TakeOutGone()
    {
        var before = _deck.Cards.Count;
        _deck = RecallBoxes.WithoutGone(_deck, scene.Library, scene.Now);
        return before - _deck.Cards.Count;
    }

    private void Settle(RecallChoice choice, string verb)
    {
        if (Settings.Recall == choice)
            return;
        Decision.Save(Settings with { Recall = choice });
        Record(verb, "", null);
    }

    private void Say(Reply reply, bool isPressed) => Decision.Answer(reply with { ReplacesMessage = isPressed });

    private string NameOfPresent => $"question/{RecallView.StepOf(_deck)}";

    private OutboxRow Row(string name, Draft draft) => new()
    {
        Id = OutboxRow.IdOf(PersonId, $"{RecallActivity.Name}/{name}"),
        Conversation = $"direct/{PersonId}",
        Operation = OutboxOperation.Post,
        Purpose = MessagePurpose.Answer,
        PersonId = PersonId,
        NotBefore = scene.Now,
        Draft = draft,
    };

    /// <summary>The message that asks the present question becomes this.</summary>
    private void Edit(Draft draft, ActivityDefinition? definition)
    {
        var asked = Row(NameOfPresent, draft);
        var edit = asked with { Id = OutboxRow.IdOf(asked.Id, "edit"), Operation = OutboxOperation.Edit, TargetRowId = asked.Id };
        Decision.Send(definition is null ? edit : AuthoredFiles.In(edit, definition));
    }

    private void Record(string verb, string about, string? result) => Decision.Record(new LearningEvent
    {
        Id = OutboxRow.IdOf(RecallActivity.Name, $"{verb}/{PersonId}/{about}/{scene.Now.UtcTicks}"),
        Verb = verb,
        PersonId = PersonId,
        RunId = RecallActivity.Name,
        At = scene.Now,
        Result = result,
    });

    private sealed record Present(RecallCard Card, RecallSitting Sitting, ActivityDefinition Definition, AskedQuestion Asked);
}
