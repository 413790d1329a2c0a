using System.Collections.Concurrent;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content;
using MattermostLearning.Content.Library;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// Finds the definition that a run or round goes by: a new round takes the file as it is now; an open one keeps what it opened with;
/// a file that is gone or became invalid leaves its last good text running.
/// </summary>
public sealed class Definitions(ILearningStore store, IEnumerable<IActivityKind> kinds)
{
    private readonly Dictionary<string, IActivityKind> _kinds = kinds.ToDictionary(kind => kind.Id, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ActivityDefinition> _byHash = new(StringComparer.Ordinal);
    private readonly ContentReader _reader = new(kinds.Select(kind => kind.Content));
    private readonly Lock _gate = new();
    private ContentLibrary _library = ContentLibrary.Empty;
    private ContentLibrary _folder = ContentLibrary.Empty;
    private IReadOnlyList<LooseFile> _byHand = [];

    public ContentReader Reader => _reader;

    /// <summary>What is offered now: the folder's, and what was put in by hand beside it.</summary>
    public ContentLibrary Library => Volatile.Read(ref _library);

    /// <summary>The library was read anew.</summary>
    public event Action? Changed;

    /// <summary>The content folder as it is now.</summary>
    public void TakeFolder(ContentLibrary folder)
    {
        lock (_gate)
            Put(_folder = folder, _byHand);
        Changed?.Invoke();
    }

    /// <summary>All that is put in by hand now.</summary>
    public void TakeByHand(IReadOnlyList<LooseFile> files)
    {
        lock (_gate)
            Put(_folder, _byHand = files);
        Changed?.Invoke();
    }

    /// <summary>What the library would be with a file in the place of whatever has its path.</summary>
    public ContentLibrary With(LooseFile file)
    {
        lock (_gate)
            return _folder.With([.. _byHand.Where(each => each.Path != file.Path), file], _reader);
    }

    private void Put(ContentLibrary folder, IReadOnlyList<LooseFile> byHand)
    {
        var library = folder.With(byHand, _reader);
        foreach (var definition in library.Definitions.Values)
            _byHash[definition.Hash] = definition;
        Volatile.Write(ref _library, library);
    }

    public IActivityKind KindOf(Run run) => _kinds[run.Kind];

    public IEnumerable<IActivityKind> Kinds => _kinds.Values;

    /// <summary>What the run's next round opens with.</summary>
    public async ValueTask<ActivityDefinition> CurrentOfAsync(Run run, CancellationToken cancellationToken) =>
        Library.Find(run.Slug) is { } current && current.Kind == run.Kind ? current : await StoredAsync(run.DefinitionHash, cancellationToken);

    /// <summary>What a round opened with.</summary>
    /// <exception cref="UnreadableDocumentException">The stored text is missing or no longer readable by this build.</exception>
    public async ValueTask<ActivityDefinition> StoredAsync(string hash, CancellationToken cancellationToken)
    {
        if (_byHash.TryGetValue(hash, out var known))
            return known;
        var stored = await store.GetAsync<StoredDefinition>(hash, cancellationToken)
            ?? throw new UnreadableDocumentException(StoredDefinition.Stored.Name, hash, "it is missing");
        var read = stored.Read(_reader);
        return read.Definition is { } definition
            ? _byHash.GetOrAdd(hash, definition)
            : throw new UnreadableDocumentException(StoredDefinition.Stored.Name, hash, $"its text has errors in this version: {read.Diagnostics[0].Message}");
    }
}
