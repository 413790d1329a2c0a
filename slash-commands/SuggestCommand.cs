using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.SlashCommands;

/// <summary>
/// `/learn suggest [for &lt;activity&gt;:] [text]`: a suggestion for an activity that its members help to make; alone it opens a form.
/// `/learn suggest waiting` shows whoever decides what waits for them, one at a time.
/// </summary>
public sealed class SuggestCommand(RunDirectory runs, Definitions definitions, Facilitators facilitators, ActivityRuntime runtime, ILearningStore store)
    : ISubcommand, IAnswersButtons
{
    private const string For = "for ";
    private const string Waiting = "waiting";
    private const int MostNames = 10;

    public SubcommandSpec Spec { get; } = new(PersonAction.Suggest, "[for <activity>:] [text]|waiting", "help.suggest");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var (speech, personId) = (call.Speech, call.Caller.PersonId);
        var visible = (await runs.VisibleToAsync(call.Caller, cancellationToken)).Where(one => definitions.KindOf(one.Run).IsMadeByMembers).ToList();
        if (call.Arguments.Equals(Waiting, StringComparison.OrdinalIgnoreCase))
            return await NextWaitingAsync(call, visible, cancellationToken);
        if (visible.Count == 0)
            return speech.Say("suggest.nowhere");
        var (meant, text) = Meant(visible, call);
        if (meant is not [var one])
        {
            // The same one in several channels has to be named by being there.
            return meant.Select(each => each.Run.Slug).Distinct().Count() == 1
                ? speech.Say("suggest.there", ("title", meant[0].Definition.Title), ("channels", speech.List([.. meant.Select(each => Token.Channel(each.Run.ChannelId))])))
                : speech.Say("suggest.which", ("names", speech.List([.. meant.Select(each => $"`/learn suggest for {each.Run.Slug}`").Distinct().Take(MostNames)])));
        }

        Acted acted = text.Length == 0
            ? new Acted(personId, PersonAction.Suggest, null)
            : new Submitted(personId, PersonAction.Suggest, null, new Dictionary<string, string> { [PersonAction.SuggestedText] = text });
        return await runtime.ActAsync(one.Run.Id, acted, cancellationToken) ?? speech.Say("run.not-here");
    }

    public async Task<Reply> PressedAsync(ButtonPress press, CancellationToken cancellationToken)
    {
        var (personId, reference) = (press.Caller.PersonId, press.Reference);
        if (await store.GetAsync<Run>(reference.Subject, cancellationToken) is not { } run)
            return Reply.Instead(press.Speech.Say("run.not-here"));
        // One's own can always be taken back; the rest is the host's, or a facilitator's, also if they no longer are what they were.
        if (reference.Action != PersonAction.TakeBackSuggestion && !await MayDecideAsync(run, personId, cancellationToken))
            return Reply.Instead(press.Speech.Say("suggest.not-yours"));
        return await runtime.ActAsync(run.Id, new Acted(personId, reference.Action, reference.Step), cancellationToken) ?? Reply.Instead(press.Speech.Say("run.not-here"));
    }

    private async ValueTask<bool> MayDecideAsync(Run run, string personId, CancellationToken cancellationToken) =>
        run.HostId == personId || await facilitators.MayFacilitateAsync(personId, run.TeamId, cancellationToken);

    /// <summary>"for monday-conversation: What ...?", or in the channel of the only one.</summary>
    private static (IReadOnlyList<VisibleRun> Runs, string Text) Meant(List<VisibleRun> visible, CommandCall call)
    {
        var typed = call.Arguments;
        if (typed.StartsWith(For, StringComparison.OrdinalIgnoreCase))
        {
            var rest = typed[For.Length..].TrimStart();
            var end = rest.IndexOfAny([':', ' ']);
            var named = RunDirectory.Named(visible, end < 0 ? rest : rest[..end], call.Caller);
            // "For whom ..." may as well be how a question begins.
            if (named.Count > 0)
                return (named, end < 0 ? "" : rest[(end + 1)..].Trim());
        }

        var here = visible.Where(one => one.Run.ChannelId == call.Caller.ChannelId).ToList();
        return (here.Count > 0 ? here : visible, typed);
    }

    private async Task<Reply> NextWaitingAsync(CommandCall call, List<VisibleRun> visible, CancellationToken cancellationToken)
    {
        List<(VisibleRun Run, Suggestion Suggestion)> waiting = [];
        foreach (var one in visible)
        {
            if (await MayDecideAsync(one.Run, call.Caller.PersonId, cancellationToken))
                waiting.AddRange((await store.FindAsync(Suggestion.ByRun, one.Run.Id, cancellationToken)).Where(each => !each.IsAccepted).Select(each => (one, each)));
        }

        if (waiting.OrderBy(each => each.Suggestion.At).ToList() is not [var (run, suggestion), ..])
            return call.Speech.Say("suggest.none-waiting");
        var more = waiting.Count == 1 ? "" : $"\n{call.Speech.Say("suggest.more-waiting", ("count", waiting.Count - 1))}";
        var text = call.Speech.Say(
            "suggest.waiting", ("person", Token.Person(suggestion.PersonId)), ("title", run.Definition.Title), ("channel", Token.Channel(run.Run.ChannelId)),
            ("text", $"> {Token.Literal(suggestion.Text).ReplaceLineEndings("\n> ")}"));
        return Reply.Of(
            $"{text}{more}",
            Button("series.button.accept", PersonAction.AcceptSuggestion) with { IsPrimary = true },
            Button("series.button.decline", PersonAction.DeclineSuggestion));

        DraftButton Button(string labelKey, string action) =>
            new(call.Speech.Say(labelKey), new ActionReference(Spec.Name, action, run.Run.Id, suggestion.Id, call.Caller.PersonId));
    }
}
