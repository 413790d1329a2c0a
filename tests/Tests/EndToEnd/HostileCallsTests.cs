using System.Net;
using System.Text;
using CsCheck;
using MattermostLearning.Sidecar.Endpoints;
using MattermostLearning.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Thousands of drawn calls to a running sidecar, a new one each seed; a million by the variables of <see cref="Trials"/>. Nothing fails, hangs or grows.</summary>
public sealed class HostileCallsTests
{
    /// <summary>At once, and in one minute of the sidecar's clock: no person calls so often that they are held up.</summary>
    private const int AtOnce = 64;

    private static readonly HttpStatusCode[] Expected =
    [
        HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType,
    ];

    public static TheoryData<int> Seeds => [.. Trials.Seeds(1)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task No_call_fails_hangs_or_makes_anything_grow_without_bound(int seed)
    {
        await using var world = await Stage.OpenedAsync(prepare: world => world.Set("Privacy__RetentionDays", "1"));
        var run = await Stage.RunAsync(world);
        string[] people = [.. new[] { "ann", "bilal", "dev", "hana.lead", "root" }.Select(name => world.As(name).Id), "nobodynobodynobodynobodyno"];
        var calls = new HostileCalls(world, people, run.TeamId, [run.Id, (await Stage.RoundAsync(world)).Id, $"{run.Id}@20990101T0900Z", "gone@20270111T0900Z", Stage.Slug]);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 8, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = world.SidecarAddress };
        var answers = new Dictionary<HttpStatusCode, int>();
        Dictionary<string, int> early = [];
        var batches = 0;

        await calls.Call.Array[AtOnce].AlwaysAsync(seed, times: 64, async drawn =>
        {
            var statuses = await Task.WhenAll(drawn.Select(call => SendAsync(client, call)));
            foreach (var status in statuses)
                answers[status] = answers.GetValueOrDefault(status) + 1;
            await world.AdvanceAsync(TimeSpan.FromMinutes(1));
            if (++batches == 32)
                early = Count(world);
        });

        var figures = $"Seed {seed}, {batches * AtOnce} calls: {string.Join(", ", answers.OrderBy(one => one.Key).Select(one => $"{one.Value} x {(int)one.Key}"))}; stored early and late: "
            + string.Join(", ", Count(world).Select(one => $"{one.Key} {early.GetValueOrDefault(one.Key)} and {one.Value}"));
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        answers.Keys.ShouldBeSubsetOf(Expected, figures);
        answers.GetValueOrDefault(HttpStatusCode.OK).ShouldBeGreaterThan(batches * AtOnce / 4, "calls that are understood are drawn, too");
        Count(world)["participations"].ShouldBeGreaterThan(0, "some of them do what they say");
        world.Log.Problems.Where(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal)).ShouldBeEmpty(figures);
        world.Services.GetRequiredService<CallerLimits>().Kept.ShouldBeLessThan(2_048);
        foreach (var (kind, count) in Count(world))
            count.ShouldBeLessThan(10_000, $"{kind}: {figures}");
        Stage.NobodySawTheInside(world);
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, HostileCall call)
    {
        try
        {
            using var request = call.ToRequest();
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (said.Contains("Something went wrong", StringComparison.Ordinal) || (int)answer.StatusCode >= 500)
                throw new InvalidOperationException($"{call} was answered {(int)answer.StatusCode} {said}");
            return answer.StatusCode;
        }
        catch (HttpRequestException e)
        {
            throw new InvalidOperationException($"{call} was not answered: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private static Dictionary<string, int> Count(SidecarWorld world) => world.Store.Everything().ToDictionary(kind => kind.Key, kind => kind.Value.Count);
}
