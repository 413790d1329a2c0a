using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Questions;

/// <summary>One question with its answer, as an author wrote it.</summary>
/// <param name="Text">Markdown.</param>
public abstract record Question(string Text)
{
    /// <summary>More than these do not fit below a message or into a dialog on a phone.</summary>
    public const int MostOptions = 6;

    /// <summary>What is asked in a dialog has one element for each, and old servers show five.</summary>
    public const int MostInDialog = 5;

    /// <summary>Made of the text: a question that is moved, or whose options are mended, stays the same one. In a translation it is that of the original.</summary>
    public string Id
    {
        get => field ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)).AsSpan(..5));
        init;
    }

    /// <summary>What everybody reads after they have answered; null where the author wrote nothing.</summary>
    public string? Explanation { get; init; }

    /// <summary>Where it begins in its file.</summary>
    public TextSpan Place { get; init; }
}

/// <summary>A text that can be right or wrong, and what is said to whoever gives it.</summary>
/// <param name="Text">Markdown, mostly of one line.</param>
/// <param name="IsRight">Whether it is right.</param>
/// <param name="Feedback">Markdown; null where the author wrote none.</param>
/// <param name="Place">Where it stands in its file.</param>
public sealed record Option(string Text, bool IsRight, string? Feedback, TextSpan Place = default)
{
    /// <summary>In percent of the question, where the author says so: less than all of it, or below zero what choosing it takes back. Null where being right or not says it.</summary>
    public decimal? Worth { get; init; }

    /// <summary>What says the same in other words, where people type it: in a translation what the original says.</summary>
    public ImmutableArray<string> Also { get; init; } = [];
}

/// <summary>
/// Some of these are right. With one right option people choose one, with several they choose several. Where options say what they are worth, those of one choice
/// are worth that beside the right one, and those of several add up.
/// </summary>
public sealed record ChoiceQuestion(string Text, ImmutableArray<Option> Options) : Question(Text)
{
    public bool IsMultiple => Options.Count(option => option.IsRight) > 1;
}

/// <summary>People type a word or a few.</summary>
/// <param name="Text">Markdown.</param>
/// <param name="Answers">Right ones, and wrong ones that have something to be said to them.</param>
/// <param name="Forgives">What may differ.</param>
public sealed record TextQuestion(string Text, ImmutableArray<Option> Answers, Forgiveness Forgives) : Question(Text);

/// <summary>People type a number.</summary>
public sealed record NumberQuestion(string Text, ImmutableArray<NumberAnswer> Answers) : Question(Text);

/// <param name="Least">The smallest number that is this answer.</param>
/// <param name="Most">The largest.</param>
/// <param name="Option">As written.</param>
public sealed record NumberAnswer(decimal Least, decimal Most, Option Option);

/// <summary>People put these into the order in which they stand here.</summary>
public sealed record OrderQuestion(string Text, ImmutableArray<string> Items) : Question(Text);

/// <summary>People find what belongs together.</summary>
public sealed record MatchQuestion(string Text, ImmutableArray<Pair> Pairs) : Question(Text);

public sealed record Pair(string Left, string Right);

/// <summary>How what people type may differ from what the author wrote.</summary>
[Flags]
public enum Forgiveness
{
    None = 0,
    Case = 1,
    Accents = 2,

    /// <summary>One slip from five letters on, two from ten on; digits have none.</summary>
    Typos = 4,

    All = Case | Accents | Typos,
}
