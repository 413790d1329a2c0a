using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

internal sealed class TeamsApi(World world, ChannelsApi channels, MembersApi members)
{
    public void Map(Routing routes)
    {
        routes.Add("POST", "/teams", Create);
        routes.Add("GET", "/teams", List);
        routes.Add("GET", "/teams/{team_id}", c => Show(c, world.TeamOr404(c.Route["team_id"])));
        routes.Add("GET", "/teams/name/{team_name}", c => Show(c, ByName(c.Route["team_name"])));
        routes.Add("GET", "/users/{user_id}/teams", OfUser);
        routes.Add("GET", "/users/{user_id}/teams/members", MembershipsOfUser);
        routes.Add("GET", "/teams/{team_id}/members", Members);
        routes.Add("POST", "/teams/{team_id}/members", AddMember);
        routes.Add("POST", "/teams/{team_id}/members/ids", MembersById);
        routes.Add("GET", "/teams/{team_id}/members/{user_id}", Member);
        routes.Add("DELETE", "/teams/{team_id}/members/{user_id}", RemoveMember);
        routes.Add("PUT", "/teams/{team_id}/members/{user_id}/roles", SetRoles);
        routes.Add("PUT", "/teams/{team_id}/members/{user_id}/schemeRoles", SetRoles);
    }

    public Team Add(string name, string displayName, User? creator, string type = "O")
    {
        var at = world.Now();
        var team = new Team
        {
            Id = world.Ids.Next(), Name = name, DisplayName = displayName, CreateAt = at, UpdateAt = at, Type = type, Email = creator?.Email ?? "", InviteId = world.Ids.Next(),
        };
        world.Teams[team.Id] = team;
        channels.Add(team.Id, "town-square", "Town Square", "O", null);
        channels.Add(team.Id, "off-topic", "Off-Topic", "O", null);
        return team;
    }

    /// <summary>Puts somebody in; <paramref name="silently"/> without the events and the "joined" posts that people would see.</summary>
    public TeamMember Join(Team team, User user, bool silently, User? adder = null)
    {
        if (team.Members.TryGetValue(user.Id, out var member) && member.DeleteAt == 0)
            return member;
        member = new TeamMember { TeamId = team.Id, UserId = user.Id, IsGuest = user.IsGuest };
        team.Members[user.Id] = member;
        if (!silently)
            world.Hub.Publish("added_to_team", new JsonObject { ["team_id"] = team.Id, ["user_id"] = user.Id }, World.Broadcast(user: user.Id));
        if (!user.IsGuest)
        {
            foreach (var name in new[] { "town-square", "off-topic" })
                members.Join(world.ChannelsByName[(team.Id, name)], user, adder ?? user, silently);
        }

        return member;
    }

