using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

internal enum Audience
{
    Everybody,
    Admins,
    NotAdmins,
}

/// <summary>Who is connected by WebSocket, and who hears of what. Everything here happens under the world's lock.</summary>
internal sealed class Hub(World world)
{
    private static readonly TimeSpan MemoryOfLostConnections = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, List<Connection>> _ofUser = [];

    /// <summary>Sees every event before its recipients do, whether anybody is connected or not.</summary>
    public Action<string, JsonObject, JsonObject>? Published { get; set; }

    public IEnumerable<Connection> Of(string userId) => _ofUser.GetValueOrDefault(userId) ?? [];

    public IEnumerable<Connection> All => _ofUser.Values.SelectMany(c => c);

    public void Publish(string name, JsonObject data, JsonObject broadcast, Audience audience = Audience.Everybody)
    {
        Published?.Invoke(name, data, broadcast);
        var recipients = Recipients(data, broadcast).Where(c => Hears(c.UserId, audience)).ToList();
        if (recipients.Count == 0)
            return;
        var heads = $"{{\"event\": {((JsonNode)name).ToText()}, \"data\": {data.ToText()}, \"broadcast\": {broadcast.ToText()}, \"seq\": ";
        foreach (var connection in recipients)
        {
            if (!connection.Enqueue(heads))
                Remove(connection);
        }
    }

    /// <summary>A fresh connection; says hello.</summary>
    public Connection Register(User user)
    {
        var connection = new Connection(world.Ids.Next(), user.Id);
        if (!_ofUser.TryGetValue(user.Id, out var list))
            _ofUser[user.Id] = list = [];
        list.Add(connection);
        Hello(connection);
        return connection;
    }

    /// <summary>
    /// Takes up a lost connection from the event that its client wants next, or, when that is no longer known, starts over:
    /// with another connection id, a hello, and only what came in while nobody listened.
    /// </summary>
    public Connection Resume(User user, string connectionId, long sequence)
    {
        var connection = Of(user.Id).FirstOrDefault(c => c.Id == connectionId && !c.IsAttached);
        if (connection is null)
            return Register(user);
        if (world.Clock.GetUtcNow() - connection.LostAt > MemoryOfLostConnections)
        {
            Remove(connection);
            return Register(user);
        }

        if (sequence == 0 || connection.Rewind(sequence))
            return connection;
        var unsent = connection.Unsent;
        Remove(connection);
        connection = Register(user);
        foreach (var heads in unsent)
            connection.Enqueue(heads);
        return connection;
    }

    public void SetOnline(User user)
    {
        if (!user.StatusIsManual)
            Show(user, "online");
        else
            user.LastActivityAt = world.Now();
    }

    public void Lost(Connection connection)
    {
        connection.LostAt = world.Clock.GetUtcNow();
        var user = world.Users[connection.UserId];
        if (Of(user.Id).All(c => !c.IsAttached) && !user.StatusIsManual)
            Show(user, "offline");
    }

    /// <summary>As after a restart: nothing can be resumed.</summary>
    public void Forget() => _ofUser.Clear();

    /// <summary>Sets somebody's status; only they are told.</summary>
    public void Show(User user, string status)
    {
        user.LastActivityAt = world.Now();
        if (user.Status == status)
            return;
        user.Status = status;
        Publish("status_change", new JsonObject { ["status"] = status, ["user_id"] = user.Id }, World.Broadcast(user: user.Id));
    }

    private void Hello(Connection connection)
    {
        var data = new JsonObject { ["connection_id"] = connection.Id, ["server_version"] = world.VersionId };
        if (world.Version.Major >= 10)
            data["server_hostname"] = "stand-in";
        connection.Enqueue($"{{\"event\": \"hello\", \"data\": {data.ToText()}, \"broadcast\": {World.Broadcast(user: connection.UserId).ToText()}, \"seq\": ");
    }

    private void Remove(Connection connection)
    {
        connection.Close();
        if (_ofUser.TryGetValue(connection.UserId, out var list))
            list.Remove(connection);
    }

    private IEnumerable<Connection> Recipients(JsonObject data, JsonObject broadcast)
    {
        if (broadcast.Text("user_id") is { Length: > 0 } userId)
            return Of(userId);
        if (broadcast.Text("channel_id") is { Length: > 0 } channelId)
            return All.Where(c => world.Channels[channelId].Members.ContainsKey(c.UserId));
        if (broadcast.Text("team_id") is { Length: > 0 } teamId)
            return All.Where(c => world.Teams[teamId].IsIn(world.Users[c.UserId]));
        var about = data["user"] is JsonObject user ? user.Text("id") : data.Text("user_id");
        return All.Where(c => !world.Users.TryGetValue(about, out var other) || world.MaySee(world.Users[c.UserId], other));
    }

    private bool Hears(string userId, Audience audience) =>
        audience == Audience.Everybody || world.Users[userId].IsAdmin == (audience == Audience.Admins);
}
