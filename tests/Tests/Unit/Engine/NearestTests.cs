using MattermostLearning.Activities.Commands;

namespace MattermostLearning.Tests.Unit.Engine;

public sealed class NearestTests
{
    private static readonly string[] Words = ["help", "join", "leave", "reminders", "schedule", "start", "stop"];

    [Theory]
    [InlineData("jion", "join")]
    [InlineData("joni", "join")]
    [InlineData("strat", "start")]
    [InlineData("sched", "schedule")]
    [InlineData("REMINDER", "reminders")]
    [InlineData("xyzzy", null)]
    [InlineData("", null)]
    public void A_typo_finds_the_word_that_was_meant(string typed, string? meant) => Nearest.To(typed, Words).ShouldBe(meant);
}
