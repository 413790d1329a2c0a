using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Library;

/// <summary>
/// A content file that stands in no folder: somebody handed it in. Its path begins with <see cref="Folder"/>, a name that content folders leave
/// out, so it is never that of another file.
/// </summary>
public sealed class LooseFile
{
    private LooseFile(string path, string text, IReadOnlySet<string> beside) => (Text, Known) = (text, KnownFile.Of(path, text, beside));

    /// <summary>Where such files stand as far as paths say.</summary>
    public const string Folder = "_by-hand";

    public const int LongestFile = ContentFile.LongestFile;

    public string Path => Known.Path;

    public string Text { get; }

    /// <summary>What the place in the library says about it.</summary>
    public DocumentName Name => Known.Name;

    internal KnownFile Known { get; }

    /// <param name="name">Of the file, with the folders below its own; the same name is the same file.</param>
    /// <param name="text">The whole of it.</param>
    /// <param name="beside">The names of what was handed in with it.</param>
    public static LooseFile Of(string name, string text, params IEnumerable<string> beside) => new(PathOf(name), text, beside.ToHashSet(StringComparer.Ordinal));

    /// <param name="name">As for <see cref="Of"/>.</param>
    /// <param name="bytes">As somebody handed it in.</param>
    /// <param name="beside">As for <see cref="Of"/>.</param>
    /// <returns>The file, or why it cannot be read.</returns>
    public static (LooseFile? File, Diagnostic? Problem) Read(string name, ReadOnlySpan<byte> bytes, params IEnumerable<string> beside)
    {
        var (text, problem) = ContentFile.Decode(bytes, PathOf(name));
        return text is null ? (null, problem) : (Of(name, text, beside), null);
    }

    public static string PathOf(string name) => $"{Folder}/{name}";

    /// <summary>The name without where such files stand, for people.</summary>
    public static string NameOf(string path) => path.StartsWith($"{Folder}/", StringComparison.Ordinal) ? path[(Folder.Length + 1)..] : path;

    /// <param name="reader">Knows the kinds.</param>
    /// <param name="original">For a translation: what it translates.</param>
    public ReadResult Check(ContentReader reader, ActivityDefinition? original = null) => Known.Read(reader, original);
}
