using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Writing posts: making, editing, deleting, and the private ones that only one person sees.</summary>
internal sealed class PostsApi(World world)
{
    private static readonly TimeSpan PendingMemory = TimeSpan.FromSeconds(30);

    /// <summary>As JSON: ten of them.</summary>
    private const int LongestFileIds = 300;

    /// <summary>Called with each new post of a person or bot, after it is saved, under the lock; outgoing webhooks hang on it.</summary>
    public Action<Post>? Posted { get; set; }

    /// <summary>Buttons of private posts: what the cookie that the client holds stands for.</summary>
    public Dictionary<string, (JsonObject Action, Post Post)> Cookies { get; } = [];

    public void Map(Routing routes)
    {
        routes.CallingOut("POST", "/posts", Create);
        routes.Add("PUT", "/posts/{post_id}", Update);
        routes.Add("PUT", "/posts/{post_id}/patch", Patch);
        routes.Add("DELETE", "/posts/{post_id}", Delete);
        routes.Add("POST", "/posts/{post_id}/pin", c => Pin(c, pinned: true));
        routes.Add("POST", "/posts/{post_id}/unpin", c => Pin(c, pinned: false));
        routes.Add("POST", "/posts/ephemeral", CreateEphemeral);
    }

    private async Task<Answer> Create(Call call)
    {
        var body = call.Object("post");
        var pending = body.Text("pending_post_id");
        lock (world.Gate)
        {
            if (Refused(call, body) is { } known)
                return known;
            if (pending.Length > 0)
                world.PendingPosts[pending] = ("", world.Now() + (long)PendingMemory.TotalMilliseconds);
        }

        try
        {
            if (call.SaveTakes > TimeSpan.Zero)
                await world.TakeAsync(call.SaveTakes);
            lock (world.Gate)
            {
                var (post, told) = SaveAndTell(call.Me, world.ChannelOr404(body.Text("channel_id")), body, pending);
                if (pending.Length > 0)
                    world.PendingPosts[pending] = (post.Id, world.Now() + (long)PendingMemory.TotalMilliseconds);
                if (call.Ask("set_online") != "false")
                    world.Hub.SetOnline(call.Me);
                return Answer.Created(told.Json) with { Text = told.Text };
            }
        }
        catch (Refusal)
        {
            lock (world.Gate)
                world.PendingPosts.Remove(pending);
            throw;
        }
    }

    /// <summary>Permission, channel, and whether this very post was accepted a moment ago.</summary>
    private Answer? Refused(Call call, JsonObject body)
    {
        var channel = world.Channels.GetValueOrDefault(body.Text("channel_id"));
        Permissions.Require(world.MaySpeak(call.Me, channel));
        if (body.Text("type").StartsWith("system_", StringComparison.Ordinal))
            throw Refusal.BadParameter("post.type");
        if (channel!.DeleteAt != 0)
            throw new Refusal(400, "api.post.create_post.can_not_post_to_deleted.error", "Can not post to deleted channel.");
        if (!world.PendingPosts.TryGetValue(body.Text("pending_post_id"), out var seen) || seen.Until <= world.Now())
            return null;
        if (seen.PostId.Length == 0)
            throw new Refusal(500, "api.post.deduplicate_create_post.pending", "Rejected post since another client is making the same request.");
        var found = world.LivePost(seen.PostId)
            ?? throw new Refusal(500, "api.post.deduplicate_create_post.failed_to_get", "Failed to fetch original post after deduplicating a client making the same request.");
        return Answer.Created(WithoutPending(found).ToJson(world, withMetadata: false));
    }

    private static Post WithoutPending(Post post)
    {
        post.PendingPostId = "";
        return post;
    }

    public Post Save(User author, Channel channel, JsonObject body, string pending) => SaveAndTell(author, channel, body, pending).Post;

