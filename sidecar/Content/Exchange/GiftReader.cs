using System.Collections.Immutable;
using System.Globalization;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Content.Exchange;

/// <summary>
/// Reads GIFT as Moodle documents it: <c>::Title::Text {answers}</c>, a blank line between two questions. What cannot be read is reported and left out; the next
/// question is read all the same.
/// </summary>
internal sealed class GiftReader
{
    /// <summary>Stands in a question's text where its answer stood.</summary>
    public const string Gap = "_____";

    private const string CategorySign = "$CATEGORY:";
    private const string Arrow = "->";

    private readonly DiagnosticBag report;
    private readonly string text;

    private GiftReader(SourceText source, DiagnosticBag report)
    {
        this.report = report;
        text = WithoutComments(source);
    }

    public static ImmutableArray<GiftItem> Read(SourceText source, DiagnosticBag report)
    {
        var reader = new GiftReader(source, report);
        ImmutableArray<GiftSlice> blocks = [.. reader.Blocks(source)];
        var items = ImmutableArray.CreateBuilder<GiftItem>();
        for (var number = 0; number < blocks.Length; number++)
        {
            if (reader.ItemOf(blocks[number]) is { } item)
                items.Add(item);
            else
                number += Torn(blocks, number);
        }

        return items.ToImmutable();
    }

    /// <summary>As long as before, so that places stay places.</summary>
    private static string WithoutComments(SourceText source)
    {
        var characters = source.Text.ToCharArray();
        for (var line = 1; line <= source.LineCount; line++)
        {
            if (source.Line(line).AsSpan().TrimStart().StartsWith("//", StringComparison.Ordinal))
                characters.AsSpan(source.LineSpan(line).Start, source.LineSpan(line).Length).Fill(' ');
        }

        return new string(characters);
    }

    /// <summary>What stands between blank lines; a category's line stands for itself even without them.</summary>
    private IEnumerable<GiftSlice> Blocks(SourceText source)
    {
        int? start = null;
        for (var line = 1; line <= source.LineCount; line++)
        {
            var span = source.LineSpan(line);
            var isCategory = text.AsSpan(span.Start, span.Length).TrimStart().StartsWith(CategorySign, StringComparison.Ordinal);
            if (start is { } open && (isCategory || string.IsNullOrWhiteSpace(source.Line(line))))
            {
                yield return new GiftSlice(text, open, span.Start).Trimmed();
                start = null;
            }

            if (isCategory)
                yield return new GiftSlice(text, span.Start, span.End).Trimmed();
            else if (!string.IsNullOrWhiteSpace(source.Line(line)))
                start ??= span.Start;
        }

        if (start is { } last)
            yield return new GiftSlice(text, last, text.Length).Trimmed();
    }

    /// <summary>How many of the next blocks are the rest of a question that a blank line has torn: up to one that closes what it has not opened.</summary>
    private static int Torn(ImmutableArray<GiftSlice> blocks, int number)
    {
        if (blocks[number].Find("{") is not { } open || blocks[number].Find("}", open) is not null)
            return 0;
        for (var next = number + 1; next < blocks.Length; next++)
        {
            var closing = blocks[next].Find("}");
            if (blocks[next].Find("{") is { } opening && !(closing < opening))
                return 0;
            if (closing is not null)
                return next - number;
        }

        return 0;
    }

    private GiftItem? ItemOf(GiftSlice block)
    {
        if (block.IsEmpty)
            return null;
        var place = new TextSpan(block.Start, 1);
        if (block.Find(CategorySign) is { } sign && sign == block.Start)
            return new GiftCategory(block.From(sign + CategorySign.Length).Text(keepsLines: false), place);
        string? title = null;
        if (block.Find("::") is { } begin && begin == block.Start && block.Find("::", begin + 2) is { } end)
        {
            title = block.From(begin + 2).To(end).Text(keepsLines: false);
            block = block.From(end + 2).Trimmed();
        }

        var (opening, closing) = (block.Find("{"), block.Find("}"));
        if (opening is null && closing is null)
            return new GiftDescription(new GiftStem(title, TextOf(block, GiftFormat.Moodle), HasGap: false, null, place));
        if (opening is not { } open || block.Find("}", open) is not { } close || closing < open)
        {
            Unreadable(place, opening is null || closing < opening ? "An answer ends here that has not begun." : "This question's answer does not end before the blank line.", "An answer stands between `{` and `}`, without a blank line; within a text these are written `\\{` and `\\}`.");
            return null;
        }

        var behind = block.From(close + 1).Trimmed();
        if (behind.Find("{") is { } second)
        {
            Unreadable(new TextSpan(second, 1), "A second answer begins here.", "Put a blank line before the next question.");
            return null;
        }

        // What stands behind is a comment to many who write it, and to Moodle text.
        var hasGap = !behind.IsEmpty && !behind.Source.AsSpan(behind.Start).StartsWith("//", StringComparison.Ordinal);
        var stem = StemOf(block.To(open), hasGap ? block.From(close + 1) : null, title, place);
        var answer = block.From(open + 1).To(close).Trimmed();
        if (answer.FindLast("####") is { } general)
        {
            stem = stem with { Feedback = FeedbackOf(answer.From(general + 4), stem) };
            answer = answer.To(general).Trimmed();
        }

        return QuestionOf(stem, answer);
    }

