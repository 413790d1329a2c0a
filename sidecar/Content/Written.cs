namespace MattermostLearning.Content;

/// <summary>What an author wrote, as findings repeat it.</summary>
internal static class Written
{
    /// <summary>The longest text that any value but free text can have; longer ones are refused before anything looks at them.</summary>
    public const int Longest = 200;

    private const int LongestShown = 60;

    public static string Short(string text) => text.Length > LongestShown ? text[..LongestShown] + "..." : text;
}
