using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community.Library;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.Content.Library;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>
/// `/learn library [undo|use &lt;name&gt;]`: what was put into the library by hand. The buttons below a file that somebody dropped into the
/// facilitators' channel are answered here, too; what they change is seen in the message itself.
/// </summary>
public sealed class LibraryCommand(HandLibrary library, PreviewSender previews) : ISubcommand, IAnswersButtons
{
    private const int MostListed = 30;
    private const int LongestName = 80;

    public SubcommandSpec Spec { get; } = new(LibraryMessages.Purpose, "[undo|use <name>]", "help.library") { ForFacilitators = true };

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var (word, name) = call.Arguments.Split(' ', 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (call.Arguments, "");
        var current = await library.CurrentAsync(cancellationToken);
        var isUse = word.Equals(LibraryMessages.Use, StringComparison.OrdinalIgnoreCase);
        if (!isUse && !word.Equals(LibraryMessages.Undo, StringComparison.OrdinalIgnoreCase))
            return current.Count == 0 ? call.Speech.Say("library.nothing") : Listed(call, current);
        if (current.FirstOrDefault(one => IsMeant(one, name)) is not { } version)
            return call.Speech.Say("library.unknown", ("name", MentionSafe.Code(name, LongestName)));
        if (isUse)
            return Used(await library.UseInOpenRoundsAsync(version.Id, cancellationToken), call.Speech);
        var outcome = await library.UndoAsync(version.Id, cancellationToken);
        return outcome switch
        {
            { Kind: not LibraryOutcomeKind.Done } => call.Speech.Say("library.unchanged"),
            { Before: { } before } => call.Speech.Say("library.undone-before", ("name", NameOf(version)), ("number", version.Number), ("before", before.Number)),
            _ => call.Speech.Say("library.undone", ("name", NameOf(version)), ("number", version.Number)),
        };
    }

    public async Task<Reply> PressedAsync(ButtonPress press, CancellationToken cancellationToken)
    {
        if (press.Reference.Action == LibraryMessages.Preview)
            return Notice(press.Speech, await PreviewAsync(press, cancellationToken));
        if (press.Reference.Action == LibraryMessages.Use)
            return Notice(press.Speech, Used(await library.UseInOpenRoundsAsync(press.Reference.Subject, cancellationToken), press.Speech));
        var outcome = press.Reference.Action == LibraryMessages.Undo
            ? await library.UndoAsync(press.Reference.Subject, cancellationToken)
            : await library.PutAsync(press.Reference.Subject, press.Caller.PersonId, cancellationToken);
        return outcome.Kind switch
        {
            LibraryOutcomeKind.Done => Reply.Accepted,
            LibraryOutcomeKind.Refused => Notice(press.Speech, LibraryMessages.Refusal(outcome.Review!, press.Speech)),
            LibraryOutcomeKind.Gone => Notice(press.Speech, press.Speech.Say("library.gone")),
            _ => Notice(press.Speech, press.Speech.Say("library.unchanged")),
        };
    }

    private async Task<string> PreviewAsync(ButtonPress press, CancellationToken cancellationToken)
    {
        if (await library.DefinitionOfAsync(press.Reference.Subject, cancellationToken) is not { } definition)
            return press.Speech.Say("library.gone");
        previews.Send(press.Caller.PersonId, definition, press.Reference.Subject);
        return PreviewCommand.Coming(press.Speech);
    }

    private static string Used(IReadOnlyList<Occurrence> corrected, Speech speech) => corrected.Count == 0
        ? speech.Say("library.used-nowhere")
        : string.Join('\n', corrected.Select(round => speech.Say("library.used", ("link", Token.LinkToRow(round.RootRowId)))));

    private static Reply Listed(CommandCall call, IReadOnlyList<LibraryVersion> current)
    {
        var lines = current.Take(MostListed).Select(version => call.Speech.Say(
            version.PersonId is null ? "library.line-by-nobody" : "library.line",
            ("name", NameOf(version)), ("number", version.Number), ("moment", call.Speech.Own(version.PutAt ?? version.OfferedAt, call.Zone ?? TimeZoneInfo.Utc)),
            ("person", version.PersonId is { } id ? Token.Person(id) : "")));
        return string.Join('\n', [call.Speech.Say("library.list"), .. lines, "", call.Speech.Say("library.list-how")]);
    }

    /// <summary>By the file's name, with or without its ending.</summary>
    private static bool IsMeant(LibraryVersion version, string name)
    {
        var (own, typed) = (DocumentName.FromPath(LooseFile.NameOf(version.Path)), DocumentName.FromPath(name.Trim('`')));
        return own == typed;
    }

    private static string NameOf(LibraryVersion version) => MentionSafe.Code(LooseFile.NameOf(version.Path), LongestName);

    private static Reply Notice(Speech speech, string text) => new() { Draft = text, NoticeTitle = speech.Say("library.title") };
}
