using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>One lesson, as an author wrote it.</summary>
/// <param name="Title">What its heading says; empty where that is only the word for it.</param>
/// <param name="Text">Markdown, without its checks.</param>
/// <param name="Checks">What is asked in it, in order; people go on when they have done all of it.</param>
/// <param name="Place">Where it begins.</param>
public sealed record Lesson(string Title, string Text, ImmutableArray<Check> Checks, TextSpan Place)
{
    /// <summary>How much of a worked example it shows.</summary>
    public ExampleStage Example { get; init; }
}

/// <summary>Worked examples fade: first all of it is there, then half of it, then people do it alone.</summary>
public enum ExampleStage
{
    None,
    Whole,
    Half,
    Alone,
}

/// <summary>What shows that somebody is through with a lesson.</summary>
/// <param name="Place">Where it begins.</param>
public abstract record Check(TextSpan Place);

/// <summary>A question with a right answer. Whatever is answered, it goes on: the feedback is what counts.</summary>
public sealed record QuestionCheck(Question Question) : Check(Question.Place);

/// <summary>People write down what they think; it stays theirs, or is shared in the channel if they choose that.</summary>
/// <param name="Text">What they are asked.</param>
/// <param name="Place">Where it begins.</param>
public sealed record ReflectionCheck(string Text, TextSpan Place) : Check(Place);

/// <summary>People try it for themselves, and then see how the author would do it.</summary>
/// <param name="Text">What they are to try.</param>
/// <param name="Solution">What they see then.</param>
/// <param name="Place">Where it begins.</param>
public sealed record TryCheck(string Text, string? Solution, TextSpan Place) : Check(Place);

/// <summary>People do something in Mattermost, for real.</summary>
/// <param name="Task">What it takes.</param>
/// <param name="Text">What the author says about it; may be empty.</param>
/// <param name="Place">Where it begins.</param>
public sealed record DeedCheck(DeedTask Task, string Text, TextSpan Place) : Check(Place);
