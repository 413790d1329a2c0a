namespace MattermostLearning.Tests;

/// <summary>Where the project's own files are, for tests that read them.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MattermostLearning.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the project's folder.");
        return folder;
    }
}
