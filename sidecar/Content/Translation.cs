using System.Collections.Immutable;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Markdown;
using Markdig.Syntax;

namespace MattermostLearning.Content;

/// <summary>
/// Lays a translation beside its original. The two are built alike, heading by heading, so that whatever is known by a name has the original's: who answers in
/// one language has answered the same question as who answers in another.
/// </summary>
internal static class Translation
{
    /// <summary>What reads differently in another language, and what is about the file itself.</summary>
    private static readonly KeyDeclaration[] OfItsOwn = [SharedKeys.Title, SharedKeys.Summary, SharedKeys.Topics, SharedKeys.Language, SharedKeys.Kind, SharedKeys.Draft, SharedKeys.LintOff];

    public static bool IsOfKind(ActivityDocument translation, string kind, DiagnosticBag report)
    {
        if (translation.Kind == kind)
            return true;
        report.Error(translation.PlaceOf(SharedKeys.Kind), Codes.TranslationDiffers, $"Its original is a {kind}, and this a {translation.Kind}.", $"Write `{SharedKeys.Kind.Name}: {kind}`, or take the line away.");
        return false;
    }

    /// <summary>Keys are the original's. One that says something else here would mislead whoever reads it.</summary>
    public static void CheckKeys(ActivityDocument translation, ActivityDocument original, DiagnosticBag report)
    {
        foreach (var (key, place, _) in translation.Written.Where(each => !OfItsOwn.Contains(each.Key)))
        {
            var written = original.Source.Slice(original.PlaceOf(key)).Trim();
            if (!written.Equals(translation.Source.Slice(place).Trim(), StringComparison.OrdinalIgnoreCase))
            {
                report.Warning(
                    place, Codes.KeyOfOriginal, $"`{key.Name}` is read in the original only, which says {(written.Length > 0 ? $"`{Written.Short(written)}`" : "nothing of it")}.",
                    "Take this line away, or change the original.");
            }
        }
    }

    /// <summary>What each of its sections translates; none where they are built differently. One finding where the two part: what comes after it would only follow from that.</summary>
    public static ImmutableArray<Section> Paired(
        ImmutableArray<Section> mine, ImmutableArray<Section> theirs, ActivityDocument translation, ActivityDocument original, DiagnosticBag report)
    {
        for (var at = 0; at < Math.Max(mine.Length, theirs.Length); at++)
        {
            if (at < mine.Length && at < theirs.Length && mine[at].Heading == theirs[at].Heading && (IsText(mine[at].Heading) || Equals(mine[at].Argument, theirs[at].Argument)))
                continue;
            var place = at < mine.Length ? mine[at].HeadingSpan : mine.Length > 0 ? mine[^1].HeadingSpan : translation.BodySpan;
            if (at < theirs.Length && FirstWithoutMeaning(translation, original) is { } foreign)
            {
                var (line, _) = original.Source.PositionAt(theirs[at].HeadingSpan.Start);
                report.Error(
                    foreign, Codes.TranslationDiffers, $"`{Written.Short(translation.Source.Slice(foreign).Trim())}` means nothing here, and the original has no such text.",
                    $"If it is what stands in line {line} of the original, write it as there: `{original.Source.Slice(theirs[at].HeadingSpan).Trim()}`. Headings that mean something are English in every language.");
            }
            else if (at == theirs.Length)
                report.Error(place, Codes.TranslationDiffers, "The original has no such section.", "A translation has the headings of its original, in the same order.");
            else
            {
                var (line, _) = original.Source.PositionAt(theirs[at].HeadingSpan.Start);
                report.Error(
                    place, Codes.TranslationDiffers, at < mine.Length ? "The original has another heading here." : "The original goes on, and this ends here.",
                    $"What comes here stands in line {line} of the original: `{original.Source.Slice(theirs[at].HeadingSpan).Trim()}`. Headings that mean something are English in every language.");
            }

            return [];
        }

        return theirs;
    }

    /// <summary>Where the translation has more headings that are only text than its original: the first of those, most likely the word for something that is English here.</summary>
    private static TextSpan? FirstWithoutMeaning(ActivityDocument translation, ActivityDocument original)
    {
        TextSpan[] mine = [.. HeadingsIn(translation)];
        var theirs = HeadingsIn(original).Count();
        return mine.Length > theirs ? mine[theirs] : null;
    }

    private static IEnumerable<TextSpan> HeadingsIn(ActivityDocument document) =>
        from text in document.Texts
        from block in text.Blocks
        where block is HeadingBlock { Level: 2 } && block.Span.Start < text.End
        select TextSpan.FromBounds(block.Span.Start, text.LineEnd(block.Span.Start));

    /// <summary>What such a heading says is for people to read.</summary>
    private static bool IsText(HeadingDeclaration heading) => heading is OpenHeading or PlainHeading;
}
