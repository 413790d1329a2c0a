using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Markdown;

/// <summary>Warnings about formulas: only a server knows whether they hold for it.</summary>
public static class Formulas
{
    public static bool AreAmong(IEnumerable<Diagnostic> findings) => findings.Any(each => each.Code == Codes.Latex);

    /// <param name="findings">All of them.</param>
    /// <param name="blocks">Formulas in a block of their own are shown.</param>
    /// <param name="inline">...and those within a line.</param>
    public static ImmutableArray<Diagnostic> WithoutShown(ImmutableArray<Diagnostic> findings, bool blocks, bool inline) =>
        findings.RemoveAll(each => each.Code == Codes.Latex && (IsFence(each.SourceLine) ? blocks : inline));

    private static bool IsFence(string line) => line.TrimStart(' ', '>', '-') is var text && (text.StartsWith("```", StringComparison.Ordinal) || text.StartsWith("~~~", StringComparison.Ordinal));
}
