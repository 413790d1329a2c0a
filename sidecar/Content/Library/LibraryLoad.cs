using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Library;

/// <summary>One loading of a library: originals first, then translations, which need to know their original's kind.</summary>
internal sealed class LibraryLoad(ContentReader reader)
{
    private readonly Dictionary<string, ActivityDefinition> definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Folder, string Name), ActivityDefinition> originals = [];
    private readonly Dictionary<(string Slug, string Language), ActivityDocument> translations = [];
    private readonly List<Diagnostic> diagnostics = [];

    /// <summary>Slugs of originals that have errors: their translations are not said to be orphans.</summary>
    private readonly HashSet<string> broken = new(StringComparer.Ordinal);

    public static ContentLibrary Run(string root, ContentReader reader, string under)
    {
        var folder = ContentFolder.Scan(root, under);
        var load = new LibraryLoad(reader);
        load.diagnostics.AddRange(folder.Problems);
        foreach (var (path, fullPath) in folder.Files.OrderBy(each => DocumentName.FromPath(each.Path).IsTranslation))
        {
            var (text, problem) = ContentFile.Read(fullPath, path);
            if (text is null)
                load.AddProblem(path, problem!);
            else if (DocumentName.FromPath(path).IsTranslation)
                load.AddTranslation(path, text);
            else
                load.AddOriginal(path, text);
        }
        return new ContentLibrary(load.definitions.Values, load.translations.Values, load.diagnostics);
    }

    private void AddProblem(string path, Diagnostic problem)
    {
        diagnostics.Add(problem);
        broken.Add(DocumentName.FromPath(path).Slug);
    }

    private void AddOriginal(string path, string text)
    {
        var result = reader.Read(path, text);
        diagnostics.AddRange(result.Diagnostics);
        if (result.Definition is not { } definition)
            broken.Add(DocumentName.FromPath(path).Slug);
        else if (definitions.TryAdd(definition.Slug, definition))
            originals.TryAdd((FolderOf(path), DocumentName.FromPath(path).Slug), definition);
        else
            diagnostics.Add(ClashWith(definitions[definition.Slug].Path, path, definition.Slug));
    }

    private void AddTranslation(string path, string text)
    {
        var name = DocumentName.FromPath(path);
        // The file beside it is the original, whatever slug its key says.
        if (!originals.TryGetValue((FolderOf(path), name.Slug), out var original))
        {
            if (!broken.Contains(name.Slug))
                diagnostics.Add(ContentFile.Problem(path, Codes.NoOriginal, "This translation has no original beside it.", $"Its original is called `{OriginalName(path)}`."));
            return;
        }
        var result = reader.Read(path, text, original.Kind);
        diagnostics.AddRange(result.Diagnostics);
        if (result.Document is { } document)
            translations.TryAdd((original.Slug, name.Language!), document.As(original.Slug));
    }

    private static Diagnostic ClashWith(string first, string path, string slug) => ContentFile.Problem(
        path, Codes.DuplicateSlug, $"The slug `{slug}` belongs to `{first}` already; this file is left out.", "Give this file another name, or a line `slug:` of its own.");

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    private static string OriginalName(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return $"{name[..name.LastIndexOf('.', name.Length - 4)]}.md";
    }
}
