using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn join &lt;activity&gt; [every round]`: the same as the button "I'm in".</summary>
public sealed class JoinCommand(RunFinder finder, ActivityRuntime runtime, IDirectory directory) : ISubcommand
{
    private const string EveryRound = " every round";

    public SubcommandSpec Spec { get; } = new("join", "<activity> [every round]", "help.join");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var always = call.Arguments.EndsWith(EveryRound, StringComparison.OrdinalIgnoreCase);
        var words = always ? call.Arguments[..^EveryRound.Length] : call.Arguments;
        var (run, refusal) = await finder.OneAsync(call, words, Spec, cancellationToken);
        if (run is null)
            return refusal!;
        var personId = call.Caller.PersonId;
        if (!await directory.IsInChannelAsync(run.Run.ChannelId, personId, cancellationToken))
            return call.Speech.Say("join.not-in-channel", ("title", run.Definition.Title), ("channel", Token.Channel(run.Run.ChannelId)));

        if (run.OpenRound is { } round)
        {
            var reply = await runtime.ActAsync(round.Id, new Acted(personId, PersonAction.Join, null), cancellationToken);
            return (always ? await runtime.ActAsync(round.Id, new Acted(personId, PersonAction.EveryRound, null), cancellationToken) : reply)
                ?? call.Speech.Say("run.not-here");
        }

        if (always)
            return await runtime.ActAsync(run.Run.Id, new Acted(personId, PersonAction.EveryRound, null), cancellationToken) ?? call.Speech.Say("run.not-here");
        return run.Next is { } next
            ? call.Speech.Say("join.not-open", ("title", run.Definition.Title), ("slug", run.Run.Slug), ("moment", finder.When(call, run, next)))
            : call.Speech.Say("join.paused", ("title", run.Definition.Title), ("host", Token.Person(run.Run.HostId)));
    }
}
