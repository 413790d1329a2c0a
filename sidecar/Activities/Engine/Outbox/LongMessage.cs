using System.Globalization;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Activities.Engine.Outbox;

/// <summary>
/// A message that is longer than Mattermost takes, as several rows: each stands as one visible message. The row itself keeps its buttons, and is what
/// edits go to. One that stands in a channel has the beginning and goes on in its thread; any other has the end, and the rest comes before it.
/// </summary>
internal static class LongMessage
{
    /// <summary>Between what stands together and is not one piece.</summary>
    private const string GoesOn = "\n\n…\n\n";

    private const int LongestEnding = 3_000;

    public static bool Is(OutboxRow row) => row.Draft is { } draft && draft.Text.Length > LongText.Most;

    public static bool BeginsThread(OutboxRow row) => row is { ChannelId: not null, RootRowId: null, RootPostId: null };

    public static IEnumerable<OutboxRow> Pieces(OutboxRow row)
    {
        var isRoot = BeginsThread(row);
        var (main, others) = Cut(row.Draft!.Text, isRoot);
        var rows = others.Select((text, index) => row with
        {
            Id = OutboxRow.IdOf(row.Id, string.Create(CultureInfo.InvariantCulture, $"piece/{index + 1}")),
            RootRowId = isRoot ? row.Id : row.RootRowId,
            Files = null,
            Draft = text,
        });
        var self = row with { Draft = row.Draft with { Text = main } };
        return isRoot ? rows.Prepend(self) : rows.Append(self);
    }

    /// <summary>What an edit makes of the row itself; the other pieces stay as they are.</summary>
    public static OutboxRow MainPiece(OutboxRow edit, bool beginsThread) =>
        edit with { Draft = edit.Draft! with { Text = Cut(edit.Draft.Text, beginsThread).Main } };

    /// <summary>
    /// An answer is no row and has no other pieces: of one that is too long stays the end of a message, where stands what came of the click, and the beginning of what is said
    /// beside one.
    /// </summary>
    public static Reply Fitting(Reply reply)
    {
        if (reply.Draft.Text.Length <= LongText.Most)
            return reply;
        var pieces = LongText.Split(reply.Draft.Text);
        return reply with { Draft = reply.Draft with { Text = reply.ReplacesMessage ? pieces[^1] : pieces[0] } };
    }

    /// <summary>In a channel, what a message ends with (until when, who answers) stays where everybody sees it.</summary>
    private static (string Main, IReadOnlyList<string> Others) Cut(string text, bool isRoot)
    {
        if (!isRoot)
        {
            var all = LongText.Split(text);
            return (all[^1], all[..^1]);
        }

        var at = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        var ending = at > 0 && text.Length - at <= LongestEnding ? text[(at + 2)..] : "";
        // Whatever the ending says by now, the cut is where it was.
        var pieces = LongText.Split(ending.Length > 0 ? text[..at] : text, LongText.Most - LongestEnding);
        return ($"{pieces[0]}{GoesOn}{ending}".TrimEnd(), pieces[1..]);
    }
}