    private static GiftStem StemOf(GiftSlice before, GiftSlice? behind, string? title, TextSpan place)
    {
        var (format, first) = FormatOf(before.Trimmed(), GiftFormat.Moodle);
        if (behind is not { } rest)
            return new GiftStem(title, new GiftText(format, first.Text(KeepsLines(format))), HasGap: false, null, place);
        // The gap keeps the space, or the lack of it, that stood around the answer.
        var space = before.End > before.Start && char.IsWhiteSpace(before.Source[before.End - 1]) ? " " : "";
        var spaceBehind = char.IsWhiteSpace(rest.First) ? " " : "";
        return new GiftStem(title, new GiftText(format, $"{first.Text(KeepsLines(format))}{space}{Gap}{spaceBehind}{rest.Text(KeepsLines(format))}".Trim()), HasGap: true, null, place);
    }

    private GiftQuestion? QuestionOf(GiftStem stem, GiftSlice answer)
    {
        if (answer.IsEmpty)
            return new GiftEssay(stem);
        if (answer.First == '#')
            return NumericOf(stem, answer.From(answer.Start + 1).Trimmed());
        if (answer.Find("~") is not null)
            return OptionsOf(stem, answer) is { } options ? new GiftChoice(stem, options) : null;
        if (answer.Find("=") is not null && answer.Find(Arrow) is not null)
            return MatchOf(stem, answer);
        var (said, wrong) = Parted(answer, answer.Find("#"));
        if (said.Text(keepsLines: false) is "T" or "TRUE" or "F" or "FALSE")
            return TrueFalseOf(stem, said, wrong);
        // One thing to type may stand without a sign.
        if (answer.First != '=')
            return new GiftTyped(stem, [OptionOf(stem, answer, isRight: true, null)]);
        return OptionsOf(stem, answer) is { } typed ? new GiftTyped(stem, typed) : null;
    }

    private static GiftTrueFalse TrueFalseOf(GiftStem stem, GiftSlice said, GiftSlice? comments)
    {
        var (wrong, right) = comments is { } both ? Parted(both, both.Find("#")) : (default, null);
        return new GiftTrueFalse(stem, said.Text(keepsLines: false)[0] == 'T', comments is null ? null : FeedbackOf(wrong, stem), right is { } rest ? FeedbackOf(rest, stem) : null);
    }

    private ImmutableArray<GiftOption>? OptionsOf(GiftStem stem, GiftSlice answer)
    {
        var options = ImmutableArray.CreateBuilder<GiftOption>();
        foreach (var (isRight, rest) in Signed(answer))
        {
            if (WeightOf(rest) is not (true, var weight, var said))
                return null;
            if (said.IsEmpty || said.First == '#')
            {
                Unreadable(rest.Span, "An answer here says nothing.", "Write what people choose or type behind `=` or `~`.");
                return null;
            }

            options.Add(OptionOf(stem, said, isRight, weight));
        }

        return AllSigned(answer) ? options.ToImmutable() : null;
    }

    private static GiftOption OptionOf(GiftStem stem, GiftSlice said, bool isRight, decimal? weight)
    {
        var (words, feedback) = Parted(said, said.Find("#"));
        return new GiftOption(isRight, weight, TextOf(words.Trimmed(), stem.Text.Format), feedback is { } comment ? FeedbackOf(comment, stem) : null, new TextSpan(said.Start, 1));
    }

    private GiftNumeric? NumericOf(GiftStem stem, GiftSlice answer)
    {
        var numbers = ImmutableArray.CreateBuilder<GiftNumber>();
        var parts = !answer.IsEmpty && answer.First is not ('=' or '~') ? [(true, answer.To(answer.FindAll('=', '~').FirstOrDefault(answer.End)).Trimmed()), .. Signed(answer)] : Signed(answer).ToList();
        foreach (var (isRight, rest) in parts)
        {
            if (WeightOf(rest) is not (true, var weight, var said))
                return null;
            var (words, feedback) = Parted(said, said.Find("#"));
            words = words.Trimmed();
            var range = RangeOf(words);
            if (range is null && !words.IsEmpty && words.Text(keepsLines: false) != "*")
            {
                Unreadable(words.Span, $"`{Written.Short(words.Text(keepsLines: false))}` is no number that can be read.", "Write `42`, `42:2` for what may differ by 2, or `40..44`, with a point and without spaces between thousands.");
                return null;
            }

            numbers.Add(new GiftNumber(isRight, weight, range, feedback is { } comment ? FeedbackOf(comment, stem) : null, new TextSpan(rest.Start, 1)));
        }

        if (numbers.Count > 0)
            return new GiftNumeric(stem, numbers.ToImmutable());
        Unreadable(stem.Place, "This question has no number for an answer.", "Write one behind the `#`: `{#42}`.");
        return null;
    }

