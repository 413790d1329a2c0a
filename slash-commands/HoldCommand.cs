using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Schedules;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn hold [everything|~channel] [until DATE]`: nothing goes out by the clock until it is released.</summary>
public sealed class HoldCommand(Brakes brakes, TimeProvider time) : ISubcommand
{
    private const string Until = "until ";

    public SubcommandSpec Spec { get; } = new("hold", "[everything|~channel] [until DATE]", "help.hold") { ForFacilitators = true };

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var speech = call.Speech;
        var at = $" {call.Arguments}".LastIndexOf($" {Until}", StringComparison.OrdinalIgnoreCase);
        var (what, date) = at < 0 ? (call.Arguments, "") : (call.Arguments[..at].Trim(), call.Arguments[(at + Until.Length)..].Trim());
        DateTimeOffset? until = null;
        if (at >= 0)
        {
            var zone = call.Zone ?? TimeZoneInfo.Utc;
            var today = LocalTime.DateOf(time.GetUtcNow(), zone);
            if (!DayText.Read(date, today).TryGet(out var day) || day <= today)
                return speech.Say("hold.date-unreadable", ("text", MentionSafe.Name(date, 40)));
            until = LocalTime.ToInstant(day, TimeOnly.MinValue, zone);
        }

        var (scope, channelId, refusal) = await ScopeAsync(brakes, call, what, cancellationToken);
        if (refusal is not null)
            return refusal;
        var hold = await brakes.HoldAsync(scope, channelId, call.Caller.PersonId, until, cancellationToken);
        return speech.Say(
            "hold.held",
            ("what", What(speech, hold)), ("end", End(call, hold)),
            ("release", hold.ChannelId is { } id ? $"/learn release {Token.Channel(id)}" : "/learn release"));
    }

    /// <summary>What is meant by `everything`, by nothing, or by a channel's name.</summary>
    internal static async Task<(string Scope, string? ChannelId, Reply? Refusal)> ScopeAsync(
        Brakes brakes, CommandCall call, string what, CancellationToken cancellationToken)
    {
        if (what.Length == 0 || what.Equals(Hold.Everything, StringComparison.OrdinalIgnoreCase))
            return (await brakes.EverythingOfAsync(call.Caller, cancellationToken), null, null);
        var name = what.TrimStart('~', '#');
        return await brakes.ChannelAsync(call.Caller, name, cancellationToken) is { } channel
            ? (Hold.OfChannel(channel.Id), channel.Id, null)
            : ("", null, call.Speech.Say("hold.no-channel", ("name", MentionSafe.Name(name, 60))));
    }

    internal static string What(Speech speech, Hold hold) =>
        hold.ChannelId is { } channelId ? Token.Channel(channelId) : speech.Say(hold.Scope == Hold.Everything ? "hold.everything" : "hold.team");

    internal static string End(CommandCall call, Hold hold) => hold.Until is { } until
        ? call.Speech.Say("hold.end-at", ("moment", call.Speech.InChannel(until, call.Zone ?? TimeZoneInfo.Utc)))
        : call.Speech.Say("hold.end-open");
}
