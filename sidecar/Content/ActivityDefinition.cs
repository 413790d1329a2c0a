using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Content;

/// <summary>
/// One parsed, valid Markdown file. Each kind derives its own record with what is special to it. It is a pure function of
/// <see cref="Path"/> and <see cref="SourceText"/>: storing these two is storing the definition.
/// </summary>
public abstract record ActivityDefinition
{
    protected ActivityDefinition(ActivityDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        Slug = document.Slug;
        Path = document.Path;
        Hash = document.Hash;
        SourceText = document.Source.Text;
        Settings = document.Settings;
        Body = document.Body;
    }

    public abstract string Kind { get; }

    /// <summary>Unique in a library.</summary>
    public string Slug { get; }

    /// <summary>Relative to the content folder, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of <see cref="SourceText"/>, lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>The whole file, front matter included, with LF line ends and no byte-order mark.</summary>
    public string SourceText { get; }

    public SharedSettings Settings { get; }

    /// <summary>The Markdown as the author wrote it, outside of the sections with meaning.</summary>
    public string Body { get; }

    public string Title => Settings.Title;

    public string Summary => Settings.Summary;

    public ImmutableArray<string> Topics => Settings.Topics;

    public ImmutableArray<ChannelReference> Channels => Settings.Channels;

    public string? Team => Settings.Team;

    public Schedule? Schedule => Settings.Schedule;

    public TimeZoneInfo Zone => Settings.Zone;

    public Window Window => Settings.Window;

    public ReminderTime Reminder => Settings.Reminder;

    public string? Host => Settings.Host;

    /// <summary>How many rounds a run has; null where <see cref="Until"/> alone ends it.</summary>
    public virtual int? Rounds => Settings.Rounds;

    public DateOnly? Until => Settings.Until;

    /// <summary>The slugs of what somebody has to have done before they begin.</summary>
    public virtual ImmutableArray<string> Requires => [];

    /// <summary>Where they are written, for findings.</summary>
    public virtual TextSpan RequiresPlace => default;

    /// <summary>What it asks that has a right answer, in the order in which it is written.</summary>
    public ImmutableArray<Question> Questions { get; init; } = [];

    /// <summary>Whether everybody gets options in an order of their own.</summary>
    public bool IsShuffled { get; init; } = true;

    /// <summary>A question by its id.</summary>
    public Question? Find(string questionId) => Questions.FirstOrDefault(question => question.Id == questionId);

    /// <summary>The channels, by name, in which people do something besides the one that it runs in.</summary>
    public virtual ImmutableArray<string> Places => [];

    /// <summary>Whoever is in a standing round goes by the text that it opened with, whenever they came; else each by the text that they began with.</summary>
    public virtual bool GoesTogether => false;

    /// <summary>The day from which on people go through a standing round; where they go together, it may be announced before.</summary>
    public virtual DateOnly BeginsOn(DateOnly announcedOn) => announcedOn;

    public WhenMissed WhenMissed => Settings.WhenMissed;

    public StartMode Start => Settings.Start;

    /// <summary>The scope of this definition's dates; a run adds <see cref="ScheduleScope.Anchor"/> when <c>from:</c> is not written.</summary>
    public ScheduleScope Scope => new(Zone) { From = Settings.From, Until = Settings.Until, NotOn = Settings.NotOn };
}
