using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Public and private channels, direct and group messages: making them, finding them, changing and archiving them.</summary>
internal sealed class ChannelsApi(World world, MembersApi members, PostsApi posts)
{
    public void Map(Routing routes)
    {
        routes.Add("POST", "/channels", Create);
        routes.Add("POST", "/channels/direct", c => Answer.Created(Direct(c.Me, c.Strings("user_ids")).ToJson()));
        routes.Add("POST", "/channels/group", c => Answer.Created(Group(c.Me, c.Strings("user_ids")).ToJson()));
        routes.Add("GET", "/channels/{channel_id}", c => Answer.Ok(Seen(c.Me, world.ChannelOr404(c.Route["channel_id"])).ToJson()));
        routes.Add("GET", "/teams/{team_id}/channels/name/{channel_name}", c => Answer.Ok(ByName(c, c.Route["team_id"]).ToJson()));
        routes.Add("GET", "/teams/name/{team_name}/channels/name/{channel_name}", c =>
            Answer.Ok(ByName(c, world.Teams.Values.FirstOrDefault(t => t.Name == c.Route["team_name"])?.Id ?? "").ToJson()));
        routes.Add("GET", "/users/{user_id}/teams/{team_id}/channels", Mine);
        routes.Add("GET", "/teams/{team_id}/channels", Public);
        routes.Add("POST", "/teams/{team_id}/channels/ids", PublicByIds);
        routes.Add("GET", "/channels/{channel_id}/stats", Stats);
        routes.Add("PUT", "/channels/{channel_id}/patch", Patch);
        routes.Add("PUT", "/channels/{channel_id}/privacy", SetPrivacy);
        routes.Add("DELETE", "/channels/{channel_id}", Archive);
        routes.Add("POST", "/channels/{channel_id}/restore", Restore);
    }

    public Channel Add(string teamId, string name, string displayName, string type, User? creator)
    {
        var at = world.Now();
        var channel = new Channel
        {
            Id = world.Ids.Next(), TeamId = teamId, Name = name, DisplayName = displayName, Type = type, CreatorId = creator?.Id ?? "", CreateAt = at, UpdateAt = at,
        };
        world.Channels[channel.Id] = channel;
        world.ChannelsByName[(teamId, name)] = channel;
        return channel;
    }

    /// <summary>The one conversation of two people, made when it is not there yet.</summary>
    public Channel Direct(User me, IReadOnlyList<string> ids)
    {
        if (ids.Count != 2)
            throw Refusal.BadBody("user_ids");
        if (ids.Any(id => !Ids.IsValid(id)))
            throw Refusal.BadBody("user_id");
        Permissions.Require(me.IsAdmin || ids.Contains(me.Id));
        var people = ids.Select(id => world.Users.GetValueOrDefault(id)
            ?? throw new Refusal(400, "api.channel.create_direct_channel.invalid_user.app_error", "Invalid user ID for direct channel creation.")).ToList();
        Permissions.Require(people.All(p => world.MaySee(me, p)));
        var name = string.Join("__", ids.Order(StringComparer.Ordinal));
        if (world.ChannelsByName.TryGetValue(("", name), out var channel))
            return channel;
        channel = Add("", name, "", "D", people[0]);
        people.ForEach(p => members.Put(channel, p));
        world.Hub.Publish("direct_added", new JsonObject { ["creator_id"] = ids[0], ["teammate_id"] = ids[1] }, World.Broadcast(channel: channel.Id));
        return channel;
    }

    private Channel Group(User me, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
            throw Refusal.BadBody("user_ids");
        if (ids.Any(id => !Ids.IsValid(id)))
            throw Refusal.BadBody("user_id");
        List<string> all = [.. ids.Append(me.Id).Distinct().Order(StringComparer.Ordinal)];
        if (all.Count is < 3 or > 8)
            throw new Refusal(400, "api.channel.create_group.bad_size.app_error", "Group message channels must contain at least 3 and no more than 8 users.");
        var people = all.Select(id => world.Users.GetValueOrDefault(id)
            ?? throw new Refusal(400, "api.channel.create_group.bad_user.app_error", "One of the provided users does not exist.")).ToList();
#pragma warning disable CA5350 // Mattermost names group messages by SHA-1; nothing is kept safe by it.
        var name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(all))));
