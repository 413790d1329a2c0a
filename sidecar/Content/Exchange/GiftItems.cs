using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Exchange;

/// <summary>How a text of a GIFT file is written: what stands in brackets before it, else as the question is.</summary>
internal enum GiftFormat
{
    /// <summary>Text, in which HTML is taken for HTML.</summary>
    Moodle,
    Html,
    Markdown,
    Plain,
}

internal sealed record GiftText(GiftFormat Format, string Text);

/// <summary>What stands between two blank lines of a GIFT file, as its author meant it for Moodle.</summary>
/// <param name="Place">Where it begins.</param>
internal abstract record GiftItem(TextSpan Place);

/// <summary>What follows belongs to this category.</summary>
internal sealed record GiftCategory(string Path, TextSpan Place) : GiftItem(Place);

/// <summary>What every question has, and a text without one.</summary>
/// <param name="Title">Its name in Moodle's bank of questions; null where it has none.</param>
/// <param name="Text">What it asks, with <see cref="GiftReader.Gap"/> where the answer stood within it.</param>
/// <param name="HasGap">Whether it stood there.</param>
/// <param name="Feedback">What everybody reads afterwards.</param>
/// <param name="Place">Where it begins.</param>
internal sealed record GiftStem(string? Title, GiftText Text, bool HasGap, GiftText? Feedback, TextSpan Place);

internal abstract record GiftQuestion(GiftStem Stem) : GiftItem(Stem.Place);

internal sealed record GiftDescription(GiftStem Stem) : GiftQuestion(Stem);

internal sealed record GiftEssay(GiftStem Stem) : GiftQuestion(Stem);

/// <param name="Stem">What it says.</param>
/// <param name="IsTrue">Whether that is true.</param>
/// <param name="IfWrong">Said to whoever answers wrongly.</param>
/// <param name="IfRight">Said to whoever answers rightly.</param>
internal sealed record GiftTrueFalse(GiftStem Stem, bool IsTrue, GiftText? IfWrong, GiftText? IfRight) : GiftQuestion(Stem);

internal sealed record GiftChoice(GiftStem Stem, ImmutableArray<GiftOption> Options) : GiftQuestion(Stem);

internal sealed record GiftTyped(GiftStem Stem, ImmutableArray<GiftOption> Options) : GiftQuestion(Stem);

/// <param name="IsRight">Whether <c>=</c> stands before it, and not <c>~</c>.</param>
/// <param name="Weight">In percent, where it is written.</param>
/// <param name="Text">What people choose or type.</param>
/// <param name="Feedback">Said to whoever does.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record GiftOption(bool IsRight, decimal? Weight, GiftText Text, GiftText? Feedback, TextSpan Place);

internal sealed record GiftNumeric(GiftStem Stem, ImmutableArray<GiftNumber> Numbers) : GiftQuestion(Stem);

/// <param name="IsRight">Whether <c>=</c> stands before it, and not <c>~</c>.</param>
/// <param name="Weight">In percent, where it is written.</param>
/// <param name="Range">Null where any other number is meant.</param>
/// <param name="Feedback">Said to whoever types it.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record GiftNumber(bool IsRight, decimal? Weight, GiftRange? Range, GiftText? Feedback, TextSpan Place);

/// <summary>As it was written: a number with what may differ, which may be nothing, or two ends.</summary>
internal abstract record GiftRange
{
    internal sealed record Around(decimal Number, decimal Tolerance) : GiftRange;

    internal sealed record Between(decimal Least, decimal Most) : GiftRange;
}

internal sealed record GiftMatch(GiftStem Stem, ImmutableArray<GiftPair> Pairs) : GiftQuestion(Stem);

/// <param name="Left">What something is to be found for; empty where only <paramref name="Right"/> is offered.</param>
/// <param name="Right">What belongs to it, which Moodle shows as it is.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record GiftPair(GiftText Left, string Right, TextSpan Place);
