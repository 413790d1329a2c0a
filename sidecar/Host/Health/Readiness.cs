using System.Globalization;
using System.Text.Json.Serialization;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.Sidecar.Adapters;

namespace MattermostLearning.Sidecar.Health;

/// <summary>Whether the sidecar can do its work now, and what keeps it from it. Names and addresses, never a secret.</summary>
internal sealed class Readiness(
    MattermostAccess access, ILearningStore store, MattermostClient client, SocketListener socket, OutboxDispatcher outbox, Definitions definitions, IHostApplicationLifetime lifetime,
    TimeProvider time) : IDisposable
{
    /// <summary>Anybody may ask us; Mattermost is asked on their behalf no more often than this.</summary>
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Connections break and servers are restarted: what is made good within this keeps nobody from using the sidecar.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _asking = new(1);
    private (DateTimeOffset At, string? Problem)? _answer;

    public async Task<ReadinessReport> CheckAsync(CancellationToken cancellationToken)
    {
        var errors = definitions.Library.Diagnostics.Count(finding => finding.Severity == Severity.Error);
        ReadinessCheck[] checks =
        [
            Check("running", lifetime.ApplicationStopping.IsCancellationRequested ? "The sidecar is stopping." : null),
            Check("settings", access.Missing is { } missing ? $"Missing: {missing}." : null),
            Check("store", store.Health.IsHealthy ? null : store.Health.Problem ?? "It takes nothing."),
            Check("mattermost", await MattermostAsync(cancellationToken)),
            Socket(),
            Check("outbox", OutboxProblem()),
            Check("content", null) with { Activities = definitions.Library.Definitions.Count, Errors = errors },
        ];
        return new ReadinessReport(checks.All(check => check.Ok), checks);
    }

    public void Dispose() => _asking.Dispose();

    private static ReadinessCheck Check(string name, string? problem) => new(name, problem is null, problem);

    /// <remarks>
    /// What was missed, also while the sidecar was not there, is read back beside the work: decisions that look at a round read its thread
    /// first until then. So it holds up nobody, unless it takes so long that something is wrong.
    /// </remarks>
    private ReadinessCheck Socket()
    {
        const string name = "websocket";
        var state = socket.State;
        if (state.Phase == SocketPhase.Refused)
            return Check(name, "Mattermost refuses the bot's token.");
        if (!socket.WasConnected)
            return Check(name, state.LastProblem.Length > 0 ? $"Not connected: {state.LastProblem}." : "Not connected yet.");
        if (socket.OutOfTouchSince is not { } since)
            return Check(name, null);
        var outOfTouch = time.GetUtcNow() - since;
        var why = state switch
        {
            { Phase: SocketPhase.Up } => "What was missed is being read back.",
            { LastProblem.Length: > 0 } => $"Not connected: {state.LastProblem}.",
            _ => "Not connected.",
        };
        return outOfTouch <= Tolerated
            ? Check(name, null) with { Note = why }
            : Check(name, $"{why} {Spell(outOfTouch)} ago it was last in touch.");
    }

    private string? OutboxProblem()
    {
        var backlog = outbox.Backlog;
        return backlog.OldestDue is { } oldest && time.GetUtcNow() - oldest is var age && age > Tolerated
            ? $"{(backlog.Depth == 1 ? "One message waits" : string.Create(CultureInfo.InvariantCulture, $"{backlog.Depth} messages wait"))} to be sent, the oldest for {Spell(age)}."
            : null;
    }

    private static string Spell(TimeSpan age) => string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0} s");

    private async Task<string?> MattermostAsync(CancellationToken cancellationToken)
    {
        if (!access.IsComplete)
            return "Not set up yet.";
        await _asking.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (_answer is { } answer && now - answer.At < AskedAgainAfter && now >= answer.At)
                return answer.Problem;
            var problem = await AskAsync(cancellationToken);
            _answer = (now, problem);
            return problem;
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await client.Users.MeAsync(either.Token);
            return null;
        }
        catch (MattermostException e) when (e.IsUnauthorized)
        {
            return $"{access.BaseAddress} refuses the bot's token.";
        }
        catch (MattermostException e)
        {
            return $"{access.BaseAddress}: {e.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{access.BaseAddress} does not answer within {Patience.TotalSeconds:0} s.";
        }
    }
}

internal sealed record ReadinessReport(bool Ready, IReadOnlyList<ReadinessCheck> Checks);

internal sealed record ReadinessCheck(string Name, bool Ok, string? Problem)
{
    /// <summary>What is going on that keeps nobody from using the sidecar.</summary>
    public string? Note { get; init; }

    public int? Activities { get; init; }

    /// <summary>Errors in content files: those files are not offered, everything else works.</summary>
    public int? Errors { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReadinessReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