#pragma warning restore CA5350
        if (world.ChannelsByName.TryGetValue(("", name), out var channel))
            return channel;
        channel = Add("", name, string.Join(", ", people.Select(p => p.Name).Order(StringComparer.Ordinal)), "G", null);
        people.ForEach(p => members.Put(channel, p));
        world.Hub.Publish("group_added", new JsonObject { ["teammate_ids"] = Json.Array(all).ToText() }, World.Broadcast(channel: channel.Id));
        return channel;
    }

    private Answer Create(Call call)
    {
        var body = call.Object("channel");
        var (teamId, name, type) = (body.Text("team_id"), body.Text("name"), body.Text("type"));
        Permissions.Require(world.IsTeamUser(call.Me, teamId));
        if (type is not ("O" or "P"))
            throw new Refusal(400, "api.channel.create_channel.direct_channel.app_error", "Must use createDirectChannel API service for direct message channel creation.");
        if (name.Length < 1 || name.Length > 64 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'))
            throw new Refusal(400, "model.channel.is_valid.2_or_more.app_error", "Name must be 2 or more lowercase alphanumeric characters.");
        if (world.ChannelsByName.TryGetValue((teamId, name), out var taken))
        {
            throw taken.DeleteAt == 0
                ? new Refusal(400, "store.sql_channel.save_channel.exists.app_error", "A channel with that name already exists on the same team.")
                : new Refusal(400, "store.sql_channel.save_channel.previously.app_error", "A channel with that URL was previously created.");
        }

        var channel = Add(teamId, name, body.Text("display_name"), type, call.Me);
        (channel.Header, channel.Purpose) = (body.Text("header"), body.Text("purpose"));
        members.Put(channel, call.Me).IsAdmin = true;
        posts.AddSystem(channel, call.Me, "system_join_channel", $"{call.Me.Name} joined the channel.", new JsonObject { ["username"] = call.Me.Name });
        world.Hub.Publish("channel_created", new JsonObject { ["channel_id"] = channel.Id, ["team_id"] = teamId }, World.Broadcast(user: call.Me.Id));
        return Answer.Created(channel.ToJson());
    }

    private Channel Seen(User viewer, Channel channel)
    {
        Permissions.Require(world.MaySee(viewer, channel));
        return channel;
    }

    private Channel ByName(Call call, string teamId)
    {
        var missing = new Refusal(404, "app.channel.get_by_name.missing.app_error", "Channel does not exist.");
        var channel = world.ChannelsByName.GetValueOrDefault((teamId, call.Route["channel_name"])) ?? throw missing;
        if (channel.DeleteAt != 0 && call.Ask("include_deleted") != "true")
            throw missing;
        if (channel.Type == "O")
            return Seen(call.Me, channel);
        return call.Me.MayUse(channel) ? channel : throw missing;
    }

    private Answer Mine(Call call)
    {
        Permissions.Require(call.Me.Id == call.Route["user_id"] || call.Me.IsAdmin);
        var teamId = call.Route["team_id"];
        Permissions.Require(world.MayViewTeam(call.Me, teamId));
        var mine = world.ChannelsOfUser(call.Route["user_id"]).Values
            .Where(c => (c.TeamId == teamId || c.TeamId.Length == 0) && c.DeleteAt == 0).OrderBy(c => c.DisplayName, StringComparer.Ordinal);
        return mine.Any() ? Answer.Many(mine.Select(c => c.ToJson())) : throw new Refusal(404, "app.channel.get_channels.not_found.app_error", "No channels were found.");
    }

    private Answer Public(Call call)
    {
        var teamId = call.Route["team_id"];
        Permissions.Require(world.IsTeamUser(call.Me, teamId));
        var all = world.Channels.Values.Where(c => c is { Type: "O", DeleteAt: 0 } && c.TeamId == teamId).OrderBy(c => c.DisplayName, StringComparer.Ordinal);
        return Answer.Many(call.PageOf(all).Select(c => c.ToJson()));
    }

    private Answer PublicByIds(Call call)
    {
        var (teamId, ids) = (call.Route["team_id"], call.Strings("channel_ids"));
        if (ids.Count == 0)
            throw Refusal.BadBody("channel_ids");
        if (ids.Any(id => !Ids.IsValid(id)))
            throw Refusal.BadBody("channel_id");
        Permissions.Require(world.MayViewTeam(call.Me, teamId));
        var found = world.Channels.Values.Where(c => c is { Type: "O", DeleteAt: 0 } && c.TeamId == teamId && ids.Contains(c.Id))
            .OrderBy(c => c.DisplayName, StringComparer.Ordinal).ToList();
        return found.Count > 0
            ? Answer.Many(found.Select(c => c.ToJson()))
            : throw new Refusal(404, "app.channel.get_channels_by_ids.not_found.app_error", "No channel found.");
    }

    private Answer Stats(Call call)
    {
        var channel = world.Channels.GetValueOrDefault(call.Route["channel_id"]);
        Permissions.Require(call.Me.MayUse(channel));
        var present = channel!.Members.Keys.Select(id => world.Users[id]).Where(u => u.DeleteAt == 0).ToList();
        return Answer.Ok(new JsonObject
        {
            ["channel_id"] = channel.Id,
            ["member_count"] = present.Count,
            ["guest_count"] = present.Count(u => u.IsGuest),
            ["pinnedpost_count"] = channel.Posts.Count(p => p is { IsPinned: true, DeleteAt: 0 }),
        });
    }

    private Answer Patch(Call call)
    {
        var channel = world.ChannelOr404(call.Route["channel_id"]);
        Permissions.Require(call.Me.MayManageChannel(channel));
        var body = call.Object("channel");
        var at = world.Now();
        if (body.Text("display_name") is { Length: > 0 } display && display != channel.DisplayName)
        {
            posts.AddSystem(channel, call.Me, "system_displayname_change", $"{call.Me.Name} updated the channel display name from: {channel.DisplayName} to: {display}",
                new JsonObject { ["username"] = call.Me.Name, ["old_displayname"] = channel.DisplayName, ["new_displayname"] = display });
            channel.DisplayName = display;
        }

        if (body.ContainsKey("header"))
            channel.Header = body.Text("header");
        if (body.ContainsKey("purpose"))
            channel.Purpose = body.Text("purpose");
        if (body.Text("name") is { Length: > 0 } name && name != channel.Name)
        {
            world.ChannelsByName.Remove((channel.TeamId, channel.Name));
            channel.Name = name;
            world.ChannelsByName[(channel.TeamId, name)] = channel;
        }

        channel.UpdateAt = at;
        world.Hub.Publish("channel_updated", new JsonObject { ["channel"] = channel.ToJson().ToText() }, World.Broadcast(channel: channel.Id));
        return Answer.Ok(channel.ToJson());
    }

    private Answer SetPrivacy(Call call)
    {
        var privacy = call.Object("privacy").Text("privacy");
        if (privacy is not ("O" or "P"))
            throw Refusal.BadBody("privacy");
        var channel = world.ChannelOr404(call.Route["channel_id"]);
        Permissions.Require(world.IsTeamAdmin(call.Me, channel.TeamId));
        if (channel.Name == "town-square" && privacy == "P")
            throw new Refusal(400, "api.channel.update_channel_privacy.default_channel_error", "The default channel cannot be made private.");
        channel.Type = privacy;
        channel.UpdateAt = world.Now();
        posts.AddSystem(channel, call.Me, "system_change_chan_privacy",
            privacy == "P" ? "This channel has been converted to a Private Channel." : "This channel has been converted to a Public Channel and can be joined by any team member.",
            new JsonObject { ["username"] = call.Me.Name });
        world.Hub.Publish("channel_converted", new JsonObject { ["channel_id"] = channel.Id }, World.Broadcast(team: channel.TeamId));
        return Answer.Ok(channel.ToJson());
    }

    private Answer Archive(Call call)
    {
        var channel = world.ChannelOr404(call.Route["channel_id"]);
        if (channel.IsPrivateConversation)
            throw new Refusal(400, "api.channel.delete_channel.type.invalid", "Unable to delete direct or group message channels");
        Permissions.Require(call.Me.MayManageChannel(channel));
        if (channel.DeleteAt != 0)
            throw new Refusal(400, "api.channel.delete_channel.deleted.app_error", "The channel has been archived or deleted.");
        if (channel.Name == "town-square")
            throw new Refusal(400, "api.channel.delete_channel.cannot.app_error", "Unable to delete the default channel town-square.");
        posts.AddSystem(channel, call.Me, "system_channel_deleted", $"{call.Me.Name} archived the channel.", new JsonObject { ["username"] = call.Me.Name });
        channel.DeleteAt = channel.UpdateAt = world.Now();
        world.Hub.Publish("channel_deleted", new JsonObject { ["channel_id"] = channel.Id, ["delete_at"] = channel.DeleteAt }, World.Broadcast(team: channel.TeamId));
        return Answer.Done();
    }

    private Answer Restore(Call call)
    {
        var channel = world.ChannelOr404(call.Route["channel_id"]);
        Permissions.Require(world.IsTeamAdmin(call.Me, channel.TeamId));
        if (channel.DeleteAt == 0)
            throw new Refusal(400, "api.channel.restore_channel.restored.app_error", "Unable to unarchive channel. The channel is not archived.");
        channel.DeleteAt = 0;
        world.Hub.Publish("channel_restored", new JsonObject { ["channel_id"] = channel.Id }, World.Broadcast(team: channel.TeamId));
        posts.AddSystem(channel, call.Me, "system_channel_restored", $"{call.Me.Name} unarchived the channel.", new JsonObject { ["username"] = call.Me.Name });
        return Answer.Ok(channel.ToJson());
    }
}
