using System.Text.Json.Serialization;

namespace MattermostLearning.Mattermost.Messages;

/// <summary>
/// A small form. The submission's callback id, state and values can be forged by any signed-in person; only the user id is the server's word.
/// </summary>
public sealed record Dialog
{
    public string? CallbackId { get; init; }

    public required string Title { get; init; }

    /// <summary>Markdown above the elements.</summary>
    public string? IntroductionText { get; init; }

    public IReadOnlyList<DialogElement> Elements { get; init => field = value ?? []; } = [];

    public string? SubmitLabel { get; init; }

    /// <summary>Whether closing the dialog is told too.</summary>
    public bool NotifyOnCancel { get; init; }

    /// <summary>Comes back with the submission: a sealed reference.</summary>
    public string? State { get; init; }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextElement), "text")]
[JsonDerivedType(typeof(TextAreaElement), "textarea")]
[JsonDerivedType(typeof(SelectElement), "select")]
[JsonDerivedType(typeof(BoolElement), "bool")]
[JsonDerivedType(typeof(RadioElement), "radio")]
[JsonDerivedType(typeof(DateElement), "date")]
[JsonDerivedType(typeof(DateTimeElement), "datetime")]
public abstract record DialogElement
{
    /// <summary>The key in the submission.</summary>
    public required string Name { get; init; }

    /// <summary>The label.</summary>
    public required string DisplayName { get; init; }

    public string? HelpText { get; init; }

    public string? Placeholder { get; init; }

    /// <summary>The value that is there at first; for a checkbox "true" or "false".</summary>
    public string? Default { get; init; }

    public bool Optional { get; init; }
}

/// <summary>One line of text.</summary>
public sealed record TextElement : DialogElement
{
    /// <summary>text (when null), email, number, password, tel or url.</summary>
    public string? Subtype { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }
}

/// <summary>Several lines of text.</summary>
public sealed record TextAreaElement : DialogElement
{
    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }
}

public sealed record SelectElement : DialogElement
{
    public IReadOnlyList<MenuOption>? Options { get; init; }

    /// <summary><see cref="MenuSource.Users"/> or <see cref="MenuSource.Channels"/>; null when there are own options.</summary>
    public string? DataSource { get; init; }

    /// <summary>Several values at once: servers from 11.0.</summary>
    [JsonPropertyName("multiselect")]
    public bool Multiple { get; init; }
}

public sealed record BoolElement : DialogElement;

public sealed record RadioElement : DialogElement
{
    public IReadOnlyList<MenuOption> Options { get; init => field = value ?? []; } = [];
}

/// <summary>A date: servers from 11.1.</summary>
public sealed record DateElement : DialogElement;

/// <summary>A date and a time: servers from 11.1.</summary>
public sealed record DateTimeElement : DialogElement;
