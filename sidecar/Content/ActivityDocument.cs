using System.Collections.Immutable;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Content;

/// <summary>A file in which every declared key and heading has been read, ready for its kind.</summary>
public sealed class ActivityDocument
{
    private readonly IReadOnlyDictionary<KeyDeclaration, object> values;
    private readonly IReadOnlyDictionary<KeyDeclaration, TextSpan> places;
    private readonly ImmutableArray<Section> sections;

    internal ActivityDocument(
        SourceText source, DocumentName name, string kind, SharedSettings settings,
        IReadOnlyDictionary<KeyDeclaration, object> values, IReadOnlyDictionary<KeyDeclaration, TextSpan> places,
        string body, TextSpan bodySpan, ImmutableArray<Section> sections)
    {
        (Source, Name, Kind, Settings, Body, BodySpan) = (source, name, kind, settings, body, bodySpan);
        (this.values, this.places, this.sections) = (values, places, sections);
    }

    public SourceText Source { get; }

    public string Path => Source.Path;

    public string Hash => Source.Hash;

    public DocumentName Name { get; }

    /// <summary>Its own slug; for a translation that of the original.</summary>
    public string Slug => Name.Slug;

    public string Kind { get; }

    public SharedSettings Settings { get; }

    /// <summary>The Markdown outside of sections with meaning, as written.</summary>
    public string Body { get; }

    /// <summary>Where the body begins; for findings about it.</summary>
    public TextSpan BodySpan { get; }

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
            Source, Name with { Slug = original.Slug }, Kind, settings, original.values, places, Body.Length > 0 ? Body : original.Body, BodySpan,
            Translation.Paired(sections, original.sections, this, original, report)) { Original = original };
    }

    /// <summary>The keys that are written in it, each with its place.</summary>
    internal IEnumerable<KeyValuePair<KeyDeclaration, TextSpan>> Places => places;

    public bool Has(KeyDeclaration key) => values.ContainsKey(key);

    /// <summary>The value of a key of this document's declaration, or the fallback where it was left out.</summary>
    public T Get<T>(KeyDeclaration<T> key, T fallback)
        where T : notnull => values.TryGetValue(key, out var value) ? (T)value : fallback;

    public ImmutableArray<T> Get<T>(ListKeyDeclaration<T> key)
        where T : notnull => values.TryGetValue(key, out var value) ? (ImmutableArray<T>)value : [];

    /// <summary>Where a key's value stands; the beginning of the file where it was left out.</summary>
    public TextSpan PlaceOf(KeyDeclaration key) => places.TryGetValue(key, out var span) ? span : default;

    /// <summary>The sections under a heading of this document's declaration, in order.</summary>
    public ImmutableArray<Section<T>> Sections<T>(ArgumentHeading<T> heading)
        where T : notnull =>
        [.. sections.Where(each => each.Heading == heading).Select(each => each.As<T>())];

    public ImmutableArray<Section<string>> Sections(PlainHeading heading) =>
        [.. sections.Where(each => each.Heading == heading).Select(each => each.As<string>() with { Argument = "" })];

    /// <summary>The sections of an open heading, each with the text that stands in the heading itself, or none.</summary>
    public ImmutableArray<Section<string>> Sections(OpenHeading heading) =>
        [.. sections.Where(each => each.Heading == heading).Select(each => each.As<string>())];

    /// <summary>The Markdown of the only section under a heading, or null.</summary>
    public string? Section(PlainHeading heading) => sections.FirstOrDefault(each => each.Heading == heading)?.Markdown;
}
