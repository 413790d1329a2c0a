using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Incoming and outgoing webhooks, and the response URLs of slash commands, as far as the sidecar meets them.</summary>
internal sealed class WebhooksApi(World world, PostsApi posts, CallOuts callOuts)
{
    private static readonly TimeSpan ResponseUrlLives = TimeSpan.FromMinutes(30);
    private const int ResponseUrlUses = 5;
    private readonly Dictionary<string, ResponseUrl> _responseUrls = [];
    private int _running;

    private sealed record ResponseUrl(User User, Channel Channel, string RootId, long Until)
    {
        public int Uses { get; set; }
    }

    /// <summary>Delivers an answer as a slash command's answer is delivered; set by who owns both.</summary>
    public Action<User, string, string, JsonObject>? Deliver { get; set; }

    /// <summary>Outgoing calls that have not come back yet: they run beside the request that caused them.</summary>
    public int Running => Volatile.Read(ref _running);

    public void Map(Routing routes)
    {
        routes.Add("POST", "/hooks/incoming", c => Create(c, isOutgoing: false));
        routes.Add("POST", "/hooks/outgoing", c => Create(c, isOutgoing: true));
        routes.Add("GET", "/hooks/incoming", c => List(c, isOutgoing: false));
        routes.Add("GET", "/hooks/outgoing", c => List(c, isOutgoing: true));
        routes.Add("PUT", "/hooks/outgoing/{hook_id}", UpdateOutgoing);
        routes.Add("DELETE", "/hooks/incoming/{hook_id}", Delete);
        routes.Add("DELETE", "/hooks/outgoing/{hook_id}", Delete);
        routes.Anonymous("POST", "/~/hooks/commands/{hook_id}", Respond);
        routes.Anonymous("POST", "/~/hooks/{hook_id}", Incoming);
        posts.Posted = Send;
    }

    public string NewResponseUrl(User user, Channel channel, string rootId)
    {
        var id = world.Ids.Next();
        _responseUrls[id] = new ResponseUrl(user, channel, rootId, world.Now() + (long)ResponseUrlLives.TotalMilliseconds);
        return id;
    }

    private Answer Create(Call call, bool isOutgoing)
    {
        var body = call.Object("hook");
        var channel = world.Channels.GetValueOrDefault(body.Text("channel_id"));
        var teamId = isOutgoing ? body.Text("team_id") : channel?.TeamId ?? "";
        Permissions.Require(world.IsTeamAdmin(call.Me, teamId));
        if (isOutgoing && channel is null && body.Texts("trigger_words").Count == 0)
            throw new Refusal(400, "api.webhook.create_outgoing.triggers.app_error", "Either trigger_words or channel_id must be set.");
        if (isOutgoing && channel is { Type: not "O" })
            throw new Refusal(403, "api.outgoing_webhook.disabled.app_error", "Outgoing webhooks have been disabled by the system admin.");
        if (isOutgoing && body.Texts("callback_urls").Count == 0)
            throw new Refusal(400, "model.outgoing_hook.is_valid.callback.app_error", "Invalid callback URLs.");
        var creator = isOutgoing && body.Text("creator_id") is { Length: > 0 } named ? world.UserOr404(named).Id : call.Me.Id;
        if (isOutgoing && Twin(teamId, channel?.Id ?? "", body) is not null)
            throw new Refusal(500, "api.webhook.create_outgoing.intersect.app_error", "Outgoing webhooks from the same channel cannot have the same trigger words/callback URLs.");
        var hook = new Hook
        {
            Id = world.Ids.Next(), IsOutgoing = isOutgoing, TeamId = teamId, ChannelId = channel?.Id ?? "", CreateAt = world.Now(),
            CreatorId = creator,
            Token = world.Ids.Next(), DisplayName = body.Text("display_name"), Description = body.Text("description"), ContentType = body.Text("content_type"),
            TriggerWords = body.Texts("trigger_words"), TriggerWhen = (int)body.Number("trigger_when"), CallbackUrls = body.Texts("callback_urls"),
        };
        world.Hooks[hook.Id] = hook;
        return Answer.Created(hook.ToJson());
    }

    /// <summary>One that would send the same there already.</summary>
    private Hook? Twin(string teamId, string channelId, JsonObject body) => world.Hooks.Values.FirstOrDefault(one =>
        one.IsOutgoing && one.TeamId == teamId && one.ChannelId == channelId && one.TriggerWords.Intersect(body.Texts("trigger_words")).Any() && one.CallbackUrls.Intersect(body.Texts("callback_urls")).Any());

    /// <summary>All but team, creator and token becomes as it is told.</summary>
    private Answer UpdateOutgoing(Call call)
    {
        var body = call.Object("outgoing_webhook");
        if (body.Text("id") != call.Route["hook_id"])
            throw Refusal.BadBody("hook_id");
        var hook = OutgoingOr404(call);
        Permissions.Require(world.IsTeamAdmin(call.Me, hook.TeamId));
        if (Twin(hook.TeamId, body.Text("channel_id"), body) is { } twin && twin != hook)
            throw new Refusal(400, "api.webhook.update_outgoing.intersect.app_error", "Outgoing webhooks from the same channel cannot have the same trigger words/callback URLs.");
        (hook.DisplayName, hook.Description, hook.ContentType) = (body.Text("display_name"), body.Text("description"), body.Text("content_type"));
        (hook.TriggerWords, hook.TriggerWhen, hook.CallbackUrls) = (body.Texts("trigger_words"), (int)body.Number("trigger_when"), body.Texts("callback_urls"));
        hook.Token = body.Text("token");
        return Answer.Ok(hook.ToJson());
    }

