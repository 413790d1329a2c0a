namespace MattermostLearning.Activities.Engine.Outbox;

/// <summary>
/// A picture as a kind words it: bars under headings, or lines on a card. It is drawn when it is sent, where pictures can be drawn; whatever it shows stands in the
/// message's text, too.
/// </summary>
public sealed record DraftPicture
{
    public required string Title { get; init; }

    public IReadOnlyList<BarGroup> Groups { get; init; } = [];

    /// <summary>What stands on a card, from the top, with <see cref="Token"/>s; where there is any, neither title nor bars are drawn.</summary>
    public IReadOnlyList<CardLine> Card { get; init; } = [];

    /// <summary>What the bars of one option mean where it has several, such as before and after; empty where it has one.</summary>
    public IReadOnlyList<string> Series { get; init; } = [];
}

/// <param name="Heading">What its bars have in common.</param>
/// <param name="Bars">From the top.</param>
public sealed record BarGroup(string Heading, IReadOnlyList<Bar> Bars);

/// <param name="Label">What it stands for.</param>
/// <param name="Values">One for each series.</param>
public sealed record Bar(string Label, IReadOnlyList<BarValue> Values)
{
    /// <summary>The one to look at.</summary>
    public bool IsMarked { get; init; }
}

/// <param name="Share">From 0 to 1.</param>
/// <param name="Text">What stands beside it.</param>
public sealed record BarValue(double Share, string Text);

/// <param name="Text">In one line, or in several where it is too long for one.</param>
/// <param name="Size">How large.</param>
public sealed record CardLine(string Text, CardSize Size = CardSize.Normal);

public enum CardSize
{
    Small,
    Normal,
    Large,
}
