using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn stop &lt;activity&gt; [in ~channel]`: stored; it survives restarts and edits of the file.</summary>
public sealed class StopCommand(RunFinder finder, ActivityRuntime runtime) : ISubcommand
{
    public SubcommandSpec Spec { get; } = new("stop", "<activity> [in ~channel]", "help.stop") { ForFacilitators = true };

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var (run, refusal) = await finder.OneAsync(call, call.Arguments, Spec, cancellationToken);
        if (run is null)
            return refusal!;
        await runtime.TellAsync(run.Run.Id, new RunStopping(call.Caller.PersonId), cancellationToken);
        return call.Speech.Say(
            run.OpenRound is null ? "stop.stopped" : "stop.stopped-round",
            ("title", run.Definition.Title), ("channel", Token.Channel(run.Run.ChannelId)), ("slug", run.Run.Slug));
    }
}
