using System.Text.Json.Nodes;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Playground.Page;

/// <summary>What the page shows beside posts, and what it remembers of who has read what.</summary>
internal sealed class PageView(PageOptions options)
{
    private readonly World _world = options.Mattermost.World;

    public User UserOf(Person person)
    {
        lock (_world.Gate)
            return _world.Users[person.Id];
    }

    public JsonObject StateFor(Person caller, DateTimeOffset now)
    {
        lock (_world.Gate)
        {
            var me = _world.Users[caller.Id];
            var team = _world.Teams.Values.First(one => one.Name == options.Team);
            var isFacilitator = options.People.First(one => one.UserName == me.Name).IsFacilitator;
            return new JsonObject
            {
                ["now"] = now.ToUnixTimeMilliseconds(),
                ["me"] = me.Id,
                ["team"] = new JsonObject { ["id"] = team.Id, ["name"] = team.Name, ["title"] = team.DisplayName },
                ["first"] = options.Channel,
                ["content"] = options.Content,
                ["people"] = new JsonArray([.. _world.Users.Values.Where(team.IsIn).Select(Show)]),
                ["channels"] = new JsonArray([.. _world.Channels.Values.Where(channel => channel.DeleteAt == 0 && IsShown(channel, me)).Select(channel => Show(channel, me))]),
                ["commands"] = new JsonArray([.. options.Suggestions(me.Locale).Where(one => isFacilitator || !one.ForFacilitators).Select(Show)]),
            };
        }
    }

    /// <summary>Whoever looks at a channel has read it, in all of their windows.</summary>
    public void HasSeen(Person caller, string channelId)
    {
        lock (_world.Gate)
        {
            if (_world.Channels.GetValueOrDefault(channelId) is { } channel && channel.Members.TryGetValue(caller.Id, out var member))
                (member.LastViewedAt, member.Messages, member.RootMessages, member.Mentions) = (channel.LastPostAt, channel.Messages, channel.RootMessages, 0);
        }
    }

    /// <summary>Every window is told. The bot is told nothing that Mattermost would not tell.</summary>
    public void Tell(string what, Func<JsonObject> data)
    {
        lock (_world.Gate)
        {
            foreach (var name in options.People.Select(person => person.UserName))
                _world.Hub.Publish($"playground_{what}", data(), World.Broadcast(user: _world.UsersByName[name].Id));
        }
    }

    /// <summary>One's own conversations that have begun, and what is public.</summary>
    private static bool IsShown(Channel channel, User me) =>
        channel.IsPrivateConversation ? channel.IsIn(me) && channel.Posts.Count > 0 : channel.Type == "O" || channel.IsIn(me);

    private JsonObject Show(User user)
    {
        var plays = options.People.FirstOrDefault(person => person.UserName == user.Name);
        return new JsonObject
        {
            ["id"] = user.Id,
            ["username"] = user.Name,
            ["name"] = $"{user.FirstName} {user.LastName}".Trim() is { Length: > 0 } full ? full : user.Name,
            ["zone"] = user.ManualZone,
            ["bot"] = user.IsBot,
            ["plays"] = plays is not null,
            ["about"] = plays?.About ?? "",
        };
    }

    private static JsonObject Show(Channel channel, User me) => new()
    {
        ["id"] = channel.Id,
        ["name"] = channel.Name,
        ["title"] = channel.DisplayName,
        ["type"] = channel.Type,
        ["member"] = channel.IsIn(me),
        ["people"] = new JsonArray([.. channel.Members.Keys.Where(_ => channel.IsPrivateConversation).Select(id => (JsonNode)id)]),
        ["unread"] = channel.Members.TryGetValue(me.Id, out var member) ? Math.Max(0, channel.Messages - member.Messages) : 0,
        ["last"] = channel.LastPostAt,
    };

    private static JsonObject Show(Suggestion suggestion) =>
        new() { ["name"] = suggestion.Name, ["arguments"] = suggestion.Arguments, ["help"] = suggestion.Help };
}
