using System.Globalization;

namespace MattermostLearning.TestKit;

/// <summary>
/// How much the tests of faults try. By default as much as fits into every build; <c>MATTERMOST_LEARNING_SEEDS</c> (<c>7</c>,
/// <c>1..200</c> or <c>3,8,21</c>) and <c>MATTERMOST_LEARNING_SCALE</c> (a whole number, 1 unless given) make them heavier.
/// </summary>
public static class Trials
{
    public const string SeedsVariable = "MATTERMOST_LEARNING_SEEDS";
    public const string ScaleVariable = "MATTERMOST_LEARNING_SCALE";

    /// <summary>How many times as much each trial holds.</summary>
    public static int Scale { get; } = Read(ScaleVariable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;

    /// <summary>The seeds that were asked for, or else these.</summary>
    public static IReadOnlyList<int> Seeds(params IReadOnlyList<int> usual) => Read(SeedsVariable) is { } text ? ReadSeeds(text) : usual;

    /// <param name="text">For example <c>1..200</c>.</param>
    public static IReadOnlyList<int> ReadSeeds(string text)
    {
        var seeds = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split("..");
            var first = int.Parse(ends[0], CultureInfo.InvariantCulture);
            seeds.AddRange(Enumerable.Range(first, ends.Length == 1 ? 1 : int.Parse(ends[1], CultureInfo.InvariantCulture) - first + 1));
        }

        return seeds;
    }

    private static string? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;
}
