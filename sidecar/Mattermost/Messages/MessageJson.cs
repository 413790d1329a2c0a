using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace MattermostLearning.Mattermost.Messages;

/// <summary>Source-generated JSON of the message model, as Mattermost reads it.</summary>
[JsonSerializable(typeof(SlashCommandReply))]
[JsonSerializable(typeof(DialogReply))]
[JsonSerializable(typeof(WebhookReply))]
[JsonSerializable(typeof(ActionReplyWire))]
[JsonSerializable(typeof(IReadOnlyList<Attachment>))]
[JsonSerializable(typeof(Dialog))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class MessageJsonContext : JsonSerializerContext
{
    /// <summary>Letters of every script stay readable, and the lengths are those that the server counts.</summary>
    public static MessageJsonContext Relaxed { get; } =
        new(new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            AllowOutOfOrderMetadataProperties = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
}

internal sealed record ActionReplyWire(ActionUpdateWire? Update, string? EphemeralText, bool SkipSlackParsing = true);

internal sealed record ActionUpdateWire(string Message, Dictionary<string, JsonElement> Props, IReadOnlyList<string>? FileIds);

/// <summary>Between the message model and the post's props.</summary>
public static partial class MessageJson
{
    /// <summary>All props of a post: the attachments and the extra ones.</summary>
    public static Dictionary<string, JsonElement> Props(PostContent content)
    {
        var props = content.Props.ToDictionary(
            prop => prop.Key,
            prop => JsonSerializer.SerializeToElement(prop.Value, MessageJsonContext.Relaxed.String));
        if (content.Attachments.Count > 0)
            props["attachments"] = JsonSerializer.SerializeToElement(content.Attachments, MessageJsonContext.Relaxed.IReadOnlyListAttachment);
        return props;
    }

    /// <summary>Reads attachments back from a post's props; what cannot be read is left out. Integrations are only there if the reader is the server.</summary>
    public static IReadOnlyList<Attachment> ReadAttachments(IReadOnlyDictionary<string, JsonElement>? props)
    {
        if (props is null || !props.TryGetValue("attachments", out var element) || element.ValueKind != JsonValueKind.Array) return [];
        try
        {
            return element.Deserialize(MessageJsonContext.Relaxed.IReadOnlyListAttachment) ?? [];
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException)
        {
            return [];
        }
    }

    /// <summary>Reads a dialog as the server gets it; null when it is none.</summary>
    public static Dialog? ReadDialog(JsonElement element)
    {
        try
        {
            return element.Deserialize(MessageJsonContext.Relaxed.Dialog);
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    internal static JsonElement Element(Dialog dialog) => JsonSerializer.SerializeToElement(dialog, MessageJsonContext.Relaxed.Dialog);

    /// <summary>
    /// The length of the props as the server stores them: it writes &lt;, &gt; and &amp; as six runes each, and an emoji as it is, where we
    /// write the escapes of a surrogate pair.
    /// </summary>
    internal static int PropsRunes(PostContent content)
    {
        if (content.Attachments.Count == 0 && content.Props.Count == 0) return 0;
        var json = JsonSerializer.SerializeToUtf8Bytes(Props(content), MessageJsonContext.Relaxed.DictionaryStringJsonElement);
        var runes = 0;
        foreach (var one in json)
        {
            if ((one & 0xC0) != 0x80) runes += one is (byte)'<' or (byte)'>' or (byte)'&' ? 6 : 1; // the bytes after a rune's first count with it
        }
        return json.AsSpan().IndexOf("\\u"u8) < 0 ? runes
            : runes - (11 * Escapes().Matches(Encoding.UTF8.GetString(json)).Count(escape => escape.Groups["pair"].Success));
    }

    /// <summary>The two escapes of a surrogate pair; any other escape is matched too, so that one's second half never begins another.</summary>
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}(?<pair>\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\.")]
    private static partial Regex Escapes();

    internal static byte[] Write(SlashCommandReply reply) => JsonSerializer.SerializeToUtf8Bytes(reply, MessageJsonContext.Relaxed.SlashCommandReply);

    internal static byte[] Write(DialogReply reply) => JsonSerializer.SerializeToUtf8Bytes(reply, MessageJsonContext.Relaxed.DialogReply);

    internal static byte[] Write(WebhookReply reply) => JsonSerializer.SerializeToUtf8Bytes(reply, MessageJsonContext.Relaxed.WebhookReply);

    internal static byte[] Write(ActionReply reply)
    {
        var update = reply.Update is null
            ? null
            : new ActionUpdateWire(reply.Update.Message, Props(reply.Update), reply.Update.FileIds.Count == 0 ? null : reply.Update.FileIds);
        return JsonSerializer.SerializeToUtf8Bytes(new ActionReplyWire(update, reply.EphemeralText), MessageJsonContext.Relaxed.ActionReplyWire);
    }
}