    /// <returns>The post, and what everybody is told of it.</returns>
    private (Post Post, (JsonObject Json, string Text) Told) SaveAndTell(User author, Channel channel, JsonObject body, string pending)
    {
        var root = Root(body.Text("root_id"), channel);
        var props = PostViews.Normalised(body["props"] as JsonObject ?? [], world.Ids);
        props.Remove("add_channel_member");
        if (author.IsBot)
            props["from_bot"] = "true";
        var at = NextInstant(channel);
        var post = new Post
        {
            Id = world.Ids.Next(),
            UserId = author.Id,
            ChannelId = channel.Id,
            RootId = root?.Id ?? "",
            Message = body.Text("message"),
            Type = body.Text("type"),
            Props = props,
            PendingPostId = pending,
            CreateAt = at,
            UpdateAt = at,
            // One's own, and each on one post.
            FileIds = [.. body.Texts("file_ids").Where(id => world.Files.GetValueOrDefault(id) is { PostId: "" } file && file.UserId == author.Id)],
        };
        Mentions.FillChannels(post, channel, world);
        Validate(post.Message, post.Props);
        if (Json.Array(body.Texts("file_ids")).ToText().Length > LongestFileIds)
            throw new Refusal(400, "model.post.is_valid.file_ids.app_error", "Invalid file ids.");
        if (post.Type.Length > 0 && post.Type is not ("slack_attachment" or "me") && !post.Type.StartsWith("custom_", StringComparison.Ordinal))
            throw new Refusal(400, "model.post.is_valid.type.app_error", "Invalid type.");
        foreach (var id in post.FileIds)
            world.Files[id].PostId = post.Id;
        var told = Keep(post, channel, author);
        world.Transcript.Posted(post);
        Posted?.Invoke(post);
        return (post, told);
    }

    /// <summary>The small grey lines: who joined, what was renamed. They go through as posts do and mean nothing else.</summary>
    public void AddSystem(Channel channel, User actor, string type, string message, JsonObject props)
    {
        if (actor.IsBot)
            props["from_bot"] = "true";
        var at = NextInstant(channel);
        var post = new Post { Id = world.Ids.Next(), UserId = actor.Id, ChannelId = channel.Id, Message = message, Type = type, Props = props, CreateAt = at, UpdateAt = at };
        Keep(post, channel, actor);
    }

    private (JsonObject Json, string Text) Keep(Post post, Channel channel, User author)
    {
        world.Posts[post.Id] = post;
        channel.Posts.Add(post);
        channel.LastPostAt = post.CreateAt;
        var isJoinOrLeave = post.Type is "system_join_channel" or "system_leave_channel" or "system_join_team" or "system_add_to_channel" or "system_add_to_team" or "system_remove_from_channel";
        channel.Messages += isJoinOrLeave ? 0 : 1;
        channel.RootMessages += isJoinOrLeave || post.RootId.Length > 0 ? 0 : 1;
        if (post.RootId.Length > 0)
        {
            var root = world.Posts[post.RootId];
            root.Replies.Add(post);
            root.LiveReplies++;
            root.UpdateAt = Math.Max(root.UpdateAt, post.CreateAt);
        }

        if (!author.IsBot && channel.Members.TryGetValue(author.Id, out var member))
            (member.LastViewedAt, member.Messages, member.RootMessages, member.UpdateAt) = (post.CreateAt, channel.Messages, channel.RootMessages, post.CreateAt);
        var json = post.ToJson(world, ThreadSize(post));
        var text = json.ToText();
        var data = new JsonObject
        {
            ["channel_display_name"] = channel.Type == "D" ? "@" + author.Name : channel.DisplayName,
            ["channel_name"] = channel.Name,
            ["channel_type"] = channel.Type,
            ["post"] = text,
            ["sender_name"] = post.IsSystem ? "System" : "@" + author.Name,
            ["set_online"] = true,
            ["team_id"] = channel.TeamId,
        };
        if (post.FileIds.Count > 0)
            data["otherFile"] = "true";
        if (!post.IsSystem && Mentions.Of(post, channel, world) is { Count: > 0 } mentioned)
            data["mentions"] = Json.Array(mentioned).ToText();
        world.Hub.Publish("posted", data, World.Broadcast(channel: channel.Id));
        return (json, text);
    }

