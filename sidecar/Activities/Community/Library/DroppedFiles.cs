using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content;
using MattermostLearning.Content.Library;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Community.Library;

/// <summary>A message with files in a channel.</summary>
/// <param name="PostId">The message.</param>
/// <param name="RootPostId">The root of its thread; null for one that is no reply.</param>
/// <param name="ChannelId">Where it stands.</param>
/// <param name="PersonId">Who wrote it.</param>
/// <param name="FileIds">Its files, in order.</param>
public sealed record FilesSeen(string PostId, string? RootPostId, string ChannelId, string PersonId, IReadOnlyList<string> FileIds);

/// <summary>
/// A facilitator drops a file into the facilitators' channel, and is answered in its thread: what is wrong with it, or how it begins and an offer to
/// put it into the library.
/// </summary>
/// <remarks>
/// The answer's row is named after message and file, so no file is answered twice, whatever is told again after a gap. What is dropped while nobody
/// listens is not read back: whoever wants it in sees that nothing came, and drops it again.
/// </remarks>
public sealed class DroppedFiles(
    LearningLedger ledger, Facilitators facilitators, IFileReader files, FileOffers offers, LibraryMessages messages, ILogger<DroppedFiles> logger)
    : IWorkSource
{
    private const string Markdown = ".md";
    private const int LongestName = 100;

    /// <summary>What people show each other, and nobody means as an activity.</summary>
    private static readonly string[] Shown = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".mp3", ".m4a", ".wav", ".ogg", ".mp4", ".mov", ".webm"];

    private readonly OneByOne _work = new();

    public DateTimeOffset? NextMoment => null;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(_work.IsAtRest);

    public void See(FilesSeen seen) => _work.Add(() => TryAnswerAsync(seen));

    private async Task TryAnswerAsync(FilesSeen seen)
    {
        try
        {
            // Its members are facilitators; a bot, and whoever is deactivated, is none.
            if (await facilitators.ChannelIdAsync(CancellationToken.None) != seen.ChannelId
                || !await facilitators.MayFacilitateAsync(seen.PersonId, null, CancellationToken.None))
                return;
            foreach (var fileId in seen.FileIds)
                await AnswerAsync(seen, fileId, CancellationToken.None);
        }
        catch (Exception e) when (e is DirectoryUnavailableException or StoreUnavailableException)
        {
            logger.LogWarning("The files of message {PostId} were not looked at: {Reason}", seen.PostId, e.Message);
        }
        catch (Exception e)
        {
            logger.LogError(e, "The files of message {PostId} were not looked at", seen.PostId);
        }
    }

    private async Task AnswerAsync(FilesSeen seen, string fileId, CancellationToken cancellationToken)
    {
        var rowId = OutboxRow.IdOf(seen.PostId, $"file/{fileId}");
        if (await ledger.Store.GetAsync<OutboxRow>(rowId, cancellationToken) is not null || await files.ReadAsync(fileId, LooseFile.LongestFile, cancellationToken) is not { } file)
            return;
        var name = file.Name[(file.Name.LastIndexOfAny(['/', '\\']) + 1)..];
        if (Shown.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            return;
        var changes = new ChangeSet();
        changes.Save(offers.Row(rowId, seen.ChannelId, seen.RootPostId ?? seen.PostId, Offer(changes, rowId, name, file)));
        await ledger.CommitAsync(changes, cancellationToken);
    }

    /// <summary>What is answered; a file that can be read becomes a version that is offered.</summary>
    private Draft Offer(ChangeSet changes, string rowId, string name, SharedFile file)
    {
        if (!name.EndsWith(Markdown, StringComparison.OrdinalIgnoreCase))
            return messages.NoActivity("library.not-markdown", name);
        if (file.Content is not { } bytes)
            return messages.NoActivity("library.too-big", name);
        if (PlainName(name) is not { } plain)
            return messages.NoActivity("library.no-name", name);
        var (loose, problem) = LooseFile.Read(plain, bytes.Span);
        if (loose is null)
            return messages.NoActivity(problem!.Code == Codes.Binary ? "library.binary" : "library.wrong-encoding", name);
        var (version, draft) = offers.Of(loose, rowId);
        changes.Save(version);
        return draft;
    }

    /// <summary>"Ask a Question.de.md" is the same file as "ask-a-question.de.md"; null for a name that no activity can have.</summary>
    private static string? PlainName(string name)
    {
        var read = DocumentName.FromPath(name);
        return name.Length > LongestName || name[0] is '_' or '.' || NewFile.ProblemOf(read.Slug) is not null ? null
            : read.Language is { } language ? $"{read.Slug}.{language}{Markdown}"
            : $"{read.Slug}{Markdown}";
    }
}
