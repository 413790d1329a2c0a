namespace MattermostLearning.Tests.EndToEnd;

/// <summary>`/learn` is one phone screen, however much there is.</summary>
public sealed class OverviewTests
{
    [Fact]
    public async Task However_much_there_is_it_shows_a_few_of_each_and_counts_the_rest()
    {
        var content = new Dictionary<string, string>();
        for (var number = 1; number <= 5; number++)
            content[$"quizzes/any-{number}.md"] = $"---\nkind: quiz\ntitle: Quiz {number}, with a title that would take three rows on a phone\nchannel: learning\nhost: hana.lead\n---\n## Is it {number}?\n- [x] Yes\n- [ ] No\n";
        for (var number = 1; number <= 4; number++)
            content[$"challenges/week-{number}.md"] = Stage.Challenge(("title", $"Week {number}"));
        await using var world = await Stage.WorldAsync(content: content);
        foreach (var path in content.Keys)
            await Stage.StartRunAsync(world, Path.GetFileNameWithoutExtension(path));
        var ann = world.As("ann");
        for (var number = 1; number <= 4; number++)
            await world.LetAsync(ann.CommandAsync($"/learn join any-{number}", "learning"));

        var said = await world.LetAsync(ann.CommandAsync("/learn", "learning"));

        var lines = said.Text.Split('\n');
        lines.Count(line => line.StartsWith("**", StringComparison.Ordinal)).ShouldBe(3, "each section has its heading");
        lines.Count(line => line.StartsWith("- **", StringComparison.Ordinal)).ShouldBe(7);
        lines.ShouldContain("- **Quiz 1, with a title that would take th…**: question 1 of 1");
        // Of four that wait, one that is open and four that come.
        lines[^2].ShouldBe("- and 2 more: `/learn browse` shows them");
        said.Post.ShouldNotBeNull().Buttons.Count().ShouldBeLessThanOrEqualTo(3);
        world.Log.Problems.ShouldBeEmpty();
    }
}
