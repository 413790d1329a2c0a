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
    /// <summary>A word could stand in a title by chance.</summary>
    private const int ShortestTitle = 8;

    private static readonly string[] NamesOfKind = [.. SharedKeys.Kind.Names];

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
        return Read(path, DocumentName.FromPath(path), text, original);
    }

    /// <param name="path">As above.</param>
    /// <param name="name">What it says.</param>
    /// <param name="text">As above.</param>
    /// <param name="original">As above.</param>
    internal ReadResult Read(string path, DocumentName name, string text, ActivityDefinition? original)
    {
        var source = new SourceText(path, text);
        var report = new DiagnosticBag(source);
        var (definition, document) = Read(source, name, original, report);
        document?.Forget();
        definition?.Document.Forget();
        original?.Document.Forget();
        var off = document?.Settings.LintOff ?? ImmutableDictionary<string, string>.Empty;
        var findings = report.ToImmutable().RemoveAll(each => each.Severity != Severity.Error && off.ContainsKey(each.Code));
        return new ReadResult(report.HasErrors ? null : definition, report.HasErrors ? null : document, findings) { Repairs = report.Repairs };
    }

    private (ActivityDefinition? Definition, ActivityDocument? Document) Read(SourceText source, DocumentName name, ActivityDefinition? original, DiagnosticBag report)
    {
        if (FrontMatterReader.Read(source, report) is not { } front || KindOf(front, original?.Kind, report) is not { } kind)
            return default;
        var table = tables[kind.Kind];
        var keys = KeyReader.Read(front, table, name.IsTranslation, report);
        if (keys.Value(SharedKeys.Slug) is { } slug && !name.IsTranslation)
            name = name with { Slug = slug };
        if (name.Slug.Length == 0 && !keys.IsWritten(SharedKeys.Slug))
            report.Error(source.LineSpan(1), Codes.NotASlug, "This file's name has no letter that a slug could be made of.", "Add a line such as `slug: one-good-question`.");
        var document = DocumentOf(source, front.BodyStart, name, table, keys, SettingsReader.Read(keys, name.IsTranslation, report), report);
        if (report.HasErrors && original is null && !name.IsTranslation)
            ReadBelow(kind, document, source.PositionAt(front.BodyStart).Line, report);
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

    /// <summary>
    /// Where only keys are wrong, what is wrong below them need not wait until they are right. What would follow from a key is left out: what is said of the keys, and of times.
    /// </summary>
    private static void ReadBelow(IKindContent kind, ActivityDocument document, int first, DiagnosticBag report)
    {
        if (report.ToImmutable().Any(each => each.Severity == Severity.Error && each.Line >= first))
            return;
        var attempt = new DiagnosticBag(report.Source);
        kind.Read(document, attempt);
        report.Add(attempt, each => each.Line >= first && each.Code is not (Codes.OutsideWindow or Codes.NotInThisMode));
    }

    /// <summary>The Markdown below the front matter, taken apart. It is parsed here, once, and as deeply as it has to be; the kind finds its questions and lessons in the same tree.</summary>
    private static ActivityDocument DocumentOf(SourceText source, int start, DocumentName name, KeyTable table, KeyReader keys, SharedSettings settings, DiagnosticBag report)
    {
        var written = source.Text.AsSpan(start);
        var (hasSigns, hasLinks) = (ShownText.MayHaveSigns(written), BesideLinks.MayBeIn(written));
        var markdown = new MarkdownText(source.Text, start, inlines: hasSigns || hasLinks);
        var parts = MarkdownSplitter.Split(markdown, table.Declaration, report);
        if (table.Declaration.RequiresBody && parts.Body.Length == 0)
            report.Error(parts.BodySpan, Codes.NoBody, "There is no text below the front matter.", "Write below the second `---` what people will read.");
        CheckTitle(source, start, settings.Title, report);
        if (hasSigns)
            ShownText.CheckSigns(markdown, report);
        if (hasLinks)
        {
            BesideLinks.CheckPaths(markdown, report);
            BesideLinks.CheckSpaces(markdown, report);
        }

        if (written.Length > LongText.Most)
            CheckLengths(markdown, parts, report);
        return new ActivityDocument(source, name, table, settings, keys.All, markdown, parts)
        {
            Beside = BesideLinks.In(source.Text.AsSpan(0, start)).AddRange(hasLinks ? BesideLinks.In(markdown) : []),
        };
    }

    /// <summary>A Markdown file usually begins with its title. Here people would read that twice.</summary>
    private static void CheckTitle(SourceText source, int start, string title, DiagnosticBag report)
    {
        var text = source.Text.AsSpan(start);
        var heading = new TextSpan(start + text.Length - text.TrimStart().Length, source.RestOfLine(start + text.Length - text.TrimStart().Length).TrimEnd().Length);
        var line = source.Text.AsSpan(heading.Start, heading.Length);
        if (title.Length == 0 || line is not (['#', ' ' or '#', ..] or ['*', '*', .., '*', '*']))
            return;
        var said = HeadingText.Of(line).Trim('*');
        if (!Names.Same(said, title))
        {
            // At the very top, of level 1, and more or less than the title: hardly anything else.
            if (line is ['#', ' ', ..] && Math.Min(said.Length, title.Length) >= ShortestTitle && (Has(title, said) || Has(said, title)))
                report.Warning(heading, Codes.TitleAgain, $"The title stands above the text already: people would read `{Written.Short(title)}`, and then this.", "Take this line away, or change `title`.");
            return;
        }
        report.Warning(heading, Codes.TitleAgain, "This is the title, which stands above the text already: people would read it twice.", "Take this line away.");
        report.CanBe(heading with { Length = source.Text.AsSpan(heading.End).IndexOfAnyExcept('\n') is var gap and >= 0 ? heading.Length + gap : heading.Length }, "");

        static bool Has(string whole, string part) => Names.Fold(whole).Contains(Names.Fold(part), StringComparison.Ordinal);
    }

    /// <summary>Each is sent as one message, where all goes well.</summary>
    private static void CheckLengths(MarkdownText markdown, MarkdownParts parts, DiagnosticBag report)
    {
        ShownText.CheckLength(parts.BodyText, parts.BodySpan, report);
        foreach (var section in parts.Sections)
            ShownText.CheckLength(markdown.Text[section.Start..section.End], new TextSpan(section.Start, 1), report);
    }

    private IKindContent? KindOf(FrontMatterBlock front, string? kindOfOriginal, DiagnosticBag report)
    {
        var entry = front.Entries.FirstOrDefault(IsKind);
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
        if ((Kinds.GetValueOrDefault(written) ?? Kinds.Values.FirstOrDefault(each => Names.Same(each.Kind, written))) is { } kind)
            return kind;
        report.Error(
            entry.ValueSpan, Codes.UnknownKind, $"There is no kind `{Written.Short(written)}`.",
            (Closest.Find(written, Kinds.Keys) ?? KindNearly(written)) is { } meant ? $"Did you mean `{meant}`?" : $"Kinds are: {string.Join(", ", Kinds.Keys)}.");
        // What can only be one kind is read as that, so that its other findings need not wait for this one.
        if (Closest.Only(written, Kinds.Keys) is not { } only)
            return null;
        if (entry.ValueSpan.Length == written.Length)
            report.CanBe(entry.ValueSpan, only);
        return Kinds[only];
    }

    private static bool IsKind(FrontMatterEntry entry)
    {
        foreach (var name in NamesOfKind)
        {
            if (Names.Same(entry.Key, name))
                return true;
        }

        return false;
    }

    /// <summary>"quizzes" or "prompts": the name of its folder, or how it begins.</summary>
    private string? KindNearly(string written) => Kinds.Values.FirstOrDefault(kind => Names.Same(kind.Declaration.Folder, written)
        || (Names.Fold(written).TrimEnd('s') is { Length: > 3 } beginning && Names.Fold(kind.Kind).StartsWith(beginning, StringComparison.Ordinal)))?.Kind;

    /// <summary>The innermost folder that is named for a kind.</summary>
    private IKindContent? KindOfFolder(string path) => path.Split('/')[..^1].Reverse().Select(KindNamed).FirstOrDefault(kind => kind is not null);

    private IKindContent? KindNamed(string folder) => Kinds.Values.FirstOrDefault(kind => Names.Same(folder, kind.Declaration.Folder) || Names.Same(folder, kind.Kind));

    /// <summary>The files in a folder of this name are of one kind, and need not say of which.</summary>
    public bool IsNamedForAKind(string folder) => KindNamed(folder) is not null;
}
