using System.Collections.Immutable;

namespace MattermostLearning.Content.FrontMatter;

/// <summary>The front matter of one file.</summary>
/// <param name="Entries">In order; duplicates included.</param>
/// <param name="BodyStart">Where the Markdown begins.</param>
/// <param name="Complete">False where YAML could not be read to its end: then a missing key is no news.</param>
public sealed record FrontMatterBlock(ImmutableArray<FrontMatterEntry> Entries, int BodyStart, bool Complete);
