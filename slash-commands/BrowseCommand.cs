using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.Content.Library;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>
/// `/learn browse [words]`: what the asker could take part in, by name, topics and summary; for facilitators also what could be started. One
/// phone screen.
/// </summary>
public sealed class BrowseCommand(RunDirectory runs, Definitions definitions, Facilitators facilitators, AskFacilitators ask, TimeProvider time) : ISubcommand
{
    private const int MostRuns = 5;
    private const int MostOffers = 4;
    private const int MostTopics = 3;
    private const int LongestSummary = 90;

    public SubcommandSpec Spec { get; } = new("browse", "[words]", "help.browse");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var (speech, words) = (call.Speech, call.Arguments);
        var visible = await runs.VisibleToAsync(call.Caller, cancellationToken);
        var open = visible.Where(run => run.OpenRound is not null || run.Next is not null)
            .OrderBy(run => run.OpenRound is null).ThenBy(run => run.OpenRound?.ClosesAt ?? run.Next).ToList();
        var found = Finding.Among(open, run => run.Definition, words);
        var offers = await facilitators.MayFacilitateAsync(call.Caller.PersonId, call.Caller.TeamId, cancellationToken)
            ? Finding.Among(definitions.Library.Definitions.Values.Where(one => !visible.Any(run => run.Run.Slug == one.Slug)).Select(one => one.In(call.Caller.Language)), one => one, words)
            : [];
        if (found.Length + offers.Length == 0)
        {
            return words.Length == 0
                ? speech.Say("activity.none")
                : await ask.NothingFoundAsync(call.Caller, speech.Say("browse.no-match", ("words", MentionSafe.Code(words, 60))), words, speech, cancellationToken);
        }

        List<string> text = [];
        if (found.Length > 0)
        {
            text.Add(speech.Say("browse.heading"));
            text.AddRange(found.Take(MostRuns).Select(run => Line(call, run)));
            More(text, speech, found.Length - MostRuns);
            text.Add(speech.Say("browse.footer"));
        }

        if (offers.Length > 0)
        {
            text.Add(speech.Say("browse.offers"));
            text.AddRange(offers.Take(MostOffers).Select(one =>
                speech.Say("browse.offer", ("slug", one.Slug), ("title", one.Title), ("about", About(speech, one))).TrimEnd()));
            More(text, speech, offers.Length - MostOffers);
        }

        return string.Join('\n', text);
    }

    private string Line(CommandCall call, VisibleRun run)
    {
        (string, object)[] places =
            [("title", run.Definition.Title), ("channel", Token.Channel(run.Run.ChannelId)), ("about", About(call.Speech, run.Definition))];
        if (run.OpenRound is { StaysOpen: true })
            return call.Speech.Say(run.Definition.GoesTogether ? "browse.together" : "browse.any-time", places).TrimEnd();
        var (key, moment) = run.OpenRound is { } round ? ("browse.open", round.ClosesAt) : ("browse.coming", run.Next!.Value);
        var shown = call.Zone is { } zone ? call.Speech.Near(moment, zone, time.GetUtcNow()) : call.Speech.InChannel(moment, run.Definition.Zone);
        return call.Speech.Say(key, [.. places, ("moment", shown)]).TrimEnd();
    }

    private static void More(List<string> text, Speech speech, int count)
    {
        if (count > 0)
            text.Add(speech.Say("browse.more", ("count", count)));
    }

    private static string About(Speech speech, ActivityDefinition definition)
    {
        var summary = definition.Summary.Length <= LongestSummary ? definition.Summary : $"{definition.Summary[..LongestSummary].TrimEnd()}…";
        var topics = definition.Topics.IsEmpty ? "" : speech.Say("browse.topics", ("topics", string.Join(", ", definition.Topics.Take(MostTopics))));
        return string.Join(' ', new[] { summary, topics }.Where(part => part.Length > 0));
    }
}
