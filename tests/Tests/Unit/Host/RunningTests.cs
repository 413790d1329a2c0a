using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Storage;
using MattermostLearning.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Tests.Unit.Host;

public sealed class RunningTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Folder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_Mattermost_it_is_up_and_alive_but_not_ready_and_says_why()
    {
        await using var app = Sidecars.Build(Sidecars.Settings(_folder, ("Mattermost__Url", "http://127.0.0.1:9")), setup => setup.Client += client => client.MaxRetries = 0);
        await app.StartAsync(Cancel);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        (await client.GetAsync("/healthz", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var response = await client.GetAsync("/readyz", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        text.ShouldNotContain(Sidecars.Token);
        Problems(text).Keys.ShouldBe(["mattermost", "websocket"]);
        await app.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_what_chooses_another_and_nothing_besides()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var log = new RecordedLog();
        var app = Sidecars.Build(Sidecars.Settings(_folder, ("Sidecar__Listen", $"http://{other.LocalEndpoint}")), setup => setup.Logging = logging => logging.ClearProviders().AddProvider(log));

        (await Should.ThrowAsync<CannotStartException>(() => SidecarApp.RunAsync(app))).Message
            .ShouldBe($"Failed to bind to address http://{other.LocalEndpoint}: address already in use. Sidecar__Listen chooses another address.");

        log.Lines.ShouldNotContain(line => line.Contains("went before the answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Waiting_for_setup_it_says_what_is_missing_and_goes_on_when_it_is_there()
    {
        await using var mattermost = await MattermostStandIn.StartAsync(cancellationToken: Cancel);
        mattermost.Seed.AddTeam("acme");
        var (_, token) = mattermost.Seed.AddBot("learnbot", "Learning", "acme");
        var settings = Sidecars.Settings(_folder, ("Sidecar__WaitForSetup", "true"));
        foreach (var name in new[] { "Mattermost__Url", "Mattermost__BotToken", "Mattermost__CommandTokens" })
            settings.Remove(name);
        await using var app = Sidecars.Build(settings);
        await app.StartAsync(Cancel);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var before = Problems(await (await client.GetAsync("/readyz", Cancel)).Content.ReadAsStringAsync(Cancel));
        before["settings"].ShouldBe("Missing: Mattermost__Url, Mattermost__BotToken, Mattermost__CommandTokens.");

        var up = WhenUp(app);
        _folder.Write("data/mattermost.json", $$$"""{"Mattermost": {"Url": "{{{mattermost.Address}}}", "BotToken": "{{{token}}}", "CommandTokens": "{{{Sidecars.Token}}}"}}""");
        app.Services.GetRequiredService<Sidecar.Options.SetupFileWatch>().LookNow();
        await up;
        mattermost.ClientsOf("learnbot").ShouldBe(1);
        await app.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_token_that_expires_is_told_and_a_new_one_brings_the_connection_back()
    {
        await using var mattermost = await MattermostStandIn.StartAsync(cancellationToken: Cancel);
        mattermost.Seed.AddTeam("acme");
        var (_, old) = mattermost.Seed.AddBot("learnbot", "Learning", "acme");
        var settings = Sidecars.Settings(_folder, ("Mattermost__Url", mattermost.Address.ToString()));
        settings.Remove("Mattermost__BotToken");
        Write(old);
        await using var app = Sidecars.Build(settings);
        var up = WhenUp(app);
        await app.StartAsync(Cancel);
        await up;

        mattermost.Seed.Revoke(old);
        var down = When(app, state => state.Phase is SocketPhase.Down or SocketPhase.Refused);
        mattermost.Faults.ForgetConnections();
        await down;
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var text = await (await client.GetAsync("/readyz", Cancel)).Content.ReadAsStringAsync(Cancel);
        Problems(text)["mattermost"].ShouldEndWith("refuses the bot's token.");
        text.ShouldNotContain(old);

        up = WhenUp(app);
        Write(mattermost.Seed.TokenFor("learnbot"));
        app.Services.GetRequiredService<Sidecar.Options.SetupFileWatch>().LookNow();
        await up;
        await app.StopAsync(Cancel);

        void Write(string token) => _folder.Write("data/mattermost.json", $$$"""{"Mattermost": {"BotToken": "{{{token}}}"}}""");
    }

    [Fact]
    public async Task A_loop_that_ends_ends_the_sidecar_with_a_failure()
    {
        var fails = new TaskCompletionSource();
        await using var app = Sidecars.Build(Sidecars.Settings(_folder), setup =>
        {
            setup.Transport = () => new Answers(_ => Task.FromResult(Answers.Json("[]")));
            setup.Services = services => services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(new Dying(fails.Task)));
        });
        var ended = SidecarApp.RunAsync(app);
        fails.SetResult();
        (await ended.WaitAsync(Patience, TimeProvider.System, Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task A_second_sidecar_on_the_same_data_does_not_start_and_says_why()
    {
        var settings = Sidecars.Settings(_folder);
        await using var first = Sidecars.Build(settings, setup => setup.Store = null);
        await using var second = Sidecars.Build(settings, setup => setup.Store = null);
        await first.StartAsync(Cancel);
        (await Should.ThrowAsync<StoreInUseException>(() => second.StartAsync(Cancel))).Message.ShouldContain("is in use by process");
        await first.StopAsync(Cancel);
    }

    [Fact]
    public async Task Stopping_takes_no_more_callbacks()
    {
        await using var app = Sidecars.Build(Sidecars.Settings(_folder), setup => setup.Transport = () => new Answers(_ => Task.FromResult(Answers.Json("[]"))));
        await app.StartAsync(Cancel);
        var gate = app.Services.GetRequiredService<Sidecar.Endpoints.CallbackGate>();
        app.Lifetime.StopApplication();
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        await gate.PassAsync(context, _ => throw new InvalidOperationException("must not pass"));
        context.Response.StatusCode.ShouldBe(503);
        context.Response.Headers.RetryAfter.ToString().ShouldBe("10");
        await app.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_run_comes_due_at_its_instant_on_a_clock_that_is_moved()
    {
        var time = new VirtualTime(new DateTimeOffset(2027, 1, 8, 12, 0, 0, TimeSpan.Zero));
        _folder.Write("content/question.md", """
            ---
            kind: challenge
            title: One good question
            summary: Ask one question.
            channel: learning
            schedule: every Monday at 09:00
            time-zone: Europe/London
            open-for: 4 days
            ---
            Ask somebody **one question**.
            """);
        await using var app = Sidecars.Build(Sidecars.Settings(_folder), setup =>
        {
            setup.UseVirtualTime(time);
            setup.Transport = () => new Answers(_ => Task.FromResult(Answers.Error(HttpStatusCode.NotFound, "none")));
        });
        await app.StartAsync(Cancel);
        var ledger = app.Services.GetRequiredService<LearningLedger>();
        var run = new Run
        {
            Id = "run1", Slug = "question", Kind = "challenge", TeamId = Answers.BotId, ChannelId = Answers.BotId, HostId = Answers.PersonId, CreatedAt = time.Now,
            DecidedThrough = time.Now, DefinitionHash = app.Services.GetRequiredService<Definitions>().Library.Definitions["question"].Hash,
        };
        await ledger.CommitAsync(new ChangeSet().Save(run), Cancel);
        var scheduler = app.Services.GetRequiredService<RunScheduler>();
        while (scheduler.NextMoment is null)
            await Task.Yield();
        var due = new DateTimeOffset(2027, 1, 11, 9, 0, 0, TimeSpan.Zero);
        scheduler.NextMoment.ShouldBe(due);

        var opened = new TaskCompletionSource();
        ledger.MessagesWaiting += _ => opened.TrySetResult();
        time.AdvanceTo(due.AddSeconds(-1));
        opened.Task.IsCompleted.ShouldBeFalse();
        time.AdvanceTo(due);
        await opened.Task.WaitAsync(Patience, TimeProvider.System, Cancel);

        (await ledger.Store.FindAsync(Occurrence.ByRun, "run1", Cancel)).ShouldHaveSingleItem().OpenedAt.ShouldBe(due);
        while (scheduler.NextMoment == due)
            await Task.Yield();
        scheduler.NextMoment.ShouldBe(due.AddDays(7));
        await app.StopAsync(Cancel);
    }

    private static Task WhenUp(WebApplication app) => When(app, state => state.Phase == SocketPhase.Up);

    private static Task When(WebApplication app, Func<SocketState, bool> holds)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Services.GetRequiredService<MattermostSocket>().PhaseChanged += state =>
        {
            if (holds(state))
                reached.TrySetResult();
        };
        return reached.Task.WaitAsync(Patience, TimeProvider.System, Cancel);
    }

    private static Dictionary<string, string> Problems(string json) =>
        JsonDocument.Parse(json).RootElement.GetProperty("checks").EnumerateArray()
            .Where(check => !check.GetProperty("ok").GetBoolean())
            .ToDictionary(check => check.GetProperty("name").GetString()!, check => check.GetProperty("problem").GetString()!);

    private sealed class Dying(Task when) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await when;
            throw new InvalidOperationException("a bug");
        }
    }
}
