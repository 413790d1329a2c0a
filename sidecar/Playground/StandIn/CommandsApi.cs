using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Slash commands: kept per team, and run by calling their integration.</summary>
internal sealed class CommandsApi(World world, PostsApi posts, CallOuts callOuts, WebhooksApi webhooks)
{
    private static readonly HashSet<string> BuiltIn =
    [
        "away", "header", "purpose", "rename", "code", "status", "dnd", "echo", "collapse", "expand", "groupmsg", "help", "invite", "invite_people", "join", "open", "leave",
        "logout", "me", "msg", "mute", "offline", "online", "remove", "kick", "search", "settings", "shortcuts", "shrug",
    ];

    public void Map(Routing routes)
    {
        routes.Add("POST", "/commands", Create);
        routes.Add("GET", "/commands", List);
        routes.Add("GET", "/commands/{command_id}", c => Answer.Ok(Owned(c).ToJson()));
        routes.Add("PUT", "/commands/{command_id}", Update);
        routes.Add("DELETE", "/commands/{command_id}", c =>
        {
            world.Commands.Remove(Owned(c).Id);
            return Answer.Done();
        });
        routes.Add("PUT", "/commands/{command_id}/regen_token", c =>
        {
            var command = Owned(c);
            command.Token = world.Ids.Next();
            return Answer.Ok(new JsonObject { ["token"] = command.Token });
        });
        routes.CallingOut("POST", "/commands/execute", Execute);
    }

    private static Refusal NotFound() => new(404, "store.sql_command.save.get.app_error", "Unable to get the command.");

    private Command Owned(Call call)
    {
        var command = world.Commands.GetValueOrDefault(call.Route["command_id"]) ?? throw NotFound();
        return world.IsTeamAdmin(call.Me, command.TeamId) ? command : throw NotFound();
    }

    private Answer Create(Call call)
    {
        if (!world.Options.EnableCommands)
            throw Disabled();
        var body = call.Object("command");
        Permissions.Require(world.IsTeamAdmin(call.Me, body.Text("team_id")));
        var at = world.Now();
        var command = new Command
        {
            Id = world.Ids.Next(), Token = world.Ids.Next(), TeamId = body.Text("team_id"), CreatorId = call.Me.Id, CreateAt = at, UpdateAt = at,
        };
        Apply(command, body);
        if (BuiltIn.Contains(command.Trigger) || world.Commands.Values.Any(c => c.TeamId == command.TeamId && c.Trigger == command.Trigger))
            throw new Refusal(400, "api.command.duplicate_trigger.app_error", "This trigger word is already in use. Please choose another word.");
        world.Commands[command.Id] = command;
        return Answer.Created(Echoed(command, body));
    }

    private Answer Update(Call call)
    {
        var body = call.Object("command");
        if (body.Text("id") != call.Route["command_id"])
            throw Refusal.BadBody("command");
        var command = Owned(call);
        if (body.Text("team_id") != command.TeamId)
            throw new Refusal(400, "api.command.team_mismatch.app_error", "Unable to update commands across teams.");
        Apply(command, body);
        command.UpdateAt = world.Now();
        return Answer.Ok(Echoed(command, body));
    }

    /// <summary>autocomplete_data is answered as it was sent and never kept.</summary>
    private static JsonObject Echoed(Command command, JsonObject body)
    {
        var json = command.ToJson();
        if (body["autocomplete_data"] is JsonObject data)
        {
            json["autocomplete_data"] = new JsonObject
            {
                ["Trigger"] = data.Text("Trigger"), ["Hint"] = data.Text("Hint"), ["HelpText"] = data.Text("HelpText"), ["RoleID"] = data.Text("RoleID"),
                ["Arguments"] = data["Arguments"]?.DeepClone(), ["SubCommands"] = data["SubCommands"]?.DeepClone(),
            };
        }

        return json;
    }

