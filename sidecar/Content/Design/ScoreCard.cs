using System.Collections.Immutable;

namespace MattermostLearning.Content.Design;

/// <summary>How much of an activity happens between people.</summary>
public enum Company
{
    /// <summary>Its language has no lists of words here, so nothing is said.</summary>
    Unknown,

    /// <summary>Everybody for themselves.</summary>
    Alone,

    /// <summary>People tell what they did.</summary>
    Telling,

    /// <summary>People do something with, for or about somebody else.</summary>
    WithOthers,
}

/// <summary>An activity's design in figures, small enough for one line.</summary>
/// <param name="Path">The file.</param>
/// <param name="Words">Of all texts of a round.</param>
/// <param name="Doing">How many of a hundred words stand in sentences that ask for something; null where the language is not judged.</param>
/// <param name="Company">Content for one, or conversation.</param>
/// <param name="Ease">Flesch's reading ease, in the form for its language; null where it is not judged.</param>
/// <param name="MinutesAWeek">What it asks of one person in an average week.</param>
/// <param name="Gain">What would improve it most; null where nothing stands out.</param>
public sealed record ScoreCard(string Path, int Words, int? Doing, Company Company, double? Ease, double MinutesAWeek, string? Gain)
{
    private const double WordsAMinute = 200;
    private const int Weeks = 52;

    // 2001 has 52 whole weeks from its first Monday on.
    private static readonly DateTimeOffset Beginning = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static ScoreCard Of(ActivityDefinition definition, ActivityDesign design, ImmutableArray<Prose> texts, Wording? wording)
    {
        var sentences = texts.SelectMany(text => text.Sentences).ToList();
        var words = sentences.Sum(each => each.Words.Length);
        int? doing = wording is null || words == 0 ? null : 100 * sentences.Where(wording.Asks).Sum(each => each.Words.Length) / words;
        var company = wording is null ? Company.Unknown : CompanyOf(sentences, wording);
        var off = definition.Settings.LintOff;
        var closes = !design.HasClosing || off.ContainsKey(Advices.NothingToTakeAlong.Code) || (design.Closing is { } closing && wording?.AsksIn(closing.Markdown) != false);
        var effort = definition.Settings.Takes?.Nominal ?? Advices.UsualEffort;
        var minutes = (effort.TotalMinutes + (words / WordsAMinute)) * RoundsAWeek(definition);
        var gain = GainOf(off.ContainsKey(Advices.MostlyReading.Code) ? null : doing, off.ContainsKey(Advices.NobodyElse.Code) ? Company.Unknown : company, closes, design);
        return new ScoreCard(definition.Path, words, doing, company, wording?.Ease.Of(sentences), minutes, gain);
    }

    private static Company CompanyOf(IReadOnlyCollection<Sentence> sentences, Wording wording)
    {
        var asking = sentences.Where(wording.Asks).ToList();
        return asking.Any(wording.NamesPeople) ? Company.WithOthers : asking.Any(wording.AsksToTell) ? Company.Telling : Company.Alone;
    }

    /// <summary>One that comes once, or when it is asked for, asks for its time in that week.</summary>
    private static double RoundsAWeek(ActivityDefinition definition)
    {
        if (definition.Schedule is not { IsOnce: false } schedule)
            return 1;
        var scope = new Schedules.ScheduleScope(TimeZoneInfo.Utc);
        return schedule.Instants(scope, Beginning).TakeWhile(at => at < Beginning.AddDays(7 * Weeks)).Count() / (double)Weeks;
    }

    private static string? GainOf(int? doing, Company company, bool closes, ActivityDesign design) => (company, closes, doing) switch
    {
        (Company.Alone, _, _) => "ask people to tell it in the thread, and to answer somebody there",
        (_, _, < Advices.LeastDoing) => "cut what only explains, or make a question of it",
        (_, false, _) => $"end with a question, under `## {design.ClosingHeading}`",
        (Company.Telling, _, _) => "ask people to answer somebody else, not only to post",
        _ => null,
    };
}
