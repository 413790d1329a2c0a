using System.Text.Json.Serialization;

namespace MattermostLearning.Activities.Engine.Store;

/// <summary>
/// Something the store keeps whole. A document never grows with the community: counters and a few recent ids,
/// while what people add (participations, replies, reactions) are documents of their own.
/// </summary>
public abstract record Document
{
    /// <summary>The version that was read: 0 for a document that was never stored. A commit checks it, so two deciders cannot overwrite each other.</summary>
    [JsonIgnore]
    public long Version { get; init; }
}

/// <summary>A document type says itself how it is named, keyed, indexed and written.</summary>
public interface IStored<TSelf> where TSelf : Document, IStored<TSelf>
{
    static abstract DocumentKind<TSelf> Stored { get; }
}
