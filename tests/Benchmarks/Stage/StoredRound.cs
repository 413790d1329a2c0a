using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Content;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>A run and one round of it, with its post in a channel: as the sidecar itself would have stored them.</summary>
internal sealed record StoredRound(Run Run, Occurrence Occurrence, string RootPostId)
{
    /// <param name="town">Where.</param>
    /// <param name="filler">Of the store of a sidecar that does not run yet.</param>
    /// <param name="definition">What it goes by; its text is to be stored, too.</param>
    /// <param name="channelId">A channel that the bot is in.</param>
    /// <param name="opened">When the round opened.</param>
    /// <param name="closes">When it closes; <see cref="Occurrence.Never"/> for one that stays open.</param>
    public static async Task<StoredRound> AddAsync(Town town, StoreFiller filler, ActivityDefinition definition, string channelId, DateTimeOffset opened, DateTimeOffset closes)
    {
        using var bot = town.AsBot();
        var rootPostId = Api.Text(await bot.PostAsync("posts", new { channel_id = channelId, message = $"**{definition.Title}**" }), "id");
        var now = Clock.Now;
        var run = new Run
        {
            Id = OutboxRow.IdOf(definition.Slug, channelId), Slug = definition.Slug, Kind = definition.Kind, TeamId = town.TeamId, ChannelId = channelId, HostId = town.AdminId,
            StartedBy = town.AdminId, CreatedAt = now.AddDays(-200), DecidedThrough = now, FirstInstant = opened, Rounds = 1, DefinitionHash = definition.Hash,
        };
        var round = new Occurrence
        {
            Id = Occurrence.IdOf(run.Id, opened), RunId = run.Id, Instant = opened, OpenedAt = opened, ClosesAt = closes, DefinitionHash = definition.Hash,
            RootRowId = OutboxRow.IdOf(run.Id, "root"),
        };
        await filler.SaveAsync(run);
        await filler.SaveAsync(round);
        await filler.SaveAsync(new PostedMessage { RowId = round.RootRowId, PostId = rootPostId, ChannelId = channelId, OccurrenceId = round.Id, At = opened });
        return new StoredRound(run, round, rootPostId);
    }
}
