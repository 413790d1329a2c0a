using System.Collections.Immutable;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content;
using MattermostLearning.Content.Library;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Community.Library;

/// <summary>
/// A facilitator drops a file into the facilitators' channel, and is answered in its thread: what is wrong with it, or how it begins and an offer to
/// put it into the library.
/// </summary>
/// <remarks>
/// The answer's row is named after message and file, so no file is answered twice, whatever is told again after a gap. What was dropped while nobody
/// listened is read back for a day.
/// </remarks>
public sealed class DroppedFiles(
    LearningLedger ledger, Facilitators facilitators, IFileReader files, FileOffers offers, LibraryMessages messages, TimeProvider time, ILogger<DroppedFiles> logger)
    : IWorkSource
{
    private const string Markdown = ".md";
    private const string Zip = ".zip";
    private const int LongestZip = 20 * 1024 * 1024;
    private const int LongestName = 100;

    /// <summary>What people show each other, and nobody means as an activity.</summary>
    private static readonly string[] Shown = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".mp3", ".m4a", ".wav", ".ogg", ".mp4", ".mov", ".webm"];

    /// <summary>Rows, by which it is known what was answered, are kept for longer than this.</summary>
    private static readonly TimeSpan ReadBack = TimeSpan.FromDays(1);

    private readonly OneByOne _work = new();

    public DateTimeOffset? NextMoment => null;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(_work.IsAtRest);

    /// <summary>After a gap: what was dropped meanwhile is answered, too.</summary>
    /// <exception cref="DirectoryUnavailableException">Come again.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (await facilitators.ChannelIdAsync(cancellationToken) is not { } channelId)
            return;
        foreach (var seen in await files.SharedSinceAsync(channelId, time.GetUtcNow() - ReadBack, cancellationToken))
            See(seen);
    }

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
        if (await ledger.Store.GetAsync<OutboxRow>(rowId, cancellationToken) is not null || await files.FindAsync(fileId, cancellationToken) is not { } file)
            return;
        var name = file.Name[(file.Name.LastIndexOfAny(['/', '\\']) + 1)..];
        if (Shown.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            return;
        var changes = new ChangeSet();
        changes.Save(offers.Row(rowId, seen.ChannelId, seen.RootPostId ?? seen.PostId, await OfferAsync(changes, rowId, fileId, name, file.Size, cancellationToken)));
        await ledger.CommitAsync(changes, cancellationToken);
    }

    /// <summary>What is answered; a file that can be read becomes a version that is offered.</summary>
    private async Task<Draft> OfferAsync(ChangeSet changes, string rowId, string fileId, string name, long size, CancellationToken cancellationToken)
    {
        var isZip = name.EndsWith(Zip, StringComparison.OrdinalIgnoreCase);
        if (!isZip && !name.EndsWith(Markdown, StringComparison.OrdinalIgnoreCase))
            return messages.NoActivity("library.not-markdown", name);
        if (size > (isZip ? LongestZip : LooseFile.LongestFile))
            return messages.NoActivity(isZip ? "library.zip-too-big" : "library.too-big", name);
        if (await files.ReadAsync(fileId, cancellationToken) is not { } bytes)
            return messages.NoActivity("library.fetched-nothing", name);
        ImmutableArray<ZippedFile> beside = [];
        if (isZip)
        {
            var (zipped, broken) = ZippedActivity.Read(name, bytes);
            if (zipped is null)
                return messages.NoActivity(SentenceOf(broken!.Value), name);
            (name, bytes, beside) = (zipped.Name, zipped.Text, zipped.Files);
        }

        if (PlainName(name) is not { } plain)
            return messages.NoActivity("library.no-name", name);
        var (loose, problem) = LooseFile.Read(plain, bytes.Span, beside.Select(one => one.Name));
        if (loose is null)
            return messages.NoActivity(problem!.Code == Codes.Binary ? "library.binary" : "library.wrong-encoding", name);
        var (version, draft) = await offers.OfAsync(loose, rowId, isZip ? [.. beside.Select(one => one.Name)] : null, cancellationToken);
        changes.Save(version);
        foreach (var one in beside)
            changes.Save(new LibraryAttachment { Id = LibraryAttachment.IdOf(version.Id, one.Name), VersionId = version.Id, Name = one.Name, Content = one.Content });
        return draft;
    }

    private static string SentenceOf(ZipProblem problem) => problem switch
    {
        ZipProblem.TooMuch => "library.zip-too-big",
        ZipProblem.NoActivity => "library.zip-empty",
        ZipProblem.SeveralActivities => "library.zip-several",
        _ => "library.zip-broken",
    };

    /// <summary>"Ask a Question.de.md" is the same file as "ask-a-question.de.md"; null for a name that no activity can have.</summary>
    private static string? PlainName(string name)
    {
        var read = DocumentName.FromPath(name);
        return name.Length > LongestName || name[0] is '_' or '.' || NewFile.ProblemOf(read.Slug) is not null ? null
            : read.Language is { } language ? $"{read.Slug}.{language}{Markdown}"
            : $"{read.Slug}{Markdown}";
    }
}
