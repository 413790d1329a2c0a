using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Community;

/// <summary>Everything in the store that carries one person's id.</summary>
public sealed record PersonRecord(string PersonId)
{
    public PersonSettings? Settings { get; init; }
    public NudgeRecord? Nudges { get; init; }

    /// <summary>What they are asked again.</summary>
    public RecallDeck? Deck { get; init; }

    public IReadOnlyList<Enrollment> Enrollments { get; init; } = [];
    public IReadOnlyList<Participation> Participations { get; init; } = [];
    public IReadOnlyList<Contribution> Contributions { get; init; } = [];
    public IReadOnlyList<Reaction> Reactions { get; init; } = [];
    public IReadOnlyList<LearningEvent> Facts { get; init; } = [];
    public IReadOnlyList<DueTime> Moments { get; init; } = [];
    public IReadOnlyList<OutboxRow> Rows { get; init; } = [];
    public IReadOnlyList<PostedMessage> Posted { get; init; } = [];

    /// <summary>Runs to which they have contributed before.</summary>
    public IReadOnlyList<Acquaintance> Acquaintances { get; init; } = [];

    public IReadOnlyList<Tip> Tips { get; init; } = [];

    /// <summary>What they suggested for activities, in their words.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; init; } = [];

    /// <summary>Silences that they asked for.</summary>
    public IReadOnlyList<Hold> Holds { get; init; } = [];

    /// <summary>What they put into the library by hand.</summary>
    public IReadOnlyList<LibraryVersion> Library { get; init; } = [];

    /// <summary>Runs that they host or started.</summary>
    public IReadOnlyList<Run> Runs { get; init; } = [];

    public bool IsEmpty =>
        Settings is null && Nudges is null && Deck is null
        && Enrollments.Count + Participations.Count + Contributions.Count + Reactions.Count + Facts.Count + Moments.Count + Rows.Count + Posted.Count + Runs.Count
        + Acquaintances.Count + Holds.Count + Tips.Count + Suggestions.Count + Library.Count == 0;
}

/// <summary>Finds all that is kept about one person, and writes it down for them.</summary>
public sealed class PersonData(ILearningStore store)
{
    private static readonly Dictionary<string, string> VerbKeys = new(StringComparer.Ordinal)
    {
        [Verbs.Started] = "verb.started",
        [Verbs.Stopped] = "verb.stopped",
        [Verbs.Joined] = "verb.joined",
        [Verbs.Left] = "verb.left",
        [Verbs.Enrolled] = "verb.enrolled",
        [Verbs.Replied] = "verb.replied",
        [Verbs.Answered] = "verb.answered",
        [Verbs.Finished] = "verb.finished",
        [Verbs.SettingsChanged] = "verb.settings-changed",
        [Verbs.RecallOn] = "verb.recall-on",
        [Verbs.RecallOff] = "verb.recall-off",
        [Verbs.Recalled] = "verb.recalled",
        [Verbs.Known] = "verb.known",
        [Verbs.Withdrew] = "verb.withdrew",
        [Verbs.Suggested] = "verb.suggested",
        [Verbs.Accepted] = "verb.accepted",
        [Verbs.Invited] = "verb.invited",
        [Verbs.Reminded] = "verb.reminded",
        [Verbs.RemindersOff] = "verb.reminders-off",
        [Verbs.RemindersOn] = "verb.reminders-on",
        [Verbs.Paused] = "verb.paused",
        [Verbs.Resumed] = "verb.resumed",
    };

    public async Task<PersonRecord> GatherAsync(string personId, CancellationToken cancellationToken)
    {
        var hosted = await store.FindAsync(Run.ByHost, personId, cancellationToken);
        var started = await store.FindAsync(Run.ByStarter, personId, cancellationToken);
        return new PersonRecord(personId)
        {
            Settings = await store.GetAsync<PersonSettings>(personId, cancellationToken),
            Nudges = await store.GetAsync<NudgeRecord>(personId, cancellationToken),
            Deck = await store.GetAsync<RecallDeck>(personId, cancellationToken),
            Enrollments = await store.FindAsync(Enrollment.ByPerson, personId, cancellationToken),
            Participations = await store.FindAsync(Participation.ByPerson, personId, cancellationToken),
            Contributions = await store.FindAsync(Contribution.ByPerson, personId, cancellationToken),
            Reactions = await store.FindAsync(Reaction.ByPerson, personId, cancellationToken),
            Facts = await store.FindAsync(LearningEvent.ByPerson, personId, cancellationToken),
            Moments = await store.FindAsync(DueTime.ByPerson, personId, cancellationToken),
            Rows = await store.FindAsync(OutboxRow.ByPerson, personId, cancellationToken),
            Posted = await store.FindAsync(PostedMessage.ByPerson, personId, cancellationToken),
            Acquaintances = await store.FindAsync(Acquaintance.ByPerson, personId, cancellationToken),
            Tips = await store.FindAsync(Tip.ByPerson, personId, cancellationToken),
            Suggestions = await store.FindAsync(Suggestion.ByPerson, personId, cancellationToken),
            Holds = await store.FindAsync(Hold.ByPerson, personId, cancellationToken),
            Library = await store.FindAsync(LibraryVersion.ByPerson, personId, cancellationToken),
            Runs = [.. hosted.Concat(started).DistinctBy(run => run.Id)],
        };
    }

