using System.CommandLine;

namespace MattermostLearning.Benchmarks;

/// <summary>What somebody asked for on the command line.</summary>
internal sealed record BenchmarkLine(Sizes Sizes, IReadOnlyCollection<string> Only, string? Sidecar, string? Keep)
{
    public static Task<int> Parse(string[] args, Func<BenchmarkLine, Task<int>> run)
    {
        var only = new Option<string[]>("--only") { Description = $"Scenarios: {string.Join(", ", Suite.Names)}", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Suite.Names]);
        var quick = new Option<bool>("--quick") { Description = "Seconds in all: to see that everything is measured, not for figures" };
        var sidecar = new Option<string?>("--sidecar") { Description = "The folder of a published sidecar (default: as it was built along)" };
        var keep = new Option<string?>("--keep") { Description = "A folder that keeps filled stores for the next run" };
        Option<int?> Size(string name, string what) => new(name) { Description = what };
        var calls = Size("--calls", "Calls of `/learn`");
        var people = Size("--people", "People in the store of `cpu` and `growth`");
        var events = Size("--events", "Learning events there");
        var clicks = Size("--clicks", "Clicks in one trial");
        var messages = Size("--messages", "Direct messages of the fan-out");
        var answers = Size("--answers", "Answers through Mattermost");
        var learners = Size("--learners", "Learners to whom a lesson comes at one moment");
        var idle = Size("--idle-people", "People of `idle`");
        var contentFiles = Size("--content-files", "Files of `content`");
        var trials = Size("--trials", "Repetitions: the middle one counts");
        var root = new RootCommand("Measures the sidecar and prints ratios, each of one run on one machine. Read tests/Benchmarks/README.md.")
        {
            only, quick, sidecar, keep, calls, people, events, clicks, answers, messages, learners, idle, contentFiles, trials,
        };
        root.SetAction((parsed, _) =>
        {
            var sizes = parsed.GetValue(quick) ? Sizes.Quick : new Sizes();
            return run(new BenchmarkLine(
                sizes with
                {
                    Calls = parsed.GetValue(calls) ?? sizes.Calls,
                    People = parsed.GetValue(people) ?? sizes.People,
                    Events = parsed.GetValue(events) ?? sizes.Events,
                    Clicks = parsed.GetValue(clicks) ?? sizes.Clicks,
                    Answers = parsed.GetValue(answers) ?? sizes.Answers,
                    Messages = parsed.GetValue(messages) ?? sizes.Messages,
                    Learners = parsed.GetValue(learners) ?? sizes.Learners,
                    IdlePeople = parsed.GetValue(idle) ?? sizes.IdlePeople,
                    ContentFiles = parsed.GetValue(contentFiles) ?? sizes.ContentFiles,
                    Trials = parsed.GetValue(trials) ?? sizes.Trials,
                },
                parsed.GetValue(only) ?? [], parsed.GetValue(sidecar), parsed.GetValue(keep)));
        });
        return root.Parse(args).InvokeAsync();
    }
}
