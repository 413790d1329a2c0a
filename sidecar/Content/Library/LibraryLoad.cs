using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Library;

/// <summary>One loading of a library: originals first, then translations, which need to know their original's kind.</summary>
internal sealed class LibraryLoad(ContentReader reader)
{
    private readonly Dictionary<string, ActivityDefinition> definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Folder, string Name), ActivityDefinition> originals = [];
    private readonly Dictionary<(string Slug, string Language), ActivityDocument> translations = [];
    private readonly List<(string Slug, ActivityDefinition Translation)> translated = [];
    private readonly List<ActivityDefinition> draftTranslations = [];
    private readonly List<Diagnostic> diagnostics = [];

    /// <summary>Slugs of originals that have errors: their translations are not said to be orphans.</summary>
    private readonly HashSet<string> broken = new(StringComparer.Ordinal);

    /// <param name="files">By path, in ordinal order.</param>
    /// <param name="problems">Of the folder itself.</param>
    /// <param name="reader">Knows the kinds.</param>
    public static ContentLibrary Run(IReadOnlyCollection<KnownFile> files, IEnumerable<Diagnostic> problems, ContentReader reader)
    {
        var load = new LibraryLoad(reader);
        load.diagnostics.AddRange(problems);
        load.AddAll(files);
        return new ContentLibrary(load.definitions.Values, load.translations.Values, load.draftTranslations, load.diagnostics);
    }

    /// <summary>A library with files of which each has to leave room: what is there already keeps its slug.</summary>
    /// <param name="library">As it is.</param>
    /// <param name="files">Originals and translations, by path, in ordinal order.</param>
    /// <param name="reader">Knows the kinds.</param>
    public static ContentLibrary Add(ContentLibrary library, IReadOnlyCollection<KnownFile> files, ContentReader reader)
    {
        var load = new LibraryLoad(reader);
        load.diagnostics.AddRange(library.Diagnostics);
        foreach (var definition in library.Definitions.Values.Concat(library.Drafts.Values))
            load.definitions.Add(definition.Slug, definition);
        foreach (var (of, translation) in library.Translations)
            load.translations.Add(of, translation);
        load.draftTranslations.AddRange(library.DraftTranslations);
        load.AddAll(files);
        return new ContentLibrary(load.definitions.Values, load.translations.Values, load.draftTranslations, load.diagnostics);
    }

    private void AddAll(IReadOnlyCollection<KnownFile> files)
    {
        foreach (var file in files.Where(each => !each.Name.IsTranslation))
            AddOriginal(file);
        foreach (var file in files.Where(each => !each.Name.IsTranslation))
            FallBack(file);
        if (broken.Count > 0)
            AskAboutNames(files);
        foreach (var file in files.Where(each => each.Name.IsTranslation))
            AddTranslation(file);
        foreach (var of in translated.GroupBy(each => each.Slug, each => each.Translation))
            definitions[of.Key] = definitions[of.Key].With(of);
    }

    private void AddOriginal(KnownFile file)
    {
        var result = file.Read(reader, original: null);
        diagnostics.AddRange(result.Diagnostics);
        if (result.Definition is not { } definition)
            broken.Add(file.Name.Slug);
        else if (definitions.TryAdd(definition.Slug, definition))
            Take(file, definition);
        else
            diagnostics.Add(ClashWith(definitions[definition.Slug].Path, file.Path, definition.Slug));
    }

    /// <summary>"ask_de.md" beside "ask.md" is read as an activity of its own, and lacks what only a translation may.</summary>
    private void AskAboutNames(IReadOnlyCollection<KnownFile> files)
    {
        foreach (var file in files.Where(each => !each.Name.IsTranslation && broken.Contains(each.Name.Slug)))
        {
            if (file.Name.Slug is not [.. { Length: > 0 } slug, '-', _, _] || !DocumentName.IsLanguage(file.Name.Slug[^2..]))
                continue;
            if (files.FirstOrDefault(each => !each.Name.IsTranslation && KeyOf(each) == (FolderOf(file.Path), slug)) is not { } original)
                continue;
            var name = original.Path[FolderOf(original.Path).Length..];
            var problem = ContentFile.Problem(file.Path, Codes.NoOriginal, "By its name this is an activity of its own.", $"If it is a translation of `{name}`, call it `{name[..^3]}.{file.Name.Slug[^2..]}.md`.");
            diagnostics.Add(problem with { Severity = Severity.Warning });
        }
    }

    /// <summary>A file that has an error now goes on as it was before, unless its slug has become another file's.</summary>
    private void FallBack(KnownFile file)
    {
        if (file.LastGood is { } good && !originals.ContainsKey(KeyOf(file)) && definitions.TryAdd(good.Slug, good))
            Take(file, good);
    }

    private void Take(KnownFile file, ActivityDefinition definition)
    {
        file.LastGood = definition;
        originals.TryAdd(KeyOf(file), definition);
    }

    private void AddTranslation(KnownFile file)
    {
        // The file beside it is the original, whatever slug its key says.
        if (!originals.TryGetValue(KeyOf(file), out var original))
        {
            if (!broken.Contains(file.Name.Slug))
                diagnostics.Add(ContentFile.Problem(file.Path, Codes.NoOriginal, "This translation has no original beside it.", $"Its original is called `{DocumentName.OriginalOf(file.Path[(file.Path.LastIndexOf('/') + 1)..])}`."));
            return;
        }
        var result = file.Read(reader, original);
        diagnostics.AddRange(result.Diagnostics);
        if ((result.Definition is null ? file.ReadLastGood(reader, original) : result) is not { Definition: { } definition })
            return;
        if (!translations.TryAdd((original.Slug, file.Name.Language!), definition.Document))
            return;
        if (definition.Settings.Draft)
            draftTranslations.Add(definition);
        else
            translated.Add((original.Slug, definition));
    }

    private static (string Folder, string Name) KeyOf(KnownFile file) => (FolderOf(file.Path), file.Name.Slug);

    private static Diagnostic ClashWith(string first, string path, string slug) => ContentFile.Problem(
        path, Codes.DuplicateSlug, $"The slug `{slug}` belongs to `{first}` already; this file is left out.", "Give this file another name, or a line `slug:` of its own.");

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];
}
