using System.Net;
using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Storage.LiteDb;
using MattermostLearning.TestKit;
using MattermostLearning.Tests.Contract.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>The whole sidecar on a disk that refuses: people are told the truth, operators the reason, and it goes on by itself.</summary>
public sealed class DiskTests : IDisposable
{
    private const string In = "I'm in";
    private const string NotWritten = "I can't write anything down right now, so nothing has changed. Please try again in a few minutes.";

    private readonly TemporaryFolder _folder = new();
    private readonly FaultyDisk _disk = new();
    private LiteDbStore? _store;

    public void Dispose()
    {
        _disk.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("full", "No space left on device")]
    [InlineData("read-only", "Read-only file system")]
    [InlineData("cannot flush", "Input/output error")]
    public async Task A_click_is_not_acknowledged_and_readiness_says_why_until_the_disk_takes_it(string fault, string reason)
    {
        await using var world = await OpenedAsync();
        var (ann, bilal, opening) = (world.As("ann"), world.As("bilal"), Stage.Opening(world));
        await world.LetAsync(ann.ClickAsync(opening, In));
        (await StoreProblemAsync(world)).ShouldBeNull();

        Break(fault);
        (await world.LetAsync(bilal.ClickAsync(opening, In))).Text.ShouldBe(NotWritten);
        (await world.LetAsync(bilal.CommandAsync($"/learn join {Stage.Slug}", "learning"))).Text.ShouldBe(NotWritten);
        var problem = await StoreProblemAsync(world);
        problem.ShouldNotBeNull().ShouldContain(reason);
        problem.ShouldContain("make room or make it writable, and the sidecar goes on by itself");

        Mend();
        await RecoversAsync(world);
        (await RoundAsync()).Joined.ShouldBe(1);
        (await world.LetAsync(bilal.ClickAsync(opening, In))).Text.ShouldStartWith("You're in for this round");
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        Stage.Opening(world).Text.ShouldContain("In so far: Ann Berg and Bilal Khan");
        (await RoundAsync()).Joined.ShouldBe(2);
        (await Stage.DirectAsync(world, "bilal")).Count.ShouldBe(1);
        Stage.NobodySawTheInside(world);
        await EndAsync(world);
    }

    [Fact]
    public async Task A_round_that_comes_due_while_the_disk_is_full_opens_once_when_there_is_room_and_replies_of_that_time_count()
    {
        await using var world = await StartedAsync();
        await world.AdvanceToAsync(Stage.Monday - TimeSpan.FromMinutes(1));
        Break("full");
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromMinutes(5));
        Stage.Openings(world).ShouldBeEmpty("what is not stored is not posted");

        Mend();
        await RecoversAsync(world);
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        var opening = Stage.Openings(world).ShouldHaveSingleItem();
        Break("full");
        await world.LetAsync(world.As("ann").ReplyAsync(opening, "I asked the night shift."));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        Mend();
        await RecoversAsync(world);
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));

        (await RoundAsync()).Contributors.ShouldBe(1);
        Stage.Openings(world).Count.ShouldBe(1);
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromDays(4) + TimeSpan.FromMinutes(1));
        world.As("ann").Read("learning").Count(post => post.Text.StartsWith("**This round of", StringComparison.Ordinal)).ShouldBe(1);
        await EndAsync(world);
    }

    private async Task<SidecarWorld> StartedAsync()
    {
        var world = await Stage.StartedAsync(prepare: world =>
        {
            world.CallsMayFail = true;
            world.StoreOnDisk = _store = LiteDbStore.Open(
                _disk.Options(_folder.File("learning.db")) with { RetryAfter = TimeSpan.FromSeconds(1) }, world.Time, NullLogger<LiteDbStore>.Instance);
        });
        return world;
    }

    private async Task<SidecarWorld> OpenedAsync()
    {
        var world = await StartedAsync();
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromMinutes(1));
        return world;
    }

    /// <summary>The sidecar stops, and what it leaves holds together.</summary>
    private async Task EndAsync(SidecarWorld world)
    {
        await world.StopSidecarAsync();
        (await _store!.ExamineAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        await _store.DisposeAsync();
    }

    private async Task<Occurrence> RoundAsync()
    {
        var run = (await _store!.FindAsync(Run.ByStatus, nameof(RunStatus.Running))).ShouldHaveSingleItem();
        return (await _store.FindAsync(Occurrence.ByRun, run.Id)).ShouldHaveSingleItem();
    }

    /// <summary>Null where the store is said to be well.</summary>
    private static async Task<string?> StoreProblemAsync(SidecarWorld world)
    {
        var (status, report) = await ReadinessAsync(world);
        var problem = report["checks"]!.AsArray().Single(check => check!["name"]!.GetValue<string>() == "store")!["problem"]?.GetValue<string>();
        if (problem is not null)
            status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        return problem;
    }

    private static async Task<(HttpStatusCode Status, JsonNode Report)> ReadinessAsync(SidecarWorld world)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(world.SidecarAddress, "readyz"), TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    /// <summary>
    /// Without a restart, and without anybody writing. The store looks at the disk on a thread of its own, which the clock does not wait for;
    /// what was missed meanwhile is read back before the sidecar calls itself ready.
    /// </summary>
    private static async Task RecoversAsync(SidecarWorld world)
    {
        for (var second = 0; second < 300 && (await ReadinessAsync(world)).Status != HttpStatusCode.OK; second++)
            await world.AdvanceAsync(TimeSpan.FromSeconds(1));
        var (status, report) = await ReadinessAsync(world);
        status.ShouldBe(HttpStatusCode.OK, report.ToJsonString());
    }

    private void Break(string fault)
    {
        _disk.BytesLeft = fault == "full" ? 0 : long.MaxValue;
        _disk.IsReadOnly = fault == "read-only";
        _disk.FlushFails = fault == "cannot flush";
    }

    private void Mend() => Break("nothing");
}
