using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Library;

/// <summary>All content of one folder, as it was when it was loaded. Immutable.</summary>
public sealed class ContentLibrary
{
    private readonly ImmutableDictionary<string, ActivityDefinition> byFormerSlug;

    internal ContentLibrary(
        IEnumerable<ActivityDefinition> definitions, IEnumerable<ActivityDocument> translations, IEnumerable<ActivityDefinition> draftTranslations, IEnumerable<Diagnostic> diagnostics)
    {
        var all = definitions.ToArray();
        Definitions = all.Where(each => !each.Settings.Draft).ToImmutableSortedDictionary(each => each.Slug, each => each, StringComparer.Ordinal);
        Drafts = all.Where(each => each.Settings.Draft).ToImmutableSortedDictionary(each => each.Slug, each => each, StringComparer.Ordinal);
        Translations = translations.ToImmutableDictionary(each => (each.Slug, each.Name.Language!));
        DraftTranslations = [.. draftTranslations];
        Diagnostics = [.. diagnostics.OrderBy(each => each.Path, StringComparer.Ordinal).ThenBy(each => each.Line).ThenBy(each => each.Column)];
        byFormerSlug = Definitions.Values.Where(each => each.Settings.Was is not null)
            .DistinctBy(each => each.Settings.Was).ToImmutableDictionary(each => each.Settings.Was!, each => each, StringComparer.Ordinal);
    }

    public static ContentLibrary Empty { get; } = new([], [], [], []);

    /// <summary>What is offered, by slug.</summary>
    public ImmutableSortedDictionary<string, ActivityDefinition> Definitions { get; }

    /// <summary>Valid, but marked <c>draft: yes</c>: not offered.</summary>
    public ImmutableSortedDictionary<string, ActivityDefinition> Drafts { get; }

    /// <summary>By the slug of the original and the language.</summary>
    public ImmutableDictionary<(string Slug, string Language), ActivityDocument> Translations { get; }

    /// <summary>Valid translations that are marked <c>draft: yes</c>: nobody is shown them.</summary>
    public ImmutableArray<ActivityDefinition> DraftTranslations { get; }

    /// <summary>All findings, by path and then by place.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public bool HasErrors => Diagnostics.Any(each => each.Severity == Severity.Error);

    /// <summary>Reads a folder tree. What cannot be read becomes a finding; nothing is thrown for it, not even for a folder that is not there.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="reader">With the kinds that there are.</param>
    /// <param name="under">What stands before each path, where it is not relative to the folder itself: then its names may say the kind, too.</param>
    public static ContentLibrary Load(string root, ContentReader reader, string under = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(reader);
        return new LibraryFolder(root, reader, TimeProvider.System, under).Load();
    }

    /// <summary>
    /// The same with files that somebody handed in. What is here already keeps its slug: a file that wants it, too, is left out, and a finding says so.
    /// </summary>
    public ContentLibrary With(IReadOnlyCollection<LooseFile> files, ContentReader reader)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.Count == 0 ? this : LibraryLoad.Add(this, [.. files.OrderBy(each => each.Path, StringComparer.Ordinal).Select(each => each.Known)], reader);
    }

    /// <summary>
    /// The offered definition with this slug, however it was typed ("One Good Question"), or the one that had it before. Null where there
    /// is none; then <see cref="Suggest"/> may help.
    /// </summary>
    public ActivityDefinition? Find(string slug)
    {
        ArgumentNullException.ThrowIfNull(slug);
        var plain = DocumentName.Slugify(slug);
        return Definitions.GetValueOrDefault(plain) ?? byFormerSlug.GetValueOrDefault(plain)
            ?? Definitions.Values.FirstOrDefault(each => each.Titles.Any(title => DocumentName.Slugify(title) == plain));
    }

    /// <summary>The offered definitions that somebody may mean by some words, by slug, title and topics, the likeliest first.</summary>
    public ImmutableArray<ActivityDefinition> Suggest(string words, int atMost = 3)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Length == 0 ? [] : [.. Finding.Among(Definitions.Values, each => each, words).Take(atMost)];
    }
}
