using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>People: signing in, looking them up, what they change about themselves, their status.</summary>
internal sealed class UsersApi(World world)
{
    public void Map(Routing routes)
    {
        routes.Anonymous("POST", "/users/login", Login);
        routes.Add("POST", "/users/logout", Logout);
        routes.Anonymous("POST", "/users", Create);
        routes.Add("GET", "/users", List);
        routes.Add("GET", "/users/{user_id}", c => Answer.Ok(Visible(c, c.Route["user_id"]).ToJson(c.Me.Id == c.Route["user_id"])));
        routes.Add("GET", "/users/username/{username}", ByName);
        routes.Add("POST", "/users/ids", c => Named(c, c.Strings("user_ids").Select(world.Users.GetValueOrDefault)));
        routes.Add("POST", "/users/usernames", c => Named(c, c.Strings("usernames").Select(world.UsersByName.GetValueOrDefault)));
        routes.Add("PUT", "/users/{user_id}/patch", Patch);
        routes.Add("PUT", "/users/{user_id}/roles", SetRoles);
        routes.Add("PUT", "/users/{user_id}/active", SetActive);
        routes.Add("DELETE", "/users/{user_id}", Deactivate);
        routes.Add("POST", "/users/{user_id}/tokens", CreateToken);
        routes.Add("GET", "/users/{user_id}/tokens", Tokens);
        routes.Add("POST", "/users/tokens/revoke", RevokeToken);
        routes.Add("GET", "/users/{user_id}/sessions", Sessions);
        routes.Add("POST", "/users/{user_id}/image", SetPicture);
        routes.Add("GET", "/users/{user_id}/status", c => Answer.Ok(world.UserOr404(c.Route["user_id"]).ToStatusJson()));
        routes.Add("PUT", "/users/{user_id}/status", SetStatus);
        routes.Add("POST", "/users/status/ids", c =>
            Answer.Many(c.Strings("user_ids").Select(id => (world.Users.GetValueOrDefault(id) ?? Nobody(id)).ToStatusJson())));
    }

    public User Add(string name, string email, string password, string roles, long at, bool isBot = false, string owner = "")
    {
        var user = new User
        {
            Id = world.Ids.Next(), Name = name, Email = email, Password = password, Roles = roles, CreateAt = at, UpdateAt = at, IsBot = isBot, OwnerId = owner,
        };
        world.Users[user.Id] = user;
        world.UsersByName[name] = user;
        world.ChannelsOf[user.Id] = [];
        return user;
    }

    public Session SignIn(User user, bool isAccessToken, string description = "")
    {
        var session = new Session(world.Ids.Next(), user.Id, isAccessToken) { Description = description };
        world.Sessions[session.Token] = session;
        return session;
    }

    private Answer Login(Call call)
    {
        var body = call.Object("login");
        var login = body.Text("login_id");
        var user = world.UsersByName.GetValueOrDefault(login) ?? world.Users.Values.FirstOrDefault(u => u.Email == login);
        if (user is null || user.IsBot || user.Password.Length == 0 || user.Password != body.Text("password"))
            throw new Refusal(401, "api.user.login.invalid_credentials_email_username", "Enter a valid email or username and/or password.");
        if (user.DeleteAt != 0)
            throw new Refusal(401, "api.user.login.inactive.app_error", "Login failed because your account has been deactivated.  Please contact an administrator.");
        return Answer.Ok(user.ToJson(whole: true)) with { Headers = new Dictionary<string, string> { ["Token"] = SignIn(user, isAccessToken: false).Token } };
    }

    private Answer Logout(Call call)
    {
        world.Sessions.Remove(call.Token);
        return Answer.Done();
    }

