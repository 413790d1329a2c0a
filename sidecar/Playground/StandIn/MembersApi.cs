using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Who is in a channel: joining, adding, leaving, removing, listing.</summary>
internal sealed class MembersApi(World world, PostsApi posts)
{
    public void Map(Routing routes)
    {
        routes.Add("GET", "/channels/{channel_id}/members", c => Answer.Many(c.PageOf(Read(c).Members.Values).Select(m => m.ToJson())));
        routes.Add("POST", "/channels/{channel_id}/members", AddMember);
        routes.Add("POST", "/channels/{channel_id}/members/ids", ByIds);
        routes.Add("GET", "/channels/{channel_id}/members/{user_id}", c =>
            Answer.Ok((Read(c).Members.GetValueOrDefault(c.Route["user_id"]) ?? throw Refusal.NoMember()).ToJson()));
        routes.Add("DELETE", "/channels/{channel_id}/members/{user_id}", Remove);
        routes.Add("PUT", "/channels/{channel_id}/members/{user_id}/roles", SetRoles);
        routes.Add("PUT", "/channels/{channel_id}/members/{user_id}/schemeRoles", SetRoles);
        routes.Add("GET", "/users/{user_id}/teams/{team_id}/channels/members", OfUser);
    }

    /// <summary>Makes the membership and says nothing.</summary>
    public ChannelMember Put(Channel channel, User user)
    {
        if (channel.Members.TryGetValue(user.Id, out var member))
            return member;
        member = new ChannelMember { ChannelId = channel.Id, UserId = user.Id, UpdateAt = world.Now(), IsGuest = user.IsGuest };
        channel.Members[user.Id] = member;
        world.ChannelsOf[user.Id][channel.Id] = channel;
        return member;
    }

    public ChannelMember Join(Channel channel, User user, User adder, bool silently)
    {
        if (channel.Members.TryGetValue(user.Id, out var member))
            return member;
        member = Put(channel, user);
        if (silently)
            return member;
        world.Hub.Publish("user_added", new JsonObject { ["user_id"] = user.Id, ["team_id"] = channel.TeamId }, World.Broadcast(channel: channel.Id));
        if (user == adder)
        {
            var (type, text) = channel.Name == "town-square" ? ("system_join_team", "joined the team.") : ("system_join_channel", "joined the channel.");
            posts.AddSystem(channel, user, type, $"{user.Name} {text}", new JsonObject { ["username"] = user.Name });
        }
        else
        {
            var (type, text) = channel.Name == "town-square" ? ("system_add_to_team", "added to the team by") : ("system_add_to_channel", "added to the channel by");
            posts.AddSystem(channel, adder, type, $"{user.Name} {text} {adder.Name}.", new JsonObject
            {
                ["addedUserId"] = user.Id, ["addedUsername"] = user.Name, ["userId"] = adder.Id, ["username"] = adder.Name,
            });
        }

        return member;
    }

    /// <summary>Takes somebody out and says nothing in the channel.</summary>
    public void Drop(Channel channel, User user)
    {
        channel.Members.Remove(user.Id);
        world.ChannelsOf[user.Id].Remove(channel.Id);
    }

    private Channel Read(Call call)
    {
        var channel = world.Channels.GetValueOrDefault(call.Route["channel_id"]);
        Permissions.Require(call.Me.MayUse(channel));
        return channel ?? throw Refusal.NoChannel();
    }

    private Answer ByIds(Call call)
    {
        var channel = Read(call);
        return Answer.Many(call.Strings("user_ids").Select(channel.Members.GetValueOrDefault).OfType<ChannelMember>().Select(m => m.ToJson()));
    }

