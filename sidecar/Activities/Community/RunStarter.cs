using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content;
using MattermostLearning.Content.Schedules;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Community;

/// <summary>Starts runs: because a facilitator said so, or because a file says `start: when loaded`.</summary>
public sealed class RunStarter(
    LearningLedger ledger, IDirectory directory, Listeners listeners, RunCalendar calendar, TimeProvider time, ILogger<RunStarter> logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public void Dispose() => _turn.Dispose();

    /// <summary>What a start would mean, or why it cannot be. The bot joins the channel for it, if it may.</summary>
    /// <param name="definition">What is to run.</param>
    /// <param name="channel">Where.</param>
    /// <param name="startedBy">Who starts it and, where the file names nobody, is its host.</param>
    /// <param name="cancellationToken"></param>
    public async Task<StartPlan> PlanAsync(ActivityDefinition definition, ChannelProfile channel, string? startedBy, CancellationToken cancellationToken)
    {
        if (await RunningInAsync(definition, channel.Id, cancellationToken) is not null)
            return new StartPlan(StartRefusal.RunsThereAlready);
        // Only inside can be seen how many people are there, and whether posting and replying are allowed.
        if (await directory.EnterChannelAsync(channel, cancellationToken) is var access and not ChannelAccess.Granted)
            return new StartPlan(RefusalOf(access));
        var hostId = startedBy;
        if (definition.Host is { } username)
        {
            if (await directory.FindPersonAsync(username, cancellationToken) is not { IsDeactivated: false, IsBot: false } host)
                return new StartPlan(StartRefusal.NoSuchHost);
            hostId = host.Id;
        }

        if (hostId is null)
            return new StartPlan(StartRefusal.NoHost);
        var now = time.GetUtcNow();
        var today = LocalTime.DateOf(now, definition.Zone);
        if (definition.BeginsOn(today) < today)
            return new StartPlan(StartRefusal.NoDateLeft);
        var run = new Run
        {
            Id = "",
            Slug = definition.Slug,
            Kind = definition.Kind,
            TeamId = channel.TeamId,
            ChannelId = channel.Id,
            HostId = hostId,
            StartedBy = startedBy,
            CreatedAt = now,
            // Without a schedule the start itself is the one instant that is still to come.
            DecidedThrough = definition.Schedule is null ? now.AddTicks(-1) : now,
            DefinitionHash = definition.Hash,
        };
        return calendar.Next(run, definition) is { } first ? new StartPlan(run, first) : new StartPlan(StartRefusal.NoDateLeft);
    }

    /// <summary>
    /// Starts what was planned. The name makes the run's id, so that the same yes said twice starts one run; of two people who say yes at
    /// once, the second finds it running.
    /// </summary>
    public async Task<StartRefusal?> StartAsync(ActivityDefinition definition, StartPlan plan, ChannelProfile channel, string name, CancellationToken cancellationToken)
    {
        var run = plan.Run! with { Id = OutboxRow.IdOf($"{definition.Slug}/{channel.Id}", name) };
        var words = run.StartedBy is null ? null : await WordsForAsync(definition, run, plan.First, cancellationToken);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            CommitOutcome outcome;
            do
            {
                if (await RunningInAsync(definition, channel.Id, cancellationToken) is not null || await ledger.Store.GetAsync<Run>(run.Id, cancellationToken) is not null)
                    return StartRefusal.RunsThereAlready;
                // Stale means that a round of another run kept the same definition meanwhile.
                outcome = await ledger.CommitAsync(await ChangesAsync(definition, run, words, cancellationToken), cancellationToken);
            }
            while (outcome == CommitOutcome.Stale);
        }
        finally
        {
            _turn.Release();
        }

        logger.LogInformation("Run {RunId}: started in channel {ChannelId}; first round at {Instant:u}", run.Id, run.ChannelId, plan.First);
        return null;
    }

    private async Task<ChangeSet> ChangesAsync(ActivityDefinition definition, Run run, string? words, CancellationToken cancellationToken)
    {
        var changes = new ChangeSet().Save(run).Save(new LearningEvent
        {
            Id = OutboxRow.IdOf(run.Id, Verbs.Started),
            Verb = Verbs.Started,
            PersonId = run.StartedBy,
            RunId = run.Id,
            At = run.CreatedAt,
        });
        if (words is not null)
            changes.Save(Confirmation(run, run.StartedBy!, words));
        if (await ledger.Store.GetAsync<StoredDefinition>(definition.Hash, cancellationToken) is null)
            changes.Save(StoredDefinition.Of(definition));
        return changes;
    }

    /// <summary>What has begun, in words for whoever started it.</summary>
    public async ValueTask<string> WordsForAsync(ActivityDefinition definition, Run run, DateTimeOffset first, CancellationToken cancellationToken)
    {
        var speech = (await listeners.OfAsync(run.StartedBy, cancellationToken)).Speech;
        return speech.Say(
            definition.GoesTogether ? "start.started-together" : definition.Schedule is null ? "start.started-any-time" : "start.started",
            ("title", definition.Title), ("day", speech.Day(definition.BeginsOn(LocalTime.DateOf(first, definition.Zone)))), ("channel", Token.Channel(run.ChannelId)), ("first", speech.InChannel(first, definition.Zone)), ("slug", definition.Slug));
    }

    /// <summary>In the direct messages, since the answer to a click on a private message is shown in a thread that nobody opens.</summary>
    private OutboxRow Confirmation(Run run, string starter, string words) => new()
    {
        Id = OutboxRow.IdOf(run.Id, "started"),
        Conversation = $"direct/{starter}",
        Order = ledger.Next(),
        Purpose = MessagePurpose.Answer,
        PersonId = starter,
        RunId = run.Id,
        NotBefore = run.CreatedAt,
        Draft = words,
    };

    private static StartRefusal RefusalOf(ChannelAccess access) => access switch
    {
        ChannelAccess.NeedsInvitation => StartRefusal.NeedsInvitation,
        ChannelAccess.NotInTeam => StartRefusal.BotNotInTeam,
        ChannelAccess.Archived => StartRefusal.Archived,
        _ => StartRefusal.PostingForbidden,
    };

    /// <summary>The run of this activity that is alive in a channel; null when there is none.</summary>
    public async ValueTask<Run?> RunningInAsync(ActivityDefinition definition, string channelId, CancellationToken cancellationToken) =>
        (await ledger.Store.FindAsync(Run.ByChannel, channelId, cancellationToken))
            .FirstOrDefault(run => run.Status is RunStatus.Running or RunStatus.Paused or RunStatus.Archived && (run.Slug == definition.Slug || run.Slug == definition.Settings.Was));
}

/// <summary>A run that could start, and its first opening; or why it cannot.</summary>
public sealed record StartPlan
{
    public StartPlan(Run run, DateTimeOffset first)
    {
        Run = run;
        First = first;
    }

    public StartPlan(StartRefusal refusal) => Refusal = refusal;

    public Run? Run { get; }

    public DateTimeOffset First { get; }

    public StartRefusal? Refusal { get; }
}

public enum StartRefusal
{
    RunsThereAlready,
    NoSuchHost,

    /// <summary>Nobody started it, and its file names nobody.</summary>
    NoHost,
    NoDateLeft,
    NeedsInvitation,
    BotNotInTeam,
    Archived,
    PostingForbidden,
}
