using CsCheck;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Engine;

/// <summary>The codes on certificates: they say what they were made for, and nothing else can be made of them.</summary>
public sealed class CertificateCodeTests
{
    private const string Person = "ybndrfg8ejkmcpqxot1uwisza3";
    private const string Letters = "ybndrfg8ejkmcpqxot1uwisza345h769";

    private static readonly string[] Slugs = ["first-steps", "asking-well", "a-third-one"];

    private static readonly Sealer Ours = new([KeyOf(1)]);

    [Fact]
    public void A_code_says_who_what_and_when() => Gen.Select(Gen.Int[0, 20_000], Gen.Int[0, Slugs.Length - 1]).Always(200, (day, slug) =>
    {
        var certificate = new Certificate(Person, Slugs[slug], new DateOnly(2020, 1, 1).AddDays(day));
        CertificateCode.TryRead(CertificateCode.Of(certificate, Ours), Slugs, Ours, out var read).ShouldBeTrue();
        read.ShouldBe(certificate);
    });

    [Fact]
    public void A_code_with_any_letter_changed_is_none() => Gen.Select(Gen.Int[0, 48], Gen.Int[1, 31]).Always(500, (at, by) =>
    {
        var code = CertificateCode.Of(new Certificate(Person, Slugs[0], new DateOnly(2027, 1, 8)), Ours).Replace("-", "").ToCharArray();
        code.Length.ShouldBe(49);
        code[at] = Letters[(Letters.IndexOf(code[at], StringComparison.Ordinal) + by) % Letters.Length];
        CertificateCode.TryRead(new string(code), Slugs, Ours, out _).ShouldBeFalse();
    });

    [Fact]
    public void A_code_holds_as_long_as_its_key_is_there_and_with_no_other()
    {
        var code = CertificateCode.Of(new Certificate(Person, Slugs[0], new DateOnly(2027, 1, 8)), Ours);
        CertificateCode.TryRead(code, Slugs, new Sealer([KeyOf(2), KeyOf(1)]), out _).ShouldBeTrue();
        CertificateCode.TryRead(code, Slugs, new Sealer([KeyOf(2)]), out _).ShouldBeFalse();
        CertificateCode.TryRead(code, ["another-course"], Ours, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("ybndrfg-8ejkmcp-qxot1uw-isza3yy-yyyyyyy-yyyyyyy-yyyyyyy")]
    [InlineData("ÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿ")]
    public void What_was_never_made_here_is_no_code(string typed) => CertificateCode.TryRead(typed, Slugs, Ours, out _).ShouldBeFalse();

    [Fact]
    public void It_is_read_as_people_write_it()
    {
        var code = CertificateCode.Of(new Certificate(Person, Slugs[1], new DateOnly(2027, 1, 8)), Ours);
        code.Split('-').ShouldAllBe(group => group.Length == 7);
        CertificateCode.TryRead($" `{code.ToUpperInvariant().Replace('-', ' ')}` ", Slugs, Ours, out _).ShouldBeTrue();
    }

    private static SealingKey KeyOf(byte number) => SealingKey.Of([.. Enumerable.Repeat(number, SealingKey.MinimumBytes)]);
}