    private Answer Create(Call call)
    {
        Permissions.Require(!call.Me.IsGuest);
        var body = call.Object("team");
        var name = body.Text("name");
        if (name.Length < 2 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new Refusal(400, "model.team.is_valid.characters.app_error", "Name must be 2 or more lowercase alphanumeric characters.");
        if (world.Teams.Values.Any(t => t.Name == name))
            throw new Refusal(400, "app.team.save.existing.app_error", "Must call update for existing team.");
        var team = Add(name, body.Text("display_name"), call.Me, body.Text("type") is { Length: > 0 } type ? type : "O");
        Join(team, call.Me, silently: false).IsAdmin = true;
        return Answer.Created(Sanitized(call.Me, team));
    }

    private Answer List(Call call)
    {
        var seen = world.Teams.Values.Where(t => call.Me.IsAdmin || t.AllowOpenInvite).OrderBy(t => t.DisplayName, StringComparer.Ordinal);
        return Answer.Many(call.PageOf(seen).Select(t => Sanitized(call.Me, t)));
    }

    private Answer Show(Call call, Team team)
    {
        Permissions.Require(world.MayViewTeam(call.Me, team.Id) || (team.AllowOpenInvite && !call.Me.IsGuest));
        return Answer.Ok(Sanitized(call.Me, team));
    }

    private Team ByName(string name) => world.Teams.Values.FirstOrDefault(t => t.Name == name)
        ?? throw new Refusal(404, "app.team.get_by_name.missing.app_error", "Unable to find the existing team.");

    private Answer OfUser(Call call)
    {
        var user = Self(call);
        return Answer.Many(world.Teams.Values.Where(t => t.IsIn(user)).Select(t => Sanitized(call.Me, t)));
    }

    private Answer MembershipsOfUser(Call call)
    {
        var user = Self(call);
        return Answer.Many(world.Teams.Values.Where(t => t.IsIn(user)).Select(t => t.Members[user.Id].ToJson()));
    }

    private User Self(Call call)
    {
        Permissions.Require(call.Me.Id == call.Route["user_id"] || call.Me.IsAdmin);
        return world.UserOr404(call.Route["user_id"]);
    }

    private Answer Members(Call call) => Answer.Many(call.PageOf(Viewed(call).Members.Values.Where(m => m.DeleteAt == 0)).Select(m => m.ToJson()));

    private Answer MembersById(Call call)
    {
        var team = Viewed(call);
        return Answer.Many(call.Strings("user_ids").Select(team.Members.GetValueOrDefault).OfType<TeamMember>().Where(m => m.DeleteAt == 0).Select(m => m.ToJson()));
    }

    private Answer Member(Call call) =>
        Answer.Ok((Viewed(call).Members.GetValueOrDefault(call.Route["user_id"]) ?? throw NoMember()).ToJson());

    private static Refusal NoMember() => new(404, "app.team.get_member.missing.app_error", "No team member found for that user ID and team ID.");

    private Team Viewed(Call call)
    {
        Permissions.Require(world.MayViewTeam(call.Me, call.Route["team_id"]));
        return world.TeamOr404(call.Route["team_id"]);
    }

    private Answer AddMember(Call call)
    {
        var team = world.TeamOr404(call.Route["team_id"]);
        var body = call.Object("member");
        if (!Ids.IsValid(body.Text("user_id")))
            throw Refusal.BadBody("user_id");
        var isSelf = body.Text("user_id") == call.Me.Id;
        Permissions.Require(isSelf ? call.Me.IsAdmin || (team.AllowOpenInvite && !call.Me.IsGuest) : world.IsTeamUser(call.Me, team.Id));
        return Answer.Created(Join(team, world.UserOr404(body.Text("user_id")), silently: false, adder: call.Me).ToJson());
    }

    private Answer RemoveMember(Call call)
    {
        var team = world.TeamOr404(call.Route["team_id"]);
        var user = world.UserOr404(call.Route["user_id"]);
        Permissions.Require(call.Me == user || world.IsTeamAdmin(call.Me, team.Id));
        if (!team.IsIn(user))
            throw NoMember();
        foreach (var channel in world.ChannelsOfUser(user.Id).Values.Where(c => c.TeamId == team.Id).ToList())
            members.Drop(channel, user);
        world.Hub.Publish("leave_team", new JsonObject { ["user_id"] = user.Id, ["team_id"] = team.Id }, World.Broadcast(team: team.Id));
        team.Members[user.Id].DeleteAt = world.Now();
        return Answer.Done();
    }

    private Answer SetRoles(Call call)
    {
        var team = world.TeamOr404(call.Route["team_id"]);
        Permissions.Require(world.IsTeamAdmin(call.Me, team.Id));
        var member = team.Members.GetValueOrDefault(call.Route["user_id"]) ?? throw NoMember();
        var body = call.Object("roles");
        member.IsAdmin = body.Flag("scheme_admin") || body.Text("roles").Split(' ').Contains("team_admin");
        world.Hub.Publish("memberrole_updated", new JsonObject { ["member"] = member.ToJson().ToText() }, World.Broadcast(user: member.UserId));
        return Answer.Done();
    }

    private JsonObject Sanitized(User viewer, Team team) =>
        team.ToJson(showEmail: world.IsTeamAdmin(viewer, team.Id), showInvite: world.IsTeamUser(viewer, team.Id));
}
