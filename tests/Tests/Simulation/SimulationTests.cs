using MattermostLearning.Simulation;
using MattermostLearning.TestKit;
using MattermostLearning.Tests.Unit.Host;

namespace MattermostLearning.Tests.Simulation;

/// <summary>
/// Weeks in which people take part and everything breaks that can, drawn from a seed, with all promises checked at the end of each. They are lived in
/// processes of one thread, so that a seed repeats itself exactly. `MATTERMOST_LEARNING_SEEDS=1..500` tries others.
/// </summary>
public sealed class SimulationTests
{
    /// <summary>So many processes, each with some of the seeds; the others of the machine are for the tests beside it.</summary>
    private static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    [Fact]
    public async Task Every_promise_holds_after_every_week()
    {
        var seeds = Trials.Seeds(1, 2, 3, 4, 5, 6, 12);

        var lives = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(part => seeds.Where((_, index) => index % AtOnce == part).ToList())
            .Where(some => some.Count > 0).Select(some => SimulationProcess.RunAsync(some, SimulationLine.DefaultWeeks * Trials.Scale)));

        foreach (var life in lives)
            TestContext.Current.TestOutputHelper?.WriteLine(life.Output);
        lives.ShouldAllBe(life => life.ExitCode == 0, string.Join('\n', lives.Where(life => life.ExitCode != 0).Select(life => life.Output)));
    }

    [Fact]
    public async Task A_seed_is_the_same_to_the_byte_in_another_process_and_after_another_seed()
    {
        using var folder = new Folder();
        var seed = Trials.Seeds(12)[^1];

        var first = await StoryAsync("first", seed);
        var second = await StoryAsync("second", seed + 1, seed);

        first.Length.ShouldBeGreaterThan(100_000);
        var place = first.AsSpan().CommonPrefixLength(second);
        second.AsSpan().SequenceEqual(first).ShouldBeTrue($"seed {seed}, from byte {place} on: once\n{Around(first, place)}\nand once\n{Around(second, place)}");

        async Task<byte[]> StoryAsync(string name, params int[] seeds)
        {
            var stories = folder.Make(name);
            (await SimulationProcess.RunAsync(seeds, 1, stories)).Output.ShouldContain($"seed {seed}: 1 weeks");
            return await File.ReadAllBytesAsync(Path.Combine(stories, $"seed-{seed}.txt"));
        }
    }

    private static string Around(byte[] story, int place)
    {
        var from = Math.Max(0, place - 500);
        return System.Text.Encoding.UTF8.GetString(story, from, Math.Min(1_000, story.Length - from));
    }
}
