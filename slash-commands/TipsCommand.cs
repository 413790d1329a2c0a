using System.Globalization;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Community.Tips;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn tips [words]`: what people shared, as far as I may read it, the newest first.</summary>
public sealed class TipsCommand(TipFinder finder, TipWords words, AskFacilitators ask) : ISubcommand
{
    private const int LongestTip = 160;
    private const int LongestQuery = 80;
    private const int LastPage = 99;

    public SubcommandSpec Spec { get; } = new("tips", "[words]", "help.tips");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var speech = call.Speech;
        if (!words.IsOn)
            return speech.Say("tips.off");
        var (query, page) = Split(call.Arguments);
        var shown = MentionSafe.Code(query, LongestQuery);
        var found = await finder.FindAsync(call.Caller, query, page, cancellationToken);
        if (found.Tips.Count == 0)
        {
            if (found.ReadThrough is { } none)
                return speech.Say("tips.none-in", ("words", shown), ("count", none));
            if (page > 1)
                return speech.Say("tips.no-more");
            return query.Length > 0
                ? await ask.NothingFoundAsync(call.Caller, speech.Say("tips.none-with", ("words", shown)), query, speech, cancellationToken)
                : speech.Say("tips.none", ("word", words.Words[0]));
        }

        List<string> text = [query.Length > 0 ? speech.Say("tips.heading-with", ("words", shown)) : speech.Say("tips.heading")];
        text.AddRange(found.Tips.Select(tip => Line(speech, tip)));
        if (found.HasMore)
            text.Add(speech.Say("tips.older", ("command", $"/learn tips {(shown.Length > 0 ? shown + " " : "")}page {(page + 1).ToString(CultureInfo.InvariantCulture)}")));
        else if (found.ReadThrough is { } count)
            text.Add(speech.Say("tips.read-through", ("count", count)));
        return string.Join('\n', text);
    }

    private static string Line(Speech speech, FoundTip tip)
    {
        var said = MentionSafe.Name(tip.Text, LongestTip);
        return speech.Say(
            "tips.line",
            ("person", Token.Person(tip.Tip.PersonId)),
            ("channel", Token.Channel(tip.Tip.ChannelId)),
            ("text", said.Length > 0 ? said : speech.Say("tips.no-words")),
            ("link", Token.LinkToPost(tip.Tip.PostId)));
    }

    /// <summary>"docker page 2" is words and a page.</summary>
    private static (string Query, int Page) Split(string arguments)
    {
        var parts = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts is [.. var before, var word, var number] && word.Equals("page", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is >= 1 and <= LastPage
            ? (string.Join(' ', before), page)
            : (string.Join(' ', parts), 1);
    }
}
