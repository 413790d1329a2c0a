namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>What stands behind `playground`.</summary>
/// <param name="Port">Of the page; 0 takes a free one.</param>
/// <param name="Content">The folder of the activities.</param>
/// <param name="Data">Where the sidecar keeps what it keeps; null is memory, and nothing stays.</param>
internal sealed record PlaygroundLine(int Port, string Content, string? Data)
{
    public const int DefaultPort = 8066;
}