    private static void Apply(Command command, JsonObject body)
    {
        var trigger = body.Text("trigger").ToLowerInvariant();
        if (trigger.Length is 0 or > 128 || trigger[0] == '/' || trigger.Contains(' ', StringComparison.Ordinal))
            throw new Refusal(400, "model.command.is_valid.trigger.app_error", "Invalid trigger.");
        if (body.Text("url").Length is 0 or > 1024)
            throw new Refusal(400, "model.command.is_valid.url.app_error", "Invalid URL.");
        if (!Uri.TryCreate(body.Text("url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new Refusal(400, "model.command.is_valid.url_http.app_error", "Invalid URL. Must be a valid URL and start with http:// or https://.");
        if (body.Text("method") is not ("P" or "G"))
            throw new Refusal(400, "model.command.is_valid.method.app_error", "Invalid Method.");
        if (body.Text("display_name").Length > 64)
            throw new Refusal(400, "model.command.is_valid.display_name.app_error", "Invalid title.");
        if (body.Text("description").Length > 128)
            throw new Refusal(400, "model.command.is_valid.description.app_error", "Invalid description.");
        (command.Trigger, command.Url, command.Method) = (trigger, body.Text("url"), body.Text("method"));
        (command.UserName, command.IconUrl, command.DisplayName, command.Description) = (body.Text("username"), body.Text("icon_url"), body.Text("display_name"), body.Text("description"));
        (command.AutoComplete, command.AutoCompleteDesc, command.AutoCompleteHint) = (body.Flag("auto_complete"), body.Text("auto_complete_desc"), body.Text("auto_complete_hint"));
    }

    private Answer List(Call call)
    {
        var teamId = call.Ask("team_id");
        if (teamId.Length == 0)
            throw Refusal.BadBody("team_id");
        Permissions.Require(world.MayViewTeam(call.Me, teamId));
        var custom = world.Commands.Values.Where(c => c.TeamId == teamId).ToList();
        if (call.Ask("custom_only") == "true")
        {
            Permissions.Require(world.IsTeamAdmin(call.Me, teamId));
            return Answer.Many(custom.Select(c => c.ToJson()));
        }

        return Answer.Many(custom.Where(c => c.AutoComplete || world.IsTeamAdmin(call.Me, teamId)).Select(c =>
        {
            var json = c.ToJson();
            (json["token"], json["creator_id"], json["method"], json["url"], json["username"], json["icon_url"]) = ("", "", "", "", "", "");
            return json;
        }));
    }

    private async Task<Answer> Execute(Call call)
    {
        var body = call.Object("command_args");
        var line = body.Text("command");
        Dictionary<string, string> form;
        Command command;
        (string Client, string Signed) trigger;
        var channelId = body.Text("channel_id");
        var space = line.AsSpan().IndexOfAny([' ', '\t', '\n', '\r']);
        var word = (space < 0 ? line : line[..space]).ToLowerInvariant().TrimStart('/');
        var text = space < 0 ? "" : line[(space + 1)..];
        lock (world.Gate)
        {
            if (line.Length <= 1 || line[0] != '/' || !Ids.IsValid(channelId))
                throw new Refusal(400, "api.command.execute_command.start.app_error", "No command trigger found.");
            var channel = world.Channels.GetValueOrDefault(channelId);
            Permissions.Require(call.Me.MayUse(channel));
            var teamId = channel!.IsPrivateConversation ? body.Text("team_id") : channel.TeamId;
            if (!world.Options.EnableCommands)
                throw Disabled();
            var team = world.TeamOr404(teamId);
            command = world.Commands.Values.FirstOrDefault(c => c.TeamId == teamId && c.Trigger == word)
                ?? throw new Refusal(404, "api.command.execute_command.not_found.app_error",
                    $"Command with a trigger of '{word}' not found. To send a message beginning with \"/\", try adding an empty space at the beginning of the message.");
            trigger = callOuts.NewTrigger(call.Me);
            form = Form(call.Me, channel, team, command, text, trigger.Signed, body.Text("root_id"));
        }

        using var content = new FormUrlEncodedContent(form);
        var response = await callOuts.PostAsync(command.Url, content, $"Token {command.Token}") ?? throw Failed(word, "failed", "failed.");
        if (response.Status != 200)
            throw Failed(word, "failed_resp", $"returned response {response.Status}.");
        var answer = response.ContentType == "application/json" ? CallOuts.Parse(response.Body) : new JsonObject { ["text"] = response.Body };
        if (answer is null)
            throw Failed(word, "failed", "failed.");
        lock (world.Gate)
        {
            try
            {
                Deliver(call.Me, channelId, body.Text("root_id"), answer);
                foreach (var extra in (answer["extra_responses"] as JsonArray ?? []).OfType<JsonObject>())
                    Deliver(call.Me, channelId, body.Text("root_id"), extra);
            }
            catch (Refusal)
            {
                throw Failed(word, "create_post_failed", "failed to post response.");
            }
        }

        return Answer.Ok(Whole(answer, trigger.Client));
    }

    private static Refusal Failed(string trigger, string what, string rest) =>
        new(500, $"api.command.execute_command.{what}.app_error", $"Command with a trigger of '{trigger}' {rest}");

    private static Refusal Disabled() => new(501, "api.command.disabled.app_error", "Commands have been disabled by the system admin.");

    private Dictionary<string, string> Form(User user, Channel channel, Team team, Command command, string text, string trigger, string rootId)
    {
        var form = new Dictionary<string, string>
        {
            ["channel_id"] = channel.Id,
            ["channel_name"] = channel.Name,
            ["command"] = "/" + command.Trigger,
            ["response_url"] = $"{world.Address}/hooks/commands/{webhooks.NewResponseUrl(user, channel, rootId)}",
            ["team_domain"] = team.Name,
            ["team_id"] = team.Id,
            ["text"] = text,
            ["token"] = command.Token,
            ["trigger_id"] = trigger,
            ["user_id"] = user.Id,
            ["user_name"] = user.Name,
        };
        if (world.Version.Major >= 11 && rootId.Length > 0)
            form["root_id"] = rootId;
        var people = Mentions.Names(text).Select(world.UsersByName.GetValueOrDefault).OfType<User>().Where(team.IsIn).ToList();
        if (people.Count > 0)
            (form["user_mentions"], form["user_mentions_ids"]) = (string.Join(',', people.Select(p => p.Name)), string.Join(',', people.Select(p => p.Id)));
        var named = Mentions.Channels(text).Select(n => world.ChannelsByName.GetValueOrDefault((team.Id, n))).OfType<Channel>().Where(c => c.Type == "O").ToList();
        if (named.Count > 0)
            (form["channel_mentions"], form["channel_mentions_ids"]) = (string.Join(',', named.Select(c => c.Name)), string.Join(',', named.Select(c => c.Id)));
        return form;
    }

    /// <summary>
    /// Shows an answer of a command: to the person who typed, or in the channel as that person. The attachments of the answer become those
    /// that were shown, as the server's do: without what buttons call, and with their cookies.
    /// </summary>
    public void Deliver(User typed, string channelId, string rootId, JsonObject answer)
    {
        var text = answer.Flag("skip_slack_parsing") ? answer.Text("text") : SlackText.All(answer.Text("text"));
        var props = answer["props"] is JsonObject given ? (JsonObject)given.DeepClone() : [];
        props["from_webhook"] = "true";
        if (answer["attachments"] is JsonArray attachments)
            props["attachments"] = SlackText.Attachments(attachments);
        var to = answer.Text("channel_id") is { Length: > 0 } other ? other : channelId;
        if (!world.ChannelOr404(to).IsIn(typed))
            throw Refusal.Forbidden();
        if (answer.Text("response_type") == "in_channel")
        {
            var type = answer.Text("type") is { Length: > 0 } set ? set : props.ContainsKey("attachments") ? "slack_attachment" : "";
            var post = posts.Save(typed, world.Channels[to], new JsonObject { ["message"] = text, ["root_id"] = rootId, ["type"] = type, ["props"] = props }, "");
            Show(answer, PostViews.Stripped(post.Props));
        }
        else if (text.Length > 0 || props.ContainsKey("attachments"))
        {
            Show(answer, (JsonObject)posts.SendEphemeral(typed, to, rootId, text, props, typed.Id)["props"]!);
        }
    }

    private static void Show(JsonObject answer, JsonObject props)
    {
        if (answer["attachments"] is JsonArray)
            answer["attachments"] = props["attachments"]?.DeepClone();
    }

    private static JsonObject Whole(JsonObject answer, string trigger) => new()
    {
        ["response_type"] = answer.Text("response_type"),
        ["text"] = answer.Text("text"),
        ["username"] = answer.Text("username"),
        ["channel_id"] = answer.Text("channel_id"),
        ["icon_url"] = answer.Text("icon_url"),
        ["type"] = answer.Text("type"),
        ["props"] = answer["props"]?.DeepClone(),
        ["goto_location"] = answer.Text("goto_location"),
        ["trigger_id"] = trigger,
        ["skip_slack_parsing"] = answer.Flag("skip_slack_parsing"),
        ["attachments"] = answer["attachments"]?.DeepClone(),
        ["extra_responses"] = answer["extra_responses"]?.DeepClone(),
    };
}
