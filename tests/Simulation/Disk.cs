using MattermostLearning.Storage.InMemory;

namespace MattermostLearning.Simulation;

/// <summary>What outlives every process: what was written, and how well it can be written to.</summary>
internal sealed class Disk
{
    public InMemoryStore Store { get; private set; } = new();

    public bool IsFull { get; set; }

    public bool IsSlow { get; set; }

    /// <summary>For the next process, out of what the one before has written; that one can reach it no more.</summary>
    public void Reopen() => Store = Store.Copy();
}
