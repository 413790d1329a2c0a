using System.Globalization;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Content.Declarations;

/// <summary>The types of values that front matter can have.</summary>
public static partial class KeyTypes
{
    private const int LongestText = 500;

    public static KeyType<string> Text { get; } = new("text", text => text.Length <= LongestText
        ? Reading.Of(OneLine.Of(text))
        : Reading.Refuse<string>(Codes.TooLong, string.Create(CultureInfo.InvariantCulture, $"This text has {text.Length} characters; it must fit in {LongestText}."), "Move the details below the front matter."));

    public static KeyType<string> Slug { get; } = new("a slug", text => SlugPattern().IsMatch(text)
        ? Reading.Of(text)
        : Reading.Refuse<string>(Codes.NotASlug, $"`{Written.Short(text)}` is not a slug: small letters, digits and hyphens.", DocumentName.Slugify(text) is { Length: > 0 } better ? $"Write `{better}`." : null));

    public static KeyType<Schedule> Schedule { get; } = new("a schedule", SharedValues.Of(Schedules.Schedule.Read));

    public static KeyType<Pace> Pace { get; } = new("a pace", SharedValues.Of(Schedules.Pace.Read));

    public static KeyType<WrittenDuration> Duration { get; } = new("a duration", SharedValues.Of(DurationText.Read));

    public static KeyType<Window> Window { get; } = new("a duration, or a day and time", SharedValues.Of(WindowText.Read));

    public static KeyType<ReminderTime> Reminder { get; } = new("a time before the close, a day and time, or no", SharedValues.Of(ReminderText.Read));

    public static KeyType<DateOnly> Date { get; } = new("a date", SharedValues.Of(DateText.Read));

    public static KeyType<TimeZoneInfo> Zone { get; } = new("a time zone", SharedValues.Of(ZoneText.Read));

    public static KeyType<bool> YesNo { get; } = Choice(("yes", true), ("no", false), ("true", true), ("false", false)) with { Choices = ["yes", "no"], Shape = new ValueShape.YesNo() };

    public static KeyType<ChannelReference> Channel { get; } = new("a channel", SharedValues.Of(ReadChannel));

    public static KeyType<string> Person { get; } = new("a username", text => PersonPattern().Match(text) is { Success: true } match
        ? Reading.Of(match.Groups["name"].Value.ToLowerInvariant())
        : Reading.Refuse<string>(Codes.NotAPerson, $"`{Written.Short(text)}` is not a username.", "Write the name that stands after the @ in Mattermost, without it: `learning.lead`."));

    public static KeyType<string> Language { get; } = new("a language", text => LanguageOf(text) is { } code
        ? Reading.Of(code)
        : Reading.Refuse<string>(Codes.NotALanguage, $"`{Written.Short(text)}` is not a language.", "Write two letters, such as `en` or `de`."));

    public static KeyType<int> Count(int least, int most) => new("a whole number", text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? Reading.Of(number)
            : Reading.Refuse<int>(Codes.NotANumber, $"`{Written.Short(text)}` is not a whole number from {least} to {most}.")) { Shape = new ValueShape.Whole(least, most) };

    /// <summary>A share of a hundred: "70", "70 %" or "70%".</summary>
    public static KeyType<int> Percent(int least, int most) => new("a share in percent", text =>
        int.TryParse(text.TrimEnd('%').TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var share) && share >= least && share <= most
            ? Reading.Of(share)
            : Reading.Refuse<int>(Codes.NotANumber, $"`{Written.Short(text)}` is not a share from {least} to {most} %.", "Write a whole number: `70 %`."));

    /// <summary>A few words, each with what it means; case, hyphens and underscores do not matter.</summary>
    public static KeyType<T> Choice<T>(params (string Word, T Value)[] choices)
        where T : notnull
    {
        string[] words = [.. choices.Select(each => each.Word)];
        return new KeyType<T>(string.Join(" or ", words.Select(each => $"`{each}`")), Read) { Choices = [.. words] };

        Reading<T> Read(string text)
        {
            foreach (var (word, value) in choices)
            {
                if (Names.Same(word, text))
                    return Reading.Of(value);
            }
            return Reading.Refuse<T>(
                Codes.NotAChoice,
                $"`{Written.Short(text)}` is not one of the words that are possible here.",
                Closest.Find(text, words) is { } meant ? $"Did you mean `{meant}`?" : $"Write {string.Join(" or ", words.Select(each => $"`{each}`"))}.");
        }
    }

    /// <summary>Line ends and control characters have no place in a title.</summary>
    /// <summary>"de", "de-DE", "German" and "Deutsch" are one language.</summary>
    private static string? LanguageOf(string text)
    {
        var code = text.ToLowerInvariant().Split('-', '_')[0];
        if (DocumentName.IsLanguage(code))
            return code;
        return Array.Find(CultureInfo.GetCultures(CultureTypes.NeutralCultures), IsMeant)?.Name;

        bool IsMeant(CultureInfo culture) => DocumentName.IsLanguage(culture.Name)
            && (culture.EnglishName.Equals(text, StringComparison.OrdinalIgnoreCase) || culture.NativeName.Equals(text, StringComparison.OrdinalIgnoreCase));
    }

    private static Reading<ChannelReference> ReadChannel(string text)
    {
        var match = ChannelPattern().Match(text);
        if (!match.Success)
            return Reading.Refuse<ChannelReference>(Codes.NotAChannel, $"`{Written.Short(text)}` is not the name of a channel.", "Write `learning`, or `team/learning` where several teams have one.");
        var team = match.Groups["team"].Success ? match.Groups["team"].Value.Trim().ToLowerInvariant() : null;
        return Reading.Of(new ChannelReference(team, match.Groups["name"].Value.Trim()));
    }

    [GeneratedRegex(@"^[\p{Ll}\p{Lo}\p{Nd}]+(?:-[\p{Ll}\p{Lo}\p{Nd}]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex SlugPattern();

    [GeneratedRegex(@"^@?(?<name>[A-Za-z0-9][A-Za-z0-9._\-]{0,63})$", RegexOptions.CultureInvariant)]
    private static partial Regex PersonPattern();

    [GeneratedRegex(@"^(?:(?<team>[A-Za-z0-9][A-Za-z0-9\-]{0,63})\s*/\s*)?[~#]?(?<name>[^~#/\p{C}][^/\p{C}]{0,63})$", RegexOptions.CultureInvariant)]
    private static partial Regex ChannelPattern();
}
