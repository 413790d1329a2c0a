using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Benchmarks.Stage;

namespace MattermostLearning.Benchmarks.Scenarios;

/// <summary>
/// A lesson of a daily course that comes to many learners at one moment. How fast it is decided, beside LiteDB alone taking the very documents that these
/// decisions left, all of them new to it; how fast it is sent, beside a plain load tool; and how much memory that takes.
/// </summary>
internal sealed class MorningWave : IScenario
{
    /// <summary>As many decisions as become one commit.</summary>
    private const int InOneCommit = 256;

    /// <summary>Slower than this is not waited for.</summary>
    private const int LeastPerSecond = 150;

    /// <summary>People who are compared with those of their channel in a second after a start, at the least.</summary>
    private const int ComparedPerSecond = 2_000;

    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(20);

    public string Name => "wave";

    public string Summary => "one lesson to many learners at one moment: deciding it, sending it, and the memory for it";

    public async Task<IReadOnlyList<Row>> RunAsync(Workbench bench) => [.. await DecideAsync(bench), .. await SendAsync(bench)];

    /// <summary>Mattermost is slow to take posts, so that what is decided is not sent meanwhile.</summary>
    private static async Task<IReadOnlyList<Row>> DecideAsync(Workbench bench)
    {
        // What a wave leaves is learned from a first sidecar, so that trials of both sides can take turns on a second one.
        var left = await WavesAsync(bench, waves: 1, between: null);
        var raw = await RawLiteDb.TakeAsync(left.StoreFile, left.RoundId, InOneCommit);
        List<double> alone = [];
        var waves = await WavesAsync(bench, bench.Sizes.Trials + 1, () => alone.Add(raw.PerSecond(bench.NewFolder())));
        var decided = waves.PerSecond.Skip(1).ToList(); // the first one warms up
        bench.Say(string.Create(CultureInfo.InvariantCulture, $"LiteDB alone took {string.Join(", ", alone.Select(rate => $"{rate:0}"))} a second"));
        var (processor, least) = (Spread.Median([.. waves.Milliseconds.Skip(1)]), Spread.Median([.. alone.Select(rate => 1000 / rate)]));
        return
        [
            new Row(
                string.Create(CultureInfo.InvariantCulture, $"lessons to {bench.Sizes.Learners:N0} learners at one moment, decided and on the disk"),
                Row.Text("{0:N0}/s", Spread.Median(decided)),
                Row.Text($"LiteDB alone, the same {raw.DocumentsPerDecision:0.0} documents a lesson, {InOneCommit} lessons a transaction, {{0:N0}}/s", Spread.Median(alone)),
                Spread.Median([.. decided.Zip(alone, (one, other) => one / other)]), Aim.AtLeast(0.5)),
            new Row("processor time of the sidecar for it, a lesson", Row.Text("{0:0.00} ms", processor), Row.Text("LiteDB alone takes one every {0:0.00} ms", least), processor / least),
        ];
    }

    /// <param name="bench">Where.</param>
    /// <param name="waves">One after the other, each to people of its own.</param>
    /// <param name="between">What is done before each wave but the first.</param>
    private static async Task<(List<double> PerSecond, List<double> Milliseconds, string StoreFile, string RoundId)> WavesAsync(Workbench bench, int waves, Action? between)
    {
        await using var town = await Town.OpenAsync(null);
        using var sidecar = new SidecarProcess(bench);
        List<(string ChannelId, IReadOnlyList<string> People)> crowds = [];
        for (var wave = 0; wave < waves; wave++)
        {
            var channelId = await town.AddChannelAsync();
            crowds.Add((channelId, await town.AddPeopleAsync(bench.Sizes.Learners, channelId)));
        }

        var gap = TimeSpan.FromSeconds(2 + (bench.Sizes.Learners / (double)LeastPerSecond));
        var courses = await FillAsync(sidecar, waves, gap, (filler, number) => DailyCourse.AddAsync(sidecar, town, filler, number, crowds[number].ChannelId, crowds[number].People), bench.Sizes.Learners);
        town.HoldPosts();
        await StartAsync(bench, sidecar, town, courses[0].ComesAt);
        List<double> milliseconds = [];
        for (var wave = 0; wave < waves; wave++)
        {
            if (wave > 0)
                between?.Invoke();
            await UntilAsync(courses[wave].ComesAt);
            var before = sidecar.Process.ProcessorTime;
            // Until the next one comes there is time for what is done between them.
            await UntilAsync(courses[wave].ComesAt + (0.7 * gap));
            milliseconds.Add((sidecar.Process.ProcessorTime - before).TotalMilliseconds / bench.Sizes.Learners);
        }

        sidecar.Kill();
        List<double> perSecond = [];
        await using var store = sidecar.OpenStore();
        foreach (var course in courses)
        {
            var rows = await store.FindAsync(OutboxRow.ByOccurrence, course.Id);
            MeasurementException.Unless(rows.Count == bench.Sizes.Learners, $"{rows.Count} of {bench.Sizes.Learners} lessons were decided in {gap.TotalSeconds:0} s.");
            // A row's place in the order is the moment at which it was decided.
            perSecond.Add(rows.Count / (new DateTimeOffset(rows.Max(row => row.Order), TimeSpan.Zero) - course.ComesAt).TotalSeconds);
        }

        bench.Say(string.Create(CultureInfo.InvariantCulture, $"decided {string.Join(", ", perSecond.Select(rate => $"{rate:0}"))} lessons a second, each for {string.Join(", ", milliseconds.Select(time => $"{time:0.00}"))} ms of processor time"));
        return (perSecond, milliseconds, sidecar.StoreFile, courses[0].Id);
    }

