namespace MattermostLearning.Playground.StandIn;

internal sealed class BotsApi(World world, UsersApi users)
{
    public void Map(Routing routes)
    {
        routes.Add("POST", "/bots", Create);
        routes.Add("GET", "/bots", List);
        routes.Add("GET", "/bots/{user_id}", c => Answer.Ok(Seen(c).ToBotJson()));
        routes.Add("PUT", "/bots/{user_id}", Patch);
        routes.Add("POST", "/bots/{user_id}/disable", c => SetActive(c, active: false));
        routes.Add("POST", "/bots/{user_id}/enable", c => SetActive(c, active: true));
    }

    private Answer Create(Call call)
    {
        Permissions.Require(call.Me.IsAdmin);
        if (!world.Options.EnableBotAccountCreation)
            throw new Refusal(403, "api.bot.create_disabled", "Bot creation has been disabled.");
        var body = call.Object("bot");
        var name = body.Text("username");
        if (world.UsersByName.ContainsKey(name))
            throw new Refusal(400, "app.user.save.username_exists.app_error", "An account with that username already exists.");
        if (name.Length is < 3 or > 22 || !char.IsAsciiLetter(name[0]))
            throw new Refusal(400, "model.user.is_valid.username.app_error", "Username must begin with a letter, and contain between 3 to 22 lowercase characters made up of numbers, letters, and the symbols \".\", \"-\", and \"_\".");
        var bot = Add(name, body.Text("display_name"), body.Text("description"), call.Me.Id);
        world.Hub.Publish("new_user", new() { ["user_id"] = bot.Id }, World.Broadcast());
        return Answer.Created(bot.ToBotJson());
    }

    public User Add(string name, string displayName, string description, string ownerId)
    {
        var bot = users.Add(name, $"{name}@localhost", "", "system_user", world.Now(), isBot: true, ownerId);
        (bot.FirstName, bot.BotDescription) = (displayName, description);
        return bot;
    }

    private Answer List(Call call)
    {
        Permissions.Require(call.Me.IsAdmin);
        return Answer.Many(call.PageOf(world.Users.Values.Where(u => u.IsBot && (u.DeleteAt == 0 || call.Ask("include_deleted") == "true"))).Select(b => b.ToBotJson()));
    }

    /// <summary>Bots are shown to their owner and to administrators; to all others they do not exist.</summary>
    private User Seen(Call call) =>
        world.Users.GetValueOrDefault(call.Route["user_id"]) is { IsBot: true } bot && (call.Me.IsAdmin || bot.OwnerId == call.Me.Id)
            ? bot : throw new Refusal(404, "store.sql_bot.get.missing.app_error", "Bot does not exist.");

    private Answer Patch(Call call)
    {
        var bot = Seen(call);
        var body = call.Object("bot");
        bot.FirstName = body.ContainsKey("display_name") ? body.Text("display_name") : bot.FirstName;
        bot.BotDescription = body.ContainsKey("description") ? body.Text("description") : bot.BotDescription;
        bot.UpdateAt = world.Now();
        return Answer.Ok(bot.ToBotJson());
    }

    private Answer SetActive(Call call, bool active)
    {
        var bot = Seen(call);
        bot.UpdateAt = world.Now();
        bot.DeleteAt = active ? 0 : bot.UpdateAt;
        users.PublishUpdated(bot);
        return Answer.Ok(bot.ToBotJson());
    }
}
