using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn resume`: the end of `/learn pause`.</summary>
public sealed class ResumeCommand(PersonChoices choices) : ISubcommand
{
    public SubcommandSpec Spec { get; } = new("resume", "", "help.resume");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
        call.Speech.Say(await choices.ResumeAsync(call.Caller.PersonId, cancellationToken) ? "pause.resumed" : "pause.not-paused");
}
