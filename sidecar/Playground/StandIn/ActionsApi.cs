using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Clicks on buttons and choices in menus, on posts that everybody sees and on those that one person sees.</summary>
internal sealed class ActionsApi(World world, PostsApi posts, CallOuts callOuts)
{
    private static readonly string[] KeptProps = ["from_webhook", "override_username", "override_icon_url"];

    public void Map(Routing routes) => routes.CallingOut("POST", "/posts/{post_id}/actions/{action_id}", Click);

    private async Task<Answer> Click(Call call)
    {
        JsonObject request;
        string url;
        Post? post;
        Post source;
        (string Client, string Signed) trigger;
        lock (world.Gate)
        {
            var body = call.Json as JsonObject ?? [];
            var cookie = body.Text("cookie");
            JsonObject? action;
            post = world.LivePost(call.Route["post_id"]);
            if (cookie.Length > 0)
            {
                if (!posts.Cookies.TryGetValue(cookie, out var kept) || (post is null && kept.Post.Id != call.Route["post_id"]))
                    throw Failed();
                (action, source) = kept;
                Permissions.Require(call.Me.MayUse(world.Channels.GetValueOrDefault(source.ChannelId)));
            }
            else
            {
                Permissions.Require(post is not null && call.Me.MayUse(world.Channels[post.ChannelId]));
                source = post!;
                action = PostViews.Actions(source.Props).FirstOrDefault(a => a.Text("id") == call.Route["action_id"]);
            }

            if (action?["integration"] is not JsonObject integration)
                throw new Refusal(404, "api.post.do_action.action_id.app_error", "Invalid action id.");
            trigger = callOuts.NewTrigger(call.Me);
            url = integration.Text("url");
            request = Request(call.Me, source, action, integration, body.Text("selected_option"), trigger.Signed);
            world.Transcript.Clicked(call.Me, source, action.Text("name"), body.Text("selected_option"));
        }

        var response = await callOuts.PostJsonAsync(url, request);
        if (response is not { Status: 200 } answered || CallOuts.Parse(answered.Body) is not { } answer)
            throw Failed();
        lock (world.Gate)
        {
            if (answer["update"] is JsonObject update)
            {
                if (post is null)
                    throw Refusal.NoPost();
                posts.Change(post, update.Text("message"), Props(update["props"] as JsonObject, post), post.IsPinned);
            }

            if (answer.Text("ephemeral_text") is { Length: > 0 } text)
            {
                var props = new JsonObject();
                foreach (var name in KeptProps.Where(source.Props.ContainsKey))
                    props[name] = source.Props[name]!.DeepClone();
                posts.SendEphemeral(call.Me, source.ChannelId, source.RootId.Length > 0 ? source.RootId : source.Id,
                    answer.Flag("skip_slack_parsing") ? text : SlackText.Links(text), props, call.Me.Id);
            }
        }

        return Answer.Ok(new JsonObject { ["status"] = "OK", ["trigger_id"] = trigger.Client });
    }

    private static Refusal Failed() => new(400, "api.post.do_action.action_integration.app_error", "Action integration error.");

    /// <summary>Props left out keep what was there; props given replace all but those that say who is speaking.</summary>
    private static JsonObject Props(JsonObject? given, Post post)
    {
        if (given is null)
            return post.Props;
        var props = (JsonObject)given.DeepClone();
        foreach (var name in KeptProps)
        {
            if (post.Props[name] is { } kept)
                props[name] = kept.DeepClone();
            else
                props.Remove(name);
        }

        return props;
    }

    private JsonObject Request(User user, Post post, JsonObject action, JsonObject integration, string option, string trigger)
    {
        var channel = world.Channels[post.ChannelId];
        var request = new JsonObject
        {
            ["user_id"] = user.Id,
            ["user_name"] = user.Name,
            ["channel_id"] = channel.Id,
            ["channel_name"] = channel.Name,
            ["team_id"] = channel.TeamId,
            ["team_domain"] = channel.TeamId.Length > 0 ? world.Teams[channel.TeamId].Name : "",
            ["post_id"] = post.Id,
            ["trigger_id"] = trigger,
            ["type"] = action.Text("type"),
            ["data_source"] = "",
        };
        var context = integration["context"] is JsonObject given ? (JsonObject)given.DeepClone() : [];
        if (action.Text("type") == "select" && option.Length > 0)
        {
            request["data_source"] = action.Text("data_source");
            context["selected_option"] = option;
        }

        if (context.Count > 0)
            request["context"] = context;
        return request;
    }
}
