using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Kinds.Challenge;
using MattermostLearning.Content;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>A challenge that runs in a channel, with a round that opened an hour ago and closes in four days: as the sidecar itself would have stored it.</summary>
internal sealed class OpenRound
{
    public const string Title = "One good question";

    private const string FileName = "one-good-question.md";
    private const string Text = $"""
        ---
        kind: challenge
        title: {Title}
        summary: Ask somebody outside your team one question that you really want answered.
        channel: learning
        schedule: every Monday at 09:00
        time-zone: Europe/London
        open-for: 4 days
        remind: 1 day before close
        rounds: 50
        ---
        Ask somebody outside your team **one question** that you really want answered.

        ## Wrap-up
        What did asking feel like?
        """;

    private static readonly ActivityDefinition Definition =
        new ContentReader([new ChallengeKind().Content]).Read(FileName, Text).Definition ?? throw new InvalidOperationException("The challenge's text is not valid.");

    private readonly StoredRound _stored;

    private OpenRound(StoredRound stored) => _stored = stored;

    public Run Run => _stored.Run;

    public Occurrence Occurrence => _stored.Occurrence;

    public string Id => Occurrence.Id;

    public string ChannelId => Run.ChannelId;

    public string RootPostId => _stored.RootPostId;

    /// <summary>Puts it into the sidecar's content folder and store, and its post into the channel.</summary>
    /// <param name="sidecar">One that does not run yet.</param>
    /// <param name="town">Where.</param>
    /// <param name="filler">Of the sidecar's store.</param>
    /// <param name="channelId">A channel that the bot is in; null makes one.</param>
    public static async Task<OpenRound> AddAsync(SidecarProcess sidecar, Town town, StoreFiller filler, string? channelId = null)
    {
        await File.WriteAllTextAsync(Path.Combine(sidecar.ContentFolder, FileName), Text);
        var opened = Measuring.Clock.Now.AddHours(-1);
        return new OpenRound(await StoredRound.AddAsync(town, filler, Definition, channelId ?? await town.AddChannelAsync(), opened, opened.AddDays(4)));
    }

    /// <summary>Content files with the same challenge under many names.</summary>
    public static void WriteTexts(string contentFolder, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"question-{number}.md");
            File.WriteAllText(Path.Combine(contentFolder, name), Text.Replace(Title, $"{Title}, number {number}", StringComparison.Ordinal));
        }
    }

    /// <summary>The text that rounds refer to: once a store.</summary>
    public static Task AddTextAsync(StoreFiller filler) =>
        filler.SaveAsync(StoredDefinition.Of(Definition));

    /// <summary>Somebody is in, waiting for the one reminder.</summary>
    public async Task TakeInAsync(StoreFiller filler, string personId)
    {
        await filler.SaveAsync(new Participation { OccurrenceId = Id, PersonId = personId, IsIn = true, Step = 1, JoinedAt = Occurrence.OpenedAt });
        await filler.SaveAsync(new DueTime
        {
            RunId = Run.Id, OccurrenceId = Id, What = "remind/1", PersonId = personId, At = Occurrence.ClosesAt.AddDays(-1), WaitsUntil = Occurrence.ClosesAt,
        });
    }
}
