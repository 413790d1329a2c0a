using Spectre.Console;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>Where a verb speaks and asks. Without a person in front of it nothing is asked.</summary>
internal sealed class Terminal(TextWriter output, bool isInteractive)
{
    private IAnsiConsole? _console; // for the first question: a sidecar that is started asks none, and need not load what asks

    public bool IsInteractive => isInteractive;

    public TextWriter Output => output;

    public static Terminal OfProcess() => new(Console.Out, !Console.IsInputRedirected && !Console.IsOutputRedirected);

    public void Print(string line = "") => output.WriteLine(line);

    /// <summary>
    /// From here on the terminal shows nothing of what is typed or pasted by itself, between two keys as little as before the first: what may be seen of it, the
    /// question shows.
    /// </summary>
    private IAnsiConsole Quiet
    {
        get
        {
            _ = Console.KeyAvailable;
            return _console ??= AnsiConsole.Console;
        }
    }

    public string Ask(string question, string? otherwise = null)
    {
        var prompt = new TextPrompt<string>(Markup.Escape(question)).AllowEmpty();
        return Quiet.Prompt(otherwise is null ? prompt : prompt.DefaultValue(otherwise)).Trim();
    }

    /// <summary>What is typed is not shown, not even as stars.</summary>
    public string AskSecret(string question) => Quiet.Prompt(new TextPrompt<string>(Markup.Escape(question)).AllowEmpty().Secret(null)).Trim();

    public bool Confirm(string question, bool otherwise = true) => Quiet.Prompt(new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = otherwise });

    public IReadOnlyList<string> Choose(string question, IReadOnlyList<string> among, IReadOnlyList<string> chosen)
    {
        var prompt = new MultiSelectionPrompt<string>().Title(Markup.Escape(question)).PageSize(12).UseConverter(Markup.Escape).AddChoices(among);
        foreach (var one in chosen)
            prompt.Select(one);
        var answer = Quiet.Prompt(prompt);
        Print($"{question} {string.Join(", ", answer)}"); // the list goes when it is answered
        return answer;
    }
}