    private static async Task<IReadOnlyList<Row>> SendAsync(Workbench bench)
    {
        await using var town = await Town.OpenAsync(bench.Real);
        bench.Say($"makes {bench.Sizes.Learners:N0} people in {town.Kind}");
        var channelId = await town.AddChannelAsync();
        // As the store has them, which is the order in which they are decided.
        var people = (await town.AddPeopleAsync(bench.Sizes.Learners, channelId)).Order(StringComparer.Ordinal).ToList();
        using var posts = await DirectPosts.ToAsync(town, people);
        var before = await posts.PlainAsync(Lesson);

        using var sidecar = new SidecarProcess(bench);
        var gap = TimeSpan.FromSeconds(5 + (people.Count / Math.Min(before * 0.25, LeastPerSecond)));
        var courses = await FillAsync(sidecar, 2, gap, (filler, number) => DailyCourse.AddAsync(sidecar, town, filler, number, channelId, people), people.Count);
        await StartAsync(bench, sidecar, town, courses[0].ComesAt);
        foreach (var course in courses) // the first one warms up, and finds out which channels it is
        {
            await UntilAsync(course.ComesAt);
            await posts.WaitForAsync(DailyCourse.LessonTitle, course == courses[0] ? 1 : 2);
        }

        await Clock.PauseAsync(TimeSpan.FromSeconds(1));
        var memory = sidecar.Process.MostResidentMegabytes;
        sidecar.Kill();
        var after = await posts.PlainAsync(Lesson);

        List<double> rates = [];
        await using var store = sidecar.OpenStore();
        foreach (var course in courses)
        {
            var sent = await store.FindAsync(PostedMessage.ByOccurrence, course.Id);
            MeasurementException.Unless(sent.Count == people.Count + 1, $"{sent.Count - 1} of {people.Count} lessons were sent.");
            rates.Add(people.Count / (sent.Max(one => one.At)!.Value - course.ComesAt).TotalSeconds);
        }

        MeasurementException.Unless(courses[0].ComesAt + TimeSpan.FromSeconds(people.Count / rates[0]) < courses[1].ComesAt, "The first wave was not sent when the second one came.");
        var plain = (before + after) / 2;
        return
        [
            new Row(
                string.Create(CultureInfo.InvariantCulture, $"the same, sent through {town.Kind}: from the moment until the last one stands"), Row.Text("{0:N0}/s", rates[1]),
                Row.Text("a plain load tool, channels known, before and after, {0:N0}/s", plain), rates[1] / plain, Aim.AtLeast(0.9)),
            Row.Within("resident memory, the most that it ever was", memory, 250, "{0:0} MB"),
        ];
    }

    /// <summary>The store of a sidecar that does not run yet. Its first lesson comes as soon as everything can be at rest, and each of the others a while after that.</summary>
    private static async Task<IReadOnlyList<DailyCourse>> FillAsync(SidecarProcess sidecar, int count, TimeSpan gap, Func<StoreFiller, int, Task<DailyCourse>> add, int learners)
    {
        List<DailyCourse> courses = [];
        await using var store = sidecar.OpenStore();
        var filler = new StoreFiller(store);
        for (var number = 0; number < count; number++)
            courses.Add(await add(filler, number));
        // At whatever hour this is measured, it is within their working hours: the lesson is sent, and not put off until Monday morning.
        var now = Clock.Now.UtcDateTime;
        var hours = new WorkingHours(Weekdays.MondayToFriday | Weekdays.Saturday | Weekdays.Sunday, TimeOnly.FromDateTime(now.AddHours(-8)), TimeOnly.FromDateTime(now.AddHours(8)));
        foreach (var personId in courses.SelectMany(course => course.Learners).Distinct())
            await filler.SaveAsync(new PersonSettings { PersonId = personId, Hours = hours });
        var first = Clock.Now + StartsWithin + TimeSpan.FromSeconds((double)count * learners / ComparedPerSecond);
        foreach (var (number, course) in courses.Index())
            await course.AwaitAsync(filler, first + (number * gap));
        await filler.FlushAsync();
        return courses;
    }

    private static async Task StartAsync(Workbench bench, SidecarProcess sidecar, Town town, DateTimeOffset first)
    {
        await sidecar.StartAsync(town, await town.AddCommandAsync("learn", new Uri(sidecar.Address, "mattermost/command")));
        await sidecar.IsInTouchAsync();
        MeasurementException.Unless(Clock.Now < first, $"The first lesson came {(Clock.Now - first).TotalSeconds:0.0} s before everything was at rest.");
        bench.Say($"waits {(first - Clock.Now).TotalSeconds:0} s for the first lesson");
    }

    private static async Task UntilAsync(DateTimeOffset moment)
    {
        if (moment - Clock.Now is var wait && wait > TimeSpan.Zero)
            await Clock.PauseAsync(wait);
    }

    /// <summary>As long as a lesson, with as many buttons.</summary>
    private static object Lesson(string channelId) => new
    {
        channel_id = channelId,
        message = new string('l', 900),
        props = new
        {
            attachments = new[]
            {
                new
                {
                    actions = Enumerable.Range(0, 5).Select(number => new
                    {
                        id = $"button{number}", name = "A button", type = "button",
                        integration = new { url = "http://127.0.0.1:9/mattermost/action", context = new Dictionary<string, string> { [DraftRenderer.ContextKey] = new('c', 180) } },
                    }),
                },
            },
        },
    };
}
