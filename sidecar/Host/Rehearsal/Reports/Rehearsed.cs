using MattermostLearning.Content;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Sidecar.Rehearsal.People;

namespace MattermostLearning.Sidecar.Rehearsal.Reports;

/// <summary>What came of a rehearsal: all that its reports are made from.</summary>
/// <param name="Line">What was asked for.</param>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end.</param>
/// <param name="Activities">What was started.</param>
/// <param name="Learners">Who was there.</param>
/// <param name="Readers">Whoever else reads the channels: facilitator and hosts, with their zones.</param>
/// <param name="Told">Everything that the bot said.</param>
/// <param name="Happened">Everything that was visible, in order.</param>
/// <param name="Numbers">Of posts, by their ids: what stands in the place of their addresses.</param>
/// <param name="Warnings">What should be looked at.</param>
internal sealed record Rehearsed(
    RehearsalLine Line, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ActivityDefinition> Activities, IReadOnlyList<Learner> Learners,
    IReadOnlyList<(string UserName, TimeZoneInfo Zone)> Readers, IReadOnlyList<Told> Told, IReadOnlyList<TranscriptEntry> Happened, IReadOnlyDictionary<string, int> Numbers,
    IReadOnlyList<string> Warnings)
{
    /// <summary>More people than that fill a transcript that nobody reads.</summary>
    private const int MostInTranscript = 25;

    private readonly Dictionary<string, TimeZoneInfo> _zones =
        Learners.Select(one => (one.UserName, one.Zone)).Concat(Readers).DistinctBy(one => one.UserName).ToDictionary(one => one.UserName, one => one.Zone, StringComparer.Ordinal);

    public string TitleOf(string slug) => Activities.FirstOrDefault(one => one.Slug == slug)?.Title ?? slug;

    public TimeZoneInfo ZoneOf(string userName) => _zones.TryGetValue(userName, out var zone) ? zone : Readers[0].Zone;

    /// <summary>In the zone of its activity, which is where its dates are written.</summary>
    public TimeZoneInfo ZoneOf(Told told) => Activities.FirstOrDefault(one => one.Slug == told.Slug)?.Zone ?? Readers[0].Zone;

    /// <summary>What the clock of its reader shows when it comes.</summary>
    public DateTime Own(Told told) => TimeZoneInfo.ConvertTime(told.At, told.IsForAll ? ZoneOf(told) : ZoneOf(told.Reader)).DateTime;

    /// <summary>From 0; what is said before the first day belongs to none.</summary>
    public int WeekOf(DateTimeOffset at) => (int)Math.Floor((at - From).TotalDays / 7);

    public IReadOnlyList<Told> Openings => [.. Told.Where(one => one.IsOpening)];

    /// <summary>How many messages people saw appear or change: what the bot wrote, and what they wrote.</summary>
    public int Messages => Happened.Count(one => one.Kind is TranscriptKind.Posted or TranscriptKind.Edited or TranscriptKind.Private);

    /// <summary>The one whose view is shown; null where everybody acts.</summary>
    public Learner? Silent => Learners.FirstOrDefault(one => one.Temper == Temper.Silent);

    /// <summary>What somebody sees who does nothing.</summary>
    public IEnumerable<Told> SeenBy(Learner who) => Told.Where(one => !one.IsEdit && (one.IsForAll ? one.Channel != TownPlan.FacilitatorsChannel : one.Reader == who.UserName));

    /// <summary>All of it among few people; among many, what the bot says to all, and what the first of each temper and the facilitators do and see.</summary>
    public IEnumerable<TranscriptEntry> Transcript => IsWhole
        ? Happened : Happened.Where(Concerns(Sample.Select(one => $"@{one.UserName}").Concat(Readers.Select(one => $"@{one.UserName}")).ToHashSet(StringComparer.Ordinal)));

    /// <summary>Addresses lead nowhere, so the numbers of the posts stand for them.</summary>
    public string WithNumbers(string text) => Playground.StandIn.Transcript.WithNumbers(text, Numbers);

    public bool IsWhole => Learners.Count <= MostInTranscript;

    public IReadOnlyList<Learner> Sample => [.. Learners.DistinctBy(one => one.Temper)];

    private static Func<TranscriptEntry, bool> Concerns(HashSet<string> shown) => entry =>
        entry.Who == $"@{TownPlan.Bot}"
            ? entry.Kind == TranscriptKind.Posted && (entry.Place.StartsWith('~') || entry.Place.Split(" + ").Any(shown.Contains)) : shown.Contains(entry.Who);
}
