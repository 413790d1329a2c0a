using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Runtime;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn leave &lt;activity&gt;`: out of the open round, and of every round to come.</summary>
public sealed class LeaveCommand(RunFinder finder, ActivityRuntime runtime) : ISubcommand
{
    public SubcommandSpec Spec { get; } = new("leave", "<activity>", "help.leave");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var (run, refusal) = await finder.OneAsync(call, call.Arguments, Spec, cancellationToken);
        if (run is null)
            return refusal!;
        var leaving = new Acted(call.Caller.PersonId, PersonAction.Leave, null);
        return await runtime.ActAsync(run.OpenRound?.Id ?? run.Run.Id, leaving, cancellationToken) ?? call.Speech.Say("run.not-here");
    }
}
