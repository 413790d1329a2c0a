using System.Globalization;
using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Reading posts: one, a thread, a channel by page, around a post, or since an instant.</summary>
internal sealed class PostReading(World world)
{
    private const int SinceLimit = 1000;

    public void Map(Routing routes)
    {
        routes.Add("GET", "/posts/{post_id}", c => Answer.Ok(Readable(c).ToJson(world)));
        routes.Add("GET", "/posts/{post_id}/thread", Thread);
        routes.Add("GET", "/posts/{post_id}/files/info", c =>
            Answer.Many(Readable(c).FileIds.Select(world.Files.GetValueOrDefault).OfType<StoredFile>().Select(f => f.ToJson())));
        routes.Add("GET", "/channels/{channel_id}/posts", OfChannel);
    }

    private Post Readable(Call call)
    {
        var post = world.LivePost(call.Route["post_id"]) ?? throw Refusal.NoPost();
        Permissions.Require(world.MaySee(call.Me, world.Channels[post.ChannelId]));
        return post;
    }

    private Answer Thread(Call call)
    {
        var asked = Readable(call);
        if (call.Ask("skipFetchThreads") == "true")
            return List([asked], [asked], p => PostsApi.ThreadSize(p, world), "", "");
        var root = asked.RootId.Length > 0 ? world.Posts[asked.RootId] : asked;
        var live = root.Replies.Prepend(root).Where(p => p.DeleteAt == 0).ToList();
        var replies = live.Count - 1;

        // Old servers name the asked post first and then the whole thread, the asked post once more.
        var order = world.Version.Major < 6 ? live.OrderByDescending(p => p.CreateAt).Prepend(asked) : live.Where(p => p != asked).Prepend(asked);
        return List(live, order, _ => replies, "", "");
    }

    private Answer OfChannel(Call call)
    {
        var channel = world.Channels.GetValueOrDefault(call.Route["channel_id"]);
        Permissions.Require(call.Me.MayUse(channel));
        foreach (var name in new[] { "after", "before" })
        {
            if (call.Ask(name) is { Length: > 0 } id && !Ids.IsValid(id))
                throw Refusal.BadBody(name);
        }

        if (call.Ask("since") is { Length: > 0 } text)
        {
            if (!long.TryParse(text, CultureInfo.InvariantCulture, out var since))
                throw Refusal.BadBody("since");
            if (since > 0)
                return Since(channel!, since);
        }

        var (before, after) = (call.Ask("before"), call.Ask("after"));
        return after.Length > 0 ? Around(call, channel!, after, isAfter: true)
            : before.Length > 0 ? Around(call, channel!, before, isAfter: false)
            : Page(call, channel!);
    }

    /// <summary>What changed after an instant, former versions of edited posts included; at most 1,000, and not promised which.</summary>
    private Answer Since(Channel channel, long since)
    {
        var changed = channel.Posts.Concat(channel.FormerVersions).Where(p => p.UpdateAt > since).Take(SinceLimit).OrderByDescending(p => p.CreateAt).ToList();
        var roots = changed.Where(p => p.RootId.Length > 0).Select(p => world.Posts[p.RootId]);
        return List(changed.Concat(roots), changed, _ => 0, "", "");
    }

    private Answer Page(Call call, Channel channel)
    {
        // From the newest backwards without sorting the channel: it is kept in order.
        var page = Backwards(channel.Posts).Where(p => p.DeleteAt == 0).Skip(call.Page * call.PerPage).Take(call.PerPage).ToList();
        return List(page.Concat(Threads(call, page)), page, Counting(call), Next(channel, page), Previous(channel, page));
    }

    private Answer Around(Call call, Channel channel, string postId, bool isAfter)
    {
        var pivot = world.Posts.GetValueOrDefault(postId);
        var live = pivot is null ? [] : isAfter
            ? channel.Posts.Where(p => p.DeleteAt == 0 && p.CreateAt > pivot.CreateAt)
            : Backwards(channel.Posts).Where(p => p.DeleteAt == 0 && p.CreateAt < pivot.CreateAt);
        var page = live.Skip(call.Page * call.PerPage).Take(call.PerPage).ToList();
        if (isAfter)
            page.Reverse();
        var isShort = page.Count < call.PerPage;
        var next = isAfter ? isShort ? "" : Next(channel, page) : call.Page == 0 ? postId : Next(channel, page);
        var previous = isAfter ? call.Page == 0 ? postId : Previous(channel, page) : isShort ? "" : Previous(channel, page);
        return List(page.Concat(Threads(call, page)), page, p => PostsApi.ThreadSize(p, world), next, previous);
    }

    private static IEnumerable<Post> Backwards(List<Post> posts)
    {
        for (var i = posts.Count - 1; i >= 0; i--)
            yield return posts[i];
    }

    /// <summary>The roots of the replies on a page and, unless told not to, all their other replies.</summary>
    private IEnumerable<Post> Threads(Call call, List<Post> page)
    {
        var roots = page.Where(p => p.RootId.Length > 0).Select(p => world.Posts[p.RootId]).Distinct();
        return (call.Ask("skipFetchThreads") == "true" ? roots : roots.SelectMany(r => r.Replies.Prepend(r))).Where(p => p.DeleteAt == 0);
    }

    private Func<Post, int> Counting(Call call) => call.Ask("skipFetchThreads") == "true" ? p => PostsApi.ThreadSize(p, world) : _ => 0;

    private static string Next(Channel channel, List<Post> page) =>
        page.Count == 0 ? "" : channel.Posts.Skip(channel.Posts.IndexOf(page[0]) + 1).FirstOrDefault(p => p.DeleteAt == 0)?.Id ?? "";

    private static string Previous(Channel channel, List<Post> page) =>
        page.Count == 0 ? "" : channel.Posts.Take(channel.Posts.IndexOf(page[^1])).LastOrDefault(p => p.DeleteAt == 0)?.Id ?? "";

    private Answer List(IEnumerable<Post> posts, IEnumerable<Post> order, Func<Post, int> replies, string next, string previous)
    {
        var map = new JsonObject();
        foreach (var post in posts)
        {
            if (!map.ContainsKey(post.Id))
                map[post.Id] = post.ToJson(world, replies(post));
        }

        return Answer.Ok(new JsonObject
        {
            ["order"] = Json.Array(order.Select(p => p.Id)), ["posts"] = map, ["next_post_id"] = next, ["prev_post_id"] = previous,
        });
    }
}
