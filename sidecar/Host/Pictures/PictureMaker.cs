using MattermostLearning.Activities.Engine.Outbox;
using SkiaSharp;

namespace MattermostLearning.Sidecar.Pictures;

/// <summary>
/// Draws what a kind has worded as a picture. It brings its own font (DejaVu Sans, under an open licence): a server has none, and text would be missing without
/// anybody being told. Colours are told apart by people who see few, and no meaning hangs on them alone. Its constructor names nothing of the drawing library, which is
/// some megabytes, and is loaded with the first picture.
/// </summary>
/// <param name="logger">Told once where nothing can be drawn.</param>
/// <param name="font">Reads the font; the one that comes along, unless given.</param>
internal sealed class PictureMaker(ILogger<PictureMaker> logger, Func<Stream>? font = null) : IDisposable
{
    private const int Width = 900;
    private const int Margin = 32;
    private const int BarHeight = 20;
    private const int BarGap = 6;

    /// <summary>What a bar of all is long; beside it stands how many that is.</summary>
    private const int LongestBar = 560;

    private const float TextSize = 17;
    private const float HeadingSize = 19;
    private const float TitleSize = 24;
    private const float LargeSize = 42;

    private readonly Lock _loading = new();
    private SKTypeface? _font;
    private bool _isLoaded;

    /// <summary>A PNG; null where this machine cannot draw: the text of the message says the same.</summary>
    public byte[]? Draw(DraftPicture picture)
    {
        if (Font() is not { } typeface)
            return null;
        using var fonts = new Fonts(typeface);
        Func<DraftPicture, SKCanvas?, Fonts, int> lay = picture.Card.Count > 0 ? LayCard : Lay;
        using var surface = SKSurface.Create(new SKImageInfo(Width, lay(picture, null, fonts)));
        surface.Canvas.Clear(Colours.Paper);
        lay(picture, surface.Canvas, fonts);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    public void Dispose() => _font?.Dispose();

    /// <summary>Draws from the top, or only measures where there is no canvas.</summary>
    /// <returns>The height that it needs.</returns>
    private static int Lay(DraftPicture picture, SKCanvas? canvas, Fonts fonts)
    {
        float y = Margin;
        y = Paragraph(canvas, picture.Title, fonts.Title, y);
        for (var series = 0; series < picture.Series.Count; series++)
        {
            y += BarGap;
            canvas?.DrawRect(Margin, y + 2, BarHeight, BarHeight - 4, Fill(isMarked: true, series, picture.Series.Count));
            Line(canvas, picture.Series[series], fonts.Text, Margin + BarHeight + 10, y);
            y += fonts.Text.Spacing;
        }

        foreach (var group in picture.Groups)
        {
            y += Margin / 2f;
            y = Paragraph(canvas, group.Heading, fonts.Heading, y);
            foreach (var bar in group.Bars)
                y = OneBar(canvas, bar, fonts, y + BarGap);
        }

        return (int)Math.Ceiling(y + Margin);
    }

    /// <summary>Lines in the middle of a frame; or only measures where there is no canvas.</summary>
    private static int LayCard(DraftPicture picture, SKCanvas? canvas, Fonts fonts)
    {
        float y = 3 * Margin;
        foreach (var line in picture.Card)
        {
            var font = line.Size switch { CardSize.Large => fonts.Large, CardSize.Normal => fonts.Title, _ => fonts.Text };
            foreach (var part in Broken(line.Text, font, Width - (6 * Margin)))
            {
                Line(canvas, part, font, (Width - font.MeasureText(part)) / 2, y);
                y += font.Spacing;
            }

            y += Margin / 2f;
        }

        var height = (int)Math.Ceiling(y + (2.5f * Margin));
        using var frame = new SKPaint { Color = Colours.Marked, IsAntialias = true, IsStroke = true, StrokeWidth = 3 };
        canvas?.DrawRoundRect(Margin, Margin, Width - (2 * Margin), height - (2 * Margin), 10, 10, frame);
        return height;
    }

    private static float OneBar(SKCanvas? canvas, Bar bar, Fonts fonts, float y)
    {
        y = Paragraph(canvas, bar.IsMarked ? $"✓ {bar.Label}" : bar.Label, fonts.Text, y);
        for (var series = 0; series < bar.Values.Count; series++)
        {
            var value = bar.Values[series];
            using var track = new SKPaint { Color = Colours.Track };
            canvas?.DrawRoundRect(Margin, y + 2, LongestBar, BarHeight - 2, 3, 3, track);
            using var fill = Fill(bar.IsMarked, series, bar.Values.Count);
            canvas?.DrawRoundRect(Margin, y + 2, (float)Math.Clamp(value.Share, 0, 1) * LongestBar, BarHeight - 2, 3, 3, fill);
            Line(canvas, value.Text, fonts.Text, Margin + LongestBar + 12, y);
            y += BarHeight + 3;
        }

        return y;
    }

    /// <summary>Of several series the last has the full colour, and those before it are lighter.</summary>
    private static SKPaint Fill(bool isMarked, int series, int of)
    {
        var colour = isMarked ? Colours.Marked : Colours.Plain;
        return new SKPaint { Color = series == of - 1 ? colour : colour.WithAlpha(0x80), IsAntialias = true };
    }

    /// <summary>Broken into lines between words.</summary>
    private static float Paragraph(SKCanvas? canvas, string text, SKFont font, float y)
    {
        foreach (var line in Broken(text, font, Width - (2 * Margin)))
        {
            Line(canvas, line, font, Margin, y);
            y += font.Spacing;
        }

        return y;
    }

    private static IEnumerable<string> Broken(string text, SKFont font, float width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.MeasureText(longer) > width)
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        yield return line;
    }

