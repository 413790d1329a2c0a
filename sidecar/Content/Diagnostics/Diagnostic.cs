namespace MattermostLearning.Content.Diagnostics;

public enum Severity
{
    /// <summary>The file is not offered until this is mended; what it was before it had errors goes on being offered.</summary>
    Error,

    /// <summary>The file works, though perhaps not as its author meant.</summary>
    Warning,

    /// <summary>The file is right; its design could do more. Only `lint` says so.</summary>
    Advice,
}

/// <summary>One finding about one file, for the author to act on.</summary>
/// <param name="Code">One of <see cref="Codes"/>.</param>
/// <param name="Severity">Whether the file can be used in spite of it.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Help">What to write instead, with an example that works.</param>
/// <param name="Path">The file, relative to the content folder.</param>
/// <param name="Line">From 1; 1 where the whole file is meant.</param>
/// <param name="Column">From 1.</param>
/// <param name="Length">How much of the line is meant; 0 where the whole file is.</param>
/// <param name="SourceLine">The line as written; empty where the file could not be read.</param>
public sealed record Diagnostic(
    string Code, Severity Severity, string Message, string? Help, string Path, int Line, int Column, int Length, string SourceLine)
{
    /// <summary>Whether it stands on a place in the file, or concerns the file as a whole.</summary>
    public bool HasPlace => SourceLine.Length > 0;

    public override string ToString() => DiagnosticRenderer.Render(this);
}
