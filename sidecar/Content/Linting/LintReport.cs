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
    public int Count(Severity severity) => Diagnostics.Count(each => each.Severity == severity);

    public bool HasErrors => Diagnostics.Any(each => each.Severity == Severity.Error);
}
