using MattermostLearning.Benchmarks.Measuring;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>The bot's conversations with many people: a plain load tool posts to them, and what arrives is seen there.</summary>
internal sealed class DirectPosts : IDisposable
{
    private static readonly int[] Callers = [8, 16, 32];
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(20);

    private readonly Api _bot;
    private readonly string[] _channels;

    private DirectPosts(Api bot, string[] channels) => (_bot, _channels) = (bot, channels);

    /// <param name="town">Where.</param>
    /// <param name="people">In the order in which they are written to.</param>
    public static async Task<DirectPosts> ToAsync(Town town, IReadOnlyList<string> people)
    {
        var bot = town.AsBot();
        var channels = new string[people.Count];
        await Load.RunAsync(8, people.Count, async (_, number) => channels[number] = Api.Text(await bot.PostAsync("channels/direct", new[] { bot.Id, people[number] }), "id"));
        return new DirectPosts(bot, channels);
    }

    /// <summary>One post to each, by a tool that remembers nothing and is told the channels: posts a second, the highest rate among several numbers of callers.</summary>
    /// <param name="post">What is posted, of the channel.</param>
    public async Task<double> PlainAsync(Func<string, object> post)
    {
        List<double> rates = [];
        foreach (var callers in Callers)
            rates.Add((await Load.RunAsync(callers, _channels.Length, (_, number) => _bot.PostAsync("posts", post(_channels[number])))).PerSecond);
        return rates.Max();
    }

    /// <summary>Returns when those who are written to last have so many messages with a text in them.</summary>
    public async Task WaitForAsync(string text, int times)
    {
        var began = Clock.Stamp();
        // One after the other: asking for many at once would take of the very server that is measured.
        for (var number = Math.Max(0, _channels.Length - (2 * Callers.Max())); number < _channels.Length; number++)
        {
            while (await CountAsync(_channels[number], text) < times)
            {
                MeasurementException.Unless(Clock.Since(began) < LongestWait, "The outbox stands still.");
                await Clock.PauseAsync(TimeSpan.FromMilliseconds(500));
            }
        }
    }

    public void Dispose() => _bot.Dispose();

    private async Task<int> CountAsync(string channelId, string text) =>
        (await _bot.GetAsync($"channels/{channelId}/posts")).GetProperty("posts").EnumerateObject().Count(post => Api.Text(post.Value, "message").Contains(text, StringComparison.Ordinal));
}
