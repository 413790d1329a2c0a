using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>Finds the verb, reads what stands behind it, and says in a sentence what cannot be understood.</summary>
internal static class CommandLine
{
    /// <summary>The verb when none is given.</summary>
    public const string Usual = "run";

    /// <summary>A word that begins with this is an option, a setting or a slip, never a value of its own.</summary>
    private const string Hyphens = "--";

    private static readonly ParserConfiguration Plainly = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null, // @learning is a person's name here, and no file
    };

    /// <summary>In the order in which help shows them. A new verb is a file and a line here.</summary>
    public static IReadOnlyList<Command> Verbs() =>
    [
        new RunVerb(),
        new PlaygroundVerb(),
        new NewVerb(),
        new ImportVerb(),
        new ExportVerb(),
        new LintVerb(),
        new PreviewVerb(),
        new RehearseVerb(),
        new Command("content", "how activities are written") { new SchemaVerb(), new ReferenceVerb() },
        new SetupVerb(),
        new DoctorVerb(),
        new BackupVerb(),
        new RestoreVerb(),
    ];

    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">It cannot be understood: exit code 2.</exception>
    public static Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, SidecarSetup setup, CancellationToken cancellationToken)
    {
        var (settings, rest) = SettingArguments.Take(args);
        // A sidecar has no verb to read, and does without what reads them: it stays for months, and so would that.
        return rest.Count == 0 ? SidecarApp.RunAsync(SidecarApp.Build(settings, setup)) : RunVerbAsync(settings, rest, terminal, setup, cancellationToken);
    }

    private static async Task<int> RunVerbAsync(
        IReadOnlyDictionary<string, string?> settings, IReadOnlyList<string> rest, Terminal terminal, SidecarSetup setup, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Mattermost Learning: Markdown in, conversation out.");
        foreach (var verb in Verbs())
            root.Add(verb);
        if (rest is [var first, ..] && !first.StartsWith('-') && root.Subcommands.All(verb => verb.Name != first))
            throw new UsageException($"There is no verb `{first}`. There is: {string.Join(", ", root.Subcommands.Select(verb => verb.Name))}.");

        var isForRoot = rest is [['-', ..] option, ..] && root.Options.Any(one => one.Name == option || one.Aliases.Contains(option));
        var line = root.Parse(isForRoot || rest is [[not '-', ..], ..] ? rest : [Usual, .. rest], Plainly);
        if (line.Errors.Count == 0 && line.Action is { } asked)
        {
            var code = line.Invoke(new InvocationConfiguration { Output = terminal.Output });
            if (asked is HelpAction)
                terminal.Print(MoreHelp(line.CommandResult.Command));
            return code;
        }

        if (Problem(line, rest) is { } problem)
            throw new UsageException(problem);
        var called = (Verb)line.CommandResult.Command;
        if (!called.ReadsSettings && settings.Keys.FirstOrDefault() is { } setting)
            throw new UsageException($"`{called.Name}` takes no settings, so `{setting}` means nothing to it. `{called.Name} --help` lists what does.");
        return await called.RunAsync(new VerbCall(line, settings, terminal, setup), cancellationToken);
    }

    private static string MoreHelp(Command command) => command switch
    {
        RootCommand or RunVerb => string.Join('\n',
        [
            "Settings, as environment variables or as options (--Mattermost:Url=https://chat.example.org):",
            "",
            .. Settings.Known.Select(known => $"  {known.Name,-26} {known.Summary}"),
            "",
            $"The command line comes before the environment, and that before {SetupFile.Name} in the data folder.",
        ]),
        Verb { ReadsSettings: true } => $"Settings may stand there, too (--Data:Path=/srv/learning); `{Usual} --help` lists them.",
        _ => "",
    };

    private static string? Problem(ParseResult line, IReadOnlyList<string> args)
    {
        var command = line.CommandResult.Command;
        var words = line.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        if (line.UnmatchedTokens.Concat(words.Where(IsOption)).FirstOrDefault() is { } stray)
            return Stray(command, stray, args);
        return line.Errors.Select(error => error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0 } option => $"`{option.Option.Name}` needs {option.Option.HelpName}.",
            OptionResult { Tokens.Count: > 1 } option => $"`{option.Option.Name}` is there more than once, and takes one {option.Option.HelpName}.",
            ArgumentResult { Tokens.Count: 0 } argument => $"`{Called(command)}` needs {argument.Argument.Description}.",
            CommandResult when command.Subcommands.Count > 0 => $"`{Called(command)}` needs one of: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}.",
            _ => error.Message,
        }).FirstOrDefault();
    }

    /// <summary>A word that nobody takes.</summary>
    private static string Stray(Command command, string word, IReadOnlyList<string> args)
    {
        if (!IsOption(word))
        {
            return args.FirstOrDefault(arg => IsOption(arg) && arg.EndsWith($"={word}", StringComparison.Ordinal)) is { } valued
                ? $"`{valued[..valued.IndexOf('=', StringComparison.Ordinal)]}` takes no value."
                : command.Subcommands.Count > 0 ? $"There is no `{Called(command)} {word}`. There is: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}."
                : $"`{word}` is one word too many behind `{Called(command)}`. Settings begin with two hyphens.";
        }

        var own = command.Options.Where(option => option is not HelpOption).Select(option => option.Name[Hyphens.Length..]).ToList();
        if (own.Count == 0)
            throw SettingArguments.Unknown(word[Hyphens.Length..]);
        var meant = Nearest.To(word[Hyphens.Length..], own) is { } nearest ? $"Did you mean `--{nearest}`?" : $"`{Called(command)} --help` lists what does.";
        return $"`{word}` means nothing to `{Called(command)}`. {meant}";
    }

    private static bool IsOption(string word) => word.StartsWith(Hyphens, StringComparison.Ordinal);

    private static string Called(Command command) =>
        command.Parents.FirstOrDefault() is Command above and not RootCommand ? $"{Called(above)} {command.Name}" : command.Name;
}
