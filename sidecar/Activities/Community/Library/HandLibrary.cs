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
/// What facilitators put into the library by hand, beside the content folder. Each file has versions, of which one is in use; the message that
/// offered a version shows what became of it, and is edited in the commit that changes it.
/// </summary>
public sealed class HandLibrary(
    LearningLedger ledger, Definitions definitions, OpenRounds rounds, LibraryMessages messages, IDirectory directory, TimeProvider time, ILogger<HandLibrary> logger) : IDisposable
{
    private readonly ILearningStore _store = ledger.Store;
    private readonly SemaphoreSlim _turn = new(1);

    public void Dispose() => _turn.Dispose();

    /// <summary>At start: what was put in before is offered again.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => RefreshAsync(cancellationToken);

    /// <summary>Files that are in the library now, each with its version, by path.</summary>
    public async Task<IReadOnlyList<LibraryVersion>> CurrentAsync(CancellationToken cancellationToken)
    {
        List<LibraryVersion> current = [];
        foreach (var file in await _store.FindAsync(LibraryFile.OfAll, LibraryFile.All, cancellationToken))
        {
            if (file.CurrentId is { } id && await _store.GetAsync<LibraryVersion>(id, cancellationToken) is { } version)
                current.Add(version);
        }

        return current;
    }

    /// <summary>The file of a version as it stands in the library, whether or not it is in.</summary>
    public static LooseFile FileOf(LibraryVersion version) => LooseFile.Of(LooseFile.NameOf(version.Path), version.Text, version.Attachments ?? []);

    /// <summary>What a version says, whether or not it is in; null where it is kept no longer, or offers nothing.</summary>
    public async Task<ActivityDefinition?> DefinitionOfAsync(string versionId, CancellationToken cancellationToken) =>
        await _store.GetAsync<LibraryVersion>(versionId, cancellationToken) is { } version ? FileReview.Of(FileOf(version), definitions).Definition : null;

    /// <summary>Puts an offered version in. Doing it twice changes nothing the second time.</summary>
    public async Task<LibraryOutcome> PutAsync(string versionId, string personId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _store.GetAsync<LibraryVersion>(versionId, cancellationToken) is not { } version)
                return LibraryOutcome.Gone;
            var file = await _store.GetAsync<LibraryFile>(version.Path, cancellationToken) ?? new LibraryFile { Path = version.Path };
            if (file.CurrentId == version.Id)
                return LibraryOutcome.Unchanged;
            // Its place may have been taken since it was offered.
            var review = FileReview.Of(FileOf(version), definitions);
            if (!review.IsUsable)
                return LibraryOutcome.Refused(review);
            var before = file.CurrentId is { } id ? await _store.GetAsync<LibraryVersion>(id, cancellationToken) : null;
            var number = version.Number > 0 ? version.Number : file.Versions + 1;
            var postId = version.PostId ?? (await _store.GetAsync<PostedMessage>(version.RowId, cancellationToken))?.PostId;
            var put = version with { Number = number, PutAt = time.GetUtcNow(), PersonId = personId, ReplacesId = before?.Id, PostId = postId };
            var changes = new ChangeSet()
                .Save(file with { CurrentId = put.Id, Versions = Math.Max(file.Versions, number) })
                .Save(put);
            await EditAsync(changes, put, await InUseAsync(put, cancellationToken), personId, cancellationToken);
            if (before is not null)
                await EditAsync(changes, before, messages.Replaced(before, put), null, cancellationToken);
            if (await CommitAsync(changes, cancellationToken))
            {
                logger.LogInformation("{Path}, version {Number}, was put into the library by hand", put.Path, put.Number);
                return LibraryOutcome.Done(put);
            }
        }
    }

    /// <summary>Takes a version out again: the one before it is back, or the file is gone. Doing it twice changes nothing the second time.</summary>
    public async Task<LibraryOutcome> UndoAsync(string versionId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _store.GetAsync<LibraryVersion>(versionId, cancellationToken) is not { } version)
                return LibraryOutcome.Gone;
            if (await _store.GetAsync<LibraryFile>(version.Path, cancellationToken) is not { } file || file.CurrentId != version.Id)
                return LibraryOutcome.Unchanged;
            var before = version.ReplacesId is { } id ? await _store.GetAsync<LibraryVersion>(id, cancellationToken) : null;
            var undone = version with { PutAt = null, PersonId = null, ReplacesId = null };
            var changes = new ChangeSet().Save(file with { CurrentId = before?.Id }).Save(undone);
            var review = await FileReview.Of(FileOf(undone), definitions).HereAsync(directory, cancellationToken);
            await EditAsync(changes, undone, messages.TakenOut(undone, review), null, cancellationToken);
            if (before is not null)
                await EditAsync(changes, before, await InUseAsync(before, cancellationToken), before.PersonId, cancellationToken);
            if (await CommitAsync(changes, cancellationToken))
            {
                logger.LogInformation("{Path}, version {Number}, was taken out of the library by hand", version.Path, version.Number);
                return LibraryOutcome.Done(undone) with { Before = before };
            }
        }
    }

    /// <summary>Corrects what is open with an earlier text, where its kind says that this is safe.</summary>
    /// <returns>The rounds that go by this version from now on.</returns>
    public async Task<IReadOnlyList<Occurrence>> UseInOpenRoundsAsync(string versionId, CancellationToken cancellationToken)
    {
        if (await _store.GetAsync<LibraryVersion>(versionId, cancellationToken) is not { } version
            || await _store.GetAsync<LibraryFile>(version.Path, cancellationToken) is not { } file || file.CurrentId != version.Id
            || definitions.Library.Definitions.Values.FirstOrDefault(one => one.Path == version.Path) is not { } definition)
            return [];
        var corrected = await rounds.CorrectAsync(definition, cancellationToken);
        CommitOutcome outcome;
        do
        {
            var changes = new ChangeSet();
            await EditAsync(changes, version, await InUseAsync(version, cancellationToken), version.PersonId, cancellationToken);
            outcome = await ledger.CommitAsync(changes, cancellationToken);
        }
        while (outcome == CommitOutcome.Stale);
        return corrected;
    }

    private async Task<Draft> InUseAsync(LibraryVersion version, CancellationToken cancellationToken)
    {
        var definition = FileReview.Of(FileOf(version), definitions).Definition;
        return messages.InUse(version, definition, definition is { Settings.Draft: false } && (await rounds.CorrectableAsync(definition, cancellationToken)).Count > 0);
    }

    /// <summary>Nobody learns any more who put in what somebody put in; it stays.</summary>
    internal async Task ForgetAsync(string personId)
    {
        while (await _store.FindAsync(LibraryVersion.ByPerson, personId, CancellationToken.None) is [var version, ..])
        {
            var changes = new ChangeSet().Save(version with { PersonId = null });
            if (await _store.GetAsync<LibraryFile>(version.Path, CancellationToken.None) is { } file && file.CurrentId == version.Id)
                await EditAsync(changes, version, await InUseAsync(version with { PersonId = null }, CancellationToken.None), null, CancellationToken.None);
            await ledger.CommitAsync(changes, CancellationToken.None);
        }
    }

    private async Task<bool> CommitAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        if (await ledger.CommitAsync(changes, cancellationToken) != CommitOutcome.Committed)
            return false;
        // Committed is in use, whoever has stopped waiting for the answer.
        await RefreshAsync(CancellationToken.None);
        return true;
    }

    /// <summary>One after the other, so that what was read first is never put over what was read later.</summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            definitions.TakeByHand([.. (await CurrentAsync(cancellationToken)).Select(FileOf)]);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <param name="changes">Of which it becomes a part.</param>
    /// <param name="version">Whose message it is.</param>
    /// <param name="draft">What it says now.</param>
    /// <param name="personId">Whom it names, so that it is found when they are forgotten.</param>
    /// <param name="cancellationToken"></param>
    private async Task EditAsync(ChangeSet changes, LibraryVersion version, Draft draft, string? personId, CancellationToken cancellationToken)
    {
        var row = new OutboxRow
        {
            Id = OutboxRow.IdOf(version.RowId, "edit"),
            Conversation = $"library/{version.RowId}",
            Order = ledger.Next(),
            Operation = OutboxOperation.Edit,
            Purpose = MessagePurpose.Answer,
            TargetRowId = version.PostId is null ? version.RowId : null,
            TargetPostId = version.PostId,
            PersonId = personId,
            NotBefore = time.GetUtcNow(),
            Draft = draft,
        };
        changes.Save(await _store.GetAsync<OutboxRow>(row.Id, cancellationToken) is { } earlier ? earlier.ReplacedBy(row, ledger) : row);
    }
}

/// <summary>What came of putting a version in, or of taking it out.</summary>
/// <param name="Kind">Which of the outcomes.</param>
public sealed record LibraryOutcome(LibraryOutcomeKind Kind)
{
    /// <summary>As it is now; only where something was done.</summary>
    public LibraryVersion? Version { get; init; }

    /// <summary>The version that is back in its place.</summary>
    public LibraryVersion? Before { get; init; }

    /// <summary>Why it cannot be; only where it was refused.</summary>
    public FileReview? Review { get; init; }

    public static LibraryOutcome Gone { get; } = new(LibraryOutcomeKind.Gone);

    public static LibraryOutcome Unchanged { get; } = new(LibraryOutcomeKind.Unchanged);

    public static LibraryOutcome Done(LibraryVersion version) => new(LibraryOutcomeKind.Done) { Version = version };

    public static LibraryOutcome Refused(FileReview review) => new(LibraryOutcomeKind.Refused) { Review = review };
}

public enum LibraryOutcomeKind
{
    Done,

    /// <summary>It was like that already, or another version is in use by now.</summary>
    Unchanged,

    /// <summary>It was offered so long ago that it is kept no longer.</summary>
    Gone,
    Refused,
}
