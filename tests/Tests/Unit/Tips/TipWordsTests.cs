using MattermostLearning.Activities.Community.Tips;

namespace MattermostLearning.Tests.Unit.Tips;

public sealed class TipWordsTests
{
    private static readonly TipWords Words = new(IsOn: true, ["#til", "!tipp"]);

    [Theory]
    [InlineData("#til", true)]
    [InlineData("#TIL: one", true)]
    [InlineData(" \n#tIl\tone", true)]
    [InlineData("!Tipp, one", true)]
    [InlineData("#til😀", true)]
    [InlineData("#tilt", false)]
    [InlineData("#til_2", false)]
    [InlineData("#til-2027", false)]
    [InlineData("til one", false)]
    [InlineData("one #til", false)]
    [InlineData("", false)]
    public void The_first_word_decides(string message, bool isTip) => Words.Begins(message).ShouldBe(isTip);

    [Fact]
    public void Nothing_is_a_tip_where_they_are_off() => (Words with { IsOn = false }).Begins("#til one").ShouldBeFalse();

    [Theory]
    [InlineData("#til one", "one")]
    [InlineData("#TIL: *one*", "one*")]
    [InlineData("#til – #til two", "#til two")]
    [InlineData("#til", "")]
    public void The_word_is_not_part_of_the_tip(string message, string tip) => Words.Without(message).ShouldBe(tip);

    [Fact]
    public void The_webhook_listens_to_the_ways_in_which_people_write_a_word() =>
        Words.Triggers.ShouldBe(["#til", "#TIL", "#Til", "!tipp", "!TIPP", "!Tipp"]);
}
