using System.Globalization;

namespace MattermostLearning.Simulation;

/// <summary>One of the activities that run in rounds, with its schedule told a second time in a few lines of its own: what the engine's is held against.</summary>
internal sealed record Programme(string Slug, string Title, string Channel, string Zone, string Schedule, TimeOnly At, Func<DateOnly, bool> IsOn, TimeSpan OpenFor, bool SendsLate)
{
    public const string Challenge = "challenge";
    public const string Quiz = "quiz";
    public const string PromptSeries = "prompt series";

    public string Kind { get; init; } = Challenge;

    /// <summary>A quiz of one question that is voted on in the channel, talked about and voted on again.</summary>
    public bool IsVote { get; init; }

    /// <summary>What the bot puts to a reply that counts.</summary>
    public string Mark => IsVote ? "speech_balloon" : "seedling";

    public TimeZoneInfo TimeZone { get; } = TimeZoneInfo.FindSystemTimeZoneById(Zone);

    /// <summary>People reply in its thread, and that counts.</summary>
    public bool IsTalkedIn => Kind != Quiz || IsVote;

    /// <summary>
    /// Challenges: a slow one, a quick one that is left out when missed, and one every other week that wraps up in the channel. A quiz whose answers are hidden until
    /// it closes, one that is voted on before and after a talk, and a series of prompts.
    /// </summary>
    public static IReadOnlyList<Programme> All(DateOnly firstThursday) =>
    [
        new("one-good-question", "One good question", "learning", "Europe/London", "every Monday at 09:00", new TimeOnly(9, 0),
            day => day.DayOfWeek == DayOfWeek.Monday, TimeSpan.FromDays(4), SendsLate: true),
        new("word-of-the-day", "Word of the day", "words", "America/New_York", "every weekday at 10:30", new TimeOnly(10, 30),
            day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday), TimeSpan.FromHours(6), SendsLate: false),
        new("show-your-work", "Show your work", "learning", "Asia/Kolkata", "every 2 weeks on Thursday at 16:00", new TimeOnly(16, 0),
            day => day.DayOfWeek == DayOfWeek.Thursday && (day.DayNumber - firstThursday.DayNumber) % 14 == 0, TimeSpan.FromDays(3), SendsLate: true),
        new("five-minutes", "Five minutes", "words", "Europe/Berlin", "every Tuesday at 11:00", new TimeOnly(11, 0),
            day => day.DayOfWeek == DayOfWeek.Tuesday, TimeSpan.FromDays(2), SendsLate: true) { Kind = Quiz },
        new("midweek-talk", "Midweek talk", "learning", "Europe/London", "every Wednesday at 10:00", new TimeOnly(10, 0),
            day => day.DayOfWeek == DayOfWeek.Wednesday, TimeSpan.FromDays(5), SendsLate: false) { Kind = PromptSeries },
        new("before-and-after", "Before and after", "words", "Europe/Paris", "every Thursday at 10:00", new TimeOnly(10, 0),
            day => day.DayOfWeek == DayOfWeek.Thursday, TimeSpan.FromDays(2), SendsLate: true) { Kind = Quiz, IsVote = true },
    ];

    public string File(DateOnly firstThursday) => $"""
        ---
        kind: {Kind}
        title: {Title}
        summary: For the simulation.
        channel: {Channel}
        schedule: {Schedule}
        from: {firstThursday.AddDays(-6).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}
        time-zone: {Zone}
        open-for: {(OpenFor.TotalDays >= 1 ? $"{OpenFor.TotalDays:0} days" : $"{OpenFor.TotalHours:0} hours")}
        host: {Town.Host}
        when-missed: {(SendsLate ? "send late" : "skip")}
        {Keys}
        ---
        {Body}

        """;

    private string Remind => $"remind: {(OpenFor.TotalDays >= 1 ? "1 day" : "90 minutes")} before close";

    private string Keys => Kind switch
    {
        Quiz when IsVote => $"mode: peer instruction\n{Remind}",
        Quiz => $"mode: window\ndraw: 2\n{Remind}",
        PromptSeries => "quiet-after: 1 day\ninvite: 2\nwhen-alive: go on\nrounds: 400",
        _ => $"{Remind}\nwrap-up: {(Slug == "show-your-work" ? "channel" : "thread")}",
    };

    private string Body => Kind switch
    {
        Quiz when IsVote => """
            ## Question: What floats?
            - [x] Ice
            - [ ] Iron
            - [ ] Sand

            ## Question: What is heavier?
            - [ ] A kilo of iron
            - [ ] A kilo of feathers
            - [x] Neither
            """,
        Quiz => Standing.Questions,
        PromptSeries => """
            It is how we find out whom we can ask.

            - What did you learn last week by accident?
            - Who taught you something without being your teacher?
            - Which word do we use that a newcomer would not understand?
            """,
        _ => $"""
            Do it, and tell us in this thread.

            ## Hint after {(OpenFor.TotalDays >= 1 ? "1 day" : "1 hour")}
            Begin with something small.

            ## Wrap-up
            What will you try next?
            """,
    };

    /// <summary>When rounds are due after one moment, and until another.</summary>
    public IEnumerable<DateTimeOffset> InstantsWithin(DateTimeOffset from, DateTimeOffset to)
    {
        for (var day = DateOnly.FromDateTime(from.UtcDateTime).AddDays(-1); day <= DateOnly.FromDateTime(to.UtcDateTime).AddDays(1); day = day.AddDays(1))
        {
            if (!IsOn(day))
                continue;
            // None of these hours lies in a gap or an overlap of its zone.
            var local = day.ToDateTime(At);
            var instant = new DateTimeOffset(local, TimeZone.GetUtcOffset(local)).ToUniversalTime();
            if (instant > from && instant <= to)
                yield return instant;
        }
    }

    public bool IsWorkingHour(DateTimeOffset moment)
    {
        var hour = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, TimeZone).DateTime);
        return hour >= new TimeOnly(9, 0) && hour < new TimeOnly(17, 0);
    }
}
