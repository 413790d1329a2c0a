using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Community;

/// <summary>
/// Starts the runs of files that say `start: when loaded`, once in each channel that they name. A run that somebody stopped stays
/// stopped: it is known by its name, whatever its state.
/// </summary>
public sealed class LoadedRuns : BackgroundService, IWorkSource
{
    private const string Name = "when loaded";
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);

    /// <summary>A team that the bot joined, or a channel that was made, is found within it.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    private readonly Definitions _definitions;
    private readonly RunStarter _starter;
    private readonly IDirectory _directory;
    private readonly ILearningStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<LoadedRuns> _logger;
    private readonly Alarm _alarm;

    public LoadedRuns(
        Definitions definitions, RunStarter starter, IDirectory directory, ILearningStore store, Naps naps, TimeProvider time, ILogger<LoadedRuns> logger)
    {
        _definitions = definitions;
        _starter = starter;
        _directory = directory;
        _store = store;
        _time = time;
        _logger = logger;
        _alarm = new Alarm(time, naps);
        definitions.Changed += _alarm.Now;
    }

    public DateTimeOffset? NextMoment => _alarm.At;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(_alarm.IsAsleep(now));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var wait = LookAgain;
            try
            {
                foreach (var definition in _definitions.Library.Definitions.Values.Where(one => one.Start == StartMode.WhenLoaded))
                    await StartAsync(definition, stoppingToken);
            }
            catch (Exception e) when (e is DirectoryUnavailableException or StoreUnavailableException)
            {
                _logger.LogInformation("Files that start when loaded wait: {Reason}", e.Message);
                wait = TryAgain;
            }

            _alarm.NoLaterThan(_time.GetUtcNow() + wait);
            await _alarm.SleepAsync(stoppingToken);
        }
    }

    private async Task StartAsync(ActivityDefinition definition, CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var team in await _directory.TeamsAsync(cancellationToken))
        {
            foreach (var wanted in definition.Channels)
            {
                if ((wanted.Team ?? definition.Team) is { } only && !only.Equals(team.Name, StringComparison.OrdinalIgnoreCase))
                    continue;
                if (await _directory.FindChannelAsync(team.Id, wanted.Name, cancellationToken) is not { } channel)
                    continue;
                found++;
                await StartInAsync(definition, channel, cancellationToken);
            }
        }

        if (found == 0)
        {
            _logger.LogWarning(
                "{Path}: `start: when loaded`, but none of its channels ({Channels}) is to be seen in the bot's teams", definition.Path, string.Join(", ", definition.Channels));
        }
    }

    private async Task StartInAsync(ActivityDefinition definition, ChannelProfile channel, CancellationToken cancellationToken)
    {
        if (await _store.GetAsync<Run>(OutboxRow.IdOf($"{definition.Slug}/{channel.Id}", Name), cancellationToken) is not null)
            return;
        var plan = await _starter.PlanAsync(definition, channel, null, cancellationToken);
        var refusal = plan.Refusal ?? await _starter.StartAsync(definition, plan, channel, Name, cancellationToken);
        if (refusal is not null and not StartRefusal.RunsThereAlready)
            _logger.LogWarning("{Path}: it says `start: when loaded`, but cannot run in channel {ChannelId}: {Refusal}", definition.Path, channel.Id, refusal);
    }
}
