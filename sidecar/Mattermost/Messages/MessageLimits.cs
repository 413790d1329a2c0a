using System.Text;

namespace MattermostLearning.Mattermost.Messages;

/// <summary>What a server takes. Lengths count runes (Unicode scalars), as the server does; an emoji is one, not two.</summary>
public sealed record MessageLimits
{
    /// <summary>What every supported server takes.</summary>
    public static MessageLimits Default { get; } = new();

    /// <summary>Runes of one message; the server tells its own as MaxPostSize.</summary>
    public int MessageRunes { get; init; } = 16_383;

    /// <summary>Runes of all props of a post as JSON, integrations included; a server before 6.0 stores 8,000 and adds some of its own.</summary>
    public int PropsRunes { get; init; } = 7_600;

    public int Files { get; init; } = 10;

    /// <summary>Runes on a button: what still fits a phone.</summary>
    public int ActionLabelRunes { get; init; } = 64;

    public int DialogTitleRunes { get; init; } = 24;

    public int ElementLabelRunes { get; init; } = 24;

    public int ElementNameRunes { get; init; } = 300;

    public int ElementHelpRunes { get; init; } = 150;

    public int Elements { get; init; } = 5;

    /// <summary>The most that a text element may allow.</summary>
    public int TextRunes { get; init; } = 150;

    /// <summary>The most that a textarea may allow.</summary>
    public int TextAreaRunes { get; init; } = 3_000;

    /// <summary>Whether a select may take several values (11.0).</summary>
    public bool MultipleSelect { get; init; }

    /// <summary>Whether date and datetime elements exist (11.1).</summary>
    public bool DateElements { get; init; }

    /// <summary>The limits of a server's version, and of its own message length where that is known.</summary>
    public static MessageLimits For(Version server, int? maxPostSize = null) => Default with
    {
        MessageRunes = maxPostSize is > 0 and var told ? told : Default.MessageRunes,
        MultipleSelect = server >= new Version(11, 0),
        DateElements = server >= new Version(11, 1),
    };

    /// <summary>Counts as the server counts.</summary>
    public static int CountRunes(string? text)
    {
        if (string.IsNullOrEmpty(text)) return 0;
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }

    /// <summary>The first <paramref name="limit"/> runes, the last of them an ellipsis when something was cut; never half an emoji's surrogate pair.</summary>
    public static string Cut(string text, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (CountRunes(text) <= limit) return text;
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(limit - 1)) kept.Append(rune.ToString());
        return kept.Append('…').ToString();
    }
}