    private Answer Create(Call call)
    {
        var body = call.Object("user");
        var name = body.Text("username").ToLowerInvariant();
        if (name.Length is < 3 or > 22 || !char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            throw new Refusal(400, "model.user.is_valid.username.app_error", "Username must begin with a letter, and contain between 3 to 22 lowercase characters made up of numbers, letters, and the symbols \".\", \"-\", and \"_\".");
        if (!body.Text("email").Contains('@', StringComparison.Ordinal))
            throw new Refusal(400, "model.user.is_valid.email.app_error", "Please enter a valid email address.");
        if (world.UsersByName.ContainsKey(name))
            throw new Refusal(400, "app.user.save.username_exists.app_error", "An account with that username already exists.");
        if (world.Users.Values.Any(u => u.Email == body.Text("email")))
            throw new Refusal(400, "app.user.save.email_exists.app_error", "An account with that email already exists.");
        var user = Add(name, body.Text("email"), body.Text("password"), world.Users.Count == 0 ? "system_admin system_user" : "system_user", world.Now());
        Apply(user, body);
        world.Hub.Publish("new_user", new JsonObject { ["user_id"] = user.Id }, World.Broadcast());
        return Answer.Created(user.ToJson(whole: true));
    }

    private Answer List(Call call)
    {
        IEnumerable<User> users = world.Users.Values;
        if (call.Ask("in_channel") is { Length: > 0 } channelId)
        {
            Permissions.Require(call.Me.MayUse(world.Channels.GetValueOrDefault(channelId)));
            users = users.Where(u => world.Channels[channelId].IsIn(u));
        }
        else if (call.Ask("in_team") is { Length: > 0 } teamId)
        {
            Permissions.Require(world.MayViewTeam(call.Me, teamId));
            users = users.Where(u => world.Teams[teamId].IsIn(u));
        }

        if (call.Ask("not_in_channel") is { Length: > 0 } without)
            users = users.Where(u => !world.ChannelOr404(without).IsIn(u));
        users = users.Where(u => world.MaySee(call.Me, u)).OrderBy(u => u.Name, StringComparer.Ordinal);
        return Answer.Many(call.PageOf(users).Select(u => u.ToJson(whole: false)));
    }

    private Answer ByName(Call call)
    {
        var user = world.UsersByName.GetValueOrDefault(call.Route["username"]);
        if (user is null || !world.MaySee(call.Me, user))
            throw new Refusal(404, "app.user.get_by_username.app_error", "Unable to find an existing account matching your username for this team. This team may require an invite from the team owner to join.");
        return Answer.Ok(user.ToJson(call.Me == user));
    }

    private Answer Named(Call call, IEnumerable<User?> users) =>
        Answer.Many(users.OfType<User>().Distinct().Where(u => world.MaySee(call.Me, u)).OrderBy(u => u.Name, StringComparer.Ordinal).Select(u => u.ToJson(whole: false)));

    private User Visible(Call call, string id)
    {
        var user = world.UserOr404(id);
        Permissions.Require(world.MaySee(call.Me, user));
        return user;
    }

    private Answer Patch(Call call)
    {
        var user = world.UserOr404(call.Route["user_id"]);
        Permissions.Require(call.Me == user || call.Me.IsAdmin);
        Apply(user, call.Object("user"));
        if (call.Object("user")["notify_props"] is JsonObject props)
            AnswerAutomatically(user, props.Text("auto_responder_active") == "true");
        user.UpdateAt = world.Now();
        PublishUpdated(user);
        return Answer.Ok(user.ToJson(whole: true));
    }

    private static void Apply(User user, JsonObject body)
    {
        user.FirstName = body.ContainsKey("first_name") ? body.Text("first_name") : user.FirstName;
        user.LastName = body.ContainsKey("last_name") ? body.Text("last_name") : user.LastName;
        user.Nickname = body.ContainsKey("nickname") ? body.Text("nickname") : user.Nickname;
        user.Position = body.ContainsKey("position") ? body.Text("position") : user.Position;
        user.Locale = body.Text("locale") is { Length: > 0 } locale ? locale : user.Locale;
        if (body["timezone"] is JsonObject zone)
        {
            user.AutomaticZone = zone.Text("automaticTimezone");
            user.ManualZone = zone.Text("manualTimezone");
            user.UseAutomaticZone = zone.Text("useAutomaticTimezone") != "false";
        }
    }

    private Answer SetRoles(Call call)
    {
        Permissions.Require(call.Me.IsAdmin);
        var user = world.UserOr404(call.Route["user_id"]);
        user.Roles = call.Object("roles").Text("roles");
        world.Hub.Publish("user_role_updated", new JsonObject { ["user_id"] = user.Id, ["roles"] = user.Roles }, World.Broadcast(user: user.Id));
        return Answer.Done();
    }

    private Answer SetActive(Call call)
    {
        var user = world.UserOr404(call.Route["user_id"]);
        var active = call.Object("active").Flag("active");
        if (!call.Me.IsAdmin && (call.Me != user || active))
            throw new Refusal(403, "api.user.update_active.permissions.app_error", "You do not have the appropriate permissions.");
        SetActive(user, active);
        return Answer.Done();
    }

    private Answer Deactivate(Call call)
    {
        var user = world.UserOr404(call.Route["user_id"]);
        Permissions.Require(call.Me.IsAdmin || call.Me == user);
        SetActive(user, active: false);
        return Answer.Done();
    }

    private void SetActive(User user, bool active)
    {
        user.UpdateAt = world.Now();
        user.DeleteAt = active ? 0 : user.UpdateAt;
        if (!active)
        {
            foreach (var token in world.Sessions.Values.Where(s => s.UserId == user.Id && !s.IsAccessToken).Select(s => s.Token).ToList())
                world.Sessions.Remove(token);
        }

        PublishUpdated(user);
    }

    private Answer CreateToken(Call call)
    {
        var user = world.UserOr404(call.Route["user_id"]);
        Permissions.Require(call.Me.IsAdmin);
        var session = SignIn(user, isAccessToken: true, call.Object("token").Text("description"));
        var answer = session.ToTokenJson();
        answer["token"] = session.Token;
        return Answer.Ok(answer);
    }

    private Answer Tokens(Call call)
    {
        Permissions.Require(call.Me.IsAdmin);
        return Answer.Many(call.PageOf(AccessTokens.Where(session => session.UserId == call.Route["user_id"])).Select(session => session.ToTokenJson()));
    }

    private Answer RevokeToken(Call call)
    {
        Permissions.Require(call.Me.IsAdmin);
        var id = call.Object("token").Text("token_id");
        if (AccessTokens.FirstOrDefault(session => session.Id == id) is not { } revoked)
            throw new Refusal(404, "app.user_access_token.get_by_user.app_error", "Unable to get the personal access tokens by user.");
        world.Sessions.Remove(revoked.Token);
        return Answer.Done();
    }

    private IEnumerable<Session> AccessTokens => world.Sessions.Values.Where(session => session.IsAccessToken);

    private Answer Sessions(Call call)
    {
        var user = world.UserOr404(call.Route["user_id"]);
        Permissions.Require(call.Me == user || call.Me.IsAdmin);
        return Answer.Many(world.Sessions.Values.Where(session => session.UserId == user.Id).Select(session => session.ToJson()));
    }

    /// <summary>That there is one is all that is remembered of it.</summary>
    private Answer SetPicture(Call call)
    {
        var user = world.UserOr404(call.Route["user_id"]);
        Permissions.Require(call.Me == user || call.Me.IsAdmin);
        if (!call.ContentType.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) || call.Body.Length == 0)
            throw new Refusal(400, "api.user.upload_profile_user.no_file.app_error", "No file under 'image' in request.");
        user.LastPictureUpdate = world.Now();
        PublishUpdated(user);
        return Answer.Done();
    }

    private Answer SetStatus(Call call)
    {
        var user = world.UserOr404(call.Route["user_id"]);
        Permissions.Require(call.Me == user || call.Me.IsAdmin);
        var status = call.Object("status").Text("status");
        // Whoever shows up again is no longer out of office, whatever else is wrong with what they say.
        user.AnswersAutomatically = false;
        if (status is not ("online" or "offline" or "away" or "dnd"))
            throw Refusal.BadBody("status");
        user.StatusIsManual = true;
        world.Hub.Show(user, status);
        return Answer.Ok(user.ToStatusJson());
    }

    /// <summary>The one way to be shown out of office.</summary>
    private void AnswerAutomatically(User user, bool active)
    {
        if (active == user.AnswersAutomatically)
            return;
        (user.AnswersAutomatically, user.StatusIsManual) = (active, true);
        world.Hub.Show(user, active ? "ooo" : "online");
    }

    /// <summary>Of somebody who does not exist Mattermost says that they are offline.</summary>
    private static User Nobody(string id) => new() { Id = id, Name = "", CreateAt = 0 };

    public void PublishUpdated(User user) =>
        world.Hub.Publish("user_updated", new JsonObject { ["user"] = user.ToJson(whole: false) }, World.Broadcast());
}
