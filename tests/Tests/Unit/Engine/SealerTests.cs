using System.Text;
using CsCheck;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Engine;

public sealed class SealerTests
{
    private static readonly SealingKey Old = SealingKey.Of([.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly SealingKey New = SealingKey.Of([.. Enumerable.Repeat((byte)2, 32)]);
    private static readonly ActionReference Join = new("activity", "join", "run@20270111T0900Z", "open", "person");

    [Fact]
    public void What_was_sealed_opens_unchanged()
    {
        new Sealer([New]).TryOpen(new Sealer([New]).Seal(Join), out var opened).ShouldBeTrue();
        opened.ShouldBe(Join);
        new Sealer([New]).TryOpen(new Sealer([New]).Seal(Join with { RowId = "row" }), out opened).ShouldBeTrue();
        opened.ShouldBe(Join with { RowId = "row" });
    }

    [Fact]
    public void An_older_key_still_opens_what_it_sealed_and_an_unknown_one_does_not()
    {
        var sealedByOld = new Sealer([Old]).Seal(Join);
        new Sealer([New, Old]).TryOpen(sealedByOld, out _).ShouldBeTrue();
        new Sealer([New]).TryOpen(sealedByOld, out _).ShouldBeFalse();
    }

    [Fact]
    public void Any_single_changed_character_breaks_the_seal()
    {
        var sealer = new Sealer([New]);
        var intact = sealer.Seal(Join);
        for (var i = 0; i < intact.Length; i++)
        {
            foreach (var other in "Az0.-")
            {
                var altered = new StringBuilder(intact) { [i] = other }.ToString();
                if (altered != intact && sealer.TryOpen(altered, out var opened))
                    opened.ShouldBe(Join, $"character {i} as `{other}`: the last bits of base64 carry nothing, so the meaning must be the same");
            }
        }
    }

    [Fact]
    public void No_input_makes_it_throw_or_opens()
    {
        var sealer = new Sealer([New]);
        Gen.String.Always(times: 20_000, text => sealer.TryOpen(text, out _).ShouldBeFalse());
        sealer.TryOpen(null, out _).ShouldBeFalse();
        sealer.TryOpen(new string('a', 100_000), out _).ShouldBeFalse();
        sealer.TryOpen($"1.{New.Id}.!!!.???", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_short_key_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => SealingKey.Of(new byte[31]));
}
