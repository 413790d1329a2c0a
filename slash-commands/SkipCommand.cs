using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn skip &lt;activity&gt; [undo]`: leaves out the next round.</summary>
public sealed class SkipCommand(RunFinder finder, Brakes brakes, RunCalendar calendar, TimeProvider time) : ISubcommand
{
    private const string Undo = " undo";

    public SubcommandSpec Spec { get; } = new("skip", "<activity> [undo]", "help.skip") { ForFacilitators = true };

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var speech = call.Speech;
        var undo = call.Arguments.EndsWith(Undo, StringComparison.OrdinalIgnoreCase);
        var (found, refusal) = await finder.OneAsync(call, undo ? call.Arguments[..^Undo.Length] : call.Arguments, Spec, cancellationToken);
        if (found is not { } run)
            return refusal!;
        // A round whose moment has passed is neither left out nor brought back.
        var skipped = run.Run.Skipped > time.GetUtcNow() ? run.Run.Skipped : null;
        (string, object)[] about = [("title", run.Definition.Title), ("channel", Token.Channel(run.Run.ChannelId)), ("slug", run.Run.Slug)];
        if (undo)
        {
            if (skipped is not { } back)
                return speech.Say("skip.nothing-to-undo", about);
            await brakes.SkipAsync(run.Run.Id, null, cancellationToken);
            return speech.Say("skip.undone", [.. about, ("moment", finder.When(call, run, back))]);
        }

        if (skipped is { } already)
            return speech.Say("skip.already", [.. about, ("moment", finder.When(call, run, already))]);
        if (run.Next is not { } next)
            return speech.Say("skip.no-round", about);
        var changed = await brakes.SkipAsync(run.Run.Id, next, cancellationToken);
        return speech.Say("skip.skipped", [.. about, ("moment", finder.When(call, run, next)), ("then", Then(call, run with { Run = changed }))]);
    }

    private string Then(CommandCall call, VisibleRun run) => calendar.Next(run.Run, run.Definition) is { } next
        ? call.Speech.Say("skip.then", ("moment", finder.When(call, run, next)))
        : call.Speech.Say("skip.then-none");
}
