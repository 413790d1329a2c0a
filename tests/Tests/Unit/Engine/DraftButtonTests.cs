using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Tests.Unit.Engine;

/// <summary>Mattermost finds a press by its button's id in the message as it is by then: so whatever means another thing has another id.</summary>
public sealed class DraftButtonTests
{
    private static readonly ActionReference Join = new(ActionReference.Activity, "join", "round", "1");

    [Fact]
    public void What_means_the_same_has_one_id_wherever_it_stands_and_whatever_it_says()
    {
        var id = new DraftButton("I'm in", Join).Id;
        new DraftButton("Ich bin dabei", Join with { PersonId = "ann" }) { IsPrimary = true }.Id.ShouldBe(id);
        id.ShouldMatch("^[a-z0-9]{26}$");
    }

    [Theory]
    [InlineData("command", "join", "round", "1")]
    [InlineData("activity", "leave", "round", "1")]
    [InlineData("activity", "join", "another", "1")]
    [InlineData("activity", "join", "round", "2")]
    public void What_means_another_thing_has_another_id(string purpose, string action, string subject, string step) =>
        new DraftButton("I'm in", new ActionReference(purpose, action, subject, step)).Id.ShouldNotBe(new DraftButton("I'm in", Join).Id);
}
