using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Engine.Telemetry;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.Sidecar.Adapters;
using MattermostLearning.Storage.LiteDb;

namespace MattermostLearning.Sidecar.Telemetry;

/// <summary>What is looked up when somebody asks for the metrics. Nothing of it reads the store.</summary>
internal sealed class SidecarGauges(
    LearningTelemetry telemetry, OutboxDispatcher outbox, SocketListener socket, RunScheduler runs, Definitions definitions, ILearningStore store, TimeProvider time,
    LiteDbStore? file = null) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = telemetry.Meter;
        Gauge("learning.outbox.depth", "{message}", "Messages that wait to be sent, for whatever reason.", () => outbox.Backlog.Depth);
        Gauge("learning.outbox.oldest.age", "s", "For how long the oldest message that could go has waited.", () => Since(outbox.Backlog.OldestDue));
        Gauge("learning.websocket.connected", null, "1 while Mattermost's WebSocket is up, else 0.", () => socket.State.Phase == SocketPhase.Up ? 1 : 0);
        Gauge("learning.websocket.out_of_touch", "s", "For how long events may have been missed that are not read back yet.", () => Since(socket.OutOfTouchSince));
        meter.CreateObservableCounter<long>("learning.websocket.disconnections", () => socket.State.Failures, "{connection}", "Connections that ended or were not made.");
        Gauge("learning.runs.scheduled", "{run}", "Runs that have another round to come.", () => runs.Scheduled);
        Gauge("learning.content.activities", "{activity}", "Activities that are offered.", () => definitions.Library.Definitions.Count);
        Gauge("learning.content.errors", "{error}", "Errors in content files, which are not offered.", () => definitions.Library.Diagnostics.Count(one => one.Severity == Severity.Error));
        Gauge("learning.store.healthy", null, "1 while the store takes changes, else 0.", () => store.Health.IsHealthy ? 1 : 0);
        meter.CreateObservableCounter("learning.store.writes", () => file?.Writes ?? 0, "{write}", "Times at which waiting commits were brought to the disk together.");
        Gauge("learning.store.size", "By", "The data file and its log on the disk.", () => file?.SizeOnDisk ?? 0);
        return Task.CompletedTask;

        void Gauge(string name, string? unit, string description, Func<double> look) => meter.CreateObservableGauge(name, look, unit, description);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private double Since(DateTimeOffset? moment) => moment is { } since ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds) : 0;
}
