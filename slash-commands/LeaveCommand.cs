using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Runtime;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn leave &lt;activity&gt;|everything`: out of the open round, and of every round to come.</summary>
public sealed class LeaveCommand(RunFinder finder, ActivityRuntime runtime, Leaving leaving) : ISubcommand
{
    private const string Everything = "everything";

    public SubcommandSpec Spec { get; } = new("leave", "<activity>|everything", "help.leave");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Arguments.Equals(Everything, StringComparison.OrdinalIgnoreCase))
            return await LeaveEverythingAsync(call, cancellationToken);
        var (run, refusal) = await finder.OneAsync(call, call.Arguments, Spec, cancellationToken);
        if (run is null)
            return refusal!;
        var acted = new Acted(call.Caller.PersonId, PersonAction.Leave, null);
        return await runtime.ActAsync(run.OpenRound?.Id ?? run.Run.Id, acted, cancellationToken) ?? call.Speech.Say("run.not-here");
    }

    private async Task<Reply> LeaveEverythingAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var speech = call.Speech;
        var (left, hosted) = await leaving.EverythingAsync(call.Caller.PersonId, cancellationToken);
        var text = left.Count == 0
            ? speech.Say("leave.everything-none")
            : speech.Say("leave.everything", ("names", speech.List([.. left.Select(title => $"**{title}**")])));
        // Somebody has to answer for a run: that does not end by leaving.
        return hosted.Count == 0 ? text : $"{text}\n{speech.Say("leave.everything-hosts", ("names", speech.List([.. hosted.Select(slug => $"`{slug}`")])))}";
    }
}
