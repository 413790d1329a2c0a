using System.Globalization;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Activities.Recall;
using MattermostLearning.Activities.Words;
using MattermostLearning.Tests.Unit.Quiz;

namespace MattermostLearning.Tests.Unit.Recall;

/// <summary>What somebody is asked once: whether what they got wrong shall come again.</summary>
public sealed class RecallOfferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public void A_yes_opens_however_much_was_missed(int questions)
    {
        var body = string.Join('\n', Enumerable.Range(1, questions).Select(number => string.Create(CultureInfo.InvariantCulture, $"## Question: Is it {number}?\n- [x] Yes\n- [ ] No\n")));
        var quiz = QuizReading.Definition(body);
        var sealer = new Sealer([SealingKey.Of(new byte[SealingKey.MinimumBytes])]);
        foreach (var button in RecallView.Offer(quiz, quiz.Questions, new string('p', 26), Catalogue.Shipped.For(null)).Buttons)
        {
            sealer.TryOpen(sealer.Seal(button.Action), out var opened).ShouldBeTrue();
            opened.ShouldBe(button.Action);
        }
    }
}
