using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Linting;

/// <summary>What has to be done first must be there to be done, or nobody can ever begin. Only a whole library can show it.</summary>
internal static class RequiredFirst
{
    public static ImmutableArray<Diagnostic> Missing(ActivityDefinition definition, IReadOnlyCollection<string> known)
    {
        if (definition.Settings.LintOff.ContainsKey(Codes.RequiredMissing))
            return [];
        var source = new SourceText(definition.Path, definition.SourceText);
        var report = new DiagnosticBag(source);
        foreach (var slug in definition.Requires.Where(slug => !known.Contains(slug)))
        {
            report.Warning(
                PlaceOf(slug, definition.RequiresPlace, source.Text), Codes.RequiredMissing, $"There is no activity `{slug}` here, so nobody could begin this one.",
                Closest.Find(slug, known) is { } meant ? $"Did you mean `{meant}`?" : "Write the short name of one that is there. If it is in another folder, look at both together.");
        }

        return report.ToImmutable();
    }

    private static TextSpan PlaceOf(string slug, TextSpan list, string text) =>
        text.IndexOf(slug, list.Start, list.Length, StringComparison.Ordinal) is var at and >= 0 ? new TextSpan(at, slug.Length) : list;
}
