using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Posts as others see them: what a button calls, and with what, never leaves the server.</summary>
internal static class PostViews
{
    private static readonly string[] AttachmentTexts =
        ["fallback", "color", "pretext", "author_name", "author_link", "author_icon", "title", "title_link", "text"];

    private static readonly string[] AttachmentTails = ["image_url", "thumb_url", "footer", "footer_icon"];

    private static readonly string[] ActionTexts = ["id", "type", "name", "style", "data_source", "default_option", "cookie"];

    /// <summary>
    /// A post; <paramref name="replies"/> counts the live ones of its thread where the server counts them, and
    /// <paramref name="withMetadata"/> is false for the one answer that the server sends without: a deduplicated post.
    /// </summary>
    public static JsonObject ToJson(this Post post, World world, int replies = 0, bool withMetadata = true)
    {
        var json = new JsonObject
        {
            ["id"] = post.Id,
            ["create_at"] = post.CreateAt,
            ["update_at"] = post.UpdateAt,
            ["edit_at"] = post.EditAt,
            ["delete_at"] = post.DeleteAt,
            ["is_pinned"] = post.IsPinned,
            ["user_id"] = post.UserId,
            ["channel_id"] = post.ChannelId,
            ["root_id"] = post.RootId,
        };
        if (world.Version.Major < 6)
            json["parent_id"] = post.RootId;
        json["original_id"] = post.OriginalId;
        json["message"] = post.DeleteAt == 0 ? post.Message : "";
        json["type"] = post.Type;
        json["props"] = Stripped(post.Props);
        json["hashtags"] = Hashtags(post.Message);
        if (post.FileIds.Count > 0)
            json["file_ids"] = Json.Array(post.FileIds);
        json["pending_post_id"] = post.PendingPostId;
        if (post.Reactions.Count > 0)
            json["has_reactions"] = true;
        json["reply_count"] = replies;
        json["last_reply_at"] = 0;
        json["participants"] = null;
        if (withMetadata)
            json["metadata"] = Metadata(post, world);
        return json;
    }

    private static JsonObject Metadata(Post post, World world)
    {
        var metadata = new JsonObject();
        if (post.DeleteAt != 0)
            return metadata;
        if (post.Props["attachments"] is JsonArray)
            metadata["embeds"] = new JsonArray(new JsonObject { ["type"] = "message_attachment" });
        if (post.FileIds.Count > 0)
            metadata["files"] = new JsonArray([.. post.FileIds.Select(world.Files.GetValueOrDefault).OfType<StoredFile>().Select(f => f.ToJson())]);
        if (post.Reactions.Count > 0)
            metadata["reactions"] = new JsonArray([.. post.Reactions.Select(r => r.ToJson())]);
        return metadata;
    }

    /// <summary>A copy without what buttons call.</summary>
    public static JsonObject Stripped(JsonObject props)
    {
        var copy = new JsonObject();
        foreach (var (name, value) in props)
            copy.Add(name, name == "attachments" && value is JsonArray attachments ? Stripped(attachments, "actions") : value?.DeepClone());
        return copy;
    }

    /// <summary>Attachments with their actions, and those without what they call.</summary>
    private static JsonArray Stripped(JsonArray items, string inner)
    {
        var copies = new JsonArray();
        foreach (var item in items)
        {
            if (item is not JsonObject source)
            {
                copies.Add(item?.DeepClone());
                continue;
            }

            var copy = new JsonObject();
            foreach (var (name, value) in source)
            {
                if (name != "integration" || inner.Length > 0)
                    copy.Add(name, name == inner && value is JsonArray within ? Stripped(within, "") : value?.DeepClone());
            }

            copies.Add((JsonNode)copy);
        }

        return copies;
    }

    /// <summary>A post as a client shows it.</summary>
    public static SeenPost Seen(this Post post, World world) => new(
        post.Id, post.ChannelId, post.RootId, post.UserId, post.DeleteAt == 0 ? post.Message : "", post.Type == "system_ephemeral", post.Attachments, post.Props)
    {
        At = DateTimeOffset.FromUnixTimeMilliseconds(post.CreateAt),
        Files = post.DeleteAt == 0 ? [.. post.FileIds.Select(world.Files.GetValueOrDefault).OfType<StoredFile>().Select(file => file.Name)] : [],
    };

    public static IEnumerable<JsonObject> Actions(JsonObject props) =>
        props["attachments"] is not JsonArray attachments ? [] : attachments.OfType<JsonObject>()
            .SelectMany(a => a["actions"] is JsonArray actions ? actions.OfType<JsonObject>() : []);

    /// <summary>Brings attachments into the server's own form: every field of an attachment, only the used ones of an action, an id for each.</summary>
    public static JsonObject Normalised(JsonObject props, Ids ids)
    {
        var copy = (JsonObject)props.DeepClone();
        if (copy["attachments"] is JsonArray attachments)
            copy["attachments"] = new JsonArray([.. attachments.OfType<JsonObject>().Select(a => Attachment(a, ids))]);
        return copy;
    }

    private static JsonObject Attachment(JsonObject source, Ids ids)
    {
        var json = new JsonObject { ["id"] = source.Number("id") };
        foreach (var name in AttachmentTexts)
            json[name] = source.Text(name);
        json["fields"] = source["fields"] is not JsonArray fields ? null : new JsonArray([.. fields.OfType<JsonObject>().Select(f => new JsonObject
        {
            ["title"] = f.Text("title"), ["value"] = f["value"]?.DeepClone(), ["short"] = f.Flag("short"),
        })]);
        foreach (var name in AttachmentTails)
            json[name] = source.Text(name);
        json["ts"] = source["ts"]?.DeepClone();
        if (source["actions"] is JsonArray { Count: > 0 } actions)
            json["actions"] = new JsonArray([.. actions.OfType<JsonObject>().Select(a => Action(a, ids))]);
        return json;
    }

    private static JsonObject Action(JsonObject source, Ids ids)
    {
        var json = new JsonObject();
        foreach (var name in ActionTexts)
        {
            var text = name == "id" && source.Text("id").Length == 0 ? ids.Next() : source.Text(name);
            if (text.Length > 0)
                json[name] = text;
        }

        if (source.Flag("disabled"))
            json["disabled"] = true;
        if (source["options"] is JsonArray { Count: > 0 } options)
            json["options"] = new JsonArray([.. options.OfType<JsonObject>().Select(o => new JsonObject { ["text"] = o.Text("text"), ["value"] = o.Text("value") })]);
        if (source["integration"] is JsonObject integration)
        {
            var kept = new JsonObject();
            if (integration.Text("url").Length > 0)
                kept["url"] = integration.Text("url");
            if (integration["context"] is JsonObject { Count: > 0 } context)
                kept["context"] = context.DeepClone();
            json["integration"] = kept;
        }

        return json;
    }

    private static string Hashtags(string message) => !message.Contains('#') ? "" : string.Join(' ', message.Split(' ', '\n')
        .Where(w => w.Length > 2 && w[0] == '#' && char.IsLetter(w[1])).Select(w => w.TrimEnd('.', ',', '!', '?', ':', ';')));
}
