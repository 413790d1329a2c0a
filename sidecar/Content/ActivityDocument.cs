using System.Collections.Immutable;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.FrontMatter;
using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Content;

/// <summary>A file in which every declared key and heading has been read, ready for its kind.</summary>
public sealed class ActivityDocument
{
    private readonly KeyTable table;
    private readonly MarkdownParts parts;

    /// <summary>Default where they have been forgotten.</summary>
    private ImmutableArray<WrittenKey> written;

    internal ActivityDocument(
        SourceText source, DocumentName name, KeyTable table, SharedSettings settings, ImmutableArray<WrittenKey> written, MarkdownText markdown, MarkdownParts parts)
    {
        (Source, Name, Settings, Markdown) = (source, name, settings, markdown);
        (this.table, this.written, this.parts) = (table, written, parts);
    }

    public SourceText Source { get; }

    public string Path => Source.Path;

    public string Hash => Source.Hash;

    public DocumentName Name { get; }

    /// <summary>Its own slug; for a translation that of the original.</summary>
    public string Slug => Name.Slug;

    public string Kind => table.Declaration.Kind;

    public SharedSettings Settings { get; }

    /// <summary>What stands outside of sections with meaning, in order.</summary>
    public ImmutableArray<Passage> Texts => parts.Body;

    /// <summary>The same as one text, as written.</summary>
    public string Body => parts.BodyText;

    /// <summary>What it names of the files beside it.</summary>
    public ImmutableArray<BesideLink> Beside { get; init; } = [];

    /// <summary>Where the body begins; for findings about it.</summary>
    public TextSpan BodySpan => parts.BodySpan;

    /// <summary>All of it below the front matter.</summary>
    private MarkdownText Markdown { get; }

    /// <summary>What this translates; null for what is no translation, or has not been laid beside its original.</summary>
    public ActivityDocument? Original { get; private init; }

    /// <summary>The words of this and everything else of its original: slug, keys and dates. Where the two are built differently, that is reported.</summary>
    internal ActivityDocument TranslationOf(ActivityDocument original, DiagnosticBag report)
    {
        Translation.CheckKeys(this, original, report);
        var settings = original.Settings with
        {
            Title = Settings.Title.Length > 0 ? Settings.Title : original.Settings.Title,
            Summary = Settings.Summary.Length > 0 ? Settings.Summary : original.Settings.Summary,
            Topics = Settings.Topics.Length > 0 ? Settings.Topics : original.Settings.Topics,
            Draft = Settings.Draft,
            LintOff = Settings.LintOff,
        };
        return new ActivityDocument(
            Source, Name with { Slug = original.Slug }, table, settings, Written, Markdown,
            parts with
            {
                Body = Texts.Length > 0 ? Texts : original.Texts,
                Originals = Translation.Paired(parts.Sections, original.parts.Sections, this, original, report),
            }) { Original = original, Beside = Beside };
    }

    /// <summary>The keys that are written in it, each with its place.</summary>
    internal ImmutableArray<WrittenKey> Written
    {
        get
        {
            // Somebody else may forget them meanwhile.
            var known = written;
            return known.IsDefault ? written = ReadAgain() : known;
        }
    }

    /// <summary>
    /// The tree of its text, and its keys: several times as large as the text, and needed while it is read. Whoever asks later gets others; its settings are there all the same.
    /// </summary>
    internal void Forget()
    {
        Markdown.Forget();
        written = default;
        Original?.Forget();
    }

    public bool Has(KeyDeclaration key) => ValueOf(key) is not null;

    /// <summary>The value of a key of this document's declaration, or the fallback where it was left out.</summary>
    public T Get<T>(KeyDeclaration<T> key, T fallback)
        where T : notnull => ValueOf(key) is { } value ? (T)value : fallback;

    public ImmutableArray<T> Get<T>(ListKeyDeclaration<T> key)
        where T : notnull => ValueOf(key) is { } value ? (ImmutableArray<T>)value : [];

    /// <summary>Where a key's value stands; the beginning of the file where it was left out.</summary>
    public TextSpan PlaceOf(KeyDeclaration key) => WrittenKey.Find(Written.AsSpan(), key)?.Place ?? default;

    /// <summary>Keys say of a translation what they say in its original.</summary>
    private object? ValueOf(KeyDeclaration key) => WrittenKey.Find((Original ?? this).Written.AsSpan(), key)?.Value;

    private ImmutableArray<WrittenKey> ReadAgain()
    {
        var report = new DiagnosticBag(Source);
        return KeyReader.Read(FrontMatterReader.Read(Source, report)!, table, Name.IsTranslation, report).All;
    }

    /// <summary>The sections under a heading of this document's declaration, in order.</summary>
    public ImmutableArray<Section<T>> Sections<T>(ArgumentHeading<T> heading)
        where T : notnull => SectionsOf<T>(heading);

    public ImmutableArray<Section<string>> Sections(PlainHeading heading) => SectionsOf<string>(heading);

    /// <summary>The sections of an open heading, each with the text that stands in the heading itself, or none.</summary>
    public ImmutableArray<Section<string>> Sections(OpenHeading heading) => SectionsOf<string>(heading);

    /// <summary>The Markdown of the only section under a heading, or null.</summary>
    public string? Section(PlainHeading heading)
    {
        foreach (var section in parts.Sections)
        {
            if (section.Heading == heading)
                return Markdown.Text[section.Start..section.End];
        }

        return null;
    }

    private ImmutableArray<Section<T>> SectionsOf<T>(HeadingDeclaration heading)
    {
        var sections = ImmutableArray.CreateBuilder<Section<T>>();
        for (var at = 0; at < parts.Sections.Length; at++)
        {
            if (parts.Sections[at].Heading == heading)
                sections.Add(parts.Sections[at].In<T>(Markdown) with { Original = parts.Originals.IsEmpty ? null : parts.Originals[at].In<T>(Original!.Markdown) });
        }

        return sections.ToImmutable();
    }
}
