namespace MattermostLearning.Sidecar.Options;

/// <summary>Section `Data`: where everything that is kept stands.</summary>
/// <param name="Path">A full path.</param>
internal sealed record DataSettings(string Path)
{
    public const string Default = "./data";

    public static DataSettings Read(SettingsReader settings)
    {
        var text = settings.Text("Data__Path") ?? Default;
        var path = Folder.FullPath(text);
        if (path is null || File.Exists(path))
            settings.Wrong("Data__Path", text, "a folder of the sidecar's own, such as /var/lib/mattermost-learning; it is made when it is not there.");
        return new DataSettings(path ?? Folder.FullPath(Default)!);
    }
}

/// <summary>Section `Content`: where the Markdown files stand.</summary>
/// <param name="Path">A full path.</param>
/// <param name="Git">The repository that they come from; null where people put them there.</param>
internal sealed record ContentSettings(string Path, GitSettings? Git = null)
{
    public const string Default = "./content";

    public static ContentSettings Read(SettingsReader settings)
    {
        var text = settings.Text("Content__Path") ?? Default;
        var path = Folder.FullPath(text);
        var git = GitSettings.Read(settings);
        // Of a repository's files the folder is made.
        if (path is null || (git is null && !Directory.Exists(path)) || File.Exists(path))
            settings.Wrong("Content__Path", text, $"a folder with Markdown files that is there; {(path is null ? "this is no path" : File.Exists(path) ? $"{path} is a file" : $"{path} is not")}.");
        return new ContentSettings(path ?? Folder.FullPath(Default)!, git);
    }
}

/// <summary>Section `Storage`: which store.</summary>
internal sealed record StorageSettings(string Provider)
{
    public const string LiteDb = "LiteDb";

    public static StorageSettings Read(SettingsReader settings)
    {
        var text = settings.Text("Storage__Provider") ?? LiteDb;
        if (!text.Equals(LiteDb, StringComparison.OrdinalIgnoreCase))
            settings.Wrong("Storage__Provider", text, $"{LiteDb}, the embedded store. There is no other in this version.");
        return new StorageSettings(LiteDb);
    }
}

internal static class Folder
{
    /// <summary>Null when the text cannot be a path.</summary>
    public static string? FullPath(string text)
    {
        try
        {
            return Path.GetFullPath(text);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return null;
        }
    }
}
