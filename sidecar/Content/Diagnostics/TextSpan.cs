namespace MattermostLearning.Content.Diagnostics;

/// <summary>A stretch of a source text, in UTF-16 units from its beginning.</summary>
public readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static TextSpan FromBounds(int start, int end) => new(start, Math.Max(0, end - start));
}
