using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>What one person is asked again because they answered it wrong, and had said yes to that. Which questions, never what was answered.</summary>
public sealed record RecallDeck : Document, IStored<RecallDeck>
{
    public required string PersonId { get; init; }

    public IReadOnlyList<RecallCard> Cards { get; init; } = [];

    /// <summary>Counts the messages that asked a question: a button of an earlier one is known to be old.</summary>
    public int Sent { get; init; }

    /// <summary>What they are being asked; null while they are asked nothing.</summary>
    public RecallSitting? Sitting { get; init; }

    /// <summary>How often they were reminded since they last answered.</summary>
    public int Reminded { get; init; }

    /// <summary>When it was last brought to mind, by a reminder or because they came by themselves.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>When they last did something with it, or something came into it.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    public static DocumentIndex<RecallDeck> ByPerson { get; } = new("person", one => one.PersonId);

    /// <summary>By the last that happened: one that nobody touches is not kept for good.</summary>
    public static DocumentIndex<RecallDeck> ByInstant { get; } = new("at", one => InstantKey.Of(one.ChangedAt));

    public static DocumentKind<RecallDeck> Stored { get; } =
        new("recall_decks", 1, one => one.PersonId, LearningJson.Default.RecallDeck, [ByPerson, ByInstant]);
}

/// <param name="Slug">The activity that it comes from.</param>
/// <param name="QuestionId">The question there: made from its text.</param>
/// <param name="Box">How often in a row it was right.</param>
/// <param name="DueAt">The beginning of the day on which it is asked again.</param>
public sealed record RecallCard(string Slug, string QuestionId, int Box, DateTimeOffset DueAt)
{
    public bool IsOf(string slug, string questionId) => Slug == slug && QuestionId == questionId;
}

/// <summary>Some questions one after the other.</summary>
/// <param name="Slug">Of the present question.</param>
/// <param name="QuestionId">The present question.</param>
/// <param name="DefinitionHash">The text that it was asked from: its options are counted in that.</param>
/// <param name="Number">The how manieth it is, from one.</param>
/// <param name="All">Of how many.</param>
/// <param name="Right">How many were right so far.</param>
/// <param name="AskedAt">When the present question was sent; null in what earlier builds wrote.</param>
public sealed record RecallSitting(string Slug, string QuestionId, string DefinitionHash, int Number, int All, int Right, DateTimeOffset? AskedAt = null);
