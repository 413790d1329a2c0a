using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn reminders on|off`: for all activities.</summary>
public sealed class RemindersCommand(PersonChoices choices) : ISubcommand
{
    public SubcommandSpec Spec { get; } = new("reminders", "on|off", "help.reminders");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        bool? on = call.Arguments.ToLowerInvariant() switch
        {
            "on" => true,
            "off" => false,
            _ => null,
        };
        if (on is not { } wanted)
        {
            return call.Speech.Say(await choices.AreRemindersOnAsync(call.Caller.PersonId, cancellationToken) ? "reminders.are-on" : "reminders.are-off");
        }

        await choices.SetRemindersAsync(call.Caller.PersonId, wanted, cancellationToken);
        return call.Speech.Say(wanted ? "reminders.now-on" : "reminders.now-off");
    }
}