    private Answer AddMember(Call call)
    {
        var userId = call.Object("user_id").Text("user_id");
        if (!Ids.IsValid(userId))
            throw Refusal.BadBody("user_id");
        var channel = world.ChannelOr404(call.Route["channel_id"]);
        if (channel.IsPrivateConversation)
            throw new Refusal(400, "api.channel.add_user_to_channel.type.app_error", "Can not add user to this channel type.");
        var isSelf = userId == call.Me.Id;
        Permissions.Require(isSelf && channel.IsIn(call.Me)
            || (isSelf && channel.Type == "O" ? world.IsTeamUser(call.Me, channel.TeamId) : world.MayManageMembers(call.Me, channel)));
        if (channel.Members.TryGetValue(userId, out var present))
            return Answer.Created(present.ToJson());
        var user = world.UserOr404(userId);
        if (!world.Teams[channel.TeamId].IsIn(user))
            throw new Refusal(404, "app.team.get_member.missing.app_error", "No team member found for that user ID and team ID.");
        if (channel.DeleteAt != 0)
            throw new Refusal(400, "api.channel.add_user.to.channel.failed.deleted.app_error", "Failed to add user to channel because they have been removed from the team.");
        var member = Join(channel, user, call.Me, silently: false);
        world.Transcript.Joined(channel, user);
        return Answer.Created(member.ToJson());
    }

    private Answer Remove(Call call)
    {
        var channel = world.ChannelOr404(call.Route["channel_id"]);
        var user = world.UserOr404(call.Route["user_id"]);
        if (channel.IsPrivateConversation)
            throw new Refusal(400, "api.channel.remove_channel_member.type.app_error", "Unable to remove user from the channel.");
        Permissions.Require(call.Me == user || world.MayManageMembers(call.Me, channel));
        if (channel.Name == "town-square" && !user.IsGuest)
            throw new Refusal(400, "api.channel.remove.default.app_error", "Unable to remove user from the default channel town-square.");
        if (!channel.IsIn(user))
            throw Refusal.NoMember();
        Drop(channel, user);
        world.Hub.Publish("user_removed", new JsonObject { ["user_id"] = user.Id, ["remover_id"] = call.Me.Id }, World.Broadcast(channel: channel.Id));
        world.Hub.Publish("user_removed", new JsonObject { ["channel_id"] = channel.Id, ["remover_id"] = call.Me.Id }, World.Broadcast(user: user.Id));
        if (call.Me == user)
            posts.AddSystem(channel, user, "system_leave_channel", $"{user.Name} left the channel.", new JsonObject { ["username"] = user.Name });
        else
            posts.AddSystem(channel, call.Me, "system_remove_from_channel", $"{user.Name} was removed from the channel.", new JsonObject { ["removedUserId"] = user.Id, ["removedUsername"] = user.Name });
        world.Transcript.Left(channel, user);
        return Answer.Done();
    }

    private Answer SetRoles(Call call)
    {
        var channel = world.ChannelOr404(call.Route["channel_id"]);
        Permissions.Require(world.IsTeamAdmin(call.Me, channel.TeamId) || channel.Members.GetValueOrDefault(call.Me.Id) is { IsAdmin: true });
        var member = channel.Members.GetValueOrDefault(call.Route["user_id"]) ?? throw Refusal.NoMember();
        var body = call.Object("roles");
        member.IsAdmin = body.Flag("scheme_admin") || body.Text("roles").Split(' ').Contains("channel_admin");
        world.Hub.Publish("channel_member_updated", new JsonObject { ["channelMember"] = member.ToJson().ToText() }, World.Broadcast(user: member.UserId));
        return Answer.Done();
    }

    private Answer OfUser(Call call)
    {
        Permissions.Require(call.Me.Id == call.Route["user_id"] || call.Me.IsAdmin);
        Permissions.Require(world.MayViewTeam(call.Me, call.Route["team_id"]));
        return Answer.Many(world.ChannelsOfUser(call.Route["user_id"]).Values
            .Where(c => c.TeamId == call.Route["team_id"] || c.TeamId.Length == 0).Select(c => c.Members[call.Route["user_id"]].ToJson()));
    }
}
