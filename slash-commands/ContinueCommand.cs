using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn continue [activity]`: goes on where I was, in what I go through at my own pace.</summary>
public sealed class ContinueCommand(OwnRuns own, Definitions definitions, ActivityRuntime runtime, ILearningStore store) : ISubcommand
{
    private const int MostButtons = 3;

    /// <summary>What else can be said of the way through something, behind its name or alone.</summary>
    private static readonly (string Word, string Action)[] Ways =
        [("back", PersonAction.Back), ("skip", PersonAction.SkipPart), ("pause", PersonAction.Rest), ("from the start", PersonAction.Restart)];

    public SubcommandSpec Spec { get; } = new("continue", "[activity] [back|skip|pause|from the start]", "help.continue");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var (speech, personId) = (call.Speech, call.Caller.PersonId);
        var (name, action) = Split(call.Arguments);
        List<(OwnRun Own, string Place)> begun = [];
        foreach (var one in await own.OfAsync(personId, call.Caller.Language, cancellationToken))
        {
            if (one.OpenRound is { } round
                && await store.GetAsync<Participation>(Participation.IdOf(round.Id, personId), cancellationToken) is { IsIn: true, FinishedAt: null } part)
            {
                var definition = await definitions.StoredAsync(part.DefinitionHash ?? round.DefinitionHash, cancellationToken);
                if (definitions.KindOf(one.Run).PlaceOf(definition, part, speech) is { } place)
                    begun.Add((one, place));
            }
        }

        if (begun.Count == 0)
            return speech.Say("continue.nothing");
        if (name.Length > 0)
        {
            var named = OwnRuns.Named([.. begun.Select(one => one.Own)], name, call.Caller.TeamId, call.Caller.ChannelId);
            begun = [.. begun.Where(one => named.Contains(one.Own))];
            if (begun.Count == 0)
                return speech.Say("continue.not-in", ("name", MentionSafe.Code(name, 60)));
        }

        // Where there are several, the word is meant for those that have parts.
        if (action != PersonAction.Continue)
            begun = [.. begun.Where(one => definitions.KindOf(one.Own.Run).HasParts)];
        if (begun.Count == 0)
            return speech.Say("continue.no-parts");
        if (begun is [var only])
            return await runtime.ActAsync(only.Own.OpenRound!.Id, new Acted(personId, action, null), cancellationToken) ?? speech.Say("run.not-here");
        return Reply.Of(
            $"{speech.Say("continue.which")}\n{string.Join('\n', begun.Select(one => speech.Say("overview.begun-line", ("title", one.Own.Title), ("place", one.Place))))}",
            [
                .. begun.Take(MostButtons).Select(one => new DraftButton(
                    DraftButton.Fit(speech.Say("overview.button.continue", ("title", one.Own.Title))),
                    new ActionReference(ActionReference.Activity, PersonAction.Continue, one.Own.OpenRound!.Id, PersonAction.WhileOpen, personId))),
            ]);
    }

    private static (string Name, string Action) Split(string arguments)
    {
        foreach (var (word, action) in Ways)
        {
            if (arguments.Equals(word, StringComparison.OrdinalIgnoreCase) || arguments.EndsWith($" {word}", StringComparison.OrdinalIgnoreCase))
                return (arguments[..^word.Length].Trim(), action);
        }

        return (arguments, PersonAction.Continue);
    }
}
