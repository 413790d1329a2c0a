using System.Globalization;
using System.Text;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Words;

/// <summary>One language of the catalogue: phrases with their places filled, lists, numbers and moments in words.</summary>
public sealed class Speech
{
    private readonly PhraseFile _file;
    private readonly PhraseFile _english;
    private readonly CultureInfo _culture;

    public Speech(PhraseFile file, PhraseFile english)
    {
        _file = file;
        _english = english;
        _culture = CultureInfo.GetCultureInfo(file.Language);
    }

    public string Language => _file.Language;

    /// <summary>
    /// The phrase with its places filled. A place named `count` also chooses the plural form; `{Count}` is the same number as a word.
    /// </summary>
    /// <exception cref="KeyNotFoundException">No such phrase: a mistake in the program, not in a file.</exception>
    public string Say(string key, params ReadOnlySpan<(string Name, object Value)> places)
    {
        var file = _file.Phrases.ContainsKey(key) ? _file : _english;
        if (!file.Phrases.TryGetValue(key, out var forms))
            throw new KeyNotFoundException($"There is no phrase `{key}`.");

        long? count = null;
        foreach (var (name, value) in places)
        {
            if (name == "count")
                count = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        }

        var form = count is { } n && forms.TryGetValue(file.Plural.CategoryOf(n), out var plural) ? plural : forms[PluralRule.Other];
        return Fill(form, places, count);
    }

    /// <summary>A phrase that is a list of words for the same, separated by `|`.</summary>
    public IReadOnlyList<string> Words(string key) => Say(key).Split('|');

    /// <summary>What somebody typed for a length of time or a day, in the words that are read: "bis Freitag" becomes "until Friday".</summary>
    public string InEnglish(string typed) =>
        string.Join(' ', typed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WordInEnglish).Where(word => word.Length > 0));

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => Say("list.and", ("first", string.Join(", ", items.Take(items.Count - 1))), ("last", items[^1])),
    };

    /// <summary>"a, b and 4 more".</summary>
    public string List(IReadOnlyList<string> named, int more) =>
        more == 0 ? List(named) : Say("list.more", ("names", string.Join(", ", named)), ("count", more));

    /// <summary>"Friday 15 January, 09:00 London": for a channel, where people of many zones read.</summary>
    public string InChannel(DateTimeOffset instant, TimeZoneInfo zone) =>
        Say("moment.channel", ("day", Day(instant, zone)), ("time", Time(instant, zone)), ("city", ZoneCity.Name(zone)));

    /// <summary>"Friday 15 January, 10:00", to be followed by "your time".</summary>
    public string Own(DateTimeOffset instant, TimeZoneInfo zone) =>
        Say("moment.own", ("day", Day(instant, zone)), ("time", Time(instant, zone)));

    /// <summary>"Thursday 10:00" within the coming six days, else with the date.</summary>
    public string Near(DateTimeOffset instant, TimeZoneInfo zone, DateTimeOffset now) =>
        DaysAhead(instant, zone, now) is >= 0 and < 7
            ? Say("moment.weekday", ("weekday", Format(instant, zone, "weekday")), ("time", Time(instant, zone)))
            : Own(instant, zone);

    /// <summary>"today, Friday", "tomorrow, Friday" or "on Friday 15 January".</summary>
    public string RelativeDay(DateTimeOffset instant, TimeZoneInfo zone, DateTimeOffset now) => DaysAhead(instant, zone, now) switch
    {
        0 => Say("day.today", ("weekday", Format(instant, zone, "weekday"))),
        1 => Say("day.tomorrow", ("weekday", Format(instant, zone, "weekday"))),
        _ => Say("day.other", ("day", Day(instant, zone))),
    };

    /// <summary>A number of people that gives nobody away: "nobody", "a few", or as it is.</summary>
    public string Figure(int people) => people switch
    {
        0 => Say("figure.nobody"),
        < 5 => Say("figure.a-few"),
        _ => Number(people),
    };

    public string DayName(DayOfWeek day) => _culture.DateTimeFormat.GetDayName(day);

    public string ShortDayName(DayOfWeek day) => _culture.DateTimeFormat.GetAbbreviatedDayName(day);

    /// <summary>In digits, grouped as the language does it.</summary>
    public string Number(long number) => number.ToString("N0", _culture);

    public string Day(DateTimeOffset instant, TimeZoneInfo zone) => Format(instant, zone, "day");

    public string Day(DateOnly date) => date.ToString(_file.Formats["day"], _culture);

    public string Time(DateTimeOffset instant, TimeZoneInfo zone) => Format(instant, zone, "time");

    private static int DaysAhead(DateTimeOffset instant, TimeZoneInfo zone, DateTimeOffset now) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime).DayNumber
        - DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).DayNumber;

    private string Format(DateTimeOffset instant, TimeZoneInfo zone, string format) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString(_file.Formats[format], _culture);

    private string Fill(string form, ReadOnlySpan<(string Name, object Value)> places, long? count)
    {
        var text = new StringBuilder(form.Length + 32);
        var rest = form.AsSpan();
        while (rest.IndexOf('{') is var open and >= 0)
        {
            var close = open + rest[open..].IndexOf('}');
            var name = rest[(open + 1)..close];
            text.Append(rest[..open]);
            text.Append(name is "Count" && count is { } n ? NumberWord(n) : ValueOf(name, places, form));
            rest = rest[(close + 1)..];
        }

        return text.Append(rest).ToString();
    }

    private string WordInEnglish(string typed)
    {
        if (_file.ReadAs.TryGetValue(typed.ToLower(_culture), out var word))
            return word;
        var names = _culture.DateTimeFormat;
        return Name(names.DayNames, CultureInfo.InvariantCulture.DateTimeFormat.DayNames)
            ?? Name(names.MonthNames, CultureInfo.InvariantCulture.DateTimeFormat.MonthNames)
            // The point behind a number makes it an ordinal: "11. Januar".
            ?? (typed.EndsWith('.') && typed.AsSpan(0, typed.Length - 1).IndexOfAnyExceptInRange('0', '9') < 0 ? typed[..^1] : typed);

        string? Name(string[] own, string[] english)
        {
            var at = Array.FindIndex(own, name => name.Length > 0 && name.Equals(typed, StringComparison.OrdinalIgnoreCase));
            return at < 0 ? null : english[at];
        }
    }

    private string NumberWord(long count) =>
        count >= 0 && count < _file.Numbers.Count ? _file.Numbers[(int)count] : count.ToString(_culture);

    private string ValueOf(ReadOnlySpan<char> name, ReadOnlySpan<(string Name, object Value)> places, string form)
    {
        foreach (var (place, value) in places)
        {
            if (name.SequenceEqual(place))
                return Convert.ToString(value, _culture) ?? "";
        }

        throw new KeyNotFoundException($"Nothing was given for `{name}` in \"{form}\".");
    }
}
