using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>
/// The past of a community: people with their choices, each with a participation in some round that is over, and learning events of the
/// last half year. It names no team and no channel of a running Mattermost, so that one file serves many runs of the benchmark.
/// </summary>
internal static class Population
{
    private const int RoundsBack = 26;
    private static readonly string[] Deeds = [Verbs.Joined, Verbs.Replied, Verbs.Reminded, Verbs.Left];

    /// <summary>Copies such a store to a place where it may be changed, filling it first where there is none.</summary>
    public static async Task CopyAsync(Workbench bench, int people, int events, string to)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"people-{people}-events-{events}.db");
        var kept = Path.Combine(bench.StoresFolder, name);
        if (!File.Exists(kept))
        {
            bench.Say($"fills a store with {people:N0} people and {events:N0} learning events");
            var filling = kept + ".filling";
            File.Delete(filling);
            await using (var store = LiteDbStore.Open(new LiteDbOptions { Path = filling }, Clock.Time, NullLogger<LiteDbStore>.Instance))
                await FillAsync(new StoreFiller(store), people, events);
            File.Move(filling, kept);
        }

        File.Copy(kept, to);
    }

    private static async Task FillAsync(StoreFiller filler, int people, int events)
    {
        var now = Clock.Now;
        var rounds = Enumerable.Range(2, RoundsBack).Select(week => PastRound(now, week)).ToList();
        foreach (var round in rounds)
            await filler.SaveAsync(round);
        var ids = Enumerable.Range(0, people).Select(PersonId).ToList();
        foreach (var (number, id) in ids.Index())
        {
            await filler.SaveAsync(new PersonSettings { PersonId = id, KnowsTips = true });
            await filler.SaveAsync(new Participation { OccurrenceId = rounds[number % RoundsBack].Id, PersonId = id, IsIn = true, Step = 1, Contributions = 1 });
        }

        var dice = new Random(1);
        for (var number = 0; number < events; number++)
        {
            var round = rounds[dice.Next(RoundsBack)];
            await filler.SaveAsync(new LearningEvent
            {
                Id = OutboxRow.IdOf("event", number.ToString(CultureInfo.InvariantCulture)),
                Verb = Deeds[dice.Next(Deeds.Length)],
                PersonId = ids[dice.Next(people)],
                RunId = round.RunId,
                OccurrenceId = round.Id,
                At = round.OpenedAt.AddSeconds(dice.Next(3 * 24 * 3600)),
            });
        }

        await filler.FlushAsync();
    }

    /// <summary>A round of a run whose text and post are long gone: nothing is read back for it.</summary>
    private static Occurrence PastRound(DateTimeOffset now, int week)
    {
        var runId = OutboxRow.IdOf("past", "run");
        var instant = now.AddDays(-7 * week);
        return new Occurrence
        {
            Id = Occurrence.IdOf(runId, instant), RunId = runId, Instant = instant, OpenedAt = instant, ClosesAt = instant.AddDays(4), Status = OccurrenceStatus.Closed,
            DefinitionHash = "past", RootRowId = OutboxRow.IdOf("past", $"{week}"),
        };
    }

    private static string PersonId(int number) => OutboxRow.IdOf("person", number.ToString(CultureInfo.InvariantCulture));
}
