using System.Text.Json.Serialization;

namespace MattermostLearning.Mattermost.Messages;

/// <summary>A framed block below a message: where buttons and menus live.</summary>
public sealed record Attachment
{
    /// <summary>What clients without attachments, and notifications, show.</summary>
    public string? Fallback { get; init; }

    /// <summary>The stripe on the left as #rrggbb. Colour never carries the meaning alone.</summary>
    public string? Color { get; init; }

    /// <summary>Markdown above the frame.</summary>
    public string? Pretext { get; init; }

    public string? Title { get; init; }

    public string? TitleLink { get; init; }

    /// <summary>Markdown inside the frame.</summary>
    public string? Text { get; init; }

    public IReadOnlyList<AttachmentField>? Fields { get; init; }

    public IReadOnlyList<PostAction>? Actions { get; init; }

    public string? ImageUrl { get; init; }

    public string? ThumbUrl { get; init; }

    public string? Footer { get; init; }
}

/// <summary>A small titled cell; two short ones stand side by side.</summary>
public sealed record AttachmentField
{
    public required string Title { get; init; }

    public required string Value { get; init; }

    [JsonPropertyName("short")]
    public bool IsShort { get; init; }
}
