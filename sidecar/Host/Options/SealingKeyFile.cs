using System.Security.Cryptography;
using MattermostLearning.Activities.Engine.Sealing;

namespace MattermostLearning.Sidecar.Options;

/// <summary>The key that a sidecar makes for itself: `sealing.key` in the data folder, for its owner's eyes only.</summary>
internal static class SealingKeyFile
{
    public const string Name = "sealing.key";

    /// <summary>Reads the file's keys, the newest first, one a line; makes it where there is none.</summary>
    /// <exception cref="CannotStartException">It is there and holds something else, or cannot be read or made.</exception>
    public static IReadOnlyList<SealingKey> ReadOrMake(string dataPath)
    {
        var path = Path.Combine(dataPath, Name);
        try
        {
            return File.Exists(path) ? Read(path) : [Make(path)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The key file {path} cannot be read or made: {e.Message}", e);
        }
    }

    /// <summary>Null when it is not base64 of enough bytes.</summary>
    public static SealingKey? TryRead(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= SealingKey.MinimumBytes ? SealingKey.Of(bytes[..length]) : null;
    }

    private static List<SealingKey> Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var keys = File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).Select(TryRead).ToList();
        return keys.Count > 0 && keys.TrueForAll(key => key is not null)
            ? [.. keys.OfType<SealingKey>()]
            : throw new CannotStartException(
                $"The key file {path} does not hold base64 of {SealingKey.MinimumBytes} bytes or more on each line. Restore it, or remove it to have a new one made (buttons of earlier posts stop working then).");
    }

    private static SealingKey Make(string path)
    {
        var secret = RandomNumberGenerator.GetBytes(SealingKey.MinimumBytes);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(secret) + "\n"));
        file.Flush(flushToDisk: true);
        return SealingKey.Of(secret);
    }
}