    private Hook OutgoingOr404(Call call) =>
        world.Hooks.GetValueOrDefault(call.Route["hook_id"]) ?? throw new Refusal(404, "app.webhooks.get_outgoing.app_error", "Unable to get the webhook.");

    private Answer List(Call call, bool isOutgoing)
    {
        var teamId = call.Ask("team_id");
        Permissions.Require(teamId.Length == 0 ? call.Me.IsAdmin : world.IsTeamAdmin(call.Me, teamId));
        return Answer.Many(call.PageOf(world.Hooks.Values.Where(h => h.IsOutgoing == isOutgoing && (teamId.Length == 0 || h.TeamId == teamId))).Select(h => h.ToJson()));
    }

    private Answer Delete(Call call)
    {
        var hook = OutgoingOr404(call);
        Permissions.Require(world.IsTeamAdmin(call.Me, hook.TeamId));
        world.Hooks.Remove(hook.Id);
        return Answer.Done();
    }

    private Answer Respond(Call call)
    {
        if (!_responseUrls.TryGetValue(call.Route["hook_id"], out var url) || url.Until < world.Now())
            throw new Refusal(404, "app.command_webhook.get.missing", "Unable to get the webhook.");
        if (++url.Uses > ResponseUrlUses)
            throw new Refusal(400, "app.command_webhook.try_use.invalid", "Invalid webhook.");
        Deliver!(url.User, url.Channel.Id, url.RootId, call.Object("command"));
        return TextOk();
    }

    private Answer Incoming(Call call)
    {
        if (!world.Hooks.TryGetValue(call.Route["hook_id"], out var hook) || hook.IsOutgoing)
            throw new Refusal(400, "web.incoming_webhook.invalid.app_error", "Invalid webhook.");
        var body = call.Object("incoming webhook");
        if (body.Text("text").Length == 0 && body["attachments"] is null)
            throw new Refusal(400, "web.incoming_webhook.text.app_error", "No text specified.");
        var props = body["props"] is JsonObject given ? (JsonObject)given.DeepClone() : [];
        props["from_webhook"] = "true";
        if (body["attachments"] is JsonArray attachments)
            props["attachments"] = SlackText.Attachments(attachments);
        posts.Save(world.Users[hook.CreatorId], world.Channels[hook.ChannelId], new JsonObject
        {
            ["message"] = SlackText.All(body.Text("text")), ["props"] = props, ["type"] = body.Text("type"),
        }, "");
        return TextOk();
    }

    private static Answer TextOk() => new(200, null) { Bytes = "ok"u8.ToArray(), ContentType = "text/plain" };

    /// <summary>A new post in a public channel goes to the hooks whose word it begins with (or is), once and never again.</summary>
    private void Send(Post post)
    {
        var channel = world.Channels[post.ChannelId];
        if (channel.Type != "O" || post.IsSystem || post.Props.ContainsKey("from_webhook"))
            return;
        var first = post.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        foreach (var hook in world.Hooks.Values.Where(h => h.IsOutgoing && h.TeamId == channel.TeamId && (h.ChannelId.Length == 0 || h.ChannelId == channel.Id)).ToList())
        {
            var word = hook.TriggerWords.FirstOrDefault(w => hook.TriggerWhen == 1 ? first.StartsWith(w, StringComparison.Ordinal) : first == w);
            if (hook.TriggerWords.Count > 0 && word is null)
                continue;
            var payload = new JsonObject
            {
                ["token"] = hook.Token, ["team_id"] = channel.TeamId, ["team_domain"] = world.Teams[channel.TeamId].Name, ["channel_id"] = channel.Id,
                ["channel_name"] = channel.Name, ["timestamp"] = post.CreateAt, ["user_id"] = post.UserId, ["user_name"] = world.Users[post.UserId].Name,
                ["post_id"] = post.Id, ["text"] = post.Message, ["trigger_word"] = word ?? "", ["file_ids"] = string.Join(',', post.FileIds),
            };
            foreach (var url in hook.CallbackUrls)
            {
                Interlocked.Increment(ref _running);
                _ = Task.Run(() => SendAsync(hook, post, url, payload));
            }
        }
    }

    private async Task SendAsync(Hook hook, Post post, string url, JsonObject payload)
    {
        try
        {
            CallOuts.Response? response;
            if (hook.ContentType == "application/json")
            {
                response = await callOuts.PostJsonAsync(url, payload);
            }
            else
            {
                // A form counts seconds where JSON counts milliseconds.
                var seconds = new JsonObject([.. payload.Where(p => p.Key != "timestamp").Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())), new("timestamp", post.CreateAt / 1000)]);
                using var form = new FormUrlEncodedContent(seconds.Select(p => KeyValuePair.Create(p.Key, p.Value is JsonValue v && v.TryGetValue<string>(out var s) ? s : p.Value.ToText())));
                response = await callOuts.PostAsync(url, form);
            }

            // Whatever the status says, it is the body that is looked at.
            if (response is not { } answered || CallOuts.Parse(answered.Body) is not { } answer || (answer["text"] is null && answer["attachments"] is not JsonArray { Count: > 0 }))
                return;
            lock (world.Gate)
            {
                // A comment on a reply is refused by the server and nobody is told.
                var root = answer.Text("response_type") == "comment" ? post.Id : "";
                var props = new JsonObject { ["from_webhook"] = "true", ["webhook_display_name"] = hook.DisplayName };
                if (answer["attachments"] is JsonArray attachments)
                    props["attachments"] = SlackText.Attachments(attachments);
                posts.Save(world.Users[hook.CreatorId], world.Channels[post.ChannelId],
                    new JsonObject { ["message"] = SlackText.All(answer.Text("text")), ["root_id"] = root, ["props"] = props }, "");
            }
        }
        catch (Refusal)
        {
            // As the server does: only its log would know.
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
