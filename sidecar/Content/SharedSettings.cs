using System.Collections.Immutable;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Content;

/// <summary>What happens to a round whose moment passed while the sidecar was down.</summary>
public enum WhenMissed
{
    SendLate,
    Skip,
}

public enum StartMode
{
    /// <summary>A facilitator starts it.</summary>
    WhenAsked,

    /// <summary>It runs because the file is there.</summary>
    WhenLoaded,
}

/// <summary>Whether a post shows who joined.</summary>
public enum ShowNames
{
    Yes,

    /// <summary>Only how many.</summary>
    Count,
}

/// <summary>What front matter says in the keys that all kinds share. Defaults are filled in.</summary>
public sealed record SharedSettings
{
    public required string Title { get; init; }

    /// <summary>One sentence; empty where the author wrote none.</summary>
    public string Summary { get; init; } = "";

    public ImmutableArray<string> Topics { get; init; } = [];

    /// <summary>The slug that this activity had before; its runs carry over.</summary>
    public string? Was { get; init; }

    /// <summary>Empty: whoever starts it says where.</summary>
    public ImmutableArray<ChannelReference> Channels { get; init; } = [];

    /// <summary>The team's name; null: every team that the bot is in and that has the channel.</summary>
    public string? Team { get; init; }

    public Schedule? Schedule { get; init; }

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The first date, in <see cref="Zone"/>, that may have a round.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last date, in <see cref="Zone"/>, that may have a round.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>How many rounds a run has; null where <see cref="Until"/> alone ends it.</summary>
    public int? Rounds { get; init; }

    public ImmutableSortedSet<DateOnly> NotOn { get; init; } = [];

    public required Window Window { get; init; }

    public required ReminderTime Reminder { get; init; }

    /// <summary>A username without <c>@</c>; null: whoever starts the run.</summary>
    public string? Host { get; init; }

    public WhenMissed WhenMissed { get; init; } = WhenMissed.SendLate;

    public StartMode Start { get; init; } = StartMode.WhenAsked;

    /// <summary>Two letters, such as "de"; null: the sidecar's own default.</summary>
    public string? Language { get; init; }

    public bool Draft { get; init; }

    public ShowNames ShowNames { get; init; } = ShowNames.Yes;

    /// <summary>What a round asks of one person, as far as the author says; null: nobody has said.</summary>
    public WrittenDuration? Takes { get; init; }

    /// <summary>Codes of warnings and advice that this file does not follow, with the reason.</summary>
    public ImmutableDictionary<string, string> LintOff { get; init; } = ImmutableDictionary<string, string>.Empty;
}
