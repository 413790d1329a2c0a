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
internal sealed class RunCameDue(RunScheduler runs) : IJob
{
    public static readonly JobKey Key = new("run-came-due");

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(runs.FiredAsync(context.Trigger.Key.Name, cancellationToken));
}
