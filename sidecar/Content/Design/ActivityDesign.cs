using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Content.Design;

/// <summary>What one round of an activity gives people to read and asks of them, whatever its kind.</summary>
public sealed record ActivityDesign
{
    /// <summary>What comes to people in a round, in order, each as one message.</summary>
    public required ImmutableArray<DesignText> Texts { get; init; }

    /// <summary>What a round ends with; null where the author wrote nothing for it.</summary>
    public DesignText? Closing { get; init; }

    /// <summary>Whether a round of it has an end that could ask something.</summary>
    public bool HasClosing { get; init; }

    /// <summary>The heading that the closing stands under.</summary>
    public string ClosingHeading { get; init; } = "";

    /// <summary>What people are asked that has a right answer.</summary>
    public ImmutableArray<Question> Questions { get; init; } = [];

    /// <summary>Whether everybody gets the options in another order.</summary>
    public bool IsShuffled { get; init; } = true;
}

/// <param name="Name">For findings: "The post".</param>
/// <param name="Markdown">As the author wrote it.</param>
/// <param name="Place">Where it begins.</param>
public sealed record DesignText(string Name, string Markdown, TextSpan Place);
