using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Recall;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Schedules;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn` alone: what waits for me, what is open, what comes. One phone screen.</summary>
public sealed class OverviewCommand(
    RunDirectory runs, Facilitators facilitators, Definitions definitions, ILearningStore store, IDirectory directory, TimeProvider time) : ISubcommand
{
    /// <summary>Of one section, and of all of them: with headings, footer and buttons that is what 390 x 844 pixels show.</summary>
    private const int MostLines = 3;
    private const int MostInAll = 7;

    private const int LongestTitle = 40;
    private const int MostButtons = 2;

    public SubcommandSpec Spec { get; } = new("", "", "help.overview");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var (speech, now) = (call.Speech, time.GetUtcNow());
        var visible = await runs.VisibleToAsync(call.Caller, cancellationToken);
        List<(VisibleRun Run, Occurrence Round, Participation Part)> waiting = [];
        List<(VisibleRun Run, Occurrence Round, bool HasReplied)> open = [];
        foreach (var one in visible)
        {
            if (one.OpenRound is not { } round)
                continue;
            var part = await store.GetAsync<Participation>(Participation.IdOf(round.Id, call.Caller.PersonId), cancellationToken);
            if (part is { IsIn: true, Contributions: 0, FinishedAt: null })
                waiting.Add((one, round, part));
            else if (part?.FinishedAt is null)
                open.Add((one, round, HasReplied: part is { Contributions: > 0 }));
        }

        var coming = visible.Where(one => one.Next is not null).OrderBy(one => one.Next).ToList();
        var settings = await store.GetAsync<PersonSettings>(call.Caller.PersonId, cancellationToken);
        var toRecall = settings is { Recall: RecallChoice.Yes } && await store.GetAsync<RecallDeck>(call.Caller.PersonId, cancellationToken) is { } deck
            ? RecallBoxes.Due(deck, definitions.Library, now).Count
            : 0;
        if (waiting.Count == 0 && open.Count == 0 && toRecall == 0)
            return await NothingAsync(call, coming, now, cancellationToken);

        List<string> text = [];
        var begun = waiting.Where(item => item.Round.StaysOpen).ToList();
        List<string> places = [];
        foreach (var item in begun)
            places.Add(await PlaceAsync(item.Run, item.Part, speech, cancellationToken));
        List<string> toDo = [.. toRecall > 0 ? [speech.Say("overview.recall-line", ("count", toRecall))] : Array.Empty<string>()];
        toDo.AddRange(waiting.Select(item => item.Round.StaysOpen
            ? speech.Say("overview.begun-line", ("title", Title(item.Run)), ("place", places[begun.IndexOf(item)]))
            : speech.Say(
                "overview.waiting-line", ("title", Title(item.Run)), ("close", When(call, item.Run, item.Round.ClosesAt, now)), ("link", Token.LinkToRow(item.Round.RootRowId)))));
        Add(
            text, speech,
            ("overview.waiting", toDo),
            ("overview.open", [.. open.Select(item => item.Round.StaysOpen
                ? speech.Say(item.Run.Definition.GoesTogether ? "overview.together-line" : "overview.any-time-line", ("title", Title(item.Run)), ("channel", Token.Channel(item.Run.Run.ChannelId)))
                : speech.Say(
                    item.HasReplied ? "overview.replied-line" : "overview.open-line", ("title", Title(item.Run)), ("channel", Token.Channel(item.Run.Run.ChannelId)), ("close", When(call, item.Run, item.Round.ClosesAt, now))))]),
            ("overview.coming", [.. coming.Select(item => speech.Say("overview.coming-line", ("title", Title(item)), ("moment", When(call, item, item.Next!.Value, now))))]));
        var reminders = speech.Say(
            settings?.IsPausedAt(now) == true ? "overview.paused" : settings is { RemindersOff: true } ? "overview.reminders-off" : "overview.reminders-on");
        text.Add(call.Zone is { } zone
            ? speech.Say("overview.footer", ("city", ZoneCity.Name(zone)), ("reminders", reminders))
            : speech.Say("overview.footer-no-zone", ("reminders", reminders)));
        List<(VisibleRun Run, Occurrence Round, bool HasReplied)> joinable = [];
        foreach (var item in open.Where(item => !item.HasReplied))
        {
            if (begun.Count + joinable.Count < MostButtons && await directory.IsInChannelAsync(item.Run.Run.ChannelId, call.Caller.PersonId, cancellationToken))
                joinable.Add(item);
        }

        return Reply.Of(
            string.Join('\n', text),
            [
                .. toRecall > 0 ? [new DraftButton(speech.Say("overview.button.recall"), Press(PersonAction.Join, RecallActivity.Name))] : Array.Empty<DraftButton>(),
                .. begun.Take(MostButtons).Select(item => Button("overview.button.continue", PersonAction.Continue, item.Run, item.Round)),
                .. joinable.Select(item => Button("overview.button.join", PersonAction.Join, item.Run, item.Round)),
            ]);

        DraftButton Button(string labelKey, string action, VisibleRun run, Occurrence round) => new(
            DraftButton.Fit(speech.Say(labelKey, ("title", run.Definition.Title))), Press(action, round.Id));

        ActionReference Press(string action, string subject) => new(ActionReference.Activity, action, subject, PersonAction.WhileOpen, call.Caller.PersonId);
    }

    /// <summary>By the text that they go by, which may be older than the file.</summary>
    private async ValueTask<string> PlaceAsync(VisibleRun run, Participation part, Speech speech, CancellationToken cancellationToken)
    {
        var definition = part.DefinitionHash is { } hash ? await definitions.StoredAsync(hash, cancellationToken) : run.Definition;
        return definitions.KindOf(run.Run).PlaceOf(definition, part, speech) ?? speech.Say("overview.place");
    }

    private async Task<Reply> NothingAsync(CommandCall call, List<VisibleRun> coming, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (coming is [var next, ..])
        {
            return call.Speech.Say(
                "overview.nothing-next",
                ("title", next.Definition.Title), ("moment", When(call, next, next.Next!.Value, now)), ("channel", Token.Channel(next.Run.ChannelId)));
        }

        return call.Speech.Say(await MayStartAsync(call.Caller, cancellationToken) ? "overview.nothing-facilitator" : "overview.nothing");
    }

    /// <summary>Only for a pointer: while Mattermost does not say, everybody gets that of learners.</summary>
    private async ValueTask<bool> MayStartAsync(Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await facilitators.MayFacilitateAsync(caller.PersonId, caller.TeamId, cancellationToken);
        }
        catch (DirectoryUnavailableException)
        {
            return false;
        }
    }

    /// <summary>A few lines of each section, and each has at least one; what there is no room for is counted in one line.</summary>
    private static void Add(List<string> text, Speech speech, params IReadOnlyList<(string HeadingKey, IReadOnlyList<string> Lines)> sections)
    {
        var (room, hidden) = (MostInAll, 0);
        for (var at = 0; at < sections.Count; at++)
        {
            var (headingKey, lines) = sections[at];
            if (lines.Count == 0)
                continue;
            var shown = Math.Min(Math.Min(lines.Count, MostLines), room - sections.Skip(at + 1).Count(later => later.Lines.Count > 0));
            text.Add(speech.Say(headingKey));
            text.AddRange(lines.Take(shown));
            (room, hidden) = (room - shown, hidden + lines.Count - shown);
        }

        if (hidden > 0)
            text.Add(speech.Say("overview.more", ("count", hidden)));
    }

    /// <summary>On a phone a long title would take three rows.</summary>
    private static string Title(VisibleRun run) => MessageLimits.Cut(run.Definition.Title, LongestTitle);

    private static string When(CommandCall call, VisibleRun run, DateTimeOffset instant, DateTimeOffset now) => call.Zone is { } zone
        ? call.Speech.Near(instant, zone, now)
        : call.Speech.InChannel(instant, run.Definition.Zone);
}
