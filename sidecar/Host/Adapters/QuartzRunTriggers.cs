using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using Quartz;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>
/// Quartz as the alarm clock of runs: one trigger each, in memory, since the runs in the store say what to set at a start. What a firing
/// means is worked out elsewhere, from instants; a firing too many does no harm.
/// </summary>
internal sealed class QuartzRunTriggers(ISchedulerFactory schedulers, TimeProvider time) : IRunTriggers
{
    public static void AddTo(IServiceCollection services, TimeSpan idleWait)
    {
        services.AddQuartz(quartz =>
        {
            quartz.UseInMemoryStore();
            quartz.UseDefaultThreadPool(4);
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "runs";
                scheduler.IdleWaitTime = idleWait;
            });
            quartz.AddJob<RunCameDue>(job => job.WithIdentity(RunCameDue.Key).StoreDurably());
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddSingleton<IRunTriggers, QuartzRunTriggers>();
    }

    public async Task SetAsync(string runId, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(runId)
            .ForJob(RunCameDue.Key)
            .StartAt(instant)
            .WithSimpleSchedule(once => once.WithRepeatCount(0).WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
    }

    public async Task ClearAsync(string runId, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.UnscheduleJob(new TriggerKey(runId), cancellationToken);
    }
}

/// <summary>The one job: tells the engine whose trigger fired.</summary>
internal sealed class RunCameDue(RunScheduler runs, IRunTriggers triggers, TimeProvider time, ILogger<RunCameDue> logger) : IJob
{
    public static readonly JobKey Key = new("run-came-due");
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(15);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var runId = context.Trigger.Key.Name;
        try
        {
            await runs.FiredAsync(runId, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The trigger is used up. The instant is still undecided in the store, so asking again opens it late, but opens it.
            logger.LogError("Run {RunId} came due and could not be told, so it is told again in {Seconds} s: {Reason}", runId, TryAgainAfter.TotalSeconds, e.Message);
            await triggers.SetAsync(runId, time.GetUtcNow() + TryAgainAfter, CancellationToken.None);
        }
    }
}
