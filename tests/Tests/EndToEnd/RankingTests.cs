using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>A ranking takes both: an author who writes `ranking: yes`, and people who have said that they want to be named.</summary>
public sealed class RankingTests
{
    private const string Window = "mode: window\nshuffle: no\nschedule: every Tuesday at 09:00\ntime-zone: Europe/London\nopen-for: 2 days\nrounds: 1";

    private const string Three = """
        ## Is it one?
        - [x] Yes
        - [ ] No

        ## Is it two?
        - [x] Yes
        - [ ] No

        ## Is it three?
        - [x] Yes
        - [ ] No
        """;

    [Fact]
    public async Task The_first_places_among_those_who_want_it_are_named_and_nobody_else_counts()
    {
        // Dev is the best of all, and wants no ranking; Fay wants one, and has not answered everything.
        await using var world = await PlayedAsync("ranking: yes", ["ann", "bilal", "chiara", "emil", "fay"], [("ann", 2), ("bilal", 3), ("chiara", 2), ("dev", 3), ("emil", 0), ("fay", -1)]);
        var ranking = Ranking(world).ShouldNotBeNull();
        ranking.Message.ShouldBe("**The first places**, of those who want to be named:\n1. Bilal Test\n2. Ann Test and Chiara Test\n_Whoever wants to be named next time: `/learn settings ranking on`._");

        await world.LetAsync(world.As("bilal").CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        Ranking(world).ShouldNotBeNull().Message.ShouldBe("**The first places**, of those who want to be named:\n1. Ann Test and Chiara Test\n_Whoever wants to be named next time: `/learn settings ranking on`._");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("two of them want it", "ranking: yes", 2)]
    [InlineData("nobody wants it", "ranking: yes", 0)]
    [InlineData("the author wants none", "", 5)]
    public async Task Where_it_is_not_wanted_on_both_sides_there_is_none(string why, string key, int wanting)
    {
        string[] people = ["ann", "bilal", "chiara", "dev", "emil"];
        await using var world = await PlayedAsync(key, [.. people.Take(wanting)], [.. people.Select((person, at) => (person, at % 4))]);
        Ranking(world).ShouldBeNull(why);
        world.As("dev").Read("learning").ShouldNotContain(post => post.Message.Contains("Ann Test"), why);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whether_I_am_named_is_a_setting_of_mine_and_off_to_begin_with()
    {
        await using var world = await QuizStage.StartedAsync($"{Window}\nranking: yes", Three);
        var ann = world.As("ann");
        await world.AdvanceToAsync(QuizStage.Tuesday.AddMinutes(1));
        QuizStage.Opening(world).Text.ShouldContain("After the close the first three places are named, of those alone who want that: `/learn settings ranking on`.");
        await world.LetAsync(ann.CommandAsync("/learn settings learning", "learning"));
        ann.Dialog.ShouldNotBeNull().Json["dialog"]!["elements"]!.AsArray().Select(element => $"{element!["name"]}={element["default"]}").ShouldBe(["pace=course", "recall=off", "ranking=off"]);
        (await world.LetAsync(ann.SubmitAsync(new System.Text.Json.Nodes.JsonObject { ["pace"] = "every 2 days", ["recall"] = "on", ["ranking"] = "on" }))).IsClosed.ShouldBeTrue();
        (await QuizStage.LastDirectAsync(world, "ann")).Message.ShouldBe(
            "Lessons now come: one every two days. One that is on its way comes as planned.\n"
            + "Recall is on: what you answer wrong comes again here, until you know it. `/learn recall` asks what is due, `/learn recall off` ends it.\n"
            + "Where a quiz has a ranking, you may be named in it from now on.");
        var settings = (await world.Store.GetAsync<PersonSettings>(ann.Id, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (settings.PaceText, settings.Recall, settings.WantsRanking).ShouldBe(("every 2 days", RecallChoice.Yes, true));
        (await world.LetAsync(ann.CommandAsync("/learn settings ranking off", "learning"))).Text.ShouldBe("You are named in no ranking from now on.");
        (await world.LetAsync(ann.CommandAsync("/learn settings pace now and then", "learning"))).Text.ShouldStartWith("I cannot read `now and then` as a pace.");
        (await world.LetAsync(ann.CommandAsync("/learn settings pace course", "learning"))).Text.ShouldStartWith("Lessons come as each course has it again.");
    }

    /// <summary>A round that has closed. Of each person is given how many were right; below zero for one answer only.</summary>
    private static async Task<SidecarWorld> PlayedAsync(string key, string[] wanting, (string Person, int Right)[] played)
    {
        var world = await QuizStage.StartedAsync($"{Window}\n{key}".TrimEnd(), Three);
        foreach (var person in wanting)
            await world.LetAsync(world.As(person).CommandAsync("/learn settings ranking on", "learning"));
        await world.AdvanceToAsync(QuizStage.Tuesday.AddMinutes(1));
        foreach (var (person, right) in played)
        {
            await world.LetAsync(world.As(person).ClickAsync(QuizStage.Opening(world), "Start"));
            for (var number = 0; number < (right < 0 ? 1 : 3); number++)
                await world.LetAsync(world.As(person).ClickAsync(await QuizStage.LastDirectAsync(world, person), number < right ? "A" : "B"));
        }

        await world.AdvanceToAsync(QuizStage.Tuesday.AddDays(2).AddMinutes(1));
        return world;
    }

    private static SeenPost? Ranking(SidecarWorld world) => world.As("dev").Read("learning").LastOrDefault(post => post.Message.StartsWith("**The first places**", StringComparison.Ordinal));
}
