namespace MattermostLearning.Mattermost.Messages;

/// <summary>
/// The answer to a slash command, shown to the asker only. An in-channel answer would be posted in the asker's name, so there is none:
/// what is public is posted by the bot.
/// </summary>
public sealed record SlashCommandReply
{
    public string ResponseType { get; } = "ephemeral";

    public string Text { get; init => field = value ?? ""; } = "";

    public IReadOnlyList<Attachment> Attachments { get; init => field = value ?? []; } = [];

    /// <summary>Always: otherwise the server rewrites what looks like another product's links.</summary>
    public bool SkipSlackParsing { get; } = true;

    /// <summary>Whose answer it is shown as, where the server lets integrations say so; else it stands under the asker's name.</summary>
    public string? Username { get; init; }

    /// <summary>An address or a path such as /team/channels/name that the asker's client opens.</summary>
    public string? GotoLocation { get; init; }

    /// <summary>Shows nothing: the answer was given otherwise.</summary>
    public static SlashCommandReply Nothing { get; } = new();

    public static SlashCommandReply Of(string text, params IReadOnlyList<Attachment> attachments) =>
        new() { Text = text, Attachments = attachments };

    /// <summary>The body of the answer; send it with status 200 and application/json.</summary>
    public byte[] ToJson() => MessageJson.Write(this);
}

/// <summary>The answer to a click.</summary>
public sealed record ActionReply
{
    /// <summary>What the clicked post becomes; null leaves it. Rendered anew as a whole.</summary>
    public PostContent? Update { get; init; }

    /// <summary>Text that only the clicker sees.</summary>
    public string? EphemeralText { get; init; }

    public static ActionReply Nothing { get; } = new();

    public static ActionReply Ephemeral(string text) => new() { EphemeralText = text };

    public byte[] ToJson() => MessageJson.Write(this);
}

/// <summary>The answer to an outgoing webhook: a comment on the post that set it off, made by the webhook's creator. An empty body answers nothing.</summary>
/// <remarks>A comment on what is itself a reply is lost: the server refuses it and tells nobody.</remarks>
public sealed record WebhookReply
{
    public string ResponseType { get; } = "comment";

    /// <summary>The server reads it as another product's, too: no `&lt;...&gt;` in it.</summary>
    public required string Text { get; init; }

    /// <summary>Who is shown to say it, where the server lets integrations choose; without it that would be "webhook".</summary>
    public string? Username { get; init; }

    /// <inheritdoc cref="SlashCommandReply.ToJson"/>
    public byte[] ToJson() => MessageJson.Write(this);
}

/// <summary>The answer to a dialog's submission: nothing (it closes), or what is wrong (it stays open).</summary>
public sealed record DialogReply
{
    /// <summary>Messages by element name.</summary>
    public IReadOnlyDictionary<string, string>? Errors { get; init; }

    /// <summary>A message for the whole dialog.</summary>
    public string? Error { get; init; }

    public static DialogReply Accepted { get; } = new();

    public static DialogReply Refused(string error) => new() { Error = error };

    public static DialogReply Wrong(IReadOnlyDictionary<string, string> errors) => new() { Errors = errors };

    public byte[] ToJson() => MessageJson.Write(this);
}
