using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Markdown;

/// <summary>A section with meaning: what its heading says, and its Markdown as written, without blank lines around it.</summary>
public sealed record Section<T>(T Argument, string Markdown, TextSpan HeadingSpan);

internal sealed record Section(HeadingDeclaration Heading, object Argument, string Markdown, TextSpan HeadingSpan);
