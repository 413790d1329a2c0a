using System.Collections.Immutable;
using System.Text;
using MattermostLearning.Content.Design;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Library;
using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Content.Linting;

/// <summary>Looks at folders and single files, and says everything about them at once. Every path is as it was typed, with what lies below it.</summary>
public sealed class Linter(ContentReader reader)
{
    /// <summary>A repair can make the next slip visible; after so many rounds nothing new comes.</summary>
    private const int MostPasses = 3;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public LintReport Check(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] given = [.. paths.Select(Plain)];
        var findings = new List<Diagnostic>();
        var cards = new Dictionary<string, ScoreCard>(StringComparer.Ordinal);
        var all = new List<ActivityDefinition>();
        foreach (var path in given)
        {
            var (found, definitions, translations) = Directory.Exists(path) ? CheckFolder(path) : CheckFile(path);
            findings.AddRange(found);
            all.AddRange(definitions);
            findings.AddRange(translations.SelectMany(each => Advisor.ReviewTranslation(each, reader.Kinds[each.Kind].DesignOf(each))));
            foreach (var definition in definitions)
            {
                var review = Advisor.Review(definition, reader.Kinds[definition.Kind].DesignOf(definition));
                findings.AddRange(review.Findings);
                cards[definition.Path] = review.Card;
            }
        }

        if (given.Any(Directory.Exists))
        {
            var known = all.SelectMany(each => new[] { each.Slug, each.Settings.Was }).OfType<string>().ToHashSet(StringComparer.Ordinal);
            findings.AddRange(all.SelectMany(each => RequiredFirst.Missing(each, known)));
        }

