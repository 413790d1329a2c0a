using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Content.Schedules;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn schedule`: what opens and closes in the next two weeks, where and when, in the asker's zone.</summary>
public sealed class ScheduleCommand(RunDirectory runs, Brakes brakes, RunCalendar calendar, TimeProvider time) : ISubcommand
{
    private const int MostLines = 20;
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(14);

    public SubcommandSpec Spec { get; } = new("schedule", "", "help.schedule") { ForFacilitators = true };

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var (speech, now) = (call.Speech, time.GetUtcNow());
        var (visible, unreadable) = await runs.AllVisibleToAsync(call.Caller, cancellationToken);
        var holds = await brakes.OfScopesAsync(visible.SelectMany(run => Hold.ScopesOf(run.Run)).Distinct(), cancellationToken);
        var lines = visible.SelectMany(run => Moments(run, holds, now).Select(moment => (run, moment.At, moment.Key, moment.Holiday)))
            .OrderBy(line => line.At).ThenBy(line => line.run.Run.Id, StringComparer.Ordinal)
            .Select(line => speech.Say(
                line.Key,
                ("moment", call.Zone is { } zone ? speech.Own(line.At, zone) : speech.InChannel(line.At, line.run.Definition.Zone)),
                ("title", line.run.Definition.Title), ("channel", Token.Channel(line.run.Run.ChannelId)), ("holiday", MentionSafe.Name(line.Holiday ?? ""))))
            .ToList();
        lines.AddRange(visible.Where(run => run.Run.Status == RunStatus.Paused).Select(run => speech.Say(
            "schedule.paused", ("title", run.Definition.Title), ("channel", Token.Channel(run.Run.ChannelId)), ("host", Token.Person(run.Run.HostId)))));
        lines.AddRange(visible.Where(run => run.Run.Status == RunStatus.Archived).Select(run => speech.Say(
            "schedule.archived", ("title", run.Definition.Title), ("channel", Token.Channel(run.Run.ChannelId)))));
        // First what needs somebody, and what explains the rest.
        lines.InsertRange(0, unreadable.Select(run => speech.Say("schedule.unreadable", ("slug", run.Slug), ("channel", Token.Channel(run.ChannelId)))));
        lines.InsertRange(0, holds.Select(hold => speech.Say(
            "schedule.on-hold", ("what", HoldCommand.What(speech, hold)), ("person", Token.Person(hold.PersonId)), ("end", HoldCommand.End(call, hold)))));
        if (lines.Count == 0)
            return speech.Say("schedule.nothing");
        var more = lines.Count > MostLines ? $"\n{speech.Say("schedule.more", ("count", lines.Count - MostLines))}" : "";
        var footer = call.Zone is { } own ? $"\n{speech.Say("schedule.footer", ("city", ZoneCity.Name(own)))}" : "";
        return $"{speech.Say("schedule.heading")}\n{string.Join('\n', lines.Take(MostLines))}{more}{footer}";
    }

    private IEnumerable<(DateTimeOffset At, string Key, string? Holiday)> Moments(VisibleRun run, IReadOnlyList<Hold> holds, DateTimeOffset now)
    {
        if (run.OpenRound is { StaysOpen: false } open)
            yield return (open.ClosesAt, "schedule.closes", null);
        if (run.Run.Status != RunStatus.Running || run.Definition.Schedule is null)
            yield break;
        var left = run.Definition.Rounds is { } rounds ? rounds - run.Run.Rounds : int.MaxValue;
        var scopes = Hold.ScopesOf(run.Run);
        foreach (var (instant, isSkipped, holiday) in calendar.ListedAfter(run.Run, run.Definition, run.Run.DecidedThrough).TakeWhile(one => one.At <= now + Ahead))
        {
            if (left <= 0)
                yield break;
            var isHeld = holds.Any(hold => scopes.Contains(hold.Scope) && hold.Covers(instant));
            left -= isSkipped || isHeld ? 0 : 1;
            var key = holiday is not null ? "schedule.holiday" : isSkipped ? "schedule.skipped" : isHeld ? "schedule.held" : "schedule.opens";
            yield return (instant, key, holiday);
        }
    }
}
