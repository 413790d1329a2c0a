using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>
/// A button or a menu as a person sees it. Options are a menu's choices; the cookie is what the client must hand back with a click on a
/// private post, and empty otherwise.
/// </summary>
public sealed record SeenButton(string Id, string Label, string Type, string Style, IReadOnlyList<SeenOption> Options, string Cookie);

public sealed record SeenOption(string Text, string Value);

public sealed record SeenAttachment(string Title, string Text, string Color, IReadOnlyList<SeenButton> Buttons);

/// <summary>A post as a person sees it, private ones included.</summary>
public sealed record SeenPost(string Id, string ChannelId, string RootId, string UserId, string Message, bool IsPrivate, IReadOnlyList<SeenAttachment> Attachments)
{
    private readonly JsonObject _props = [];

    internal SeenPost(
        string id, string channelId, string rootId, string userId, string message, bool isPrivate, IReadOnlyList<SeenAttachment> attachments, JsonObject props)
        : this(id, channelId, rootId, userId, message, isPrivate, attachments) => _props = props;

    /// <summary>A prop that is a text; empty where there is none.</summary>
    public string Prop(string name) => _props.Text(name);

    public DateTimeOffset At { get; init; }

    /// <summary>The names of the files that hang on it.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public IEnumerable<SeenButton> Buttons => Attachments.SelectMany(a => a.Buttons);

    /// <summary>The message and the texts of the attachments, one after the other.</summary>
    public string Text => string.Join('\n', Attachments.SelectMany(a => new[] { a.Title, a.Text }).Prepend(Message).Where(t => t.Length > 0));

    internal static SeenPost From(JsonObject post)
    {
        var props = post["props"] as JsonObject ?? [];
        return new SeenPost(post.Text("id"), post.Text("channel_id"), post.Text("root_id"), post.Text("user_id"), post.Text("message"),
            post.Text("type") == "system_ephemeral", From(props["attachments"] as JsonArray), props)
        {
            At = DateTimeOffset.FromUnixTimeMilliseconds(post["create_at"]!.GetValue<long>()),
            Files = [.. (post["metadata"]?["files"] as JsonArray ?? []).OfType<JsonObject>().Select(file => file.Text("name"))],
        };
    }

    internal static IReadOnlyList<SeenAttachment> From(JsonArray? attachments) =>
        [.. (attachments ?? []).OfType<JsonObject>().Select(a => new SeenAttachment(a.Text("title"), a.Text("text"), a.Text("color"),
            [.. (a["actions"] as JsonArray ?? []).OfType<JsonObject>().Select(Button)]))];

    private static SeenButton Button(JsonObject action) => new(action.Text("id"), action.Text("name"), action.Text("type"), action.Text("style"),
        [.. (action["options"] as JsonArray ?? []).OfType<JsonObject>().Select(o => new SeenOption(o.Text("text"), o.Text("value")))], action.Text("cookie"));
}

/// <summary>A dialog that stands open for a person; the raw form is in <see cref="Json"/>.</summary>
public sealed record SeenDialog(string Url, string CallbackId, string Title, string State, IReadOnlyList<string> ElementNames, JsonObject Json)
{
    internal static SeenDialog From(JsonObject opened)
    {
        var dialog = opened["dialog"] as JsonObject ?? [];
        return new SeenDialog(opened.Text("url"), dialog.Text("callback_id"), dialog.Text("title"), dialog.Text("state"),
            [.. (dialog["elements"] as JsonArray ?? []).OfType<JsonObject>().Select(e => e.Text("name"))], opened);
    }
}

/// <summary>What a person got for a command or a click: private posts, perhaps a dialog.</summary>
public sealed record Reply(IReadOnlyList<SeenPost> Private, SeenDialog? Dialog)
{
    /// <summary>The latest private post, which is where people look.</summary>
    public SeenPost? Post => Private.Count > 0 ? Private[^1] : null;

    public string Text => Post?.Text ?? "";
}

/// <summary>What a submitted dialog says: closed, or open still with what is wrong.</summary>
public sealed record DialogReply(string Error, IReadOnlyDictionary<string, string> Errors, Reply Reply)
{
    public bool IsClosed => Error.Length == 0 && Errors.Count == 0;
}
