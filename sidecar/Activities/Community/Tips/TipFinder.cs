using System.Globalization;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Community.Tips;

/// <param name="Tips">Those of the page, the newest first.</param>
/// <param name="HasMore">There are older ones.</param>
/// <param name="ReadThrough">How many were read, where there was no going further; else null.</param>
public sealed record TipPage(IReadOnlyList<FoundTip> Tips, bool HasMore, int? ReadThrough);

/// <param name="Tip">Where it stands and whose it is.</param>
/// <param name="Text">What stands there now, without the word that made it a tip.</param>
public sealed record FoundTip(Tip Tip, string Text);

/// <summary>
/// Finds tips for one person: only in channels that they may read now, and each is read again first. So what was deleted is gone, what was
/// edited is new, and what no longer begins with the word is no tip any more.
/// </summary>
public sealed class TipFinder(ILearningStore store, IDirectory directory, IPostReader posts, TipKeeper keeper, TipWords words, TimeProvider time)
{
    public const int PerPage = 5;

    /// <summary>Posts read for one answer; people wait for it.</summary>
    private const int MostRead = 60;
    private const int AtOnce = 10;
    private const int MostOfTeam = 500;

    /// <summary>When reading has taken this long, the answer is what has been found.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(1.2);

    /// <exception cref="DirectoryUnavailableException">Mattermost does not say what the person may see, or what stands there.</exception>
    public async Task<TipPage> FindAsync(Caller caller, string query, int page, CancellationToken cancellationToken)
    {
        var wanted = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var began = time.GetTimestamp();
        var enough = page * PerPage;
        List<FoundTip> found = [];
        var read = 0;
        await foreach (var batch in VisibleAsync(caller, cancellationToken).Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            if (read >= MostRead || (read > 0 && time.GetElapsedTime(began) > LongestReading))
                return new TipPage([.. found.Skip(enough - PerPage).Take(PerPage)], HasMore: false, read);
            found.AddRange((await ReadAsync(batch, cancellationToken)).Where(one => wanted.All(word => Has(one.Text, word))));
            read += batch.Length;
            if (found.Count > enough)
                break;
        }

        return new TipPage([.. found.Skip(enough - PerPage).Take(PerPage)], found.Count > enough, null);
    }

    private async IAsyncEnumerable<Tip> VisibleAsync(
        Caller caller, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, bool> visible = new(StringComparer.Ordinal);
        foreach (var tip in await NewestAsync(caller, cancellationToken))
        {
            if (!visible.TryGetValue(tip.ChannelId, out var may))
                visible[tip.ChannelId] = may = await directory.MaySeeAsync(caller.PersonId, tip.ChannelId, tip.TeamId, cancellationToken);
            if (may)
                yield return tip;
        }
    }

    private async Task<IEnumerable<Tip>> NewestAsync(Caller caller, CancellationToken cancellationToken)
    {
        var teams = caller.TeamId is { } here ? [here] : (await directory.TeamsAsync(cancellationToken)).Select(team => team.Id).ToList();
        List<Tip> all = [];
        foreach (var team in teams)
            all.AddRange(await store.RangeAsync(Tip.NewestOfTeam, $"{team}/", $"{team}0", MostOfTeam, cancellationToken));
        return all.OrderByDescending(tip => tip.At).ThenBy(tip => tip.PostId, StringComparer.Ordinal);
    }

    private async Task<IEnumerable<FoundTip>> ReadAsync(Tip[] tips, CancellationToken cancellationToken)
    {
        var now = (await posts.ReadAsync([.. tips.Select(tip => tip.PostId)], cancellationToken)).ToDictionary(post => post.PostId, StringComparer.Ordinal);
        // One that the bot may not read today it may read tomorrow.
        var taken = tips.Where(tip => now[tip.PostId].Outcome != PostReadOutcome.Hidden && !IsStill(tip, now[tip.PostId])).ToList();
        if (taken.Count > 0)
            await keeper.DropAsync(taken, cancellationToken);
        return tips.Where(tip => IsStill(tip, now[tip.PostId])).Select(tip => new FoundTip(tip, words.Without(now[tip.PostId].Text)));
    }

    private bool IsStill(Tip tip, PostRead post) =>
        post is { Outcome: PostReadOutcome.Read, IsAutomatic: false } && post.PersonId == tip.PersonId && post.ChannelId == tip.ChannelId && words.Begins(post.Text);

    private static bool Has(string text, string word) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;
}
