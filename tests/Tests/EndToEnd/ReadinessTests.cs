using System.Net;
using System.Text.Json.Nodes;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What `/readyz` says while Mattermost fails for less and for more than a minute.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task A_message_that_could_have_gone_for_more_than_a_minute_makes_it_not_ready_until_it_is_sent()
    {
        await using var town = await LearningTown.StartAsync();
        var world = town.World;
        (await NotReadyAsync(world)).ShouldBeEmpty();
        world.CallsMayFail = true;
        world.Mattermost.Faults.Choose = target => target is { Method: "POST", Path: "/posts" } ? Fault.Answer(503) : null;

        await world.AdvanceToAsync(LearningTown.FirstOpening.AddSeconds(45));
        (await NotReadyAsync(world)).Select(one => one.ToString()).ShouldBeEmpty("less than a minute");
        await world.AdvanceToAsync(LearningTown.FirstOpening.AddSeconds(70));
        var problem = (await NotReadyAsync(world)).ShouldHaveSingleItem();
        problem.Key.ShouldBe("outbox");
        problem.Value.ShouldMatch("^(One message waits|[0-9]+ messages wait) to be sent, the oldest for 70 s\\.$");

        world.Mattermost.Faults.Clear();
        await world.AdvanceAsync(TimeSpan.FromMinutes(3));
        (await NotReadyAsync(world)).ShouldBeEmpty();
        town.Openings().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_is_down_for_more_than_a_minute_makes_it_not_ready_until_everything_missed_was_read_back()
    {
        await using var town = await LearningTown.StartAsync();
        var world = town.World;
        world.CallsMayFail = true;
        world.Mattermost.Faults.AreSocketsRefused = true;
        (await NotReadyAsync(world)).ShouldBeEmpty();
        await CutAsync(world);

        await world.AdvanceAsync(TimeSpan.FromSeconds(50));
        (await NotReadyAsync(world)).Select(one => one.ToString()).ShouldBeEmpty("less than a minute");
        await world.AdvanceAsync(TimeSpan.FromSeconds(20));
        var problem = (await NotReadyAsync(world)).ShouldHaveSingleItem();
        problem.Key.ShouldBe("websocket");
        problem.Value.ShouldStartWith("Not connected");
        problem.Value.ShouldMatch(" (69|70) s ago it was last in touch\\.$");

        world.Mattermost.Faults.Clear();
        // The clock does not wait for an attempt to connect, which may end in the next of these steps.
        for (var step = 0; step < 200 && (await NotReadyAsync(world)).Count > 0; step++)
            await world.AdvanceAsync(TimeSpan.FromSeconds(10));
        (await NotReadyAsync(world)).Select(one => one.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_start_it_is_ready_while_what_was_missed_is_read_back_and_no_longer_when_that_takes_more_than_a_minute()
    {
        await using var world = await Stage.OpenedAsync();
        world.CallsMayFail = true;
        await world.StopSidecarAsync();
        await world.As("ann").ReplyAsync(Stage.Opening(world), "I asked somebody while nobody listened.");
        world.Mattermost.Faults.Choose = target => target.Path.EndsWith("/thread", StringComparison.Ordinal) ? Fault.Answer(503) : null;

        await world.StartSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromSeconds(50));
        (await NotReadyAsync(world)).ShouldBeEmpty();
        (await NoteAsync(world)).ShouldBe("What was missed is being read back.");
        (await Stage.RoundAsync(world)).Contributors.ShouldBe(0);
        await world.AdvanceAsync(TimeSpan.FromSeconds(20));
        var problem = (await NotReadyAsync(world)).ShouldHaveSingleItem();
        problem.Key.ShouldBe("websocket");
        problem.Value.ShouldMatch("^What was missed is being read back\\. [0-9]+ s ago it was last in touch\\.$");

        world.Mattermost.Faults.Clear();
        await world.AdvanceAsync(TimeSpan.FromMinutes(3));
        (await NotReadyAsync(world)).ShouldBeEmpty();
        (await NoteAsync(world)).ShouldBeNull();
        (await Stage.RoundAsync(world)).Contributors.ShouldBe(1);
    }

    /// <summary>The cut itself takes no time that the clock shows: it is waited for until it is noticed.</summary>
    private static async Task CutAsync(SidecarWorld world)
    {
        var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Services.GetRequiredService<MattermostSocket>().PhaseChanged += state =>
        {
            if (state.Phase == SocketPhase.Down)
                noticed.TrySetResult();
        };
        world.Mattermost.Faults.CutSockets();
        await noticed.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static async Task<Dictionary<string, string>> NotReadyAsync(SidecarWorld world)
    {
        var (status, checks) = await AskAsync(world);
        var problems = checks
            .Where(check => !check!["ok"]!.GetValue<bool>())
            .ToDictionary(check => check!["name"]!.GetValue<string>(), check => check!["problem"]!.GetValue<string>());
        status.ShouldBe(problems.Count == 0 ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
        return problems;
    }

    /// <summary>What is going on with the WebSocket, where that keeps nobody from using the sidecar.</summary>
    private static async Task<string?> NoteAsync(SidecarWorld world) =>
        (await AskAsync(world)).Checks.Single(check => check!["name"]!.GetValue<string>() == "websocket")!["note"]?.GetValue<string>();

    private static async Task<(HttpStatusCode Status, JsonArray Checks)> AskAsync(SidecarWorld world)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(world.SidecarAddress, "readyz"), TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["checks"]!.AsArray());
    }
}
