using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>What is said of something that people are to do in Mattermost.</summary>
internal sealed class DeedView(Speech speech)
{
    /// <summary>What can be seen in a message, and the phrases that name it and show how it is written; null where that is no text.</summary>
    private static readonly (MessageTraits Trait, string Name, string? Sample)[] Known =
    [
        (MessageTraits.CodeBlock, "trait.code-block", "deed.sample.code-block"), (MessageTraits.Code, "trait.code", "deed.sample.code"),
        (MessageTraits.Link, "trait.link", "deed.sample.link"), (MessageTraits.File, "trait.file", null), (MessageTraits.Picture, "trait.picture", null),
        (MessageTraits.List, "trait.list", "deed.sample.list"), (MessageTraits.Quote, "trait.quote", "deed.sample.quote"), (MessageTraits.Bold, "trait.bold", "deed.sample.bold"),
        (MessageTraits.Table, "trait.table", "deed.sample.table"), (MessageTraits.Mention, "trait.mention", "deed.sample.mention"),
        (MessageTraits.Question, "trait.question", "deed.sample.question"), (MessageTraits.Heading, "trait.heading", "deed.sample.heading"),
    ];

    public static string Where(DeedTask task, Run run) => task.Channel is { } name ? $"~{name}" : Token.Channel(run.ChannelId);

    public string Prompt(DeedCheck check, Run run, Occurrence round)
    {
        var task = check.Task;
        List<string> parts = [];
        if (check.Text.Length > 0)
            parts.Add(Token.Literal(check.Text));
        parts.Add($"{Sentence(task, run)} {speech.Say("deed.how")}");
        foreach (var (trait, _, sample) in Known.Where(each => each.Sample is not null && task.Traits.HasFlag(each.Trait)))
            parts.Add($"{speech.Say("deed.sample")}\n````\n{(trait == MessageTraits.Mention ? "@" : "")}{speech.Say(sample!)}\n````");
        if (task.Channel is null && task.What is not DeedKind.Message)
            parts.Add(speech.Say("deed.there", ("link", Token.LinkToRow(round.RootRowId))));
        return string.Join("\n\n", parts);
    }

    /// <summary>What is missing from what they did.</summary>
    public string Hint(DeedTask task, Deed deed, bool isLast, Run run)
    {
        var missing = task.Traits & ~deed.Traits;
        var what = deed.What == DeedKind.Reaction ? speech.Say("deed.other-emoji", ("emoji", $":{task.Emoji}:"))
            : missing != MessageTraits.None ? speech.Say("deed.missing", ("traits", Names(missing)))
            : speech.Say(task.What == DeedKind.Reply ? "deed.not-a-reply" : "deed.not-new");
        var hint = speech.Say("deed.nearly", ("where", Where(task, run)), ("what", what));
        return isLast ? $"{hint}\n{speech.Say("deed.last-hint")}" : $"{hint} {speech.Say("deed.edit")}";
    }

    private string Sentence(DeedTask task, Run run)
    {
        (string, object)[] places = [("where", Where(task, run)), ("emoji", task.Emoji is null ? "" : $":{task.Emoji}:"), ("traits", Names(task.Traits))];
        var isPlain = task.Traits == MessageTraits.None;
        return speech.Say(
            task.What switch
            {
                DeedKind.Reaction => task.Emoji is null ? "deed.react-any" : "deed.react",
                DeedKind.Reply => isPlain ? "deed.reply" : "deed.reply-with",
                DeedKind.Message => isPlain ? "deed.message" : "deed.message-with",
                _ => isPlain ? "deed.write" : "deed.write-with",
            },
            places);
    }

    private string Names(MessageTraits traits) => speech.List([.. Known.Where(each => traits.HasFlag(each.Trait)).Select(each => speech.Say(each.Name))]);
}
