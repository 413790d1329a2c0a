using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Recall;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn recall [on|off|empty]`: asks me again what I answered wrong, when it is due.</summary>
public sealed class RecallCommand(ActivityRuntime runtime) : ISubcommand
{
    private static readonly string[] Words = [RecallActivity.On, RecallActivity.Off, RecallActivity.Empty];

    public SubcommandSpec Spec { get; } = new("recall", "[on|off|empty]", "help.recall");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var action = call.Arguments.Length == 0 ? PersonAction.Join : Words.FirstOrDefault(word => word.Equals(call.Arguments, StringComparison.OrdinalIgnoreCase));
        return action is not null && await runtime.ActAsync(RecallActivity.Name, new Acted(call.Caller.PersonId, action, null), cancellationToken) is { } reply
            ? reply
            : call.Speech.Say("recall.unknown");
    }
}
