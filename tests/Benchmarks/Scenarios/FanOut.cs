using System.Globalization;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Benchmarks.Stage;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Benchmarks.Scenarios;

/// <summary>
/// A direct message to each of many people, out of the outbox: the attempt on the disk before it is made, the post recorded after it. Beside
/// it a plain load tool posts to the same conversations, remembers nothing, and is told their channels beforehand. Each person gets
/// two: for the first the sidecar has to ask which channel it is.
/// </summary>
internal sealed class FanOut : IScenario
{
    private const int Waves = 2;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(20);

    public string Name => "fan-out";

    public string Summary => "direct messages to many, against a plain load tool, and on a server that limits";

    public async Task<IReadOnlyList<Row>> RunAsync(Workbench bench) => [.. await AgainstLoadToolAsync(bench), await OnLimitedServerAsync(bench)];

    private static async Task<IReadOnlyList<Row>> AgainstLoadToolAsync(Workbench bench)
    {
        await using var town = await Town.OpenAsync(bench.Real);
        bench.Say($"makes {bench.Sizes.Messages:N0} people in {town.Kind}");
        var people = await town.AddPeopleAsync(bench.Sizes.Messages);
        using var posts = await DirectPosts.ToAsync(town, people);
        var before = await posts.PlainAsync(Plain);
        var (rates, processor) = await SendAsync(bench, town, people, posts);
        var after = await posts.PlainAsync(Plain);
        var plain = (before + after) / 2;
        var baseline = Row.Text("a plain load tool, channels known, before and after, {0:N0}/s", plain);
        return
        [
            Line("direct messages to {0:N0} people through {1}", rates[0]),
            Line("the second message to each of {0:N0} people through {1}", rates[1]),
            new Row("processor time of the sidecar for a message", Row.Text("{0:0.0} ms", processor.TotalMilliseconds),
                Row.Text("the plain load tool posts one every {0:0.0} ms", 1000 / plain), processor.TotalMilliseconds * plain / 1000),
        ];

        Row Line(string what, double rate) => new(
            string.Format(CultureInfo.InvariantCulture, what, people.Count, town.Kind), Row.Text("{0:N0}/s", rate), baseline, rate / plain, Aim.AtLeast(0.9));
    }

    private static object Plain(string channelId) => new { channel_id = channelId, message = Text(0, 0) };

    /// <returns>Messages a second in each wave, by the moments at which the store says that they were posted; and the sidecar's processor time for one.</returns>
    private static async Task<(double[] Rates, TimeSpan Processor)> SendAsync(Workbench bench, Town town, IReadOnlyList<string> people, DirectPosts posts)
    {
        using var community = await Community.SettleAsync(bench, town, 0, 0, rounds: 1, more: (filler, _) => EnqueueAsync(filler, people, Waves));
        await community.StartAsync();
        var before = community.Sidecar.Process.ProcessorTime;
        await posts.WaitForAsync($"Message {Waves} ", 1);
        // Those that are still on their way at the very end are few, and take their pause as all others do.
        await Clock.PauseAsync(TimeSpan.FromSeconds(1));
        var processor = (community.Sidecar.Process.ProcessorTime - before) / (people.Count * Waves);
        community.Sidecar.Kill();

        await using var store = community.Sidecar.OpenStore();
        var waiting = await store.FindAsync(OutboxRow.ByStatus, OutboxRow.Queue);
        MeasurementException.Unless(waiting.Count == 0, $"{waiting.Count} of {people.Count * Waves} messages were not sent.");
        var rates = new double[Waves];
        for (var wave = 1; wave <= Waves; wave++)
        {
            List<DateTimeOffset> at = [];
            foreach (var person in people)
                at.Add((await store.GetAsync<PostedMessage>(RowId(person, wave)))?.At ?? throw new MeasurementException($"Message {wave} to {person} was not posted."));
            rates[wave - 1] = (at.Count - 1) / Math.Max(0.001, (at.Max() - at.Min()).TotalSeconds);
        }

        return (rates, processor);
    }

    private static async Task EnqueueAsync(StoreFiller filler, IReadOnlyList<string> people, int waves)
    {
        var order = 0;
        for (var wave = 1; wave <= waves; wave++)
        {
            foreach (var (number, person) in people.Index())
            {
                await filler.SaveAsync(new OutboxRow
                {
                    Id = RowId(person, wave), Conversation = $"direct/{person}", Order = ++order, Purpose = MessagePurpose.Asked, PersonId = person,
                    NotBefore = Clock.Now, Draft = Text(number, wave),
                });
            }
        }
    }

    /// <summary>Mattermost limits calls; whoever sends has to find out and keep below it.</summary>
    private static async Task<Row> OnLimitedServerAsync(Workbench bench)
    {
        var sizes = bench.Sizes;
        await using var town = await Town.OpenAsync(null, new StandInOptions { RequestsPerSecond = sizes.LimitedPerSecond });
        var people = await town.AddPeopleAsync(sizes.LimitedMessages);
        var (calls, before) = (0, town.StandIn!.Limited);
        town.StandIn.Faults.Choose = target =>
        {
            if (target.IsBot)
                Interlocked.Increment(ref calls);
            return null;
        };
        using var community = await Community.SettleAsync(bench, town, 0, 0, rounds: 1, more: (filler, _) => EnqueueAsync(filler, people, waves: 1));
        await community.StartAsync();
        var began = Clock.Stamp();
        while (Shown() < people.Count)
        {
            MeasurementException.Unless(Clock.Since(began) < LongestWait, "The outbox stands still.");
            await Clock.PauseAsync(TimeSpan.FromMilliseconds(100));
        }

        var refused = town.StandIn.Limited - before;
        return new Row(
            string.Create(CultureInfo.InvariantCulture, $"429s while {people.Count:N0} go through the stand-in at {sizes.LimitedPerSecond} calls a second"),
            Row.Text("{0:N0}", refused), Row.Text("{0:N0} calls of the sidecar", calls), (double)refused / calls, Aim.AtMost(0.01));

        int Shown() => town.StandIn.Transcript.Entries.Count(entry => entry.Text.StartsWith("Message ", StringComparison.Ordinal));
    }

    private static string RowId(string personId, int wave) => OutboxRow.IdOf(personId, wave.ToString(CultureInfo.InvariantCulture));

    private static string Text(int number, int wave) => string.Create(CultureInfo.InvariantCulture, $"Message {wave} to person {number}: one line is enough.");
}
