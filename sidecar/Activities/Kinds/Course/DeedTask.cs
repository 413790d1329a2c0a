using System.Text.RegularExpressions;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>What somebody is to do in Mattermost, as an author writes it: "reply in ~learning with a code block".</summary>
/// <param name="What">A message of any sort where it is null.</param>
/// <param name="Channel">The name of the channel; null for the course's own.</param>
/// <param name="Traits">What the message has to have in it.</param>
/// <param name="Emoji">Of a reaction; null for any.</param>
public sealed partial record DeedTask(DeedKind? What, string? Channel, MessageTraits Traits, string? Emoji)
{
    private const string Examples =
        "Write it as in `Do: reply with a code block`, `Do: react with :eyes: to a message in ~learning`, `Do: mention somebody`, `Do: post a link`, `Do: attach a file` or `Do: start a thread`.";

    /// <summary>What a message has in it, each by the name of its group in <see cref="Contents"/>.</summary>
    private static readonly (string Group, MessageTraits Trait)[] Named = [.. Enum.GetValues<MessageTraits>().Select(trait => (trait.ToString(), trait))];

    private static readonly string[] Vocabulary =
        ["reply", "answer", "post", "write", "react", "mention", "attach", "start", "thread", "link", "file", "code", "block", "picture", "list", "quote", "bold", "table", "question", "heading", "message", "with", "somebody"];

    /// <summary>Whether this is what was to be done, or the same sort of thing with something missing; neither, where it has nothing to do with it.</summary>
    /// <param name="deed">What was done.</param>
    /// <param name="ownChannelId">The course's own channel.</param>
    public DeedFit FitOf(Deed deed, string ownChannelId)
    {
        var isThere = Channel is null ? deed.ChannelId == ownChannelId : string.Equals(deed.ChannelName, Channel, StringComparison.OrdinalIgnoreCase);
        if (!isThere)
            return DeedFit.SomethingElse;
        if (What == DeedKind.Reaction || deed.What == DeedKind.Reaction)
        {
            return What != deed.What ? DeedFit.SomethingElse
                : Emoji is null || Same(Emoji, deed.Emoji) ? DeedFit.Done : DeedFit.Nearly;
        }

        return (What is null || What == deed.What) && (Traits & ~deed.Traits) == MessageTraits.None ? DeedFit.Done : DeedFit.Nearly;
    }

    public static Reading<DeedTask> Read(string text)
    {
        var left = text.Trim().TrimEnd('.', '!').Replace("`", "", StringComparison.Ordinal).ToLowerInvariant();
        string? channel = null, emoji = null;
        if (ChannelName().Match(left) is { Success: true } place)
        {
            channel = place.Groups["name"].Value;
            left = left.Remove(place.Index, place.Length).Insert(place.Index, " ");
        }

        if (EmojiName().Match(left) is { Success: true } sign)
        {
            emoji = sign.Groups["name"].Value;
            left = left.Remove(sign.Index, sign.Length).Insert(sign.Index, " ");
        }

        var act = Act().Match(left);
        if (!act.Success)
            return Refuse(text);
        left = left[act.Length..];
        if (act.Groups["react"].Success)
        {
            return IsAllSmall(Targets().Replace(left, " ")) ? Reading.Of(new DeedTask(DeedKind.Reaction, channel, MessageTraits.None, emoji))
                : emoji is null && left.Trim().StartsWith("with ", StringComparison.Ordinal) ? RefuseEmoji(left) : Refuse(text, left);
        }

        if (emoji is not null)
            return Refuse(text);
        var traits = act.Groups["mention"].Success ? MessageTraits.Mention : MessageTraits.None;
        left = Contents().Replace(left, named =>
        {
            traits |= Array.Find(Named, each => named.Groups[each.Group].Success).Trait;
            return " ";
        });

        var startsThread = act.Groups["start"].Success;
        if (startsThread && !Thread().IsMatch(left))
            return Refuse(text);
        if (act.Groups["attach"].Success && (traits & (MessageTraits.File | MessageTraits.Picture)) == MessageTraits.None)
            return Refuse(text);
        left = Targets().Replace(left, " ");
        return IsAllSmall(left)
            ? Reading.Of(new DeedTask(startsThread ? DeedKind.Message : act.Groups["reply"].Success ? DeedKind.Reply : null, channel, traits, null))
            : Refuse(text, left);
    }

