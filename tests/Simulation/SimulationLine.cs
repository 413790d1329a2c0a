using System.CommandLine;
using MattermostLearning.TestKit;

namespace MattermostLearning.Simulation;

/// <summary>What somebody asked for on the command line.</summary>
/// <param name="Seeds">Each lives by itself.</param>
/// <param name="Weeks">Of each.</param>
/// <param name="Stories">A folder for everything that happened, a file a seed; null for none.</param>
internal sealed record SimulationLine(IReadOnlyList<int> Seeds, int Weeks, string? Stories)
{
    public const int DefaultWeeks = 4;

    /// <summary>What repeats one of them.</summary>
    public static string Replay(int seed, int weeks) => $"dotnet run --project tests/Simulation -- {seed}{(weeks == DefaultWeeks ? "" : $" --weeks {weeks}")}";

    /// <returns>0, or 1 where a promise was broken.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output)
    {
        var seeds = new Argument<string>("SEEDS") { Description = "7, or 1..200, or 3,8,21" };
        var weeks = new Option<int>("--weeks") { Description = "How many weeks each seed lives", DefaultValueFactory = _ => DefaultWeeks };
        var stories = new Option<string?>("--stories") { Description = "A folder: everything that happens is written there, a file a seed" };
        var root = new RootCommand("Lets the whole sidecar live through weeks in which everything breaks that can, and says which promises were broken.") { seeds, weeks, stories };
        root.SetAction((parsed, _) => Trial.RunAsync(new SimulationLine(Trials.ReadSeeds(parsed.GetRequiredValue(seeds)), parsed.GetValue(weeks), parsed.GetValue(stories)), output));
        return root.Parse(args).InvokeAsync();
    }
}
