using System.Text.Json;
using System.Text.Json.Serialization;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Running;

/// <summary>
/// Brings the content folder up to date with a repository from time to time. What changes there is read as any change is; while the repository does not answer, everything
/// stays as it was.
/// </summary>
internal sealed class ContentPull(GitCopy copy, GitSettings settings, string dataPath, TimeProvider time, ILogger<ContentPull> logger) : BackgroundService
{
    private string? _commit;
    private string? _problem;

    /// <summary>The first time it is waited for: without a copy there is nothing to offer. Later a repository that is slow holds nobody up.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!copy.IsThere)
            await PullAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_commit is null && _problem is null)
            await PullAsync(stoppingToken);
        while (true)
        {
            await Task.Delay(settings.Every, time, stoppingToken);
            await PullAsync(stoppingToken);
        }
    }

    private async Task PullAsync(CancellationToken cancellationToken)
    {
        try
        {
            var commit = await copy.PullAsync(cancellationToken);
            if (commit != _commit || _problem is not null)
                logger.LogInformation("The content is {Commit} of {Address}.", commit, settings.Address);
            (_commit, _problem) = (commit, null);
        }
        catch (Exception e) when (e is GitException or IOException or UnauthorizedAccessException)
        {
            // Told once, not every few minutes.
            if (e.Message != _problem)
                logger.LogWarning("The content could not be brought from {Address}; what is there stays, and it is tried again every {Every}: {Reason}", settings.Address, settings.Every, e.Message);
            _problem = e.Message;
        }

        try
        {
            new PullState(settings.Address, _commit ?? PullState.Read(dataPath)?.Commit, time.GetUtcNow(), _problem).Write(dataPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, for example: what was brought is there all the same, and a later attempt writes it.
            logger.LogWarning("What `doctor` says of the repository is not up to date: {Reason}", e.Message);
        }
    }
}

/// <summary>What came of the latest attempt, for `doctor`, whether or not a sidecar runs.</summary>
/// <param name="Address">Of the repository, without secrets.</param>
/// <param name="Commit">What is there; null where nothing ever came.</param>
/// <param name="At">When it was tried.</param>
/// <param name="Problem">Why it failed; null where it did not.</param>
internal sealed record PullState(string Address, string? Commit, DateTimeOffset At, string? Problem)
{
    private const string Name = "content.git.json";

    public static PullState? Read(string dataPath)
    {
        var file = Path.Combine(dataPath, Name);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), PullJson.Default.PullState) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null; // it is written anew at the next attempt
        }
    }

    public void Write(string dataPath)
    {
        var file = Path.Combine(dataPath, Name);
        File.WriteAllBytes($"{file}.new", JsonSerializer.SerializeToUtf8Bytes(this, PullJson.Default.PullState));
        File.Move($"{file}.new", file, overwrite: true);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(PullState))]
internal sealed partial class PullJson : JsonSerializerContext;
