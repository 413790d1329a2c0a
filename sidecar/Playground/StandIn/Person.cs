using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Somebody at their client. Channels are named by id, or by name within the team that they are in.</summary>
/// <remarks>Each method throws <see cref="StandInException"/> when Mattermost refuses.</remarks>
public sealed class Person
{
    private readonly MattermostStandIn _standIn;
    private readonly User _user;
    private readonly string _token;

    internal Person(MattermostStandIn standIn, User user)
    {
        (_standIn, _user) = (standIn, user);

        // A client of one's own: the same key each time, so that acting leaves no trace among ids and sessions.
        _token = "client-of-" + user.Id;
        standIn.World.Sessions[_token] = new Session(_token, user.Id, IsAccessToken: true);
    }

    public string Id => _user.Id;

    public string Name => _user.Name;

    internal string Token => _token;

    /// <summary>The dialog that stands open, if any.</summary>
    public SeenDialog? Dialog => _standIn.World.Transcript.ScreenOf(_user.Id).Dialog;

    public Task<SeenPost> PostAsync(string channel, string message) => WriteAsync(ChannelId(channel), "", message);

    /// <summary>Replies in the thread of a post, whether it is the root or a reply.</summary>
    public Task<SeenPost> ReplyAsync(SeenPost post, string message) =>
        WriteAsync(post.ChannelId, post.RootId.Length > 0 ? post.RootId : post.Id, message);

    /// <summary>Writes to somebody directly.</summary>
    public async Task<SeenPost> MessageAsync(string userName, string message) => await WriteAsync(await DirectAsync(userName), "", message);

    /// <summary>Drops a file into a channel, or into the thread of a post there.</summary>
    public Task<SeenPost> DropAsync(string channel, string fileName, string text, SeenPost? thread = null) =>
        DropAsync(channel, fileName, Encoding.UTF8.GetBytes(text), thread);

    /// <inheritdoc cref="DropAsync(string, string, string, SeenPost?)"/>
    public async Task<SeenPost> DropAsync(string channel, string fileName, byte[] content, SeenPost? thread = null)
    {
        var channelId = ChannelId(channel);
        var query = new Dictionary<string, string> { ["channel_id"] = channelId, ["filename"] = fileName };
        var uploaded = await AskAsync(new Request("POST", "/api/v4/files", query, _token, "application/octet-stream", content));
        return SeenPost.From(await CallAsync("POST", "/posts", new JsonObject
        {
            ["channel_id"] = channelId,
            ["root_id"] = thread is null ? "" : thread.RootId.Length > 0 ? thread.RootId : thread.Id,
            ["message"] = "",
            ["file_ids"] = new JsonArray(uploaded["file_infos"]![0]!["id"]!.GetValue<string>()),
        }));
    }

    public Task ReactAsync(SeenPost post, string emoji) =>
        CallAsync("POST", "/reactions", new JsonObject { ["user_id"] = _user.Id, ["post_id"] = post.Id, ["emoji_name"] = emoji });

    public Task UnreactAsync(SeenPost post, string emoji) =>
        CallAsync("DELETE", $"/users/{_user.Id}/posts/{post.Id}/reactions/{Uri.EscapeDataString(emoji)}");

    public Task EditAsync(SeenPost post, string message) => CallAsync("PUT", $"/posts/{post.Id}/patch", new JsonObject { ["message"] = message });

    public Task DeleteAsync(SeenPost post) => CallAsync("DELETE", $"/posts/{post.Id}");

    public async Task<string> JoinAsync(string channel)
    {
        var id = ChannelId(channel);
        await CallAsync("POST", $"/channels/{id}/members", new JsonObject { ["user_id"] = _user.Id });
        return id;
    }

    public Task LeaveAsync(string channel) => CallAsync("DELETE", $"/channels/{ChannelId(channel)}/members/{_user.Id}");

    /// <summary>Adds somebody to a channel.</summary>
    public Task AddAsync(string channel, string userName) =>
        CallAsync("POST", $"/channels/{ChannelId(channel)}/members", new JsonObject { ["user_id"] = _standIn.As(userName).Id });

    /// <summary>Types a slash command, for example <c>/learn help</c>, and waits for its answer.</summary>
    /// <param name="line">What is typed.</param>
    /// <param name="channel">Where; in a direct message give its id.</param>
    /// <param name="team">The team in view, by name; needed only in direct messages by somebody with several teams.</param>
    /// <param name="thread">The thread it is typed in, if any.</param>
    public Task<Reply> CommandAsync(string line, string channel, string? team = null, SeenPost? thread = null) => WatchAsync(() =>
        CallAsync("POST", "/commands/execute", new JsonObject
        {
            ["command"] = line, ["channel_id"] = ChannelId(channel), ["team_id"] = TeamId(team),
            ["root_id"] = thread is null ? "" : thread.RootId.Length > 0 ? thread.RootId : thread.Id,
        }));

    /// <summary>Presses a button, or chooses from a menu, by its label, and waits for the answer.</summary>
    /// <param name="post">A post, or a private one that was an answer.</param>
    /// <param name="label">What stands on the button.</param>
    /// <param name="option">For a menu: the text or the value of the choice.</param>
    public Task<Reply> ClickAsync(SeenPost post, string label, string? option = null)
    {
        var now = post.IsPrivate ? post : Look(post.Id);
        var button = now.Buttons.FirstOrDefault(b => b.Label == label)
            ?? throw new StandInException(404, "", $"There is no \"{label}\" on that post, only {string.Join(", ", now.Buttons.Select(b => b.Label))}.");
        return ClickAsync(now, button, option);
    }