    /// <summary>For people: dates in their zone, activities by name, links instead of ids where there is something to see.</summary>
    /// <param name="record">What is kept.</param>
    /// <param name="now">When it was looked up.</param>
    /// <param name="speech">Their language.</param>
    /// <param name="zone">Their zone.</param>
    /// <param name="site">Mattermost's address.</param>
    /// <param name="cancellationToken"></param>
    public async Task<string> TextAsync(
        PersonRecord record, DateTimeOffset now, Speech speech, TimeZoneInfo zone, Uri site, CancellationToken cancellationToken)
    {
        var slugs = await SlugsAsync(record, cancellationToken);
        var text = new StringBuilder(speech.Say("privacy.file.heading", ("moment", At(now)), ("city", ZoneCity.Name(zone)), ("id", record.PersonId))).Append('\n');
        Section(
            "privacy.file.choices",
            record.Enrollments.Select(one => speech.Say("privacy.file.standing-yes", ("activity", slugs[one.RunId]), ("moment", At(one.Since))))
                .Concat(record.Settings?.PausedSince is { } since ? [speech.Say("privacy.file.paused", ("moment", At(since)))] : [])
                .Concat(record.Settings?.ZoneId is { } zoneId ? [speech.Say("privacy.file.zone", ("zone", zoneId))] : [])
                .Concat(record.Settings?.Language is { } language ? [speech.Say("privacy.file.language", ("language", language))] : [])
                .Concat(record.Settings?.Hours is { } hours ? [speech.Say("privacy.file.hours", ("hours", $"{HoursText.SayDays(hours, speech)}, {HoursText.Quiet(hours)}"))] : [])
                .Concat(record.Settings?.PaceText is { } pace ? [speech.Say("privacy.file.pace", ("pace", pace))] : [])
                .Concat(record.Settings is { WantsRanking: true } ? [speech.Say("privacy.file.ranking")] : [])
                .Concat(record.Settings?.Recall is { } recall ? [speech.Say(recall == RecallChoice.Yes ? "privacy.file.recall-on" : "privacy.file.recall-off")] : [])
                .Concat(record.Nudges is { } nudges ? [speech.Say("privacy.file.nudges", ("count", nudges.Sent.Count))] : [])
                .Prepend(speech.Say(record.Settings is { RemindersOff: true } ? "privacy.file.reminders-off" : "privacy.file.reminders-on")));
        Section("privacy.file.rounds", record.Participations.Select(Round));
        Section("privacy.file.replies", record.Contributions.OrderBy(one => one.At)
            .Select(one => speech.Say("privacy.file.reply", ("moment", At(one.At)), ("link", Link(one.PostId)))));
        Section("privacy.file.reactions", record.Reactions.Select(one => speech.Say("privacy.file.reaction", ("emoji", one.Emoji), ("link", Link(one.PostId)))));
        Section("privacy.file.tips", record.Tips.OrderBy(one => one.At)
            .Select(one => speech.Say("privacy.file.tip", ("moment", At(one.At)), ("link", Link(one.PostId)))));
        Section("privacy.file.suggestions", record.Suggestions.OrderBy(one => one.At)
            .Select(one => speech.Say("privacy.file.suggestion", ("moment", At(one.At)), ("activity", slugs[one.RunId]), ("text", one.Text.ReplaceLineEndings(" ")))));
        Section("privacy.file.deck", (record.Deck?.Cards ?? []).OrderBy(card => card.DueAt)
            .Select(card => speech.Say("privacy.file.card", ("activity", card.Slug), ("count", card.Box), ("moment", At(card.DueAt)))));
        Section("privacy.file.facts", record.Facts.OrderBy(one => one.At).Select(fact => slugs.TryGetValue(fact.RunId, out var activity)
            ? speech.Say("privacy.file.fact", ("moment", At(fact.At)), ("what", What(fact)), ("activity", activity))
            : speech.Say("privacy.file.fact-anywhere", ("moment", At(fact.At)), ("what", What(fact)))));
        Section("privacy.file.moments", record.Moments.OrderBy(one => one.At)
            .Select(one => speech.Say("privacy.file.moment", ("moment", At(one.At)), ("what", one.What))));
        Section(
            "privacy.file.messages",
            record.Posted.Select(one => speech.Say("privacy.file.message", ("link", Link(one.PostId))))
                .Concat(record.Rows.Where(row => row.Status == OutboxStatus.Waiting)
                    .Select(row => speech.Say("privacy.file.message-waits", ("moment", At(row.NotBefore))))));
        Section("privacy.file.library", record.Library.OrderBy(one => one.PutAt).Select(one => speech.Say(
            "privacy.file.library-version", ("moment", At(one.PutAt ?? one.OfferedAt)), ("name", Content.Library.LooseFile.NameOf(one.Path)), ("number", one.Number))));
        Section("privacy.file.runs", record.Runs.Select(run => speech.Say(
            run.HostId == record.PersonId ? "privacy.file.run-host" : "privacy.file.run-started", ("activity", run.Slug), ("moment", At(run.CreatedAt)))));
        return text.ToString();

        string What(LearningEvent fact) => VerbKeys.TryGetValue(fact.Verb, out var key) ? speech.Say(key) : fact.Verb;

        string At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

        string Link(string postId) => $"{site.ToString().TrimEnd('/')}/_redirect/pl/{postId}";

        string Round(Participation part)
        {
            var opened = Occurrence.InstantOf(part.OccurrenceId) is { } instant ? At(instant) : part.OccurrenceId;
            (string, object)[] places =
                [("activity", slugs[Occurrence.RunOf(part.OccurrenceId)]), ("moment", opened), ("joined", part.JoinedAt is { } at ? At(at) : opened), ("count", part.Contributions)];
            return speech.Say(part.IsIn ? "privacy.file.round-in" : "privacy.file.round-out", places);
        }

        void Section(string heading, IEnumerable<string> lines)
        {
            text.Append('\n').Append(speech.Say(heading)).Append('\n');
            foreach (var line in lines.DefaultIfEmpty(speech.Say("privacy.file.nothing")))
                text.Append(line).Append('\n');
        }
    }

