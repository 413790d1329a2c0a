using System.Collections.Immutable;
using CsCheck;
using MattermostLearning.Content.Questions;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Quiz;

public sealed class GradingTests
{
    private static readonly ChoiceQuestion Single = (ChoiceQuestion)QuizReading.Question("## Which?\n- [ ] a\n- [x] b\n- [ ] c");
    private static readonly ChoiceQuestion Several = (ChoiceQuestion)QuizReading.Question("## Which?\n- [x] a\n- [x] b\n- [x] c\n- [ ] d\n- [ ] e");
    private static readonly OrderQuestion Order = (OrderQuestion)QuizReading.Question("## Order?\n1. a\n2. b\n3. c\n4. d");
    private static readonly MatchQuestion Match = (MatchQuestion)QuizReading.Question("## Match?\n- a\n  - 1\n- b\n  - 2\n- c\n  - 3\n- d\n  - 3");

    [Theory]
    [InlineData("1", 100)]
    [InlineData("0", 0)]
    [InlineData("0 1", null)]
    [InlineData("", null)]
    [InlineData("3", null)]
    public void One_option_is_right_or_not(string chosen, int? points) => (Grading.Of(Single, new Answer.Chosen(Numbers(chosen)))?.Points).ShouldBe(points);

    [Theory]
    [InlineData("0 1 2", 100)]
    [InlineData("0 1", 66)]
    [InlineData("0", 33)]
    [InlineData("0 1 3", 33)]
    [InlineData("0 1 2 3", 66)]
    [InlineData("0 1 2 3 4", 33)]
    [InlineData("3 4", 0)]
    [InlineData("0 3 4", 0)]
    public void Of_several_each_found_one_counts_and_each_wrong_one_takes_one_back(string chosen, int points) => Grading.Of(Several, new Answer.Chosen(Numbers(chosen)))!.Points.ShouldBe(points);

    [Theory]
    [InlineData("- [x] a\n- [50 %] b\n- [ ] c", "0", 100)]
    [InlineData("- [x] a\n- [50 %] b\n- [ ] c", "1", 50)]
    [InlineData("- [x] a\n- [50 %] b\n- [ ] c", "2", 0)]
    [InlineData("- [x] a\n- [50 %] b\n- [ ] c", "0 1", null)]
    [InlineData("- [70 %] a\n- [30 %] b\n- [ ] c\n- [-50 %] d", "0 1", 100)]
    [InlineData("- [70 %] a\n- [30 %] b\n- [ ] c\n- [-50 %] d", "0 1 2", 100)]
    [InlineData("- [70 %] a\n- [30 %] b\n- [ ] c\n- [-50 %] d", "0 3", 20)]
    [InlineData("- [70 %] a\n- [30 %] b\n- [ ] c\n- [-50 %] d", "1 3", 0)]
    [InlineData("- [33.33333 %] a\n- [33,33333 %] b\n- [33.33333 %] c", "0 1 2", 100)]
    public void What_an_option_is_worth_can_be_said(string options, string chosen, int? points) =>
        (Grading.Of(QuizReading.Question($"## Which?\n{options}"), new Answer.Chosen(Numbers(chosen)))?.Points).ShouldBe(points);

    [Theory]
    [InlineData("- [x] Paris\n- [50 %] Versailles\n- [ ] Lyon", "paris", 100)]
    [InlineData("- [x] Paris\n- [50 %] Versailles\n- [ ] Lyon", "versailes", 50)]
    [InlineData("- [x] Paris\n- [50 %] Versailles\n- [ ] Lyon", "lyon", 0)]
    [InlineData("- [50 %] 42 ± 5\n- [x] 42", "42", 100)]
    [InlineData("- [50 %] 42 ± 5\n- [x] 42", "40", 50)]
    public void What_a_typed_answer_is_worth_can_be_said(string answers, string typed, int points) =>
        Grading.Of(QuizReading.Question($"## Which?\n### Answer\n{answers}"), new Answer.Typed(typed))!.Points.ShouldBe(points);

    [Theory]
    [InlineData("0 1 2 3", 100)]
    [InlineData("0 2 1 3", 66)]
    [InlineData("3 0 1 2", 66)]
    [InlineData("3 2 1 0", 0)]
    [InlineData("0 1 2", null)]
    [InlineData("0 1 2 2", null)]
    public void An_order_counts_what_stands_right_among_each_other(string items, int? points) => (Grading.Of(Order, new Answer.Arranged(Numbers(items)))?.Points).ShouldBe(points);

    [Theory]
    [InlineData("0 1 2 3", 100)]
    [InlineData("0 1 3 2", 100)]
    [InlineData("0 1 0 2", 75)]
    [InlineData("1 0 0 0", 0)]
    [InlineData("0 1 2 9", null)]
    public void Pairs_count_each_and_the_same_words_are_the_same(string rights, int? points) => (Grading.Of(Match, new Answer.Arranged(Numbers(rights)))?.Points).ShouldBe(points);

