namespace MattermostLearning.Content.Schedules;

internal static class DayWords
{
    private static readonly Dictionary<string, DayOfWeek> Known = Build();

    /// <summary>The full names; for "did you mean".</summary>
    public static IEnumerable<string> Names => Enum.GetNames<DayOfWeek>();

    /// <summary>Monday, mondays, Mon, Tues, Weds, Thurs ...</summary>
    public static bool TryRead(string word, out DayOfWeek day) => Known.TryGetValue(word.TrimEnd('.'), out day);

    private static Dictionary<string, DayOfWeek> Build()
    {
        var words = new Dictionary<string, DayOfWeek>(StringComparer.OrdinalIgnoreCase)
        {
            ["tues"] = DayOfWeek.Tuesday,
            ["weds"] = DayOfWeek.Wednesday,
            ["thur"] = DayOfWeek.Thursday,
            ["thurs"] = DayOfWeek.Thursday,
        };
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            var name = day.ToString();
            words[name] = words[name + "s"] = words[name[..3]] = day;
        }
        return words;
    }
}
