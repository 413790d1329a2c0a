using System.Collections.Immutable;
using MattermostLearning.Content.Design;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Linting;

/// <summary>What `lint` found. Paths are as they were typed, so that an editor or a terminal can open them.</summary>
/// <param name="Files">How many were looked at.</param>
/// <param name="Diagnostics">By path and place.</param>
/// <param name="Cards">One for each activity that can be offered.</param>
/// <param name="Repairs">How many slips `--fix` would mend.</param>
public sealed record LintReport(int Files, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<ScoreCard> Cards, int Repairs)
{
    /// <summary>The activities, their paths as they were typed.</summary>
    public ImmutableArray<ActivityDefinition> Definitions { get; init; } = [];

    /// <summary>What was not looked at, and how it would be; null where everything was.</summary>
    public string? Note { get; init; }

    /// <summary>The same with findings that were made elsewhere.</summary>
    public LintReport With(IEnumerable<Diagnostic> more) =>
        this with { Diagnostics = [.. Diagnostics.Concat(more).OrderBy(each => each.Path, StringComparer.Ordinal).ThenBy(each => each.Line).ThenBy(each => each.Column)] };

    public int Count(Severity severity) => Diagnostics.Count(each => each.Severity == severity);

    public bool HasErrors => Diagnostics.Any(each => each.Severity == Severity.Error);
}
