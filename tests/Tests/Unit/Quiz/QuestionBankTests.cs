using CsCheck;
using MattermostLearning.Activities.Kinds.Quiz;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Quiz;

/// <summary>None again before all were asked, and together about as hard as is aimed for.</summary>
public sealed class QuestionBankTests
{
    private static readonly Dictionary<string, Asked> Nothing = [];

    [Fact]
    public void Nothing_comes_again_before_all_were_asked() => Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.Int[0, 1000]).Always(100, (bank, draw, seed) =>
    {
        var definition = Bank(bank, Math.Min(bank, draw));
        IReadOnlyCollection<string> used = [];
        var asked = new List<string>();
        for (var round = 0; round < 3 * bank; round++)
        {
            var (drawn, then) = QuestionBank.Draw(definition, used, Nothing, $"{seed}/{round}");
            drawn.Distinct().Count().ShouldBe(definition.Draw);
            asked.AddRange(drawn);
            used = then;
        }

        // However often it was drawn, no question is more than one pass ahead of another.
        var times = definition.Questions.Select(question => asked.Count(id => id == question.Id)).ToList();
        (times.Max() - times.Min()).ShouldBeLessThanOrEqualTo(1);
    });

    [Fact]
    public void The_draw_aims_for_its_share()
    {
        var definition = Bank(20, 4);
        // Half of them everybody knows, half of them nobody does: together they come to 70 % as nearly as four can.
        var asked = definition.Questions.Select((question, index) => (question.Id, Asked: new Asked(1000, index < 10 ? 100_000 : 20_000))).ToDictionary(each => each.Id, each => each.Asked);
        for (var seed = 0; seed < 50; seed++)
        {
            var (drawn, _) = QuestionBank.Draw(definition, [], asked, $"{seed}");
            drawn.Average(id => asked[id].Points / (double)asked[id].Times).ShouldBe(70, 15);
        }
    }

    [Fact]
    public void Questions_that_are_gone_from_the_file_are_forgotten()
    {
        var (_, used) = QuestionBank.Draw(Bank(4, 1), ["gone"], Nothing, "1");
        used.ShouldHaveSingleItem().ShouldNotBe("gone");
    }

    private static QuizDefinition Bank(int size, int draw) =>
        QuizReading.Definition(string.Join('\n', Enumerable.Range(1, size).Select(number => $"## Question {number}: Which is {number}?\n- [x] {number}\n- [ ] none\n")), $"draw: {draw}");
}
