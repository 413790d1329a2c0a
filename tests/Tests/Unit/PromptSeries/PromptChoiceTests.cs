using CsCheck;
using MattermostLearning.Activities.Kinds.PromptSeries;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.PromptSeries;

/// <summary>Which starter comes next: none twice before all were used, whatever happens to the file and whoever suggests.</summary>
public sealed class PromptChoiceTests
{
    [Theory]
    [InlineData("in order", "a b c", "", "a b c a b c a")]
    [InlineData("one alone comes again", "a", "", "a a a")]
    [InlineData("a suggestion is next", "a b c", "2+x", "a b x c a b c")]
    [InlineData("of two the older one", "a b", "1+x,1+y", "a x y b a b")]
    [InlineData("a new one at the end has its turn", "a b", "2=a b c", "a b c a b c")]
    [InlineData("a new one at the beginning comes in this pass", "a b c", "1=n a b c", "a n b c n a")]
    [InlineData("one that was used is rewritten in its place", "a b c", "1=A b c", "a b c A b c")]
    [InlineData("one that was not used is rewritten", "a b c", "1=a B c", "a B c a B c")]
    [InlineData("one is taken out", "a b c", "1=a c", "a c a c")]
    [InlineData("all are new", "a b", "2=p q r", "a b r p q r")]
    public void It_comes(string why, string file, string happens, string expected)
    {
        var starters = file.Split(' ');
        var state = new PromptSeriesRunState();
        List<string> accepted = [];
        var changes = happens.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var wanted = expected.Split(' ');
        List<string> came = [];
        while (came.Count < wanted.Length)
        {
            foreach (var change in changes.Where(one => one[0] - '0' == came.Count))
            {
                if (change[1] == '+')
                    accepted.Add(change[2..]);
                else
                    starters = change[2..].Split(' ');
            }

            // A suggestion is one of all from then on; here only its first time is looked at.
            var (id, next) = PromptChoice.Next(PromptOrder.InOrder, starters, accepted, state, "run");
            state = next;
            came.Add(id);
            accepted.Remove(id);
        }

        string.Join(' ', came).ShouldBe(expected, why);
    }

    [Fact]
    public void None_comes_twice_before_all_were_used_and_none_twice_running() =>
        Gen.Select(Gen.Int[1, 12], Gen.Bool, Gen.Int[0, 40].Array[0, 4]).Always(200, (size, shuffled, suggestedAt) =>
        {
            var file = Enumerable.Range(0, size).Select(i => $"starter{i}").ToList();
            List<string> accepted = [];
            var state = new PromptSeriesRunState();
            HashSet<string> seen = [];
            string? last = null;
            for (var round = 0; round < 60; round++)
            {
                accepted.AddRange(suggestedAt.Where(at => at == round).Select((_, i) => $"suggestion{round}/{i}"));
                var all = file.Concat(accepted).ToHashSet();
                if (seen.SetEquals(all))
                    seen.Clear();
                var order = shuffled ? PromptOrder.Shuffled : PromptOrder.InOrder;
                var (id, next) = PromptChoice.Next(order, file, accepted, state, "run");
                PromptChoice.Next(order, file, accepted, state, "run").Id.ShouldBe(id, "decided again, it is the same");
                state = next;
                all.ShouldContain(id);
                seen.Add(id).ShouldBeTrue($"{id} came twice before all were used");
                if (all.Count > 1)
                    id.ShouldNotBe(last);
                last = id;
            }
        });

    [Fact]
    public void Each_run_and_each_pass_has_its_own_shuffle()
    {
        var file = Enumerable.Range(0, 12).Select(i => $"starter{i}").ToList();
        var (first, second, elsewhere) = (Played("run", 24)[..12], Played("run", 24)[12..], Played("other", 12));
        first.Order().ShouldBe(file.Order());
        second.Order().ShouldBe(file.Order());
        first.ShouldNotBe(file);
        first.ShouldNotBe(second);
        first.ShouldNotBe(elsewhere);

        List<string> Played(string runId, int rounds)
        {
            var state = new PromptSeriesRunState();
            List<string> came = [];
            for (var i = 0; i < rounds; i++)
            {
                (var id, state) = PromptChoice.Next(PromptOrder.Shuffled, file, [], state, runId);
                came.Add(id);
            }

            return came;
        }
    }
}
