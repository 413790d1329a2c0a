using System.Text.RegularExpressions;

namespace MattermostLearning.Activities.Engine.Kinds;

/// <summary>What somebody really did in Mattermost, without a word of it: where, when, and what it looked like.</summary>
/// <param name="What">A message, an answer in a thread, or a reaction.</param>
/// <param name="PostId">The message that was written, or reacted to.</param>
/// <param name="ChannelId">Where.</param>
/// <param name="ChannelName">The name in that channel's address.</param>
/// <param name="At">When.</param>
public sealed record Deed(DeedKind What, string PostId, string ChannelId, string ChannelName, DateTimeOffset At)
{
    /// <summary>Of what was written.</summary>
    public MessageTraits Traits { get; init; }

    /// <summary>Of a reaction, without its colons.</summary>
    public string? Emoji { get; init; }

    /// <summary>It was read back after a gap, some time after it was done.</summary>
    public bool IsReadBack { get; init; }
}

public enum DeedKind
{
    /// <summary>A message of its own, on which a thread can grow.</summary>
    Message,

    /// <summary>An answer in a thread.</summary>
    Reply,

    Reaction,
}

/// <summary>What a message has in it, as far as it can be seen without understanding it.</summary>
[Flags]
public enum MessageTraits
{
    None = 0,
    CodeBlock = 1 << 0,
    Code = 1 << 1,
    Link = 1 << 2,
    File = 1 << 3,
    Picture = 1 << 4,
    List = 1 << 5,
    Quote = 1 << 6,
    Bold = 1 << 7,
    Table = 1 << 8,
    Mention = 1 << 9,
    Question = 1 << 10,
    Heading = 1 << 11,
}

/// <summary>Sees what a message has in it.</summary>
public static partial class TraitsOf
{
    /// <param name="message">As somebody wrote it.</param>
    /// <param name="mimeTypes">Of the files that go with it.</param>
    public static MessageTraits Message(string message, IReadOnlyCollection<string> mimeTypes)
    {
        var traits = MessageTraits.None;
        if (mimeTypes.Count > 0)
            traits |= MessageTraits.File;
        if (mimeTypes.Any(type => type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)))
            traits |= MessageTraits.Picture;
        if (CodeBlock().IsMatch(message))
            traits |= MessageTraits.CodeBlock;
        // Within code nothing else means anything.
        var prose = CodeBlock().Replace(message, "\n");
        if (InlineCode().IsMatch(prose))
            traits |= MessageTraits.Code;
        prose = InlineCode().Replace(prose, " ");
        foreach (var (pattern, trait) in Patterns)
        {
            if (pattern.IsMatch(prose))
                traits |= trait;
        }

        return traits;
    }

    private static (Regex Pattern, MessageTraits Trait)[] Patterns { get; } =
    [
        (Link(), MessageTraits.Link), (Picture(), MessageTraits.Picture), (List(), MessageTraits.List), (Quote(), MessageTraits.Quote), (Bold(), MessageTraits.Bold),
        (Table(), MessageTraits.Table), (Mention(), MessageTraits.Mention), (Question(), MessageTraits.Question), (Heading(), MessageTraits.Heading),
    ];

    [GeneratedRegex(@"^[ \t]*(?<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)?[ \t]*\k<fence>|(?:^|\n\n)(?: {4}|\t)\S", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"(?<ticks>`+)[^`\n]+\k<ticks>", RegexOptions.CultureInvariant)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\bhttps?://[^\s/]+|\bwww\.[^\s.]+\.\S|\]\([^)\s]+\)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"!\[[^\]]*\]\([^)\s]+", RegexOptions.CultureInvariant)]
    private static partial Regex Picture();

    [GeneratedRegex(@"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\S", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex List();

    [GeneratedRegex(@"^[ \t]*>[ \t]*\S", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Quote();

    [GeneratedRegex(@"(?:\*\*|__)(?=\S)[^\n]+?(?<=\S)(?:\*\*|__)", RegexOptions.CultureInvariant)]
    private static partial Regex Bold();

    [GeneratedRegex(@"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"(?<![\w@./])@(?!(?:all|channel|here)\b)[a-z0-9][a-z0-9._\-]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Mention();

    [GeneratedRegex(@"\?(?=\s|$|[)*_""'])", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Question();

    [GeneratedRegex(@"^#{1,6}[ \t]+\S", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Heading();
}
