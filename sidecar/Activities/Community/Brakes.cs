using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Community;

/// <summary>What facilitators stop for a while: everything, a channel, or one round.</summary>
public sealed class Brakes(LearningLedger ledger, Facilitators facilitators, IDirectory directory, TimeProvider time)
{
    private readonly ILearningStore _store = ledger.Store;

    /// <summary>"Everything" is all there is for those who facilitate everywhere, and their team for those who do so in their team only.</summary>
    /// <exception cref="DirectoryUnavailableException">Mattermost does not say what they may.</exception>
    public async Task<string> EverythingOfAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.TeamId is not { } teamId || await facilitators.MayFacilitateAsync(caller.PersonId, null, cancellationToken)
            ? Hold.Everything
            : Hold.OfTeam(teamId);

    /// <summary>From now on; an earlier one of the same scope is replaced.</summary>
    public Task<Hold> HoldAsync(string scope, string? channelId, string personId, DateTimeOffset? until, CancellationToken cancellationToken) => ChangeAsync(async () =>
    {
        var hold = new Hold { Scope = scope, ChannelId = channelId, PersonId = personId, Since = time.GetUtcNow(), Until = until };
        var earlier = await _store.GetAsync<Hold>(scope, cancellationToken);
        hold = hold with { Version = earlier?.Version ?? 0, Since = earlier?.Covers(hold.Since) == true ? earlier.Since : hold.Since };
        return (new ChangeSet().Save(hold), hold);
    });

    /// <summary>False when nothing of this scope was on hold.</summary>
    public Task<bool> ReleaseAsync(string scope, CancellationToken cancellationToken) => ChangeAsync(async () =>
        await _store.GetAsync<Hold>(scope, cancellationToken) is { } hold
            ? (new ChangeSet().Delete(hold), hold.Covers(time.GetUtcNow()))
            : (new ChangeSet(), false));

    /// <summary>What is on hold of those scopes, now or later.</summary>
    public async Task<IReadOnlyList<Hold>> OfScopesAsync(IEnumerable<string> scopes, CancellationToken cancellationToken)
    {
        List<Hold> holds = [];
        foreach (var scope in scopes)
        {
            if (await _store.GetAsync<Hold>(scope, cancellationToken) is { } hold && hold.Covers(time.GetUtcNow()))
                holds.Add(hold);
        }

        return holds;
    }

    /// <summary>Channels on hold that somebody may see, in their team or, from a direct message, anywhere.</summary>
    public async Task<IReadOnlyList<Hold>> OfChannelsAsync(Caller caller, CancellationToken cancellationToken)
    {
        List<Hold> holds = [];
        foreach (var hold in await _store.FindAsync(Hold.OfChannels, Hold.Channels, cancellationToken))
        {
            if (hold.Covers(time.GetUtcNow()) && await directory.ChannelAsync(hold.ChannelId!, cancellationToken) is { } channel
                && (caller.TeamId is null || caller.TeamId == channel.TeamId) && await MaySeeAsync(channel, caller.PersonId, cancellationToken))
                holds.Add(hold);
        }

        return holds;
    }

    /// <summary>A channel that somebody names and may see; null when there is none, or more than one team has it.</summary>
    public async Task<ChannelProfile?> ChannelAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        List<ChannelProfile> found = [];
        foreach (var team in await directory.TeamsAsync(cancellationToken))
        {
            if ((caller.TeamId is null || caller.TeamId == team.Id)
                && await directory.FindChannelAsync(team.Id, name, cancellationToken) is { } channel
                && await MaySeeAsync(channel, caller.PersonId, cancellationToken))
                found.Add(channel);
        }

        return found is [var only] ? only : null;
    }

    /// <summary>Leaves one round of a run out, or (with null) takes that back.</summary>
    public Task<Run> SkipAsync(string runId, DateTimeOffset? instant, CancellationToken cancellationToken) => ChangeAsync(async () =>
    {
        var run = await _store.GetAsync<Run>(runId, cancellationToken) ?? throw new InvalidOperationException($"There is no run {runId} any more.");
        run = run with { Skipped = instant };
        return (new ChangeSet().Save(run), run);
    });

    private async ValueTask<bool> MaySeeAsync(ChannelProfile channel, string personId, CancellationToken cancellationToken) =>
        channel.Type == ChannelType.Public || await directory.IsInChannelAsync(channel.Id, personId, cancellationToken);

    private async Task<T> ChangeAsync<T>(Func<Task<(ChangeSet Changes, T Result)>> decide)
    {
        while (true)
        {
            var (changes, result) = await decide();
            if (changes.IsEmpty || await ledger.CommitAsync(changes, CancellationToken.None) == CommitOutcome.Committed)
                return result;
        }
    }
}
