using System.Collections.Immutable;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Content;

/// <summary>A file in which every declared key and heading has been read, ready for its kind.</summary>
public sealed class ActivityDocument
{
    /// <summary>Of a translation those of its original.</summary>
    private readonly ImmutableArray<WrittenKey> keys;
    private readonly MarkdownParts parts;

    internal ActivityDocument(
        SourceText source, DocumentName name, string kind, SharedSettings settings, ImmutableArray<WrittenKey> keys, MarkdownText markdown, MarkdownParts parts)
    {
        (Source, Name, Kind, Settings, Markdown) = (source, name, kind, settings, markdown);
        (this.keys, Written, this.parts) = (keys, keys, parts);
    }

    public SourceText Source { get; }

    public string Path => Source.Path;

    public string Hash => Source.Hash;

    public DocumentName Name { get; }

    /// <summary>Its own slug; for a translation that of the original.</summary>
    public string Slug => Name.Slug;

    public string Kind { get; }

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
    internal MarkdownText Markdown { get; }

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
            Source, Name with { Slug = original.Slug }, Kind, settings, original.keys, Markdown,
            parts with
            {
                Body = Texts.Length > 0 ? Texts : original.Texts,
                Sections = Translation.Paired(parts.Sections, original.parts.Sections, this, original, report),
            }) { Original = original, Written = Written, Beside = Beside };
    }

    /// <summary>The keys that are written in it, each with its place.</summary>
    internal ImmutableArray<WrittenKey> Written { get; private init; }

    public bool Has(KeyDeclaration key) => ValueOf(key) is not null;

    /// <summary>The value of a key of this document's declaration, or the fallback where it was left out.</summary>
    public T Get<T>(KeyDeclaration<T> key, T fallback)
        where T : notnull => ValueOf(key) is { } value ? (T)value : fallback;

    public ImmutableArray<T> Get<T>(ListKeyDeclaration<T> key)
        where T : notnull => ValueOf(key) is { } value ? (ImmutableArray<T>)value : [];

    /// <summary>Where a key's value stands; the beginning of the file where it was left out.</summary>
    public TextSpan PlaceOf(KeyDeclaration key) => WrittenKey.Find(Written, key)?.Place ?? default;

    private object? ValueOf(KeyDeclaration key) => WrittenKey.Find(keys, key)?.Value;

    /// <summary>The sections under a heading of this document's declaration, in order.</summary>
    public ImmutableArray<Section<T>> Sections<T>(ArgumentHeading<T> heading)
        where T : notnull =>
        [.. parts.Sections.Where(each => each.Heading == heading).Select(each => each.As<T>())];

    public ImmutableArray<Section<string>> Sections(PlainHeading heading) =>
        [.. parts.Sections.Where(each => each.Heading == heading).Select(each => each.As<string>() with { Argument = "" })];

    /// <summary>The sections of an open heading, each with the text that stands in the heading itself, or none.</summary>
    public ImmutableArray<Section<string>> Sections(OpenHeading heading) =>
        [.. parts.Sections.Where(each => each.Heading == heading).Select(each => each.As<string>())];

    /// <summary>The Markdown of the only section under a heading, or null.</summary>
    public string? Section(PlainHeading heading) => parts.Sections.FirstOrDefault(each => each.Heading == heading)?.Text.Markdown;
}