        var files = FilesOf(given);
        return new LintReport(
            files.Length,
            [.. findings.Distinct().OrderBy(each => each.Path, StringComparer.Ordinal).ThenBy(each => each.Line).ThenBy(each => each.Column)],
            [.. cards.Values.OrderBy(each => each.Path, StringComparer.Ordinal)],
            files.Sum(file => TextOf(file) is { } text && Better(file, text) is var (_, places) ? places : 0)) { Definitions = [.. all.DistinctBy(each => each.Path)] };
    }

    /// <summary>Mends what is safe to mend, in the files themselves.</summary>
    /// <returns>The files that were changed, each with the number of places.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public ImmutableArray<(string Path, int Places)> Fix(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return [.. FilesOf(paths.Select(Plain)).Select(file => (file.Path, Places: Mend(file))).Where(each => each.Places > 0)];
    }

    private int Mend(ContentPath file)
    {
        var places = 0;
        for (var pass = 0; pass < MostPasses && TextOf(file) is { } text; pass++)
        {
            if (Better(file, text) is not var (better, mended))
                break;
            Replace(file.FullPath, better);
            places += mended;
        }
        return places;
    }

    /// <summary>As a whole or not at all: a disk that fills, or a process that ends, leaves the file as it was.</summary>
    private static void Replace(string file, string text)
    {
        // What may not be written may not be replaced either.
        File.OpenWrite(file).Dispose();
        var beside = Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.mended");
        try
        {
            // It may be left from before, or be a link.
            File.Delete(beside);
            using (var stream = new StreamWriter(new FileStream(beside, FileMode.CreateNew, FileAccess.Write), Utf8))
                stream.Write(text);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(beside, File.GetUnixFileMode(file));
            File.Move(beside, file, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>
    /// Null where there is nothing to mend, where a repair is none because it would only move the mistake, and where the file is a link: what it
    /// leads to was not named to be changed.
    /// </summary>
    private (string Text, int Places)? Better(ContentPath file, string text)
    {
        var read = Read(file, text);
        if (read.Repairs.Length == 0 || new FileInfo(file.FullPath).LinkTarget is not null)
            return null;
        var better = Repair.Apply(text, AsWritten(text, read.Repairs));
        string[] before = [.. read.Diagnostics.Where(IsError).Select(each => each.Code)];
        string[] after = [.. Read(file, better).Diagnostics.Where(IsError).Select(each => each.Code)];
        var isBetter = after.Length < before.Length || (after.Length == before.Length && after.All(before.Contains));
        return isBetter ? (better, read.Repairs.Length) : null;
    }

    /// <summary>The repairs' places in the file as it is, where each line has its own end and a mark may stand before the first.</summary>
    private static ImmutableArray<Repair> AsWritten(string text, ImmutableArray<Repair> repairs)
    {
        var places = new List<int>(text.Length + 1);
        for (var at = text.StartsWith('\uFEFF') ? 1 : 0; at < text.Length; at++)
        {
            places.Add(at);
            if (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
                at++;
        }
        places.Add(text.Length);
        return [.. repairs.Select(each => each with { Span = TextSpan.FromBounds(places[each.Span.Start], places[each.Span.End]) })];
    }

    private Checked CheckFolder(string folder)
    {
        var library = ContentLibrary.Load(folder, reader, Before(folder));
        ImmutableArray<ActivityDefinition> definitions = [.. library.Definitions.Values, .. library.Drafts.Values];
        return new Checked(library.Diagnostics, definitions, [.. definitions.SelectMany(each => each.Translations), .. library.DraftTranslations]);
    }

    /// <summary>A file by itself: what only its neighbours could show, such as a slug that two files have or that none has, is for the folder.</summary>
    private Checked CheckFile(string path)
    {
        var (text, problem) = ContentFile.Read(path, path);
        if (text is null)
            return new Checked([problem!], [], []);
        var result = Read(new ContentPath(path, path), text);
        result = result.With(BesideLinks.Missing(result, name => File.Exists(Path.Combine(Path.GetDirectoryName(path) ?? "", name))));
        ImmutableArray<ActivityDefinition> definitions = result.Definition is { } definition ? [definition] : [];
        return DocumentName.FromPath(path).IsTranslation ? new Checked(result.Diagnostics, [], definitions) : new Checked(result.Diagnostics, definitions, []);
    }

    /// <summary>A translation is read beside its original.</summary>
    private ReadResult Read(ContentPath file, string text)
    {
        if (!DocumentName.FromPath(file.Path).IsTranslation)
            return reader.Read(file.Path, text);
        var original = new ContentPath(DocumentName.OriginalOf(file.Path), DocumentName.OriginalOf(file.FullPath));
        return reader.Read(file.Path, text, TextOf(original) is { } of ? reader.Read(original.Path, of).Definition : null);
    }

    private static string? TextOf(ContentPath file) => file.IsEmpty ? "" : ContentFile.Read(file.FullPath, file.Path).Text;

    private static ImmutableArray<ContentPath> FilesOf(IEnumerable<string> given) =>
    [
        .. given
            .SelectMany(path => Directory.Exists(path)
                ? ContentFolder.Scan(path, Before(path)).Files.Select(each => new ContentPath(each.Path, each.FullPath, each.Length == 0))
                : [new ContentPath(path, Path.GetFullPath(path))])
            .DistinctBy(each => each.FullPath),
    ];

    /// <summary>`./content/` and `content` are one.</summary>
    private static string Plain(string path)
    {
        var plain = Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');
        plain = plain.StartsWith("./", StringComparison.Ordinal) ? plain[2..] : plain;
        return plain.Length == 0 ? "." : plain.Length > 1 ? plain.TrimEnd('/') : plain;
    }

    private static string Before(string folder) => folder == "." ? "" : folder;

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == Severity.Error;

    /// <param name="Findings">About the files.</param>
    /// <param name="Definitions">What can be offered.</param>
    /// <param name="Translations">The same in other languages.</param>
    private sealed record Checked(ImmutableArray<Diagnostic> Findings, ImmutableArray<ActivityDefinition> Definitions, ImmutableArray<ActivityDefinition> Translations);

    /// <param name="Path">As it is shown.</param>
    /// <param name="FullPath">Where it is.</param>
    /// <param name="IsEmpty">It was found in a folder, and has nothing to be read.</param>
    private readonly record struct ContentPath(string Path, string FullPath, bool IsEmpty = false);
}
