using System.Security.Cryptography;
using System.Text;
using MattermostLearning.Activities.Engine.Ports;

namespace MattermostLearning.Sidecar.Options;

/// <summary>
/// `forgotten.txt` in the data folder: a key, then a mark for each person who is to stay forgotten. Whoever restores the store from a
/// backup leaves this file as it is.
/// </summary>
internal sealed class ForgottenFile : IForgottenList
{
    public const string Name = "forgotten.txt";

    private const int KeyBytes = 32;

    private readonly string _path;
    private readonly byte[] _key;
    private readonly Lock _gate = new();
    private volatile HashSet<string> _marks;

    private ForgottenFile(string path, byte[] key, HashSet<string> marks)
    {
        _path = path;
        _key = key;
        _marks = marks;
    }

    public IReadOnlyCollection<string> Marks => _marks;

    /// <summary>Reads it, or makes it where there is none.</summary>
    /// <exception cref="CannotStartException">It cannot be read or made, or holds something else.</exception>
    public static ForgottenFile Open(string dataPath)
    {
        var path = Path.Combine(dataPath, Name);
        try
        {
            if (!File.Exists(path))
            {
                var made = RandomNumberGenerator.GetBytes(KeyBytes);
                Append(path, FileMode.CreateNew, Convert.ToBase64String(made));
                return new ForgottenFile(path, made, new HashSet<string>(StringComparer.Ordinal));
            }

            var lines = File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
            var key = new byte[KeyBytes];
            if (lines.Count == 0 || !Convert.TryFromBase64String(lines[0], key, out var length) || length != KeyBytes)
                throw new CannotStartException($"The file {path} does not begin with a key. Restore it from a backup: it says who is to stay forgotten.");
            // A last line that a crash cut off is no mark; whoever it was meant for was told that something went wrong.
            return new ForgottenFile(path, key, lines.Skip(1).Where(IsMark).ToHashSet(StringComparer.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The file {path} cannot be read or made: {e.Message}", e);
        }
    }

    public string MarkOf(string personId) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(personId)));

    public void Add(string mark)
    {
        lock (_gate)
        {
            if (_marks.Contains(mark))
                return;
            Append(_path, FileMode.Append, $"\n{mark}");
            _marks = new HashSet<string>(_marks, StringComparer.Ordinal) { mark };
        }
    }

    private static void Append(string path, FileMode mode, string line)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && mode == FileMode.CreateNew)
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }

    private static bool IsMark(string line) => line.Length == 64 && line.All(char.IsAsciiHexDigitLower);
}
