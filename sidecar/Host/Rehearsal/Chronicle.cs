using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>
/// What was seen, in an order that is always the same. Which of two conversations gets its message first at one and the same instant is left to the
/// machine, and means nothing: here channels come before direct messages, and each in the order of its name and its threads.
/// </summary>
internal sealed class Chronicle
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _newNumbers = [];

    private Chronicle(IReadOnlyList<TranscriptEntry> happened, IReadOnlyList<Told> told)
    {
        var order = new Dictionary<TranscriptEntry, TranscriptEntry>(ReferenceEqualityComparer.Instance);
        var places = new Dictionary<TranscriptEntry, int>(ReferenceEqualityComparer.Instance);
        List<TranscriptEntry> all = [];
        foreach (var moment in Moments(happened))
        {
            foreach (var entry in moment.OrderBy(IsOfSomebody).ThenBy(PlaceOf, StringComparer.Ordinal).ThenBy(ThreadOf).ThenBy(TextOfRoot, StringComparer.Ordinal))
            {
                var numbered = Numbered(entry);
                (order[entry], places[entry]) = (numbered, all.Count);
                all.Add(numbered);
            }
        }

        Happened = all;
        Told = [.. told.OrderBy(one => places[one.Entry]).Select(one => one with { Entry = order[one.Entry] })];
    }

    public IReadOnlyList<TranscriptEntry> Happened { get; }

    public IReadOnlyList<Told> Told { get; }

    /// <summary>Of posts, by their ids.</summary>
    public IReadOnlyDictionary<string, int> Numbers => _numbers;

    public static Chronicle Of(RehearsalTown town) => new(town.Mattermost.Transcript.Entries, town.Told);

    /// <summary>What belongs to one instant and, where people act at it, to what one of them did: everything that follows from it comes before the next.</summary>
    private static IEnumerable<List<TranscriptEntry>> Moments(IReadOnlyList<TranscriptEntry> happened)
    {
        List<TranscriptEntry> moment = [];
        foreach (var entry in happened)
        {
            if (moment.Count > 0 && (entry.At != moment[^1].At || IsOfSomebody(entry) == 0))
            {
                yield return moment;
                moment = [];
            }

            moment.Add(entry);
        }

        if (moment.Count > 0)
            yield return moment;
    }

    /// <summary>0 for what a person did, which comes before what the bot makes of it.</summary>
    private static int IsOfSomebody(TranscriptEntry entry) => entry.Who != $"@{TownPlan.Bot}" && entry.Kind is not (TranscriptKind.Private or TranscriptKind.DialogOpened) ? 0 : 1;

    private static string PlaceOf(TranscriptEntry entry) => entry.Place.StartsWith('~') ? $" {entry.Place}" : entry.Place;

    /// <summary>Threads that were there before, then what begins at this moment.</summary>
    private int ThreadOf(TranscriptEntry entry) =>
        _newNumbers.TryGetValue(entry.Thread > 0 ? entry.Thread : entry.Number, out var known) ? known : int.MaxValue;

    private static string TextOfRoot(TranscriptEntry entry) => entry.Thread > 0 ? "" : entry.Text;

    private TranscriptEntry Numbered(TranscriptEntry entry)
    {
        if (entry.Number == 0)
            return entry;
        var number = New(entry.Number);
        if (entry.PostId.Length > 0)
            _numbers[entry.PostId] = number;
        return entry with { Number = number, Thread = entry.Thread == 0 ? 0 : New(entry.Thread) };
    }

    private int New(int number) => _newNumbers.TryGetValue(number, out var known) ? known : _newNumbers[number] = _newNumbers.Count + 1;
}
