using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn release [everything|~channel]`: ends a hold. What came due meanwhile is not made up for.</summary>
public sealed class ReleaseCommand(Brakes brakes) : ISubcommand
{
    public SubcommandSpec Spec { get; } = new("release", "[everything|~channel]", "help.release") { ForFacilitators = true };

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var (scope, _, refusal) = await HoldCommand.ScopeAsync(brakes, call, call.Arguments, cancellationToken);
        if (refusal is not null)
            return refusal;
        // Alone, it means the widest hold; where there is none, the one channel that is on hold.
        string[] wanted = call.Caller.TeamId is { } teamId && scope == Hold.Everything ? [scope, Hold.OfTeam(teamId)] : [scope];
        IReadOnlyList<Hold> held = await brakes.OfScopesAsync(wanted, cancellationToken);
        if (held.Count == 0 && call.Arguments.Length == 0)
            held = await brakes.OfChannelsAsync(call.Caller, cancellationToken);
        if (held.Count > 1 && held[0].ChannelId is not null)
            return call.Speech.Say("release.which", ("channels", call.Speech.List([.. held.Select(one => Token.Channel(one.ChannelId!))])));
        if (held.Count == 0)
            return call.Speech.Say("release.nothing");
        foreach (var hold in held)
            await brakes.ReleaseAsync(hold.Scope, cancellationToken);
        return call.Speech.Say("release.released", ("what", HoldCommand.What(call.Speech, held[0])));
    }
}
