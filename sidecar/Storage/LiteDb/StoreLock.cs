using System.Globalization;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>
/// Two processes on one LiteDB file destroy it within seconds, and LiteDB does not notice. The lock is the operating system's, so it ends with
/// the process however that ends; who holds it is told by a small file beside it, because a locked file cannot be read by others.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _owner;

    private StoreLock(FileStream @lock, string owner)
    {
        _lock = @lock;
        _owner = owner;
    }

    /// <exception cref="StoreInUseException">Somebody has it.</exception>
    public static StoreLock Take(string dataFile, TimeProvider time)
    {
        var owner = dataFile + ".owner";
        FileStream taken;
        try
        {
            taken = new FileStream(dataFile + ".lock", Private(FileMode.OpenOrCreate));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) && File.Exists(dataFile + ".lock"))
        {
            throw new StoreInUseException(
                $"{dataFile} is in use by {Holder(owner)}. Two sidecars on one data file would destroy it. Stop the other one, or give this one a data folder of its own.", e);
        }

        try
        {
            using var writer = new StreamWriter(new FileStream(owner, Private(FileMode.Create)));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}, since {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC"));
        }
        catch
        {
            taken.Dispose();
            throw;
        }

        return new StoreLock(taken, owner);
    }

    public void Dispose()
    {
        // The lock file itself stays: removing it would let two processes lock two files of the same name.
        try
        {
            File.Delete(_owner);
        }
        catch (IOException)
        {
            // It only tells a name; the lock is what counts.
        }

        _lock.Dispose();
    }

    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static string Holder(string owner)
    {
        try
        {
            var text = File.ReadAllText(owner);
            return text.Length > 0 ? text : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
