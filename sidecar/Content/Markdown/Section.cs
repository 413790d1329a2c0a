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

internal sealed record Section(HeadingDeclaration Heading, object Argument, Passage Text, TextSpan HeadingSpan)
{
    /// <inheritdoc cref="Section{T}.Original"/>
    public Section? Original { get; init; }

    public Section<T> As<T>() => new((T)Argument, Text, HeadingSpan) { Original = Original?.As<T>() };
}