    private Post? Root(string rootId, Channel channel)
    {
        if (rootId.Length == 0)
            return null;
        var root = world.LivePost(rootId);
        if (root is null || root.RootId.Length > 0)
            throw new Refusal(400, "api.post.create_post.root_id.app_error", "Invalid RootId parameter.");
        return root.ChannelId == channel.Id ? root
            : throw new Refusal(400, "api.post.create_post.channel_root_id.app_error", "Invalid ChannelId for RootId parameter.");
    }

    /// <summary>Posts of one channel never share a millisecond, so that their order is one, even while a virtual clock stands still.</summary>
    private long NextInstant(Channel channel) => Math.Max(world.Now(), channel.Posts.Count == 0 ? 0 : channel.Posts[^1].CreateAt + 1);

    public static int ThreadSize(Post post, World world) =>
        (post.RootId.Length > 0 ? world.Posts[post.RootId] : post).LiveReplies;

    private int ThreadSize(Post post) => ThreadSize(post, world);

    private void Validate(string message, JsonObject props)
    {
        if (message.Length > world.Options.MaxPostSize && message.EnumerateRunes().Count() > world.Options.MaxPostSize)
            throw new Refusal(400, "model.post.is_valid.msg.app_error", "Invalid message.");
        var limit = world.Options.MaxPropsSize ?? (world.Version.Major < 7 ? 8000 : 800000);
        var text = props.ToText();
        if (text.Length * 6 > limit && text.EnumerateRunes().Sum(r => r.Value is '<' or '>' or '&' ? 6 : 1) > limit)
            throw new Refusal(400, "model.post.is_valid.props.app_error", "Invalid props.");
    }

    private Answer Update(Call call)
    {
        var body = call.Object("post");
        if (body.Text("id") != call.Route["post_id"])
            throw Refusal.BadBody("id");
        var post = Editable(call);
        var (json, text) = Change(post, body.Text("message"), body["props"] as JsonObject ?? [], body.Flag("is_pinned"));
        return Answer.Ok(json) with { Text = text };
    }

    private Answer Patch(Call call)
    {
        var body = call.Object("post");
        var post = Editable(call);
        if (world.Channels[post.ChannelId].DeleteAt != 0)
            throw new Refusal(400, "api.post.patch_post.can_not_update_post_in_deleted.error", "Can not update a post in a deleted channel.");
        var (json, text) = Change(post, body["message"] is null ? post.Message : body.Text("message"), body["props"] as JsonObject ?? post.Props,
            body["is_pinned"] is null ? post.IsPinned : body.Flag("is_pinned"));
        return Answer.Ok(json) with { Text = text };
    }

    private Post Editable(Call call)
    {
        var post = world.LivePost(call.Route["post_id"]);
        Permissions.Require(post is not null && (call.Me.IsAdmin || (call.Me.Id == post.UserId && call.Me.MayUse(world.Channels[post.ChannelId]))));
        return post!;
    }

    /// <returns>What everybody is told of it.</returns>
    public (JsonObject Json, string Text) Change(Post post, string message, JsonObject props, bool isPinned)
    {
        if (post.IsSystem)
            throw new Refusal(400, "api.post.update_post.system_message.app_error", "Unable to update system message.");
        if (world.Channels[post.ChannelId].DeleteAt != 0)
            throw new Refusal(400, "api.post.update_post.can_not_update_post_in_deleted.error", "Can not update a post in a deleted channel.");
        var next = PostViews.Normalised(props, world.Ids);
        next.Remove("add_channel_member");
        Validate(message, next);
        var at = world.ChangeInstant(post);
        var before = new Post
        {
            Id = world.Ids.Next(), OriginalId = post.Id, UserId = post.UserId, ChannelId = post.ChannelId, RootId = post.RootId, Message = post.Message, Props = post.Props,
            Type = post.Type, CreateAt = post.CreateAt, UpdateAt = at, EditAt = post.EditAt, DeleteAt = at,
        };
        if (message != post.Message || !SameAttachments(post.Props, next))
            post.EditAt = at;
        (post.Message, post.Props, post.IsPinned, post.UpdateAt, post.PendingPostId) = (message, next, isPinned, at, "");
        world.Posts[before.Id] = before;
        world.Channels[post.ChannelId].FormerVersions.Add(before);
        if (post.RootId.Length > 0)
            world.Posts[post.RootId].UpdateAt = Math.Max(world.Posts[post.RootId].UpdateAt, at);
        var json = post.ToJson(world, ThreadSize(post));
        var text = json.ToText();
        world.Hub.Publish("post_edited", new JsonObject { ["post"] = text }, World.Broadcast(channel: post.ChannelId));
        world.Transcript.Edited(post, before);
        return (json, text);
    }