    [Theory]
    [InlineData("Zürich", Forgiveness.All, "zurich", true)]
    [InlineData("Zürich", Forgiveness.Case, "zurich", false)]
    [InlineData("Zürich", Forgiveness.Case, "ZÜRICH", true)]
    [InlineData("Zürich", Forgiveness.None, "zürich", false)]
    [InlineData("Zürich", Forgiveness.None, " Zürich. ", true)]
    [InlineData("Straße", Forgiveness.All, "strasse", true)]
    [InlineData("retrieval practice", Forgiveness.All, "retreival  practise", true)]
    [InlineData("retrieval practice", Forgiveness.All, "retreval practic", true)]
    [InlineData("retrieval practice", Forgiveness.All, "retreval pracis", false)]
    [InlineData("recall", Forgiveness.All, "recal", true)]
    [InlineData("recall", Forgiveness.Case, "recal", false)]
    [InlineData("cat", Forgiveness.All, "bat", false)]
    [InlineData("HTTP 404", Forgiveness.All, "http 403", false)]
    [InlineData("`Shift+Enter`", Forgiveness.All, "shift+enter", true)]
    public void Typed_answers_forgive_what_is_declared(string right, Forgiveness forgives, string typed, bool isRight) =>
        Grading.Of(new TextQuestion("?", [new Option(right, true, null)], forgives), new Answer.Typed(typed))!.IsRight.ShouldBe(isRight);

    [Fact]
    public void What_is_known_to_be_wrong_is_no_slip_of_what_is_right()
    {
        var question = new TextQuestion("?", [new Option("affect", true, null), new Option("effect", false, "That is the noun.")], Forgiveness.All);
        Grading.Of(question, new Answer.Typed("Effect"))!.Picked.ShouldBe([1]);
        Grading.Of(question, new Answer.Typed("afect"))!.IsRight.ShouldBeTrue();
        Grading.Of(question, new Answer.Typed("something else"))!.ShouldSatisfyAllConditions(each => each.Points.ShouldBe(0), each => each.Picked.ShouldBeEmpty());
    }

    [Theory]
    [InlineData("16383", true)]
    [InlineData("16,383", true)]
    [InlineData("16.383", true)]
    [InlineData("16 383", true)]
    [InlineData("16'383 characters", true)]
    [InlineData("16384", false)]
    [InlineData("16,38", false)]
    [InlineData("-16383", false)]
    [InlineData("many", null)]
    public void Numbers_are_read_as_people_of_all_countries_type_them(string typed, bool? isRight) =>
        (Grading.Of(new NumberQuestion("?", [new NumberAnswer(16383, 16383, new Option("16383", true, null))]), new Answer.Typed(typed))?.IsRight).ShouldBe(isRight);

    [Theory]
    [InlineData("3,5", true)]
    [InlineData("3.5", true)]
    [InlineData("35", false)]
    [InlineData("3.6", true)]
    [InlineData("3.61", false)]
    public void A_comma_may_be_a_point_and_what_is_tolerated_passes(string typed, bool isRight) =>
        Grading.Of(new NumberQuestion("?", [new NumberAnswer(3.4m, 3.6m, new Option("3.5 ± 0.1", true, null))]), new Answer.Typed(typed))!.IsRight.ShouldBe(isRight);

    [Fact]
    public void Points_lie_between_nothing_and_all_and_only_what_is_right_gets_all() => Gen.Select(Gen.Bool.Array[2, 5].Where(right => right.Any(each => each)), Gen.Bool.Array[5]).Always(200, (right, picks) =>
    {
        var question = new ChoiceQuestion("?", [.. right.Select((each, index) => new Option($"{index}", each, null))]);
        ImmutableArray<int> chosen = [.. Enumerable.Range(0, right.Length).Where(index => picks[index])];
        if (Grading.Of(question, new Answer.Chosen(chosen)) is not { } grade)
            return;
        grade.Points.ShouldBeInRange(0, Grade.Whole);
        grade.IsRight.ShouldBe(chosen.SequenceEqual(Enumerable.Range(0, right.Length).Where(index => right[index])));
    });

    [Fact]
    public void A_shuffle_holds_each_once_and_stays_as_it_was() => Gen.Select(Gen.Int[1, 12], Gen.String[1, 20]).Always(200, (count, seed) =>
    {
        Shuffle.Of(count, seed).Order().ShouldBe(Enumerable.Range(0, count));
        Shuffle.Of(count, seed).ShouldBe(Shuffle.Of(count, seed));
        if (count > 1)
            Shuffle.ButNotInOrder(count, seed).ShouldNotBe(Enumerable.Range(0, count));
    });

    /// <summary>A thousand people, four options: chance alone gives each place a quarter, and never less than a fifth.</summary>
    [Fact]
    public void No_position_gives_it_away() =>
        Enumerable.Range(0, 1000).Select(person => Shuffle.Of(4, $"person{person}").IndexOf(0)).GroupBy(place => place).ShouldAllBe(group => group.Count() >= 200 && group.Count() <= 300);

    private static ImmutableArray<int> Numbers(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
}
