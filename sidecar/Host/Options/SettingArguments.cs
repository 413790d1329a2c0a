using MattermostLearning.Activities.Commands;

namespace MattermostLearning.Sidecar.Options;

/// <summary>Settings on the command line: `--Mattermost:Url=https://...`, `--Mattermost__Url https://...`, in any case.</summary>
internal static class SettingArguments
{
    /// <summary>Takes them out; what a verb has to say about the rest is its own.</summary>
    /// <exception cref="UsageException">It looks like a setting, and there is none of that name; or its value is missing.</exception>
    public static (IReadOnlyDictionary<string, string?> Settings, IReadOnlyList<string> Others) Take(IReadOnlyList<string> args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var others = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? args[i] : args[i][..equals]).Replace(":", "__", StringComparison.Ordinal);
            var known = name.StartsWith("--", StringComparison.Ordinal)
                ? Settings.Known.Select(one => one.Name).FirstOrDefault(one => one.Equals(name[2..], StringComparison.OrdinalIgnoreCase))
                : null;
            if (known is null && name.StartsWith("--", StringComparison.Ordinal) && name.Contains("__", StringComparison.Ordinal))
                throw Unknown(name[2..]);
            if (known is null)
            {
                others.Add(args[i]);
                continue;
            }

            if (equals < 0 && i + 1 == args.Count)
                throw new UsageException($"`--{known}` needs a value.");
            settings[known.Replace("__", ":", StringComparison.Ordinal)] = equals < 0 ? args[++i] : args[i][(equals + 1)..];
        }

        return (settings, others);
    }

    /// <summary>With the one that may have been meant.</summary>
    public static UsageException Unknown(string name) => new($"There is no setting `{name}`.{Meant(name)}");

    private static string Meant(string name) =>
        Nearest.To(name.ToLowerInvariant(), Settings.Known.Select(known => known.Name.ToLowerInvariant())) is { } nearest
            ? $" Did you mean `{Settings.Known.First(known => known.Name.Equals(nearest, StringComparison.OrdinalIgnoreCase)).Name}`?"
            : " `--help` lists them.";
}
