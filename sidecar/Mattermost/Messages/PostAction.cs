using System.Text.Json.Serialization;

namespace MattermostLearning.Mattermost.Messages;

/// <summary>A button or a menu of a post. Its id takes letters and digits only: a click on any other is a silent 404.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Button), "button")]
[JsonDerivedType(typeof(Menu), "select")]
public abstract record PostAction
{
    public required string Id { get; init; }

    /// <summary>The words on the button, or the menu's placeholder.</summary>
    [JsonPropertyName("name")]
    public required string Label { get; init; }

    public bool Disabled { get; init; }

    /// <summary>Where the click goes. It is left out only where a post was read back.</summary>
    public Integration? Integration { get; init; }
}

public sealed record Button : PostAction
{
    /// <summary>One of <see cref="ButtonStyle"/>, or a colour as #rrggbb. Null is the default look.</summary>
    public string? Style { get; init; }
}

/// <summary>A drop-down: of own options, or of the people or channels that the person can see.</summary>
public sealed record Menu : PostAction
{
    public IReadOnlyList<MenuOption>? Options { get; init; }

    /// <summary><see cref="MenuSource.Users"/> or <see cref="MenuSource.Channels"/>; null when there are own options.</summary>
    public string? DataSource { get; init; }

    /// <summary>The value that is selected at first.</summary>
    public string? DefaultOption { get; init; }
}

public sealed record MenuOption
{
    public required string Text { get; init; }

    public required string Value { get; init; }
}

/// <summary>
/// The address a click is posted to, and what comes back with it. Nobody signs the callback, so the context carries a sealed reference.
/// </summary>
public sealed record Integration
{
    public required string Url { get; init; }

    public IReadOnlyDictionary<string, string> Context { get; init => field = value ?? NoContext; } = NoContext;

    private static readonly IReadOnlyDictionary<string, string> NoContext = new Dictionary<string, string>();
}

public static class ButtonStyle
{
    public const string Default = "default";
    public const string Primary = "primary";
    public const string Success = "success";
    public const string Good = "good";
    public const string Warning = "warning";
    public const string Danger = "danger";

    public static IReadOnlyList<string> Names { get; } = [Default, Primary, Success, Good, Warning, Danger];
}

public static class MenuSource
{
    public const string Users = "users";
    public const string Channels = "channels";
}
