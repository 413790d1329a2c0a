using MattermostLearning.Benchmarks.Stage;

namespace MattermostLearning.Benchmarks;

/// <summary>What all scenarios share: sizes, a folder on the disk, and a way to say how far they are.</summary>
public sealed class Workbench : IDisposable
{
    private int _folders;

    /// <param name="sizes">How much.</param>
    /// <param name="real">The Mattermost to use where one is of use; null for the stand-in.</param>
    /// <param name="sidecar">The folder of a published sidecar; null for the one that was built along.</param>
    /// <param name="keep">Where filled stores are kept for the next run; null for nowhere.</param>
    /// <param name="say">Told how far it is.</param>
    internal Workbench(Sizes sizes, RealServer? real, string? sidecar, string? keep, Action<string> say)
    {
        (Sizes, Real, Say) = (sizes, real, say);
        SidecarFolder = Path.GetFullPath(sidecar ?? AppContext.BaseDirectory);
        Root = Directory.CreateTempSubdirectory("learning-bench-").FullName;
        StoresFolder = keep is null ? NewFolder() : Directory.CreateDirectory(Path.GetFullPath(keep)).FullName;
    }

    public Sizes Sizes { get; }

    internal RealServer? Real { get; }

    internal Action<string> Say { get; }

    internal string SidecarFolder { get; }

    /// <summary>Filled stores, to be copied before anything is done with them.</summary>
    internal string StoresFolder { get; }

    /// <summary>This program, to be started once more.</summary>
    internal static string Program => Child.ProgramIn(AppContext.BaseDirectory, "MattermostLearning.Benchmarks");

    private string Root { get; }

    internal string NewFolder() => Directory.CreateDirectory(Path.Combine(Root, $"{Interlocked.Increment(ref _folders)}")).FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
