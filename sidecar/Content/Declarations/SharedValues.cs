using System.Collections.Concurrent;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Declarations;

/// <summary>
/// Values that many files of a library have alike: a time zone, a schedule, how long something takes. Each is read once, and is one object wherever it is written. For values that never change.
/// </summary>
public static class SharedValues
{
    /// <summary>More than the words of any library; others are read each time.</summary>
    private const int Most = 1_000;

    /// <summary>The same reader, which remembers what it could read.</summary>
    public static Func<string, Reading<T>> Of<T>(Func<string, Reading<T>> read)
        where T : notnull
    {
        var known = new ConcurrentDictionary<string, Reading<T>>(StringComparer.Ordinal);
        return text =>
        {
            if (known.TryGetValue(text, out var before))
                return before;
            var reading = read(text);
            if (reading.Refusal is null && known.Count < Most)
                known.TryAdd(text, reading);
            return reading;
        };
    }
}