    /// <summary>Presses a button that may no longer be there, as a client does whose screen is out of date.</summary>
    public Task<Reply> ClickAsync(SeenPost post, SeenButton button, string? option = null)
    {
        var value = button.Options.FirstOrDefault(o => o.Text == option)?.Value ?? option ?? "";
        return WatchAsync(() => CallAsync("POST", $"/posts/{post.Id}/actions/{button.Id}", new JsonObject { ["selected_option"] = value, ["cookie"] = button.Cookie }));
    }

    /// <summary>Submits the dialog that stands open. It stays open when there is something wrong.</summary>
    public async Task<DialogReply> SubmitAsync(JsonObject values, bool cancel = false, string? channel = null, string? team = null)
    {
        var dialog = Dialog ?? throw new StandInException(404, "", "No dialog is open.");
        JsonObject answer = [];
        var reply = await WatchAsync(async () => answer = await CallAsync("POST", "/actions/dialogs/submit", new JsonObject
        {
            ["url"] = dialog.Url, ["callback_id"] = dialog.CallbackId, ["state"] = dialog.State, ["submission"] = values.DeepClone(), ["cancelled"] = cancel,
            ["channel_id"] = channel is null ? AnyChannel() : ChannelId(channel), ["team_id"] = TeamId(team),
        }));
        var errors = (answer["errors"] as JsonObject ?? []).ToDictionary(e => e.Key, e => e.Value.AsText());
        var said = new DialogReply(answer.Text("error"), errors, reply);
        if (said.IsClosed)
            _standIn.World.Transcript.ScreenOf(_user.Id).Dialog = reply.Dialog;
        return said;
    }

    /// <summary>A post as it stands now.</summary>
    public SeenPost Look(string postId)
    {
        var world = _standIn.World;
        lock (world.Gate)
        {
            var post = world.LivePost(postId) ?? throw new StandInException(404, "app.post.get.app_error", "There is no such post.");
            if (!world.MaySee(_user, world.Channels[post.ChannelId]))
                throw new StandInException(403, "api.context.permissions.app_error", "They are not in that channel.");
            return post.Seen(world);
        }
    }

    /// <summary>The latest post of a channel, replies included; system lines do not count.</summary>
    public SeenPost Latest(string channel) => Read(channel)[^1];

    /// <summary>All posts of a channel, oldest first, replies included; system lines do not count.</summary>
    public IReadOnlyList<SeenPost> Read(string channel)
    {
        var world = _standIn.World;
        var id = ChannelId(channel);
        lock (world.Gate)
            return [.. world.Channels[id].Posts.Where(p => p is { DeleteAt: 0, IsSystem: false }).Select(p => p.Seen(world))];
    }

    /// <summary>The direct conversation with somebody, by id.</summary>
    public async Task<string> DirectAsync(string userName) =>
        (await CallAsync("POST", "/channels/direct", new JsonArray(_user.Id, _standIn.As(userName).Id))).Text("id");

    /// <summary>Any call of the API, for what has no method here.</summary>
    public async Task<JsonObject> CallAsync(string method, string path, JsonNode? body = null)
    {
        var bytes = body is null ? [] : body.ToBytes();
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(mark < 0 ? "" : path[mark..]).ToDictionary(q => q.Key, q => q.Value.ToString());
        return await AskAsync(new Request(method, "/api/v4" + (mark < 0 ? path : path[..mark]), query, _token, "application/json", bytes));
    }

    private async Task<JsonObject> AskAsync(Request request)
    {
        var answer = await _standIn.ServePersonAsync(request);
        var json = answer.Json as JsonObject ?? [];
        return answer.Status < 300 ? json : throw new StandInException(answer.Status, json.Text("id"), json.Text("message"));
    }

    private async Task<SeenPost> WriteAsync(string channelId, string rootId, string message) =>
        SeenPost.From(await CallAsync("POST", "/posts", new JsonObject { ["channel_id"] = channelId, ["root_id"] = rootId, ["message"] = message }));

    private async Task<Reply> WatchAsync(Func<Task> act)
    {
        var screen = _standIn.World.Transcript.ScreenOf(_user.Id);
        int before;
        SeenDialog? dialog;
        lock (_standIn.World.Gate)
            (before, dialog) = (screen.Private.Count, screen.Dialog);
        await act();
        lock (_standIn.World.Gate)
            return new Reply([.. screen.Private.Skip(before)], screen.Dialog == dialog ? null : screen.Dialog);
    }

    private string ChannelId(string channel)
    {
        var world = _standIn.World;
        lock (world.Gate)
        {
            if (world.Channels.ContainsKey(channel))
                return channel;
            var name = channel.TrimStart('~');
            return world.Teams.Values.Where(t => _user.IsAdmin || t.IsIn(_user)).Select(t => world.ChannelsByName.GetValueOrDefault((t.Id, name))).OfType<Channel>().FirstOrDefault()?.Id
                ?? throw new StandInException(404, "app.channel.get_by_name.missing.app_error", $"{Name} finds no channel {channel}.");
        }
    }

    private string TeamId(string? team)
    {
        lock (_standIn.World.Gate)
            return _standIn.World.Teams.Values.FirstOrDefault(t => t.IsIn(_user) && (team is null || t.Name == team))?.Id ?? "";
    }

    private string AnyChannel()
    {
        lock (_standIn.World.Gate)
            return _standIn.World.ChannelsOfUser(_user.Id).Keys.FirstOrDefault() ?? "";
    }
}
