using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Storage;
using MattermostLearning.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Sidecar.Admin;

/// <summary>The verbs `backup` and `restore`, as somebody runs them beside a sidecar that runs or has stopped.</summary>
internal sealed class StoreFiles(string dataFolder)
{
    public const string Name = "learning.db";

    private string DataFile => Path.Combine(dataFolder, Name);

    /// <summary>All documents that this build knows.</summary>
    public static IReadOnlyList<DocumentKind> Kinds() =>
    [
        .. typeof(Document).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(Document)))
            .Select(type => type.GetProperty("Stored")?.GetValue(null)).OfType<DocumentKind>(),
    ];

    /// <param name="settings">Those of the command line: they may say where the data is.</param>
    /// <param name="environment">As the variables of the process; null takes those.</param>
    /// <exception cref="InvalidSettingsException">The data folder's path is malformed.</exception>
    public static StoreFiles Of(IReadOnlyDictionary<string, string?> settings, IReadOnlyDictionary<string, string?>? environment)
    {
        var reader = new SettingsReader(SidecarApp.Given(settings, environment).Build());
        var data = DataSettings.Read(reader);
        return reader.Failures.Count == 0 ? new StoreFiles(data.Path) : throw new InvalidSettingsException(reader.Failures);
    }

    /// <returns>What was done, in a line.</returns>
    /// <exception cref="CannotStartException">Why there is no backup.</exception>
    public async Task<string> BackupAsync(string file, CancellationToken cancellationToken)
    {
        var path = FullPath(file);
        Check(path);
        if (await new AdminCaller(dataFolder).BackupAsync(path, cancellationToken) is { } problem)
        {
            if (problem.Length > 0)
                throw new CannotStartException(problem);
        }
        else
        {
            // Nobody answers. If a sidecar runs all the same, the lock says so.
            if (!File.Exists(DataFile))
                throw new CannotStartException($"There is no store {DataFile} to back up. Data__Path says where it is.");
            await using var store = LiteDbStore.Open(new LiteDbOptions { Path = DataFile }, TimeProvider.System, NullLogger<LiteDbStore>.Instance);
            await WriteAsync(store, path, cancellationToken);
        }

        return $"The store is backed up in {path}.";
    }

    /// <returns>What was done, in a line or two.</returns>
    /// <exception cref="CannotStartException">There is no such backup, a sidecar runs on the store, or the disk refuses.</exception>
    /// <exception cref="StoreDamagedException">It is no backup, is damaged, or is newer than this build.</exception>
    public string Restore(string file)
    {
        var path = FullPath(file);
        if (path == DataFile)
            throw new CannotStartException($"{path} is the store itself, and no backup of it.");
        try
        {
            var aside = LiteDbStore.Restore(path, DataFile, TimeProvider.System, Kinds());
            return aside is null
                ? $"{path} is restored to {DataFile}."
                : $"{path} is restored to {DataFile}. What stood there before is kept as {aside}.";
        }
        catch (StoreInUseException e)
        {
            throw new CannotStartException($"A sidecar runs on {DataFile}. Stop it, then restore. Nothing was changed.", e);
        }
        catch (FileNotFoundException e)
        {
            throw new CannotStartException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The backup could not be restored: {e.Message}", e);
        }
    }

    /// <summary>As the running sidecar and the verb both do it.</summary>
    /// <exception cref="CannotStartException">Why there is no backup.</exception>
    public static async Task WriteAsync(LiteDbStore store, string path, CancellationToken cancellationToken)
    {
        Check(path);
        try
        {
            await store.BackupAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is StoreUnavailableException or ArgumentException)
        {
            throw new CannotStartException($"The backup {path} could not be written: {e.Message}", e);
        }
    }

    private static void Check(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
            throw new CannotStartException($"{path} is there already, and a backup overwrites nothing. Choose another name.");
        var folder = Path.GetDirectoryName(path);
        if (!Directory.Exists(folder))
            throw new CannotStartException($"There is no folder {folder} for the backup.");
    }

    private static string FullPath(string file) => Folder.FullPath(file) ?? throw new CannotStartException($"`{file}` is no path.");
}
