using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Markdown;

/// <summary>A section with meaning: what its heading says, and what stands below it, without blank lines around.</summary>
/// <param name="Argument">What its heading says after its name.</param>
/// <param name="Text">What stands below it.</param>
/// <param name="HeadingSpan">The heading itself.</param>
public sealed record Section<T>(T Argument, Passage Text, TextSpan HeadingSpan)
{
    /// <summary>As written.</summary>
    public string Markdown => Text.Markdown;

    /// <summary>Of a translation: what it translates, which stands in the file beside it. What has a name of its own is known by that of this.</summary>
    public Section<T>? Original { get; init; }
}

/// <summary>The same as it is kept.</summary>
/// <param name="Heading">What its heading means.</param>
/// <param name="Argument">What it says after its name.</param>
/// <param name="Start">Where the text below it begins.</param>
/// <param name="End">Behind the last character of that.</param>
/// <param name="HeadingSpan">The heading itself.</param>
internal readonly record struct Section(HeadingDeclaration Heading, object Argument, int Start, int End, TextSpan HeadingSpan)
{
    public Section<T> In<T>(MarkdownText markdown) => new((T)Argument, new Passage(markdown, Start, End), HeadingSpan);
}