    private static void Line(SKCanvas? canvas, string text, SKFont font, float x, float y)
    {
        if (canvas is null)
            return;
        using var ink = new SKPaint { Color = Colours.Ink, IsAntialias = true };
        canvas.DrawText(text, x, y - font.Metrics.Ascent, SKTextAlign.Left, font, ink);
    }

    /// <summary>Loaded with the first picture, and the library that draws with it.</summary>
    private SKTypeface? Font()
    {
        lock (_loading)
        {
            if (!_isLoaded)
                (_font, _isLoaded) = (LoadFont(), true);
            return _font;
        }
    }

    private static Stream OwnFont() => typeof(PictureMaker).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;

    private SKTypeface? LoadFont()
    {
        try
        {
            using var file = (font ?? OwnFont)();
            return SKTypeface.FromStream(file);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException)
        {
            logger.LogWarning(e, "Pictures cannot be drawn on this machine; messages go out with their text alone");
            return null;
        }
    }

    /// <summary>In a class of their own, so that the drawing library is not loaded with the one around it.</summary>
    private static class Colours
    {
        public static readonly SKColor Paper = new(0xFF, 0xFF, 0xFF);
        public static readonly SKColor Ink = new(0x1F, 0x29, 0x33);
        public static readonly SKColor Track = new(0xEC, 0xEF, 0xF2);
        public static readonly SKColor Plain = new(0x9A, 0xA5, 0xB1);
        public static readonly SKColor Marked = new(0x1B, 0x6F, 0x8F);
    }

    private sealed class Fonts(SKTypeface typeface) : IDisposable
    {
        public SKFont Text { get; } = new(typeface, TextSize);

        public SKFont Heading { get; } = new(typeface, HeadingSize);

        public SKFont Title { get; } = new(typeface, TitleSize);

        public SKFont Large { get; } = new(typeface, LargeSize);

        public void Dispose()
        {
            Large.Dispose();
            Text.Dispose();
            Heading.Dispose();
            Title.Dispose();
        }
    }
}
