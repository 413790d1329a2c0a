using MattermostLearning.Activities.Kinds.Quiz;
using MattermostLearning.Content.Design;

namespace MattermostLearning.Tests.Unit.Quiz;

/// <summary>Each advice about questions with one that gets it and one that does not.</summary>
public sealed class QuizAdviceTests
{
    private const string Fed = "\n  > So it is.";

    [Theory]
    [InlineData("MLA009", "## Which is red?\n- [x] A cherry\n- [ ] A plum", true)]
    [InlineData("MLA009", "## Which is red?\n- [x] A cherry\n- [ ] A plum\n  > It is blue.", false)]
    [InlineData("MLA009", "## Which is red?\n- [x] A cherry\n- [ ] A plum\n\n> Plums are blue.", false)]
    [InlineData("MLA010", "## Which is safe?\n- [x] A long one that a program has drawn and keeps for you" + Fed + "\n- [ ] Your name" + Fed, true)]
    [InlineData("MLA010", "## Which is safe?\n- [x] A long one that a program has drawn and keeps for you" + Fed + "\n- [ ] Your name, with a number behind it that you can remember" + Fed, false)]
    [InlineData("MLA010", "## Which is safe?\n- [ ] A long one that a program has drawn and keeps for you" + Fed + "\n- [x] Your name" + Fed, false)]
    [InlineData("MLA011", "## Which is red?\n- [ ] A plum" + Fed + "\n- [x] None of the above" + Fed, true)]
    [InlineData("MLA011", "## Which is red?\n- [x] A cherry" + Fed + "\n- [ ] Both A and B" + Fed, true)]
    [InlineData("MLA011", "## Which is red?\n- [ ] A plum" + Fed + "\n- [x] Keine der genannten" + Fed, true)]
    [InlineData("MLA011", "## Who is it?\n- [x] All of the team" + Fed + "\n- [ ] Nobody" + Fed, false)]
    [InlineData("MLA012", "A good password is long and random.\n\n## What is a good password?\n- [x] Long and random" + Fed + "\n- [ ] Short and sweet" + Fed, true)]
    [InlineData("MLA012", "A good password is long and random.\n\n## Which one would you take?\n- [x] correct horse battery staple" + Fed + "\n- [ ] Passw0rd" + Fed, false)]
    public void A_question_gets_the_advice_that_it_needs(string code, string body, bool gets) => Codes(body).Contains(code).ShouldBe(gets);

    [Theory]
    [InlineData("shuffle: no", true)]
    [InlineData("shuffle: yes", false)]
    public void The_same_place_gives_it_away_where_nothing_is_shuffled(string line, bool gets) =>
        Codes(string.Join("\n\n", Enumerable.Range(1, 4).Select(number => $"## Which is {number}?\n- [x] {number}{Fed}\n- [ ] none{Fed}")), line).Contains("MLA011").ShouldBe(gets);

    [Fact]
    public void It_can_be_turned_off_with_a_reason() =>
        Codes("## Which is red?\n- [x] A cherry\n- [ ] A plum", "lint-off: MLA009 the talk afterwards says why").ShouldNotContain("MLA009");

    private static IEnumerable<string> Codes(string body, string lines = "")
    {
        var definition = QuizReading.Definition(body, lines);
        return [.. Advisor.Review(definition, new QuizContent().DesignOf(definition)).Findings.Select(each => each.Code)];
    }
}
