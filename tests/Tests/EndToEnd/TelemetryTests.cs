using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What a week of a community looks like from outside, and that docs/ tells all of it and nothing else.</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_week_is_counted()
    {
        await using var town = await LearningTown.StartAsync();
        using var seen = new RecordedTelemetry(town.World.Services);
        var before = Brought(town);
        await LiveAWeekAsync(town);

        var brought = Brought(town) - before;
        seen.Of("learning.due.lag", "source=schedule").Count.ShouldBe(1, "one round opened");
        seen.Of("learning.due.lag", "source=moment").Count.ShouldBe(4, "each of the round's moments, whether it had something to say or not");
        seen.Of("learning.due.lag").ShouldAllBe(lag => lag < 1);
        seen.Of("learning.callback.duration", "route=action", "outcome=answered").Count.ShouldBe(2, "two clicks");
        seen.Of("learning.callback.duration", "route=command", "outcome=answered").Count.ShouldBe(1);
        seen.Of("learning.callback.duration").Count.ShouldBe(3);
        seen.Of("learning.outbox.deliveries", "outcome=sent").Count.ShouldBe(brought, "what people saw of the bot, each once");
        seen.Of("learning.outbox.deliveries").Count.ShouldBe(brought);
        seen.Of("learning.commit.duration", "outcome=committed").Count.ShouldBeGreaterThanOrEqualTo(brought);
        seen.Of("learning.mattermost.request.duration", "status=2xx").Count.ShouldBeGreaterThanOrEqualTo(brought);
        seen.Look("learning.websocket.connected").ShouldBe(1);
        seen.Look("learning.websocket.out_of_touch").ShouldBe(0);
        seen.Look("learning.websocket.disconnections").ShouldBe(0);
        seen.Look("learning.outbox.depth").ShouldBe(0);
        seen.Look("learning.outbox.oldest.age").ShouldBe(0);
        seen.Look("learning.runs.scheduled").ShouldBe(1);
        seen.Look("learning.content.activities").ShouldBe(1);
        seen.Look("learning.content.errors").ShouldBe(0);
        seen.Look("learning.store.healthy").ShouldBe(1);
    }

    [Fact]
    public async Task Spans_say_what_caused_what_by_ids_and_nobody_by_name_or_words()
    {
        await using var town = await LearningTown.StartAsync();
        using var seen = new RecordedTelemetry(town.World.Services);
        await LiveAWeekAsync(town);

        var click = seen.Spans.First(span => span.DisplayName == "callback" && "action".Equals(span.GetTagItem("learning.route")));
        var decision = seen.Spans.Single(span => span.ParentSpanId == click.SpanId && span.DisplayName == "decide");
        seen.Spans.ShouldContain(span => span.ParentSpanId == decision.SpanId && span.DisplayName == "commit");
        seen.Spans.ShouldContain(span => span.DisplayName == "due schedule");
        seen.Spans.ShouldContain(span => span.DisplayName == "deliver" && span.GetTagItem("learning.row.id") != null && "sent".Equals(span.GetTagItem("learning.outcome")));
        var told = string.Join('\n', seen.Spans.SelectMany(span => span.TagObjects.Select(tag => $"{tag.Value}").Prepend($"{span.DisplayName} {span.StatusDescription}")));
        foreach (var word in new[] { "ann berg", "bilal", "hana", "zeppelins", "really want answered", town.As("ann").Id, town.As("bilal").Id, town.World.BotToken })
            told.ShouldNotContain(word, Case.Insensitive);
    }

    [Fact]
    public async Task The_page_names_each_metric_with_its_unit_and_labels_and_no_other()
    {
        await using var town = await LearningTown.StartAsync();
        using var seen = new RecordedTelemetry(town.World.Services);
        await LiveAWeekAsync(town);

        MetricsPage.Rows.Select(row => $"{row.Instrument} {row.Kind} {row.Unit}").Order(StringComparer.Ordinal)
            .ShouldBe(seen.Instruments.Select(one => $"{one.Name} {KindOf(one)} {one.Unit}").Order(StringComparer.Ordinal));
        seen.Labels.Select(label => $"{label.Key}={label.Value}").Except(MetricsPage.Rows.SelectMany(row => row.Labels)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_admin_address_serves_metrics_under_the_names_of_the_page_and_the_other_address_does_not()
    {
        await using var town = await LearningTown.StartAsync();
        await town.World.StopSidecarAsync();
        town.World.Set("Sidecar__AdminListen", "http://127.0.0.1:0");
        await town.World.StartSidecarAsync();
        await LiveAWeekAsync(town);

        using var http = new HttpClient();
        var admin = new Uri(town.World.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last());
        var metrics = await http.GetStringAsync(new Uri(admin, "/metrics"), Cancel);
        metrics.Split('\n').Where(line => line.StartsWith("# TYPE learning_", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).Order(StringComparer.Ordinal)
            .ShouldBe(MetricsPage.Rows.Select(row => row.Exported).Order(StringComparer.Ordinal));
        metrics.ShouldContain("dotnet_");

        (await StatusAsync(admin, "/healthz")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(admin, "/readyz")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(admin, "/mattermost/command")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(town.World.SidecarAddress, "/metrics")).ShouldBe(HttpStatusCode.NotFound);
        using var pretending = new HttpRequestMessage(HttpMethod.Get, new Uri(town.World.SidecarAddress, "/metrics")) { Headers = { Host = admin.Authority } };
        (await http.SendAsync(pretending, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "the port counts, and not the host that a caller names");

        async Task<HttpStatusCode> StatusAsync(Uri address, string path) => (await http.GetAsync(new Uri(address, path), Cancel)).StatusCode;
    }

    [Theory]
    [InlineData("grafana-dashboard.json")]
    [InlineData("alerts.yml")]
    [InlineData("alerts.test.yml")]
    public void Files_for_operators_ask_only_for_metrics_that_there_are(string file)
    {
        MetricsPage.NamedIn(file).ShouldNotBeEmpty();
        MetricsPage.NamedIn(file).Except(MetricsPage.Rows.Select(row => row.Exported)).ShouldBeEmpty();
    }

    [Fact]
    public void The_dashboard_shows_every_metric()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(MetricsPage.Folder, "grafana-dashboard.json")));
        dashboard.RootElement.GetProperty("panels").GetArrayLength().ShouldBeGreaterThan(0);
        MetricsPage.Rows.Select(row => row.Exported).Except(MetricsPage.NamedIn("grafana-dashboard.json")).ShouldBeEmpty();
    }

    /// <summary>A round opens, two join, one of them replies, one asks for help, and it closes.</summary>
    private static async Task LiveAWeekAsync(LearningTown town)
    {
        var opening = await town.OpenRoundAsync();
        await town.World.LetAsync(town.As("ann").ClickAsync(opening, "I'm in"));
        await town.World.LetAsync(town.As("bilal").ClickAsync(opening, "I'm in"));
        await town.ReplyAsync("bilal", opening, "I asked about zeppelins.");
        await town.SayAsync("ann", "/learn");
        await town.CloseRoundAsync();
    }

    /// <summary>Posts, edits and reactions of the bot that could be seen so far, wherever.</summary>
    private static int Brought(LearningTown town) =>
        town.World.Mattermost.Transcript.Entries.Count(entry => entry is { Who: "@learning", Kind: TranscriptKind.Posted or TranscriptKind.Edited or TranscriptKind.Reacted });

    private static string KindOf(Instrument instrument) => instrument switch
    {
        Histogram<double> => "histogram",
        Counter<long> or ObservableCounter<long> => "counter",
        ObservableGauge<double> => "gauge",
        _ => throw new InvalidOperationException($"{instrument.Name} is of a kind that the page does not tell of."),
    };
}
