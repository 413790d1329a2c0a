using System.Globalization;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Activities.Kinds.PromptSeries;

/// <summary>Which starter comes next: none twice before all were used, and none twice running.</summary>
public static class PromptChoice
{
    /// <param name="order">As the file says.</param>
    /// <param name="file">The starters of the file, in order.</param>
    /// <param name="accepted">Accepted suggestions, the oldest first.</param>
    /// <param name="state">What has come before.</param>
    /// <param name="runId">A shuffle is one of this run: drawn anew each time all have come, and always the same for the same run.</param>
    /// <returns>What comes, and what is remembered from then on.</returns>
    public static (string Id, PromptSeriesRunState State) Next(
        PromptOrder order, IReadOnlyList<string> file, IReadOnlyList<string> accepted, PromptSeriesRunState state, string runId)
    {
        // What members suggested comes as soon as it can: whoever gave it is waiting for it.
        List<string> all = [.. accepted, .. file];
        var used = Carried(file, state).Where(all.Contains).ToHashSet(StringComparer.Ordinal);
        var left = all.Where(id => !used.Contains(id)).ToList();
        var pass = state.Pass;
        if (left.Count == 0)
        {
            pass++;
            used.Clear();
            left = all.Count == 1 ? all : [.. all.Where(id => id != state.Last)];
        }

        var next = order == PromptOrder.InOrder ? left[0] : left.MinBy(id => Place(runId, pass, id), StringComparer.Ordinal)!;
        return (next, state with { Known = [.. file], Used = [.. used.Append(next).Order(StringComparer.Ordinal)], Last = next, Pass = pass });
    }

    /// <summary>A starter that was rewritten where it stood counts as the one that stood there.</summary>
    private static IEnumerable<string> Carried(IReadOnlyList<string> file, PromptSeriesRunState state)
    {
        foreach (var id in state.Used)
        {
            yield return id;
            if (file.Contains(id))
                continue;
            var place = state.Known.ToList().IndexOf(id);
            if (place >= 0 && place < file.Count && !state.Known.Contains(file[place]))
                yield return file[place];
        }
    }

    private static string Place(string runId, int pass, string id) => OutboxRow.IdOf(runId, string.Create(CultureInfo.InvariantCulture, $"shuffle/{pass}/{id}"));
}
