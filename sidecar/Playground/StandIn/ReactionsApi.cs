using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

internal sealed class ReactionsApi(World world)
{
    public void Map(Routing routes)
    {
        routes.Add("POST", "/reactions", Add);
        routes.Add("GET", "/posts/{post_id}/reactions", c => Answer.Many(Read(c, c.Route["post_id"]).Select(r => r.ToJson())));
        routes.Add("POST", "/posts/ids/reactions", Bulk);
        routes.Add("DELETE", "/users/{user_id}/posts/{post_id}/reactions/{emoji_name}", Remove);
    }

    private List<Reaction> Read(Call call, string postId)
    {
        var post = world.Posts.GetValueOrDefault(postId);
        Permissions.Require(call.Me.IsAdmin || (post is not null && call.Me.MayUse(world.Channels[post.ChannelId])));
        return post?.Reactions ?? [];
    }

    private Answer Bulk(Call call)
    {
        var all = new JsonObject();
        foreach (var id in call.Strings("post_ids"))
            all[id] = new JsonArray([.. Read(call, id).Select(r => r.ToJson())]);
        return Answer.Ok(all);
    }

    private Answer Add(Call call)
    {
        var body = call.Object("reaction");
        var (userId, postId, emoji) = (body.Text("user_id"), body.Text("post_id"), body.Text("emoji_name"));
        if (!Ids.IsValid(userId) || !Ids.IsValid(postId) || emoji.Length is 0 or > 64)
            throw new Refusal(400, "api.reaction.save_reaction.invalid.app_error", "Reaction is not valid.");
        if (userId != call.Me.Id)
            throw new Refusal(403, "api.reaction.save_reaction.user_id.app_error", "You cannot save reaction for the other user.");
        var post = Reacted(call, postId);
        if (!emoji.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+'))
            throw new Refusal(400, "model.reaction.is_valid.emoji_name.app_error", "Invalid emoji name.");
        var at = Touch(post);
        var reaction = post.Reactions.Find(r => r.UserId == userId && r.Emoji == emoji);
        var isNew = reaction is null;
        if (reaction is null)
            post.Reactions.Add(reaction = new Reaction(userId, postId, emoji, at));
        reaction.UpdateAt = at;
        var json = (reaction with { CreateAt = at }).ToJson();
        world.Hub.Publish("reaction_added", new JsonObject { ["reaction"] = json.ToText() }, World.Broadcast(channel: post.ChannelId));
        if (isNew)
            world.Transcript.Reacted(post, call.Me, emoji, added: true);
        return Answer.Ok(json);
    }

    private Answer Remove(Call call)
    {
        var post = Reacted(call, call.Route["post_id"]);
        Permissions.Require(call.Route["user_id"] == call.Me.Id || call.Me.IsAdmin);
        var (userId, emoji) = (call.Route["user_id"], call.Route["emoji_name"]);
        var removed = post.Reactions.RemoveAll(r => r.UserId == userId && r.Emoji == emoji) > 0;
        Touch(post);
        var json = new Reaction(userId, post.Id, emoji, 0).ToJson();
        world.Hub.Publish("reaction_removed", new JsonObject { ["reaction"] = json.ToText() }, World.Broadcast(channel: post.ChannelId));
        if (removed)
            world.Transcript.Reacted(post, world.Users[userId], emoji, added: false);
        return Answer.Done();
    }

    private Post Reacted(Call call, string postId)
    {
        var post = world.Posts.GetValueOrDefault(postId);
        Permissions.Require(call.Me.IsAdmin || (post is not null && world.MaySpeak(call.Me, world.Channels[post.ChannelId])));
        if (post is null || post.DeleteAt != 0)
            throw Refusal.NoPost();
        if (world.Channels[post.ChannelId].DeleteAt != 0)
            throw new Refusal(403, "api.reaction.save.archived_channel.app_error", "You cannot react in an archived channel.");
        return post;
    }

    private long Touch(Post post) => post.UpdateAt = world.ChangeInstant(post);
}
