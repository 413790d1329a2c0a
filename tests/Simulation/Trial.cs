namespace MattermostLearning.Simulation;

/// <summary>Seeds, one after the other; what became of each is one paragraph.</summary>
internal static class Trial
{
    public static async Task<int> RunAsync(SimulationLine line, TextWriter output)
    {
        var broken = 0;
        if (line.Stories is not null)
            Directory.CreateDirectory(line.Stories);
        foreach (var seed in line.Seeds)
        {
            using var story = new Story(line.Stories is null ? null : new StreamWriter(Path.Combine(line.Stories, $"seed-{seed}.txt")));
            var problem = await LiveAsync(seed, line.Weeks, story, output);
            if (problem is null)
                continue;
            broken++;
            await output.WriteLineAsync($"Seed {seed} broke a promise. The same again: {SimulationLine.Replay(seed, line.Weeks)}\n{problem}");
        }

        return broken == 0 ? 0 : 1;
    }

    private static async Task<string?> LiveAsync(int seed, int weeks, Story story, TextWriter output)
    {
        Simulation? simulation = null;
        var week = 0;
        try
        {
            simulation = await Simulation.StartAsync(seed, story);
            var promises = new Promises(simulation);
            for (week = 1; week <= weeks; week++)
            {
                var (from, to) = await simulation.RunWeekAsync(week);
                var broken = await promises.BrokenAsync(from, to);
                if (broken.Count > 0)
                    return $"Week {week} ({from:u} to {to:u}):\n- {string.Join("\n- ", broken)}\nWhat happened:\n{string.Join('\n', simulation.Trail)}";
            }

            await simulation.DisposeAsync();
            await output.WriteLineAsync(Figures(seed, weeks, simulation, story));
            return null;
        }
        catch (Exception e)
        {
            return $"Week {week} did not come to its end: {e}\nWhat happened:\n{string.Join('\n', simulation?.Trail ?? [])}\nWhat it logged last:\n{string.Join('\n', story.LatestLog)}";
        }
    }

    private static string Figures(int seed, int weeks, Simulation simulation, Story story) =>
        $"seed {seed}: {weeks} weeks, {simulation.Acts} acts, {story.Commits} commits, {story.Calls} calls, {simulation.Weather.Struck} of them struck, " +
        string.Join(", ", simulation.Broken.OrderBy(one => one.Key).Select(one => $"{one.Value} x {one.Key}")) + $"; story of {story.Lines} lines, {story.Digest()}";
}
