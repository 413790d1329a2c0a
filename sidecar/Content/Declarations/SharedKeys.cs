using System.Collections.Immutable;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Content.Declarations;

/// <summary>The keys that all kinds share, declared once.</summary>
public static class SharedKeys
{
    /// <summary>How many rounds a run has where the author says nothing about its end.</summary>
    public const int DefaultRounds = 6;

    public static KeyDeclaration<string> Kind { get; } = new("kind", KeyTypes.Text, "What kind of activity this is.", "challenge")
    {
        Aliases = ["type"],
        Default = "what the folder says: `challenges/` holds challenges",
    };

    public static KeyDeclaration<string> Slug { get; } = new("slug", KeyTypes.Slug, "The short name in commands.", "one-good-question") { Default = "the file's name" };

    public static KeyDeclaration<string> Was { get; } = new("was", KeyTypes.Slug, "The slug it had before; its runs carry over.", "good-question");

    public static KeyDeclaration<string> Title { get; } = new("title", KeyTypes.Text, "What people see in bold.", "One good question") { Aliases = ["name"], Required = true };

    public static KeyDeclaration<string> Summary { get; } = new("summary", KeyTypes.Text, "One sentence for lists.", "Ask somebody one question that you really want answered.") { Aliases = ["description"] };

    public static ListKeyDeclaration<string> Topics { get; } = new("topics", KeyTypes.Text, "Words that it is found by.", "asking, networks") { Aliases = ["topic", "tags", "tag"] };

    public static ListKeyDeclaration<ChannelReference> Channel { get; } = new("channel", KeyTypes.Channel, "Where it is posted.", "learning")
    {
        Aliases = ["channels", "where", "post-in", "post-to"],
        Default = "whoever starts it says where",
    };

    public static KeyDeclaration<string> Team { get; } = new("team", KeyTypes.Text, "The team that the channel belongs to.", "people-and-culture") { Default = "every team that has the channel" };

    public static KeyDeclaration<Schedule> Schedule { get; } = new("schedule", KeyTypes.Schedule, "When rounds open.", "every Monday at 09:00") { Aliases = ["when", "opens"] };

    public static KeyDeclaration<TimeZoneInfo> TimeZone { get; } = new("time-zone", KeyTypes.Zone, "Where the schedule's clock hangs.", "Europe/London") { Aliases = ["tz", "zone"], Default = "UTC" };

    public static KeyDeclaration<DateOnly> From { get; } = new("from", KeyTypes.Date, "The first date that may have a round.", "2027-01-11") { Aliases = ["starts", "start-date", "starts-on", "begins", "first-date", "from-date"] };

    public static KeyDeclaration<DateOnly> Until { get; } = new("until", KeyTypes.Date, "The last date that may have a round.", "2027-03-31") { Aliases = ["end", "ends", "end-date", "ends-on", "last-date", "until-date"] };

    public static KeyDeclaration<int> Rounds { get; } = new("rounds", KeyTypes.Count(1, 500), "How many rounds a run has.", "6") { Aliases = ["number-of-rounds", "round-count", "how-many-rounds", "repetitions"], Default = "6, or none where until: is written" };

    public static ListKeyDeclaration<DateOnly> NotOn { get; } = new("not-on", KeyTypes.Date, "Dates without a round.", "2027-04-05") { Aliases = ["except", "exceptions", "exclude", "holidays", "no-rounds-on", "not-at", "skip", "skip-dates", "skip-on"] };

    public static KeyDeclaration<Window> OpenFor { get; } = new("open-for", KeyTypes.Window, "How long a round is open.", "4 days") { Aliases = ["duration", "lasts", "length", "open"], Default = "4 days, or until the next round where that is sooner" };

    public static KeyDeclaration<Window> Closes { get; } = new("closes", KeyTypes.Window, "When a round closes.", "Friday at 16:00") { Aliases = ["close", "closes-at", "closes-on", "deadline", "due"] };

    public static KeyDeclaration<ReminderTime> Remind { get; } = new("remind", KeyTypes.Reminder, "When people who joined and did not take part are reminded.", "1 day before close")
    {
        Aliases = ["reminder", "reminders", "remind-at"],
        Default = "1 day before close, where the round is open for longer than that",
    };

    public static KeyDeclaration<string> Host { get; } = new("host", KeyTypes.Person, "Who answers for it.", "learning.lead") { Aliases = ["owner", "facilitator", "organiser", "organizer", "contact"], Default = "whoever starts it" };

    public static KeyDeclaration<WhenMissed> WhenMissed { get; } =
        new("when-missed", KeyTypes.Choice(("send late", Content.WhenMissed.SendLate), ("skip", Content.WhenMissed.Skip)), "What happens to a round that was missed.", "send late") { Default = "send late" };

    public static KeyDeclaration<StartMode> Start { get; } =
        new("start", KeyTypes.Choice(("when asked", StartMode.WhenAsked), ("when loaded", StartMode.WhenLoaded)), "Whether a facilitator starts it.", "when asked")
        {
            Default = "when asked",
            Meant = written => DateText.Read(written).TryGet(out _) ? $"The first date that may have a round is `{From!.Name}: {written}`." : null,
        };

    public static KeyDeclaration<string> Language { get; } = new("language", KeyTypes.Language, "The language of its posts.", "en") { Aliases = ["lang"] };

    public static KeyDeclaration<bool> Draft { get; } = new("draft", KeyTypes.YesNo, "Read and checked, not offered.", "yes") { Default = "no" };

    public static KeyDeclaration<ShowNames> ShowNames { get; } =
        new("show-names", KeyTypes.Choice(("yes", Content.ShowNames.Yes), ("count", Content.ShowNames.Count)), "Whether the post names who joined.", "count") { Default = "yes" };

    public static KeyDeclaration<WrittenDuration> Takes { get; } =
        new("takes", KeyTypes.Duration, "How long one round takes one person, for `lint` to add up.", "10 minutes") { Aliases = ["takes-about", "effort", "time-needed"], Default = "10 minutes" };

    public static LintOffKey LintOff { get; } =
        new("lint-off", "Advice or warnings of `lint` that this file does not follow, with the reason.", "MLA003 the story needs its length") { Aliases = ["advice-off"] };

    public static ImmutableArray<KeyDeclaration> All { get; } =
    [
        Kind, Slug, Was, Title, Summary, Topics, Channel, Team, Schedule, TimeZone, From, Until, Rounds, NotOn, OpenFor, Closes, Remind, Host,
        WhenMissed, Start, Language, Draft, ShowNames, Takes, LintOff,
    ];
}