    private static bool SameAttachments(JsonObject one, JsonObject other) => JsonNode.DeepEquals(one["attachments"], other["attachments"]);

    private Answer Delete(Call call)
    {
        var post = world.LivePost(call.Route["post_id"]);
        Permissions.Require(post is not null);
        var channel = world.Channels[post!.ChannelId];
        Permissions.Require(call.Me.Id == post.UserId ? call.Me.MayUse(channel) : world.MayDeleteOthersPosts(call.Me, channel));
        if (channel.DeleteAt != 0)
            throw new Refusal(400, "api.post.delete_post.can_not_delete_post_in_deleted.error", "Can not delete a post in a deleted channel.");
        var shown = post.ToJson(world).ToText();
        var at = world.ChangeInstant(post);
        foreach (var gone in post.Replies.Prepend(post).Where(p => p.DeleteAt == 0))
        {
            gone.DeleteAt = gone.UpdateAt = at;
            gone.Props["deleteBy"] = call.Me.Id;
            if (gone.RootId.Length > 0)
                world.Posts[gone.RootId].LiveReplies--;
        }

        world.Hub.Publish("post_deleted", new JsonObject { ["post"] = shown }, World.Broadcast(channel: channel.Id), Audience.NotAdmins);
        world.Hub.Publish("post_deleted", new JsonObject { ["delete_by"] = call.Me.Id, ["post"] = shown }, World.Broadcast(channel: channel.Id), Audience.Admins);
        world.Transcript.Deleted(post);
        return Answer.Done();
    }

    private Answer Pin(Call call, bool pinned)
    {
        var post = world.LivePost(call.Route["post_id"]) ?? throw Refusal.NoPost();
        Permissions.Require(call.Me.MayUse(world.Channels[post.ChannelId]));
        Change(post, post.Message, post.Props, pinned);
        return Answer.Done();
    }

    private Answer CreateEphemeral(Call call)
    {
        var body = call.Object("post");
        if (body.Text("user_id").Length == 0)
            throw Refusal.BadBody("user_id");
        var post = body["post"] as JsonObject ?? throw Refusal.BadBody("post");
        Permissions.Require(call.Me.IsAdmin);
        return Answer.Created(SendEphemeral(world.UserOr404(body.Text("user_id")), post.Text("channel_id"), post.Text("root_id"), post.Text("message"),
            post["props"] as JsonObject ?? [], call.Me.Id));
    }

    /// <summary>A post that one person sees and the server forgets; its buttons live on in the cookies that the client keeps.</summary>
    public JsonObject SendEphemeral(User to, string channelId, string rootId, string message, JsonObject props, string from)
    {
        var post = new Post
        {
            Id = world.Ids.Next(), UserId = from, ChannelId = channelId, RootId = rootId, Message = message, Type = "system_ephemeral", CreateAt = world.Now(),
            Props = PostViews.Normalised(props, world.Ids),
        };
        foreach (var action in PostViews.Actions(post.Props))
        {
            var cookie = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(world.Ids.Next() + world.Ids.Next()));
            Cookies[cookie] = ((JsonObject)action.DeepClone(), post);
            action["cookie"] = cookie;
        }

        var json = post.ToJson(world);
        json["parent_id"] = world.Version.Major < 6 ? "" : null;
        if (world.Version.Major >= 6)
            json.Remove("parent_id");
        world.Hub.Publish("ephemeral_message", new JsonObject { ["post"] = json.ToText() }, World.Broadcast(channel: channelId, user: to.Id));
        world.Transcript.Ephemeral(to, post);
        return json;
    }
}
