using System.Runtime.CompilerServices;

namespace MattermostLearning.Mattermost.Api;

/// <summary>Pages from 0 on; the last one is the first that is short.</summary>
internal static class Paging
{
    /// <summary>The server caps larger pages at this without a word, and a page would look short.</summary>
    public const int PerPage = 200;

    public static async IAsyncEnumerable<T> EachAsync<T>(
        Func<int, CancellationToken, Task<List<T>>> page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 0; ; number++)
        {
            var items = await page(number, cancellationToken);
            foreach (var item in items) yield return item;
            if (items.Count < PerPage) yield break;
        }
    }

    /// <summary>Distinct ids, checked, in chunks that the server takes.</summary>
    public static IEnumerable<string[]> Chunks(IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var distinct = ids.Distinct(StringComparer.Ordinal).ToArray();
        foreach (var id in distinct) MattermostId.Require(id, nameof(ids));
        return distinct.Chunk(PerPage);
    }
}
