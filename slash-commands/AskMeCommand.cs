using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Runtime;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn ask-me &lt;activity&gt; [off]`: the same as the button "Ask me sometimes", and how to take it back.</summary>
public sealed class AskMeCommand(RunFinder finder, Definitions definitions, ActivityRuntime runtime) : ISubcommand
{
    private const string Off = " off";

    public SubcommandSpec Spec { get; } = new("ask-me", "<activity> [off]", "help.ask-me");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var off = call.Arguments.EndsWith(Off, StringComparison.OrdinalIgnoreCase);
        var (found, refusal) = await finder.OneAsync(call, off ? call.Arguments[..^Off.Length] : call.Arguments, Spec, cancellationToken);
        if (found is not { } run)
            return refusal!;
        if (!definitions.KindOf(run.Run).IsMadeByMembers)
            return call.Speech.Say("asking.not-there", ("title", run.Definition.Title));
        var acted = new Acted(call.Caller.PersonId, off ? PersonAction.Leave : PersonAction.AskMe, null);
        return await runtime.ActAsync(run.OpenRound?.Id ?? run.Run.Id, acted, cancellationToken) ?? call.Speech.Say("run.not-here");
    }
}
