using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Markdown;

/// <summary>A section with meaning: what its heading says, and its Markdown as written, without blank lines around it.</summary>
/// <param name="Argument">What its heading says after its name.</param>
/// <param name="Markdown">As written.</param>
/// <param name="HeadingSpan">The heading itself.</param>
/// <param name="Start">Where the Markdown begins in the file; for findings about it.</param>
public sealed record Section<T>(T Argument, string Markdown, TextSpan HeadingSpan, int Start)
{
    /// <summary>Of a translation: what it translates, which stands in the file beside it. What has a name of its own is known by that of this.</summary>
    public Section<T>? Original { get; init; }
}

internal sealed record Section(HeadingDeclaration Heading, object Argument, string Markdown, TextSpan HeadingSpan, int Start)
{
    /// <inheritdoc cref="Section{T}.Original"/>
    public Section? Original { get; init; }

    public Section<T> As<T>() => new((T)Argument, Markdown, HeadingSpan, Start) { Original = Original?.As<T>() };
}
