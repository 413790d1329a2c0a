using System.Text;

namespace MattermostLearning.Mattermost.Messages;

/// <summary>
/// Checks what the server checks late, badly or not at all. Every check collects all problems; the client runs them before sending.
/// </summary>
public static partial class MessageValidator
{
    /// <summary>All problems of a post's content; empty when it can be sent.</summary>
    public static IReadOnlyList<MessageProblem> Check(PostContent content, MessageLimits? limits = null)
    {
        var problems = new Problems(limits ?? MessageLimits.Default);
        problems.AtMost("message", content.Message, problems.Limits.MessageRunes);
        if (content.Message.Length == 0 && content.Attachments.Count == 0 && content.FileIds.Count == 0)
            problems.Add("message", "a post needs text, an attachment or a file");

        CheckFiles(content.FileIds, problems);
        if (content.Props.ContainsKey("attachments"))
            problems.Add("props.attachments", "attachments are given as attachments, not as a prop");
        CheckAttachments(content.Attachments, problems);

        var props = MessageJson.PropsRunes(content);
        if (props > problems.Limits.PropsRunes)
            problems.Add("props", "all props together are too long", problems.Limits.PropsRunes, props);
        return problems.Found;
    }

    /// <summary>All problems of the answer to a slash command.</summary>
    public static IReadOnlyList<MessageProblem> Check(SlashCommandReply reply, MessageLimits? limits = null)
    {
        var problems = new Problems(limits ?? MessageLimits.Default);
        problems.AtMost("text", reply.Text, problems.Limits.MessageRunes);
        CheckAttachments(reply.Attachments, problems);
        return problems.Found;
    }

    /// <summary>Throws an <see cref="InvalidMessageException"/> that lists all problems.</summary>
    public static void Require(PostContent content, MessageLimits? limits = null) => ThrowIfAny(Check(content, limits));

    private static void ThrowIfAny(IReadOnlyList<MessageProblem> problems)
    {
        if (problems.Count > 0) throw new InvalidMessageException(problems);
    }

    private static void CheckFiles(IReadOnlyList<string> files, Problems problems)
    {
        if (files.Count > problems.Limits.Files)
            problems.Add("file_ids", "too many files", problems.Limits.Files, files.Count);
        for (var i = 0; i < files.Count; i++)
        {
            if (!MattermostId.IsValid(files[i])) problems.Add($"file_ids[{i}]", "not an id of a file");
        }
    }

    private static void CheckAttachments(IReadOnlyList<Attachment> attachments, Problems problems)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < attachments.Count; i++)
        {
            var path = $"attachments[{i}]";
            var attachment = attachments[i];
            problems.AtMost($"{path}.text", attachment.Text, problems.Limits.MessageRunes);
            problems.AtMost($"{path}.pretext", attachment.Pretext, problems.Limits.MessageRunes);
            problems.Link($"{path}.title_link", attachment.TitleLink);
            problems.Link($"{path}.image_url", attachment.ImageUrl);
            problems.Link($"{path}.thumb_url", attachment.ThumbUrl);
            if (attachment.Color is { } color && !IsColor(color)) problems.Add($"{path}.color", "a colour is written #rrggbb");

            var actions = attachment.Actions ?? [];
            for (var j = 0; j < actions.Count; j++) CheckAction($"{path}.actions[{j}]", actions[j], ids, problems);
        }
    }

    private static void CheckAction(string path, PostAction action, HashSet<string> ids, Problems problems)
    {
        if (action.Id.Length == 0 || !action.Id.All(char.IsAsciiLetterOrDigit))
            problems.Add($"{path}.id", "letters a-z, A-Z and digits only, or the click is lost");
        else if (!ids.Add(action.Id))
            problems.Add($"{path}.id", "used twice in this post");

        problems.Required($"{path}.name", action.Label);
        problems.AtMost($"{path}.name", action.Label, problems.Limits.ActionLabelRunes);
        if (action.Integration is null)
            problems.Add($"{path}.integration", "missing: was this read back from the server?");
        else if (!IsWebAddress(action.Integration.Url))
            problems.Add($"{path}.integration.url", "not an absolute http or https address");

        if (action is Button { Style: { } style } && !ButtonStyle.Names.Contains(style) && !IsColor(style))
            problems.Add($"{path}.style", "not a known style or #rrggbb");
        if (action is Menu menu) CheckOptions(path, menu.Options, menu.DataSource, menu.DefaultOption, problems);
    }

    private static void CheckOptions(
        string path, IReadOnlyList<MenuOption>? options, string? source, string? preselected, Problems problems)
    {
        if (source is not (null or MenuSource.Users or MenuSource.Channels))
            problems.Add($"{path}.data_source", "users or channels");
        if (source is null && options is not { Count: > 0 })
            problems.Add($"{path}.options", "a menu needs options or a data source");
        if (source is not null && options is { Count: > 0 })
            problems.Add($"{path}.options", "own options or a data source, not both");

        var values = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (options?.Count ?? 0); i++)
        {
            problems.Required($"{path}.options[{i}].text", options![i].Text);
            problems.Required($"{path}.options[{i}].value", options[i].Value);
            if (!values.Add(options[i].Value)) problems.Add($"{path}.options[{i}].value", "used twice");
        }
        if (source is null && !string.IsNullOrEmpty(preselected) && !values.Contains(preselected))
            problems.Add($"{path}.default", "not among the options");
    }

    private static bool IsColor(string color) =>
        color.Length is 4 or 7 && color[0] == '#' && color.AsSpan(1).IndexOfAnyExceptInRange('0', 'f') < 0 && color.Skip(1).All(char.IsAsciiHexDigit);

    internal static bool IsWebAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    /// <summary>The problems found so far, and the few checks that repeat.</summary>
    private sealed class Problems(MessageLimits limits)
    {
        private readonly List<MessageProblem> found = [];

        public MessageLimits Limits { get; } = limits;

        public IReadOnlyList<MessageProblem> Found => found;

        public void Add(string path, string what, int? limit = null, int? length = null) =>
            found.Add(new MessageProblem(path, what, limit, length));

        public void Required(string path, string? text)
        {
            if (string.IsNullOrWhiteSpace(text)) Add(path, "must not be empty");
        }

        public void AtMost(string path, string? text, int limit)
        {
            if (text is null) return;
            var length = MessageLimits.CountRunes(text);
            if (length > limit) Add(path, "too long", limit, length);
            if (HasLoneSurrogate(text)) Add(path, "half of a surrogate pair: the text was cut in the middle of a character");
        }

        public void Link(string path, string? address)
        {
            if (!string.IsNullOrEmpty(address) && !IsWebAddress(address)) Add(path, "not an absolute http or https address");
        }

        private static bool HasLoneSurrogate(string text)
        {
            for (var i = 0; i < text.Length; i += Rune.TryGetRuneAt(text, i, out var rune) ? rune.Utf16SequenceLength : 1)
            {
                if (!Rune.TryGetRuneAt(text, i, out _)) return true;
            }
            return false;
        }
    }
}