    private static bool IsAllSmall(string left) => SmallWords().Replace(left, " ").Trim(' ', ',').Length == 0;

    private static Reading<DeedTask> Refuse(string text, string left = "")
    {
        var strange = SmallWords().Replace(left, " ").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        var shown = strange ?? text.Trim();
        var message = strange is null
            ? $"`{Short(shown)}` does not say what people are to do in Mattermost."
            : $"`{Short(shown)}` is nothing that can be seen in what people post.";
        return Reading.Refuse<DeedTask>(
            Codes.DeedUnreadable, message, strange is not null && Nearest.To(strange, Vocabulary) is { } meant && meant != strange ? $"Did you mean `{meant}`? {Examples}" : Examples);
    }

    private static Reading<DeedTask> RefuseEmoji(string left) => Reading.Refuse<DeedTask>(
        Codes.DeedUnreadable, $"`{Short(left.Trim()["with ".Length..].Split(" to ")[0].Trim())}` is not the name of an emoji.",
        "Write its name between colons, as Mattermost shows it once you type a colon: `Do: react with :eyes: to a message`.");

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..59]}…";

    /// <summary>`:thumbsup:` and `:+1:` are one, whatever the client writes.</summary>
    private static bool Same(string wanted, string? given) => given is not null && Plain(wanted) == Plain(given);

    private static string Plain(string emoji) => emoji.ToLowerInvariant() switch
    {
        "thumbsup" => "+1",
        "thumbsdown" => "-1",
        var other => other,
    };

    [GeneratedRegex(@"\bin (?:the channel )?[~#](?<name>[\p{L}\p{Nd}][\p{L}\p{Nd}._\-]*)", RegexOptions.CultureInvariant)]
    private static partial Regex ChannelName();

    [GeneratedRegex(@"(?:\bwith )?(?:an? )?:(?<name>[a-z0-9_+\-]+):", RegexOptions.CultureInvariant)]
    private static partial Regex EmojiName();

    [GeneratedRegex(@"^(?:(?<react>react)|(?<reply>reply|answer)|(?<mention>mention)|(?<attach>attach|upload)|(?<start>start|begin|open)|post|write|send|share)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Act();

    [GeneratedRegex(
        @"\b(?:(?<CodeBlock>code blocks?)|(?<Link>links?|address(?:es)?)|(?<File>files?|attachments?|documents?)|(?<Picture>pictures?|images?|screenshots?|photos?)"
        + @"|(?<List>lists?|bullets?|bullet points?)|(?<Quote>quotes?|quotation)|(?<Bold>bold|bold text|something bold)|(?<Table>tables?)|(?<Mention>mentions?)"
        + @"|(?<Question>questions?)|(?<Heading>headings?)|(?<Code>code|inline code(?! blocks?\b)))\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Contents();

    [GeneratedRegex(@"\bthread\b", RegexOptions.CultureInvariant)]
    private static partial Regex Thread();

    [GeneratedRegex(@"\b(?:messages?|posts?|repl(?:y|ies)|threads?|conversation|somebody(?:'s)?|someone(?:'s)?|anybody(?:'s)?|colleagues?|person|people|something|anything|emoji|reaction|course(?:'s)?|channel)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Targets();

    [GeneratedRegex(@"\b(?:a|an|the|to|with|and|in|of|on|at|your|own|new|it|one|that|has|this|there|any|else|its|other|another)\b", RegexOptions.CultureInvariant)]
    private static partial Regex SmallWords();
}

public enum DeedFit
{
    Done,

    /// <summary>In the right place, and not yet what was asked for.</summary>
    Nearly,

    SomethingElse,
}
