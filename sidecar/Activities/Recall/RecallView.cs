using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Questions;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Recall;

/// <summary>What a deck's buttons and commands say besides <see cref="PersonAction"/>.</summary>
internal static class RecallAction
{
    /// <summary>...and the option, by its place in the file.</summary>
    public const string Choose = "choose/";

    /// <summary>Opens the form, and is what the form is sent in for.</summary>
    public const string Form = "form";

    /// <summary>...and the activity; the step holds the questions. A yes, and the questions that it was asked about.</summary>
    public const string Yes = "yes/";

    public const string No = "no";

    /// <summary>Between the questions of a yes.</summary>
    public const char Between = '.';
}

/// <summary>Every message about a deck, made from state alone.</summary>
internal sealed class RecallView(PersonalScene scene)
{
    private const int SecondsAQuestion = 30;

    /// <summary>What a yes is meant for travels in its button, and a seal that is longer than most is not opened.</summary>
    private const int MostInOneYes = 40;

    private Speech Speech => scene.Speech;

    private string PersonId => scene.Who.Id;

    public static string StepOf(RecallDeck deck) => deck.Sent.ToString(CultureInfo.InvariantCulture);

    /// <summary>Shall what was wrong be asked again?</summary>
    public static Draft Offer(ActivityDefinition definition, IReadOnlyCollection<Question> missed, string personId, Speech speech)
    {
        var step = string.Join(RecallAction.Between, missed.Take(MostInOneYes).Select(question => question.Id));
        return new Draft
        {
            Text = speech.Say("recall.offer", ("title", Token.Literal(definition.Title)), ("count", missed.Count)),
            Buttons =
            [
                Button(speech, "recall.button.yes", $"{RecallAction.Yes}{definition.Slug}", personId, step),
                Button(speech, "recall.button.no", RecallAction.No, personId),
            ],
        };
    }

    /// <summary>The question in an order of this asking.</summary>
    public AskedQuestion Asked(RecallDeck deck, ActivityDefinition definition, Question question) =>
        AskedQuestion.Of(question, definition.IsShuffled ? $"{PersonId}/recall/{StepOf(deck)}/{question.Id}" : null);

    public Draft Question(RecallDeck deck, RecallSitting sitting, ActivityDefinition definition, AskedQuestion asked)
    {
        var step = StepOf(deck);
        return new Draft
        {
            Text = $"{Heading(sitting, definition)}\n{asked.Text(Speech)}",
            Buttons = asked.IsClicked
                ? [.. asked.Order.Select((option, at) => new DraftButton(
                    AskedQuestion.Letter(at),
                    new ActionReference(ActionReference.Activity, string.Create(CultureInfo.InvariantCulture, $"{RecallAction.Choose}{option}"), RecallActivity.Name, step, PersonId)))]
                : [Button(Speech, "question.button.answer", RecallAction.Form, PersonId, step) with { IsPrimary = true }],
        };
    }

    /// <summary>What a question becomes once it is answered.</summary>
    /// <param name="sitting">As it was asked in.</param>
    /// <param name="definition">Whose question it is.</param>
    /// <param name="asked">As it was asked.</param>
    /// <param name="answer">What they said.</param>
    /// <param name="grade">What it was worth.</param>
    /// <param name="next">Where the card lies now; null when they know it.</param>
    public Draft Answered(RecallSitting sitting, ActivityDefinition definition, AskedQuestion asked, Answer answer, Grade grade, RecallCard? next)
    {
        var said = Speech.Say("quiz.you-said", ("answer", asked.Summary(answer)));
        var then = next is null ? Speech.Say("recall.known") : Speech.Say("recall.again", ("day", Day(next.DueAt)));
        return $"{Heading(sitting, definition)}\n{asked.Text(Speech)}\n\n{said}\n{asked.Verdict(grade, Speech)}\n\n_{then}_";
    }

    /// <summary>How it went, and what comes next.</summary>
    public Draft End(RecallDeck deck, RecallSitting sitting, int answered, int stillDue, int gone)
    {
        List<string> lines = [];
        if (answered > 0)
            lines.Add(Speech.Say("recall.end", ("right", sitting.Right), ("all", answered)));
        if (gone > 0)
            lines.Add(Gone(gone));
        lines.Add(stillDue > 0 ? Speech.Say("recall.more-due", ("count", stillDue)) : Lying(deck));
        return new Draft
        {
            Text = string.Join('\n', lines),
            Buttons = stillDue > 0 ? [Button(Speech, "recall.button.go-on", PersonAction.Continue, PersonId) with { IsPrimary = true }] : [],
        };
    }

    /// <summary>Nothing is to be asked now.</summary>
    public Reply Nothing(RecallDeck deck, int gone)
    {
        var text = Speech.Say("recall.nothing-due");
        if (gone > 0)
            text = $"{text} {Gone(gone)}";
        return Reply.Of($"{text}\n{Lying(deck)}", Ends(deck));
    }

    public Reply Off(RecallDeck deck) => Reply.Of(
        deck.Cards.Count == 0 ? Speech.Say("recall.off") : $"{Speech.Say("recall.off")} {Speech.Say("recall.off-kept", ("count", deck.Cards.Count))}",
        [
            Button(Speech, "recall.button.on", RecallActivity.On, PersonId),
            .. deck.Cards.Count == 0 ? Array.Empty<DraftButton>() : [Button(Speech, "recall.button.empty", RecallActivity.Empty, PersonId)],
        ]);

    public Reply On(RecallDeck deck) => Reply.Of($"{Speech.Say("recall.on")} {Lying(deck)}", Ends(deck));

    public Draft Reminder(RecallDeck deck, int due)
    {
        var text = Speech.Say("recall.remind", ("count", due), ("minutes", Math.Max(1, due * SecondsAQuestion / 60)));
        if (deck.Reminded == RecallBoxes.MostReminders - 1)
            text = $"{text} {Speech.Say("recall.remind-last")}";
        return new Draft
        {
            Text = $"{text}\n{Speech.Say("recall.why")}",
            Briefs = [Speech.Say("recall.remind-brief", ("count", due))],
            Buttons = [Button(Speech, "recall.button.now", PersonAction.Continue, PersonId) with { IsPrimary = true }, .. Ends(deck)],
        };
    }

    public string Gone(int count) => Speech.Say("recall.gone", ("count", count));

    /// <summary>What lies in the deck, and when the next of it comes.</summary>
    public string Lying(RecallDeck deck) => deck.Cards.Count == 0
        ? Speech.Say("recall.empty")
        : Speech.Say("recall.lying", ("count", deck.Cards.Count), ("day", Day(deck.Cards.Min(card => card.DueAt))));

    public string Day(DateTimeOffset at) => Speech.RelativeDay(at > scene.Now ? at : scene.Now, scene.Zone, scene.Now);

    private string Heading(RecallSitting sitting, ActivityDefinition definition) =>
        Speech.Say("recall.heading", ("number", sitting.Number), ("all", sitting.All), ("title", Token.Literal(definition.Title)));

    private DraftButton[] Ends(RecallDeck deck) =>
    [
        .. deck.Cards.Count == 0 ? Array.Empty<DraftButton>() : [Button(Speech, "recall.button.empty", RecallActivity.Empty, PersonId)],
        Button(Speech, "recall.button.off", RecallActivity.Off, PersonId),
    ];

    private static DraftButton Button(Speech speech, string labelKey, string action, string personId, string step = PersonAction.WhileOpen) =>
        new(speech.Say(labelKey), new ActionReference(ActionReference.Activity, action, RecallActivity.Name, step, personId));
}