    private static GiftRange? RangeOf(GiftSlice words)
    {
        if (words.Find("..") is { } dots)
            return NumberOf(words.To(dots)) is { } least && NumberOf(words.From(dots + 2)) is { } most && most >= least ? new GiftRange.Between(least, most) : null;
        if (words.Find(":") is { } colon)
            return NumberOf(words.To(colon)) is { } number && NumberOf(words.From(colon + 1)) is >= 0 and var tolerance ? new GiftRange.Around(number, tolerance) : null;
        return NumberOf(words) is { } alone ? new GiftRange.Around(alone, 0) : null;
    }

    private static decimal? NumberOf(GiftSlice words) =>
        decimal.TryParse(words.Trimmed().Text(keepsLines: false), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= TypedNumber.Largest ? number : null;

    private GiftMatch? MatchOf(GiftStem stem, GiftSlice answer)
    {
        var pairs = ImmutableArray.CreateBuilder<GiftPair>();
        foreach (var (_, rest) in Signed(answer))
        {
            if (rest.Find(Arrow) is not { } arrow)
            {
                Unreadable(rest.Span, "This belongs to nothing.", "In a question of pairs each is written `=one thing -> what belongs to it`.");
                return null;
            }

            pairs.Add(new GiftPair(TextOf(rest.To(arrow).Trimmed(), stem.Text.Format), rest.From(arrow + Arrow.Length).Text(keepsLines: false), new TextSpan(rest.Start, 1)));
        }

        return AllSigned(answer) ? new GiftMatch(stem, pairs.ToImmutable()) : null;
    }

    /// <summary>What stands behind each <c>=</c> (true) and each <c>~</c>.</summary>
    private static IEnumerable<(bool IsRight, GiftSlice Said)> Signed(GiftSlice answer)
    {
        List<int> signs = [.. answer.FindAll('=', '~')];
        return signs.Select((sign, number) =>
            (answer.Source[sign] == '=', answer.From(sign + 1).To(number + 1 < signs.Count ? signs[number + 1] : answer.End).Trimmed()));
    }

    private bool AllSigned(GiftSlice answer)
    {
        if (answer.First is '=' or '~')
            return true;
        Unreadable(answer.Span, "Nothing says whether this is right.", "Write `=` before what is right and `~` before what is wrong; within a text these are written `\\=` and `\\~`.");
        return false;
    }

    /// <summary>The weight before a text, where there is one. Not read where it is none that can be.</summary>
    private (bool Read, decimal? Weight, GiftSlice Said) WeightOf(GiftSlice said)
    {
        if (said.IsEmpty || said.First != '%' || said.Find("%", said.Start + 1) is not { } end)
            return (true, null, said);
        var written = said.From(said.Start + 1).To(end).Text(keepsLines: false);
        if (decimal.TryParse(written, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && Math.Abs(weight) <= Grade.Whole)
            return (true, weight, said.From(end + 1).Trimmed());
        Unreadable(said.Span, $"`%{Written.Short(written)}%` is no weight.", "A weight is a number from -100 to 100 between two signs: `%50%`. A text that begins with `%` is written `[moodle]%`.");
        return (false, null, said);
    }

    private static GiftText? FeedbackOf(GiftSlice words, GiftStem stem) => TextOf(words.Trimmed(), stem.Text.Format) is { Text.Length: > 0 } said ? said : null;

    private static GiftText TextOf(GiftSlice words, GiftFormat usual)
    {
        var (format, rest) = FormatOf(words, usual);
        return new GiftText(format, rest.Text(KeepsLines(format)));
    }

    private static (GiftFormat Format, GiftSlice Said) FormatOf(GiftSlice words, GiftFormat usual)
    {
        foreach (var format in Enum.GetValues<GiftFormat>())
        {
            var mark = $"[{format.ToString().ToLowerInvariant()}]";
            if (!words.IsEmpty && words.To(Math.Min(words.End, words.Start + mark.Length)).Find(mark) is not null)
                return (format, words.From(words.Start + mark.Length).Trimmed());
        }

        return (usual, words);
    }

    private static bool KeepsLines(GiftFormat format) => format is GiftFormat.Html or GiftFormat.Markdown;

    /// <summary>What stands before and behind a sign; null behind where there is none.</summary>
    private static (GiftSlice Before, GiftSlice? Behind) Parted(GiftSlice slice, int? sign) =>
        sign is { } at ? (slice.To(at).Trimmed(), slice.From(at + 1)) : (slice.Trimmed(), null);

    private void Unreadable(TextSpan place, string message, string help) => report.Error(place, Codes.ImportUnreadable, message, help);
}
