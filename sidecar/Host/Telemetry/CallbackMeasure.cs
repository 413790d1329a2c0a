using System.Diagnostics;
using MattermostLearning.Activities.Engine.Telemetry;

namespace MattermostLearning.Sidecar.Telemetry;

/// <summary>
/// Measures and traces a callback, by route and outcome: `answered`, `limited` (one too many in a minute), `refused` (it was no callback, or not
/// Mattermost's, or the caller went before its end), `stopping`, or `failed`. Whoever is told of a limit or a failure gets status 200, too,
/// since Mattermost shows no other.
/// </summary>
internal sealed class CallbackMeasure(SidecarMetrics metrics, LearningTelemetry telemetry, TimeProvider time)
{
    public const string Failed = "failed";
    public const string Limited = "limited";

    private static readonly object Known = new();

    private long _answered;
    private long _refused;

    /// <summary>When Mattermost last got an answer; null when it has not called since the start.</summary>
    public DateTimeOffset? LastAnswered => At(ref _answered);

    /// <summary>When a call was last refused: a wrong token, most likely.</summary>
    public DateTimeOffset? LastRefused => At(ref _refused);

    /// <summary>The person gets an answer, but not what they asked for.</summary>
    /// <param name="context">The call.</param>
    /// <param name="outcome"><see cref="Failed"/> or <see cref="Limited"/>.</param>
    public static void Became(HttpContext context, string outcome) => context.Items[Known] = outcome;

    public async Task PassAsync(HttpContext context, string route, RequestDelegate next)
    {
        // A trace begins here: what a caller says about traces is not taken over.
        Activity.Current = null;
        using var span = telemetry.Source.StartActivity("callback", ActivityKind.Server)?.SetTag("learning.route", route);
        var began = time.GetTimestamp();
        var outcome = Failed;
        try
        {
            await next(context);
            outcome = OutcomeOf(context);
        }
        catch (Exception e) when (e is BadHttpRequestException || context.RequestAborted.IsCancellationRequested)
        {
            // Anybody can send half a body, or go: that is no failure of ours. The server makes an end of the connection.
            outcome = "refused";
            throw;
        }
        catch (Exception e)
        {
            telemetry.Failed(e);
            throw;
        }
        finally
        {
            span?.SetTag(LearningTelemetry.Outcome, outcome);
            Note(outcome);
            metrics.Called(route, outcome, time.GetElapsedTime(began));
        }
    }

    private void Note(string outcome)
    {
        if (outcome is "answered" or "failed")
            Volatile.Write(ref _answered, time.GetUtcNow().ToUnixTimeMilliseconds());
        else if (outcome == "refused")
            Volatile.Write(ref _refused, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private static DateTimeOffset? At(ref long milliseconds) => Volatile.Read(ref milliseconds) is > 0 and var at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private static string OutcomeOf(HttpContext context) => context.Response.StatusCode switch
    {
        _ when context.Items.TryGetValue(Known, out var known) => (string)known!,
        < StatusCodes.Status400BadRequest => "answered",
        StatusCodes.Status503ServiceUnavailable => "stopping",
        < StatusCodes.Status500InternalServerError => "refused",
        _ => Failed,
    };
}
