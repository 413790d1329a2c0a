using MattermostLearning.Content;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Rehearsal.People;

namespace MattermostLearning.Sidecar.Rehearsal;

internal enum PreviewAs
{
    Both,
    Learner,
    Facilitator,
}

/// <summary>An activity's messages, in order.</summary>
/// <param name="Activity">Which.</param>
/// <param name="Viewer">The learner whose messages they are.</param>
/// <param name="Names">How people are shown, by user name.</param>
/// <param name="Told">The messages.</param>
/// <param name="Next">When the same begins anew; null where it does not.</param>
/// <param name="Numbers">Of posts, by their ids.</param>
internal sealed record Previewed(
    ActivityDefinition Activity, Learner Viewer, IReadOnlyDictionary<string, string> Names, IReadOnlyList<Told> Told, DateTimeOffset? Next,
    IReadOnlyDictionary<string, int> Numbers)
{
    /// <summary>Who gets it, in a few words.</summary>
    public string ReaderOf(Told told) =>
        told.Channel == TownPlan.FacilitatorsChannel ? "the facilitators"
        : told.IsForAll ? "everybody there"
        : told.Reader == Viewer.UserName ? told.Where == ToldWhere.Private ? "only the learner who pressed the button" : "one learner"
        : told.Where == ToldWhere.Private ? "only the facilitator who types or presses" : told.Reader == TownPlan.Facilitator ? "the facilitator" : "the host";
}

/// <summary>
/// Lives an activity through to its second round, with one learner who does whatever a message asks for and writes only once reminded, and a few
/// others, so that every kind of message comes.
/// </summary>
internal static class PreviewRun
{
    private const int Others = 3;
    private static readonly TimeSpan StartedBefore = TimeSpan.FromHours(14);
    private static readonly DateTimeOffset LongAgo = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7 * 26);

    /// <exception cref="CannotStartException">It cannot be started; the message says why.</exception>
    public static async Task<Previewed> RunAsync(RehearsalContent content, PreviewAs reader, DateTimeOffset today)
    {
        var activity = content.Activities[0];
        // Dates that have passed are shown as they were.
        var opening = TownPlan.FirstOpening(activity, today) ?? TownPlan.FirstOpening(activity, LongBeforeItEnded(activity));
        var start = opening - StartedBefore ?? today;
        var people = People(activity, opening ?? start);
        await using var town = await RehearsalTown.StartAsync(content, people, start, RehearsalLine.DefaultSeed, holidays: null);
        if (town.NotStarted is [var reason, ..])
            throw new CannotStartException(reason);
        await town.LiveAsync(start + Longest, () => SecondOpening(town, activity) is not null);
        var next = SecondOpening(town, activity)?.At;
        var viewer = people[0];
        string[] facilitators = [TownPlan.Facilitator, activity.Host?.TrimStart('@').ToLowerInvariant() ?? TownPlan.Facilitator];
        var chronicle = Chronicle.Of(town);
        var told = chronicle.Told.Where(one => (next is null || one.At < next) && (one.IsForAll ? !one.IsEdit : true) && reader switch
        {
            PreviewAs.Learner => one.IsForAll ? one.Channel != TownPlan.FacilitatorsChannel : one.Reader == viewer.UserName,
            PreviewAs.Facilitator => one.IsForAll || facilitators.Contains(one.Reader),
            _ => one.IsForAll || one.Reader == viewer.UserName || facilitators.Contains(one.Reader),
        });
        var names = people.ToDictionary(one => one.UserName, one => one.FullName, StringComparer.Ordinal);
        names[TownPlan.Facilitator] = TownPlan.FacilitatorName;
        return new Previewed(activity, viewer, names, [.. told], next, chronicle.Numbers);
    }

    /// <summary>A weekly schedule without a first date goes back as far as the calendar does, and nobody wants to see its first round.</summary>
    private static DateTimeOffset LongBeforeItEnded(ActivityDefinition activity) =>
        activity.Until is { } until ? new DateTimeOffset(until.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) - Longest : LongAgo;

    /// <summary>The others write late, so that a hint to a silent thread comes, and before the close, so that there is something to wrap up.</summary>
    private static List<Learner> People(ActivityDefinition activity, DateTimeOffset opening)
    {
        var open = activity.Window.CloseOf(opening, activity.Zone) - opening;
        var attentive = Habits.Of(Temper.Attentive);
        return [.. Population.Of(Others + 1).Select((one, index) => one with
        {
            Zone = activity.Zone, Temper = Temper.Attentive, KeepsQuietHours = false, IsAwayOnce = false,
            Habits = index == 0 ? attentive : attentive with { Writes = (open * 0.6, open * 0.8) },
        })];
    }

    private static Told? SecondOpening(RehearsalTown town, ActivityDefinition activity)
    {
        string? first = null;
        foreach (var told in town.Told.Where(one => one.IsOpening && one.Slug == activity.Slug))
        {
            first ??= told.RoundId;
            if (told.RoundId != first)
                return told;
        }

        return null;
    }
}
