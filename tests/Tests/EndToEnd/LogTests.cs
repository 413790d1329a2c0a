using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What an operator reads: which run, round and message, and never who said what.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task Runs_rounds_and_messages_are_told_by_their_ids_and_nobody_by_name_or_words()
    {
        await using var town = await LearningTown.StartAsync();
        var world = town.World;
        var opening = await town.OpenRoundAsync();
        await world.LetAsync(town.As("ann").ClickAsync(opening, "I'm in"));
        await town.ReplyAsync("bilal", opening, "I asked about zeppelins.");
        await world.LetAsync(town.As("chiara").CommandAsync("/learn aardvark", "learning"));
        await world.AdvanceToAsync(LearningTown.FirstClose.AddMinutes(-1));
        world.CallsMayFail = true;
        world.Mattermost.Faults.Choose = target => target is { Method: "POST", Path: "/posts" } ? Fault.Answer(503) : null;
        await world.AdvanceToAsync(LearningTown.FirstClose.AddSeconds(20));
        world.Mattermost.Faults.Clear();
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));

        var runId = (await world.Store.FindAsync(Activities.Engine.Documents.Run.ByHost, town.As("hana.lead").Id)).ShouldHaveSingleItem().Id;
        world.Log.Lines.ShouldContain(line => line.Contains($"Run {runId}: started", StringComparison.Ordinal));
        world.Log.Lines.ShouldContain(line => line.Contains($"opened round {runId}@", StringComparison.Ordinal));
        world.Log.Lines.ShouldContain(line => line.Contains("Outbox row ", StringComparison.Ordinal));
        world.Log.Fields.ShouldContain(field => field.Key == "RunId" && runId.Equals(field.Value));
        world.Log.Fields.ShouldContain(field => field.Key == "OccurrenceId" && field.Value!.ToString()!.StartsWith($"{runId}@", StringComparison.Ordinal));
        world.Log.Fields.ShouldContain(field => field.Key == "RowId");
        var log = string.Join('\n', world.Log.Lines);
        foreach (var word in new[] { "Ann Berg", "Bilal", "Chiara", "Hana", "hana.lead", "zeppelins", "aardvark", "really want answered", town.As("ann").Id, town.As("bilal").Id, world.BotToken, world.CommandToken })
            log.ShouldNotContain(word, Case.Insensitive);
    }
}
