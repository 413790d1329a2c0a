using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Content.Schedules;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn pause [2 weeks]`: for oneself, in all activities.</summary>
public sealed class PauseCommand(PersonChoices choices, TimeProvider time) : ISubcommand
{
    private const string Until = "until ";

    public SubcommandSpec Spec { get; } = new("pause", "[2 weeks|until DATE]", "help.pause");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var zone = call.Zone ?? TimeZoneInfo.Utc;
        DateTimeOffset? until = null;
        if (call.Arguments.Length > 0)
        {
            until = Read(call.Speech.InEnglish(call.Arguments), zone);
            if (until is null)
                return call.Speech.Say("pause.unreadable", ("text", MentionSafe.Name(call.Arguments, 40)));
        }

        await choices.PauseAsync(call.Caller.PersonId, until, cancellationToken);
        return until is { } end
            ? call.Speech.Say("pause.paused-until", ("moment", call.Speech.InChannel(end, zone)))
            : call.Speech.Say("pause.paused");
    }

    private DateTimeOffset? Read(string text, TimeZoneInfo zone)
    {
        var now = time.GetUtcNow();
        if (DurationText.Read(text.StartsWith("for ", StringComparison.OrdinalIgnoreCase) ? text[4..] : text).TryGet(out var duration))
            return duration.AddTo(now, zone);
        var today = LocalTime.DateOf(now, zone);
        var date = text.StartsWith(Until, StringComparison.OrdinalIgnoreCase) ? text[Until.Length..] : text;
        return DayText.Read(date, today).TryGet(out var day) && day > today ? LocalTime.ToInstant(day, TimeOnly.MinValue, zone) : null;
    }
}
