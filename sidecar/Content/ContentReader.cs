using System.Collections.Frozen;
using System.Collections.Immutable;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.FrontMatter;
using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Content;

/// <summary>What came of reading one file.</summary>
/// <param name="Definition">Null where there is an error, and for a translation of which the original is not known.</param>
/// <param name="Document">Null where there is an error.</param>
/// <param name="Diagnostics">Errors and warnings, in the order of the file.</param>
public sealed record ReadResult(ActivityDefinition? Definition, ActivityDocument? Document, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>What `lint --fix` writes.</summary>
    public ImmutableArray<Repair> Repairs { get; init; } = [];

    /// <summary>The same with findings that only the files beside it could show.</summary>
    internal ReadResult With(ImmutableArray<Diagnostic> more) =>
        more.Length == 0 ? this : this with { Diagnostics = [.. Diagnostics.Concat(more).OrderBy(each => each.Line).ThenBy(each => each.Column)] };

    public bool HasErrors => Diagnostics.Any(each => each.Severity == Severity.Error);
}

/// <summary>Reads one file. A pure function of path, text and the kinds it was made with; safe to share between threads.</summary>
public sealed class ContentReader
{
    private readonly FrozenDictionary<string, KeyTable> tables;

    /// <exception cref="ArgumentException">Two kinds, or two keys of one kind, share a name.</exception>
    public ContentReader(IEnumerable<IKindContent> kinds)
    {
        Kinds = kinds.ToImmutableSortedDictionary(each => each.Kind, each => each, StringComparer.Ordinal);
        tables = Kinds.Values.ToFrozenDictionary(each => each.Kind, each => new KeyTable(each.Declaration), StringComparer.Ordinal);
    }

    /// <summary>The kinds it knows, by their word.</summary>
    public ImmutableSortedDictionary<string, IKindContent> Kinds { get; }

    /// <param name="path">Relative to the content folder, with forward slashes; it decides the slug where no key does.</param>
    /// <param name="text">The whole file.</param>
    /// <param name="original">For a translation: what it translates.</param>
    public ReadResult Read(string path, string text, ActivityDefinition? original = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(text);
        var source = new SourceText(path, text);
        var report = new DiagnosticBag(source);
        var (definition, document) = Read(source, original, report);
        var off = document?.Settings.LintOff ?? ImmutableDictionary<string, string>.Empty;
        ImmutableArray<Diagnostic> findings = [.. report.ToImmutable().Where(each => each.Severity == Severity.Error || !off.ContainsKey(each.Code))];
        return new ReadResult(report.HasErrors ? null : definition, report.HasErrors ? null : document, findings) { Repairs = report.Repairs };
    }

    private (ActivityDefinition? Definition, ActivityDocument? Document) Read(SourceText source, ActivityDefinition? original, DiagnosticBag report)
    {
        if (FrontMatterReader.Read(source, report) is not { } front || KindOf(front, original?.Kind, report) is not { } kind)
            return default;
        var name = DocumentName.FromPath(source.Path);
        var keys = KeyReader.Read(front, tables[kind.Kind], name.IsTranslation, report);
        if (keys.Value(SharedKeys.Slug) is { } slug && !name.IsTranslation)
            name = name with { Slug = slug };
        if (name.Slug.Length == 0 && !keys.IsWritten(SharedKeys.Slug))
            report.Error(source.LineSpan(1), Codes.NotASlug, "This file's name has no letter that a slug could be made of.", "Add a line such as `slug: one-good-question`.");
        var settings = SettingsReader.Read(keys, name.IsTranslation, report);
        var parts = MarkdownSplitter.Split(source, front.BodyStart, kind.Declaration, report);
        if (kind.Declaration.RequiresBody && parts.Body.Length == 0)
            report.Error(parts.BodySpan, Codes.NoBody, "There is no text below the front matter.", "Write below the second `---` what people will read.");
        ShownText.Check(source, front.BodyStart, [(parts.Body, parts.BodySpan), .. parts.Sections.Select(each => (each.Markdown, new TextSpan(each.Start, 1)))], report);
        var document = new ActivityDocument(source, name, kind.Kind, settings, keys.Values, keys.Places, parts.Body, parts.BodySpan, parts.Sections);
        // A kind judges what could be read; half a file would only give it the same mistakes again.
        if (report.HasErrors || (name.IsTranslation && original is null))
            return (null, document);
        if (original is null)
            return (kind.Read(document, report), document);
        if (!Translation.IsOfKind(document, original.Kind, report))
            return (null, document);
        var translation = document.TranslationOf(original.Document, report);
        return (report.HasErrors ? null : kind.Read(translation, report), document);
    }

    private IKindContent? KindOf(FrontMatterBlock front, string? kindOfOriginal, DiagnosticBag report)
    {
        var entry = front.Entries.FirstOrDefault(each => SharedKeys.Kind.Names.Any(name => Names.Same(each.Key, name)));
        if (entry is null)
        {
            if (kindOfOriginal is not null)
                return Kinds.GetValueOrDefault(kindOfOriginal);
            if (KindOfFolder(report.Source.Path) is { } usual)
                return usual;
            if (front.Complete)
                report.Error(report.Source.LineSpan(1), Codes.MissingKey, "The file does not say what kind of activity it is.", $"Add a line `kind: {Kinds.Keys.FirstOrDefault() ?? SharedKeys.Kind.Example}`. Kinds are: {string.Join(", ", Kinds.Keys)}.");
            return null;
        }
        var written = entry.Values[0].Text.Trim();
        if (entry.Unreadable)
            return null;
        if (Kinds.Values.FirstOrDefault(each => Names.Same(each.Kind, written)) is { } kind)
            return kind;
        report.Error(
            entry.ValueSpan, Codes.UnknownKind, $"There is no kind `{Written.Short(written)}`.",
            Closest.Find(written, Kinds.Keys) is { } meant ? $"Did you mean `{meant}`?" : $"Kinds are: {string.Join(", ", Kinds.Keys)}.");
        // What can only be one kind is read as that, so that its other findings need not wait for this one.
        if (Closest.Only(written, Kinds.Keys) is not { } only)
            return null;
        if (entry.ValueSpan.Length == written.Length)
            report.CanBe(entry.ValueSpan, only);
        return Kinds[only];
    }

    /// <summary>The innermost folder that is named for a kind.</summary>
    private IKindContent? KindOfFolder(string path) => path.Split('/')[..^1].Reverse()
        .Select(folder => Kinds.Values.FirstOrDefault(kind => Names.Same(folder, kind.Declaration.Folder) || Names.Same(folder, kind.Kind)))
        .FirstOrDefault(kind => kind is not null);
}
