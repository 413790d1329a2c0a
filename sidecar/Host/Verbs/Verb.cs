using System.CommandLine;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>
/// What the program does when its first word is this: one class, in one file, that holds name, summary, options, arguments and body, and stands in
/// <see cref="CommandLine.Verbs"/>. Help and the sentences about slips are made from it.
/// </summary>
/// <remarks>A verb of two words, `content schema`, is a verb added to a <see cref="Command"/> that stands in the list.</remarks>
internal abstract class Verb(string name, string summary) : Command(name, summary)
{
    /// <summary>Settings may stand on its line: `--Data:Path=/srv/learning`.</summary>
    public virtual bool ReadsSettings => true;

    /// <returns>The exit code: 0, or 1 when something is not as it should be.</returns>
    /// <exception cref="UsageException">Exit code 2.</exception>
    /// <exception cref="CannotStartException">Exit code 1.</exception>
    public abstract Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken);

    /// <summary>An option without a value.</summary>
    /// <param name="name">Without its hyphens.</param>
    /// <param name="summary">For help.</param>
    protected Option<bool> Flag(string name, string summary) => With(new Option<bool>($"--{name}") { Arity = ArgumentArity.Zero, Description = summary });

    /// <summary>An option with a value.</summary>
    /// <param name="name">Without its hyphens.</param>
    /// <param name="value">What help calls the value.</param>
    /// <param name="summary">For help.</param>
    protected Option<string> Text(string name, string value, string summary) => With(new Option<string>($"--{name}") { HelpName = value, Description = summary });

    /// <summary>An option with several values: given several times, or separated by commas.</summary>
    /// <param name="name">Without its hyphens.</param>
    /// <param name="value">What help calls one value.</param>
    /// <param name="summary">For help.</param>
    protected Option<string[]> List(string name, string value, string summary) =>
        With(new Option<string[]>($"--{name}") { HelpName = value, Description = summary, Arity = ArgumentArity.OneOrMore });

    /// <summary>A word that must stand behind the verb.</summary>
    /// <param name="name">What help calls it.</param>
    /// <param name="what">What it is, with an example: "a file: `backup learning.db`".</param>
    protected Argument<string> Word(string name, string what)
    {
        var argument = new Argument<string>(name) { Description = what };
        Add(argument);
        return argument;
    }

    /// <summary>Words that may stand behind the verb, any number of them.</summary>
    /// <param name="name">What help calls one.</param>
    /// <param name="what">What they are, and what is taken where there is none.</param>
    protected Argument<string[]> Words(string name, string what)
    {
        var argument = new Argument<string[]>(name) { Description = what, Arity = ArgumentArity.ZeroOrMore };
        Add(argument);
        return argument;
    }

    private T With<T>(T option) where T : Option
    {
        Add(option);
        return option;
    }
}

/// <summary>What stands behind the verb, and where it speaks and acts.</summary>
/// <param name="line">As it was read.</param>
/// <param name="settings">Those of the command line.</param>
/// <param name="terminal">Where it speaks.</param>
/// <param name="setup">What tests put in other than the real thing.</param>
internal sealed class VerbCall(ParseResult line, IReadOnlyDictionary<string, string?> settings, Terminal terminal, SidecarSetup setup)
{
    public IReadOnlyDictionary<string, string?> Settings => settings;

    public Terminal Terminal => terminal;

    public SidecarSetup Setup => setup;

    public bool Has(Option<bool> flag) => line.GetValue(flag);

    /// <summary>Null where it was not given.</summary>
    public string? Of(Option<string> option) => line.GetValue(option);

    /// <summary>Empty where it was not given.</summary>
    public IReadOnlyList<string> Of(Option<string[]> option) =>
        [.. (line.GetValue(option) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public string Of(Argument<string> argument) => line.GetRequiredValue(argument);

    /// <summary>Empty where none was given.</summary>
    public IReadOnlyList<string> Of(Argument<string[]> argument) => line.GetValue(argument) ?? [];
}
