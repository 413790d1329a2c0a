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
    private ContentLibrary _library = ContentLibrary.Empty;

    public ContentReader Reader => _reader;

    /// <summary>What is offered now.</summary>
    public ContentLibrary Library
    {
        get => Volatile.Read(ref _library);
        set
        {
            foreach (var definition in value.Definitions.Values)
                _byHash[definition.Hash] = definition;
            Volatile.Write(ref _library, value);
            Changed?.Invoke();
        }
    }

    /// <summary>The library was read anew.</summary>
    public event Action? Changed;

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
        var read = _reader.Read(stored.Path, stored.Text);
        return read.Definition is { } definition
            ? _byHash.GetOrAdd(hash, definition)
            : throw new UnreadableDocumentException(StoredDefinition.Stored.Name, hash, $"its text has errors in this version: {read.Diagnostics[0].Message}");
    }
}