    /// <summary>For programs: each document as it is stored.</summary>
    public static string Json(PersonRecord record, DateTimeOffset now)
    {
        var json = new JsonObject
        {
            ["personId"] = record.PersonId,
            ["at"] = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["settings"] = record.Settings is null ? null : Node(record.Settings),
            ["nudges"] = record.Nudges is null ? null : Node(record.Nudges),
            ["recallDeck"] = record.Deck is null ? null : Node(record.Deck),
            ["enrollments"] = Nodes(record.Enrollments),
            ["participations"] = Nodes(record.Participations),
            ["contributions"] = Nodes(record.Contributions),
            ["reactions"] = Nodes(record.Reactions),
            ["tips"] = Nodes(record.Tips),
            ["learningEvents"] = Nodes(record.Facts),
            ["dueTimes"] = Nodes(record.Moments),
            ["messages"] = Nodes(record.Rows.Select(row => row with { Files = null })),
            ["posted"] = Nodes(record.Posted),
            ["acquaintances"] = Nodes(record.Acquaintances),
            ["suggestions"] = Nodes(record.Suggestions),
            ["holds"] = Nodes(record.Holds),
            // What stands in the files is content, and may be long.
            ["library"] = Nodes(record.Library.Select(one => one with { Text = "" })),
            ["runs"] = Nodes(record.Runs),
        };
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
            json.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonArray Nodes<T>(IEnumerable<T> documents) where T : Document, IStored<T> => [.. documents.Select(Node)];

    private static JsonNode? Node<T>(T document) where T : Document, IStored<T> => JsonNode.Parse(T.Stored.Write(document).Json);

    private async Task<Dictionary<string, string>> SlugsAsync(PersonRecord record, CancellationToken cancellationToken)
    {
        var slugs = record.Runs.ToDictionary(run => run.Id, run => run.Slug);
        var named = record.Enrollments.Select(one => one.RunId)
            .Concat(record.Participations.Select(one => Occurrence.RunOf(one.OccurrenceId)))
            .Concat(record.Suggestions.Select(one => one.RunId))
            .Concat(record.Facts.Select(one => one.RunId).Where(id => id.Length > 0));
        foreach (var id in named.Distinct().Where(id => !slugs.ContainsKey(id)))
            slugs[id] = (await store.GetAsync<Run>(id, cancellationToken))?.Slug ?? id;
        return slugs;
    }
}
