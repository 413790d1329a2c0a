using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Content;

/// <summary>
/// One parsed, valid Markdown file, with its translations. Each kind derives its own record with what is special to it. It is a pure function of
/// the files' paths and texts: storing these is storing the definition.
/// </summary>
public abstract record ActivityDefinition
{
    protected ActivityDefinition(ActivityDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        Document = document;
        Slug = document.Slug;
        Path = document.Path;
        SourceText = document.Source.Text;
        Settings = document.Settings;
    }

    public abstract string Kind { get; }

    /// <summary>What it was made of; of a translation what it is in its own language.</summary>
    public ActivityDocument Document { get; }

    /// <summary>Unique in a library.</summary>
    public string Slug { get; }

    /// <summary>Relative to the content folder, with forward slashes.</summary>
    public string Path { get; private init; }

    /// <summary>SHA-256 of <see cref="SourceText"/> and of what it says in other languages, lower-case hexadecimal.</summary>
    public string Hash => HashOfAll ?? Document.Hash;

    /// <summary>Where there is more than one text, or it is known by another hash.</summary>
    private string? HashOfAll { get; init; }

    /// <summary>The whole file, front matter included, with LF line ends and no byte-order mark.</summary>
    public string SourceText { get; private init; }

    public SharedSettings Settings { get; }

    /// <summary>The Markdown as the author wrote it, outside of the sections with meaning.</summary>
    public string Body => Document.Body;

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
    public virtual ImmutableArray<Question> Questions => [];

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

    private TextsOfOne? Texts { get; init; }

    /// <summary>What it says in other languages, in the order of these. Each has the same slug, hash, dates and ids: only its words are others.</summary>
    public IEnumerable<ActivityDefinition> Translations => Texts?.Translations ?? [];

    /// <summary>Every text that people may read of it, in whatever language, as its author wrote it.</summary>
    public IEnumerable<string> SourceTexts => Translations.Select(each => each.Document.Source.Text).Prepend(SourceText);

    /// <summary>What it is called, in whatever language.</summary>
    public IEnumerable<string> Titles => Texts is null ? [Title] : Texts.Translations.Select(each => each.Title).Prepend(Texts.Original.Title);

    /// <summary>The same in a language, or as it is written where nobody has translated it into that.</summary>
    /// <param name="locale">Such as `de` or `de-AT`; null for as it is written.</param>
    public ActivityDefinition In(string? locale) => Texts is null ? this : Texts.In(locale?.Split('-', '_')[0].ToLowerInvariant());

    /// <summary>The same with what it says in other languages.</summary>
    /// <param name="translations">One a language, each read as a translation of this.</param>
    /// <param name="hash">What it is known by, where that is known; else it is made of all texts.</param>
    public ActivityDefinition With(IEnumerable<ActivityDefinition> translations, string? hash = null)
    {
        ActivityDefinition[] others = [.. translations.OrderBy(each => each.Document.Name.Language, StringComparer.Ordinal)];
        return others.Length == 0 ? this with { HashOfAll = hash ?? HashOfAll } : new TextsOfOne(this, others, hash).Original;
    }

    /// <summary>
    /// What the text says below its keys, made of it once more: it was made when the file was read, and found right. Most of a library rests, and takes half the room without; whoever derives keeps what
    /// was asked for.
    /// </summary>
    protected T Again<T>(Func<ActivityDocument, DiagnosticBag, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var made = read(Document, new DiagnosticBag(Document.Source));
        Document.Forget();
        return made;
    }

    /// <summary>The scope of this definition's dates; a run adds <see cref="ScheduleScope.Anchor"/> when <c>from:</c> is not written.</summary>
    public ScheduleScope Scope => new(Zone) { From = Settings.From, Until = Settings.Until, NotOn = Settings.NotOn };

    /// <summary>One activity in all its languages.</summary>
    private sealed class TextsOfOne
    {
        public TextsOfOne(ActivityDefinition original, ActivityDefinition[] translations, string? hash)
        {
            var all = string.Concat(translations.Select(each => $"\0{each.Document.Name.Language}\0{each.Document.Source.Text}").Prepend(original.SourceText));
            hash ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
            Original = original with { HashOfAll = hash, Texts = this };
            Translations = [.. translations.Select(each => each with { HashOfAll = hash, Path = original.Path, SourceText = original.SourceText, Texts = this })];
        }

        public ActivityDefinition Original { get; }

        public ImmutableArray<ActivityDefinition> Translations { get; }

        public ActivityDefinition In(string? language) => Translations.FirstOrDefault(each => each.Document.Name.Language == language) ?? Original;
    }
}
