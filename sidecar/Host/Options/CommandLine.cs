using MattermostLearning.Activities.Commands;

namespace MattermostLearning.Sidecar.Options;

/// <summary>What stands behind the program's name: a verb, and settings as `--Name:Of=value`, `--Name__Of value`.</summary>
internal sealed record CommandLine(string Verb, IReadOnlyDictionary<string, string?> Settings)
{
    public const string Run = "run";
    public const string Setup = "setup";
    public const string Doctor = "doctor";
    public const string Backup = "backup";
    public const string Restore = "restore";

    public static IReadOnlyList<string> Verbs { get; } = [Run, Rehearsal.PlaygroundVerb.Name, Setup, Doctor, Backup, Restore];

    /// <summary>What <see cref="Backup"/> writes and <see cref="Restore"/> reads.</summary>
    public string? File { get; private init; }

    public bool WantsHelp { get; private init; }

    /// <summary>What only this verb understands: `--yes`, `--team acme`. Several values stand with commas between.</summary>
    public IReadOnlyDictionary<string, string> Options { get; private init; } = new Dictionary<string, string>();

    public bool Has(string option) => Options.ContainsKey(option);

    /// <summary>Null where it was not given.</summary>
    public string? Option(string option) => Options.GetValueOrDefault(option);

    /// <exception cref="UsageException">Something that is no verb and no setting.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        string? verb = null;
        string? file = null;
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--help" or "-h" or "-?")
                return new CommandLine(verb ?? Run, settings) { WantsHelp = true };
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                if (verb is Backup or Restore && file is null)
                {
                    file = args[i];
                    continue;
                }

                if (verb is not null)
                    throw new UsageException($"`{args[i]}` is one word too many behind `{verb}`. Settings begin with two hyphens.");
                verb = Verbs.Contains(args[i]) ? args[i] : throw new UsageException($"There is no verb `{args[i]}`. There is: {string.Join(", ", Verbs)}.");
                continue;
            }

            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? args[i][2..] : args[i][2..equals]).Replace(":", "__", StringComparison.Ordinal);
            if (VerbOption.Of(verb).FirstOrDefault(one => one.Name == name) is { } option)
            {
                var value = option.Value is null ? ""
                    : equals >= 0 ? args[i][(equals + 1)..]
                    : i + 1 < args.Count ? args[++i]
                    : throw new UsageException($"`--{name}` needs {option.Value}.");
                if (option.Value is null && equals >= 0)
                    throw new UsageException($"`--{name}` takes no value.");
                options[name] = options.TryGetValue(name, out var before) ? $"{before},{value}" : value;
                continue;
            }

            var known = Sidecar.Options.Settings.Known.Select(one => one.Name).FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"There is no setting `{name}`.{Meant(name)}");
            if (equals < 0 && i + 1 == args.Count)
                throw new UsageException($"`--{known}` needs a value.");
            settings[known.Replace("__", ":", StringComparison.Ordinal)] = equals < 0 ? args[++i] : args[i][(equals + 1)..];
        }

        if (verb is Backup or Restore && file is null)
            throw new UsageException($"`{verb}` needs a file: `{verb} learning-backup.db`.");
        return new CommandLine(verb ?? Run, settings) { File = file, Options = options };
    }

    public static string Help => string.Join('\n',
    [
        "Mattermost Learning: Markdown in, conversation out.",
        "",
        "  run             starts the sidecar (also when no verb is given)",
        $"  playground      a rehearsal on this machine, without Mattermost: {Rehearsal.PlaygroundVerb.Usage}",
        "  setup           connects it to Mattermost: bot, teams, /learn, tokens; again: only what differs",
        "  doctor          checks everything, and says what to do; exit code 1 when something failed",
        "  backup FILE     copies the store to a new file, whether the sidecar runs or not",
        "  restore FILE    puts a backup in the store's place while the sidecar is stopped; the present store is kept aside",
        .. VerbHelp(Setup),
        .. VerbHelp(Doctor),
        "",
        "Settings, as environment variables or as options (--Mattermost:Url=https://chat.example.org):",
        "",
        .. Sidecar.Options.Settings.Known.Select(known => $"  {known.Name,-26} {known.Summary}"),
        "",
        $"The command line comes before the environment, and that before {SetupFile.Name} in the data folder.",
    ]);

    private static IEnumerable<string> VerbHelp(string verb) =>
        ["", $"{verb}:", .. VerbOption.Of(verb).Select(option => $"  {$"--{option.Name}{(option.Value is null ? "" : $" {option.Value}")}",-34} {option.Summary}")];

    private static string Meant(string name) =>
        Nearest.To(name.ToLowerInvariant(), Sidecar.Options.Settings.Known.Select(known => known.Name.ToLowerInvariant())) is { } nearest
            ? $" Did you mean `{Sidecar.Options.Settings.Known.First(known => known.Name.Equals(nearest, StringComparison.OrdinalIgnoreCase)).Name}`?"
            : " `--help` lists them.";
}

/// <summary>The command line cannot be understood: exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
