using System.Runtime.CompilerServices;

namespace MattermostLearning.TestKit;

/// <summary>Compares text with what is kept beside the test, and leaves what came instead for a person to look at.</summary>
public static class Snapshot
{
    /// <param name="text">What came.</param>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="testFile">Filled in by the compiler.</param>
    /// <exception cref="SnapshotException">It differs, or nothing is kept yet.</exception>
    public static void Verify(string text, string name, [CallerFilePath] string testFile = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Transcripts");
        var verified = Path.Combine(folder, $"{name}.verified.txt");
        var received = Path.Combine(folder, $"{name}.received.txt");
        var came = text.ReplaceLineEndings("\n");
        var kept = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (kept == came)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(received, came);
        throw new SnapshotException(kept is null
            ? $"Nothing is kept for `{name}` yet. Read {received}; if it is right, rename it to {Path.GetFileName(verified)}."
            : $"`{name}` differs from what is kept{FirstDifference(kept, came)}. Compare {received} with {Path.GetFileName(verified)}; if the new one is right, rename it.");
    }

    private static string FirstDifference(string kept, string came)
    {
        var (left, right) = (kept.Split('\n'), came.Split('\n'));
        for (var line = 0; line < Math.Max(left.Length, right.Length); line++)
        {
            var (was, now) = (line < left.Length ? left[line] : "(end)", line < right.Length ? right[line] : "(end)");
            if (was != now)
                return $", first in line {line + 1}: kept `{was}`, came `{now}`";
        }

        return "";
    }
}

public sealed class SnapshotException(string message) : Exception(message);
