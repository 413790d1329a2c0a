using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Library;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Running;

/// <summary>
/// The first to start and the last to stop: nothing runs before the store is open and the content is read, and the store closes only when
/// everything that was being decided is committed.
/// </summary>
internal sealed class Keeper(Settings settings, ILearningStore store, Definitions definitions, ActivityRuntime runtime, ILogger<Keeper> logger) : IHostedService
{
    private static readonly TimeSpan LongestCommit = TimeSpan.FromSeconds(2);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!store.Health.IsHealthy)
            logger.LogError("The store takes nothing: {Problem}", store.Health.Problem);
        LoadContent();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // In real time: a clock that stands still must not keep the process from ending.
        var began = TimeProvider.System.GetTimestamp();
        while (!await runtime.IsAtRestAsync(DateTimeOffset.MinValue) && TimeProvider.System.GetElapsedTime(began) < LongestCommit)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
    }

    private void LoadContent()
    {
        if (!Directory.Exists(settings.Content.Path))
            throw new CannotStartException($"The content folder {settings.Content.Path} is not there. Content__Path says where it is.");
        var library = ContentLibrary.Load(settings.Content.Path, definitions.Reader);
        foreach (var diagnostic in library.Diagnostics)
        {
            var level = diagnostic.Severity == Severity.Error ? LogLevel.Error : LogLevel.Warning;
            logger.Log(level, "{Diagnostic}", DiagnosticRenderer.Render(diagnostic).TrimEnd());
        }

        definitions.Library = library;
        logger.LogInformation("{Count} activities are offered from {Path}.", library.Definitions.Count, settings.Content.Path);
    }
}
