using System.Text.RegularExpressions;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Library;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>
/// The activities of a path, in a folder of their own in which also those that are drafts are offered: seeing them before anybody else does is
/// what a rehearsal is for.
/// </summary>
internal sealed partial class RehearsalContent : IDisposable
{
    private RehearsalContent(string folder, IReadOnlyList<ActivityDefinition> activities, IReadOnlyList<Diagnostic> errors) =>
        (Folder, Activities, Errors) = (folder, activities, errors);

    public string Folder { get; }

    /// <summary>By slug.</summary>
    public IReadOnlyList<ActivityDefinition> Activities { get; }

    /// <summary>Why files are left out.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; }

    /// <summary>A folder with `activity.md` is one activity, as that file is.</summary>
    public static string FileOf(string path) => Path.Combine(path, "activity.md") is var inner && File.Exists(inner) ? inner : path;

    /// <param name="path">A file or a folder.</param>
    /// <exception cref="CannotStartException">There is nothing that could be rehearsed; the message says why.</exception>
    public static RehearsalContent Take(string path)
    {
        var full = Path.GetFullPath(FileOf(path));
        var isFile = File.Exists(full);
        if (!isFile && !Directory.Exists(full))
            throw new CannotStartException($"{path} is not there: name a file or a folder of activities.");
        var root = RootOf(full, isFile);
        var library = isFile ? ContentLibrary.Load(root, ShippedKinds.Reader) : ContentLibrary.Load(full, ShippedKinds.Reader, root == full ? "" : Path.GetRelativePath(root, full).Replace(Path.DirectorySeparatorChar, '/'));
        var only = isFile ? Path.GetRelativePath(root, full).Replace(Path.DirectorySeparatorChar, '/') : null;
        var chosen = library.Definitions.Values.Concat(library.Drafts.Values).Where(one => only is null || one.Path == only).OrderBy(one => one.Slug, StringComparer.Ordinal).ToList();
        var errors = library.Diagnostics.Where(one => one.Severity == Severity.Error && (only is null || one.Path == only)).ToList();
        if (chosen.Count == 0)
            throw new CannotStartException(errors.Count > 0 ? $"{string.Join("\n", errors.Select(DiagnosticRenderer.Render))}\nNothing can be shown before that is mended." : HoldsNone(path, isFile));
        return new RehearsalContent(Copy(root, chosen, library), chosen, errors);
    }

    private static string HoldsNone(string path, bool isFile) => isFile && DocumentName.FromPath(path).Language is { } language
        ? $"{path} is a translation, and is shown to those who read `{language}`. Name its original: the file beside it without `.{language}` in its name."
        : $"{path} holds no activity.";

    /// <summary>One activity that is read already, from a folder or handed in.</summary>
    public static RehearsalContent Of(ActivityDefinition definition)
    {
        var path = LooseFile.NameOf(definition.Path);
        var folder = Directory.CreateTempSubdirectory("mattermost-learning-").FullName;
        Write(folder, path, definition);
        return new RehearsalContent(folder, [definition], []);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The folder that paths begin in: that of `activity.md` gives the activity its name, one that is named for a kind tells the kind of all below it, and both count as part of a path.</summary>
    private static string RootOf(string path, bool isFile)
    {
        var folder = isFile ? Path.GetDirectoryName(path)! : path;
        if (isFile && Path.GetFileName(path).Equals("activity.md", StringComparison.OrdinalIgnoreCase))
            folder = Path.GetDirectoryName(folder) ?? folder;
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            if (ShippedKinds.Reader.IsNamedForAKind(Path.GetFileName(above)))
                return Path.GetDirectoryName(above) ?? above;
        }

        return folder;
    }

    private static string Copy(string root, IReadOnlyList<ActivityDefinition> chosen, ContentLibrary library)
    {
        var folder = Directory.CreateTempSubdirectory("mattermost-learning-").FullName;
        foreach (var definition in chosen)
        {
            Write(folder, definition.Path, definition);
            CopyBeside(root, folder, definition.Document);
        }

        foreach (var (of, translation) in library.Translations)
        {
            if (chosen.All(one => one.Slug != of.Slug))
                continue;
            Write(folder, translation.Path, translation.Source.Text);
            CopyBeside(root, folder, translation);
        }

        return folder;
    }

    /// <summary>Pictures and attachments go along, as they do from the folder itself.</summary>
    private static void CopyBeside(string root, string folder, ActivityDocument document)
    {
        foreach (var name in document.Beside.Select(link => Path.Combine(Path.GetDirectoryName(document.Path) ?? "", link.Name)).Distinct())
        {
            if (!File.Exists(Path.Combine(root, name)))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.Copy(Path.Combine(root, name), Path.Combine(folder, name), overwrite: true);
        }
    }

    private static void Write(string folder, string path, ActivityDefinition definition) =>
        Write(folder, path, definition.Settings.Draft ? DraftLine().Replace(definition.SourceText, "draft: no", 1) : definition.SourceText);

    private static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    [GeneratedRegex(@"^draft[ \t]*:.*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex DraftLine();
}
