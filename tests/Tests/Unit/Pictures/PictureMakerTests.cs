using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Sidecar.Pictures;
using Microsoft.Extensions.Logging.Abstractions;
using SkiaSharp;

namespace MattermostLearning.Tests.Unit.Pictures;

/// <summary>A server has no fonts: what is drawn must bring its own, or a picture has bars and no words, and nobody is told.</summary>
public sealed class PictureMakerTests
{
    [Fact]
    public void Words_are_drawn_with_the_font_that_comes_along()
    {
        using var maker = new PictureMaker(NullLogger<PictureMaker>.Instance);
        using var empty = SKBitmap.Decode(maker.Draw(Picture("", 0)));
        using var worded = SKBitmap.Decode(maker.Draw(Picture("Größe, Größenordnung, Ωμέγα, Привет", 0)));
        Dark(worded).ShouldBeGreaterThan(Dark(empty) + 500);
    }

    [Fact]
    public void A_longer_bar_stands_for_more()
    {
        using var maker = new PictureMaker(NullLogger<PictureMaker>.Instance);
        using var few = SKBitmap.Decode(maker.Draw(Picture("A plum", 0.2)));
        using var many = SKBitmap.Decode(maker.Draw(Picture("A plum", 0.8)));
        many.Width.ShouldBe(900);
        Coloured(many).ShouldBeGreaterThan(3 * Coloured(few));
    }

    [Fact]
    public void Ten_questions_fit_and_stay_small()
    {
        using var maker = new PictureMaker(NullLogger<PictureMaker>.Instance);
        var groups = Enumerable.Range(1, 10).Select(number => new BarGroup($"{number}. Which of these is red, and how would you know it in a shop by night?", [.. Picture("A plum", 0.3).Groups[0].Bars, .. Picture("A cherry", 0.7).Groups[0].Bars]));
        maker.Draw(Picture("", 0) with { Groups = [.. groups] })!.Length.ShouldBeLessThan(200_000);
    }

    [Fact]
    public void A_card_shows_its_lines_and_grows_with_them()
    {
        using var maker = new PictureMaker(NullLogger<PictureMaker>.Instance);
        using var one = SKBitmap.Decode(maker.Draw(Card("Ann")));
        using var several = SKBitmap.Decode(maker.Draw(Card("Ann", "has finished", "A course with a title that is far too long to stand in one line of a card like this")));
        Dark(one).ShouldBeGreaterThan(200);
        Dark(several).ShouldBeGreaterThan(3 * Dark(one));
        several.Height.ShouldBeGreaterThan(one.Height + 100);
    }

    private static DraftPicture Card(params string[] lines) => new() { Title = "Certificate", Card = [.. lines.Select(line => new CardLine(line, CardSize.Large))] };

    private static DraftPicture Picture(string label, double share) => new()
    {
        Title = "Fruit",
        Groups = [new BarGroup("1. Which is red?", [new Bar(label, [new BarValue(share, "7 in 10")]) { IsMarked = true }])],
    };

    private static int Dark(SKBitmap bitmap) => bitmap.Pixels.Count(pixel => pixel.Red < 90 && pixel.Green < 90 && pixel.Blue < 90);

    private static int Coloured(SKBitmap bitmap) => bitmap.Pixels.Count(pixel => pixel.Blue - pixel.Red > 60);
}
