using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Recall;

/// <summary>How a wrong answer, given anywhere, comes into the deck of whoever has said yes to that.</summary>
public static class RecallTurns
{
    /// <summary>A question was not answered right: who has said yes is asked it again.</summary>
    public static void Missed(this Turn turn, string personId, Question question)
    {
        var (scene, person) = (turn.Scene, turn.Scene.Person(personId));
        if (person.Settings is not { Recall: RecallChoice.Yes })
            return;
        var deck = turn.Decision.Changes.Find<RecallDeck>(personId)?.Document ?? person.Deck ?? new RecallDeck { PersonId = personId, ChangedAt = scene.Now };
        var zone = scene.ZoneOf(personId);
        deck = RecallBoxes.WithMissed(deck, scene.Definition.Slug, question.Id, scene.Now, zone);
        turn.Decision.Save(deck);
        if (RecallBoxes.NextReminder(deck, person.Hours, zone, scene.Now) is { } at)
            turn.Decision.Await(RecallActivity.ReminderOf(personId, at));
    }

    /// <summary>A single question was answered, with nothing to come that would belong to it: both at once.</summary>
    public static void MissedOne(this Turn turn, string personId, Question question, Grade grade)
    {
        if (grade.IsRight)
            return;
        turn.Missed(personId, question);
        turn.OfferRecall(personId, [question]);
    }

    /// <summary>Whoever was never asked whether they want that is asked now, and then never again. A yes is meant for these questions, too.</summary>
    public static void OfferRecall(this Turn turn, string personId, IReadOnlyCollection<Question> missed)
    {
        var settings = turn.Scene.Person(personId).Settings ?? new PersonSettings { PersonId = personId };
        if (missed.Count == 0 || settings.Recall is not null)
            return;
        turn.Save(settings with { Recall = RecallChoice.Offered });
        turn.Write(personId, "recall-offer", MessagePurpose.Answer, RecallView.Offer(turn.Scene.TextFor(personId, turn.Scene.Definition), missed, personId, turn.Scene.SpeechOf(personId)));
    }
}
