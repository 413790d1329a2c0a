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
    [InlineData("MLA013", "## Which is red?\n- [x] A cherry\n  It is sweet, too.\n- [ ] A plum\n  It is blue.", true)]
    [InlineData("MLA013", "## Which is red?\n- [x] A cherry,\n  ripe\n- [ ] A plum", false)]
    [InlineData("MLA013", "## Which is red?\n- [x] A cherry that hangs from the highest branch of the oldest tree\n  Granny has\n- [ ] A plum", false)]
    [InlineData("MLA013", "## Which is red?\n- [x] A cherry > It is.\n- [ ] A plum > It is blue.", true)]
    [InlineData("MLA013", "## Which is true?\n- [x] a > b\n- [ ] b > a", false)]
    [InlineData("MLA013", "## Which is red?\n- A plum\n- A cherry\n\n### Answer\nA cherry", true)]
    [InlineData("MLA013", "## Which is red?\nA. A plum\nB. A cherry\n\n### Answer\nB", true)]
    [InlineData("MLA013", "## Which is red?\n- A plum\n- A cherry\n\n### Answer\nThe second one", false)]
    [InlineData("MLA013", "## Which city?\n### Answer\nParis / Lutetia", true)]
    [InlineData("MLA013", "## Which city?\n### Answer\nParis or Lutetia", true)]
    [InlineData("MLA013", "## Which city?\n### Answer\nParis\nLutetia", true)]
    [InlineData("MLA013", "## Which command counts lines?\n### Answer\n`ls | wc -l`", false)]
    [InlineData("MLA013", "## How far?\n### Answer\n42 km", true)]
    [InlineData("MLA013", "## How many?\n### Answer\n20 %", true)]
    [InlineData("MLA013", "## How many?\n### Answer\nca. 42", true)]
    [InlineData("MLA013", "## How many?\n### Answer\nbetween 40 and 44", true)]
    [InlineData("MLA013", "## How many?\n### Answer\n40 bis 44", true)]
    [InlineData("MLA013", "## Which road?\n### Answer\nRoute 66", false)]
    [InlineData("MLA013", "## Which rule?\n### Answer\n4 eyes principle", false)]
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
