using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn progress`: what I joined, the rounds that I replied in, since when, what is open. Mine only, and told to nobody else.</summary>
public sealed class ProgressCommand(OwnProgress progress, TimeProvider time) : ISubcommand
{
    private const int MostOpen = 3;
    private const int MostLines = 5;

    public SubcommandSpec Spec { get; } = new("progress", "", "help.progress");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var speech = call.Speech;
        var mine = await progress.OfAsync(call.Caller.PersonId, call.Caller.Language, cancellationToken);
        if (mine.Activities.Count + mine.Elsewhere == 0)
            return speech.Say("progress.nothing");

        List<string> text = [speech.Say("progress.heading")];
        if (mine.Replied > 0)
        {
            var first = mine.Activities.MinBy(one => one.Since)!;
            text.Add(speech.Say("progress.replied", ("count", mine.Replied), ("day", Day(call, first, first.Since))));
        }

        var open = mine.Activities.Where(one => one.OpenRound is not null).ToList();
        if (open.Count > 0)
        {
            text.Add(speech.Say("overview.open"));
            text.AddRange(open.Take(MostOpen).Select(one => Open(call, one)));
            More(text, call, open.Count - MostOpen);
        }

        if (mine.Activities.Count > 0)
        {
            text.Add(speech.Say("progress.all"));
            text.AddRange(mine.Activities.Take(MostLines).Select(one => Line(call, one)));
            More(text, call, mine.Activities.Count - MostLines);
        }

        if (mine.Elsewhere > 0)
            text.Add(speech.Say("progress.elsewhere", ("count", mine.Elsewhere)));
        text.Add(speech.Say("progress.footer"));
        return string.Join('\n', text);
    }

    private string Open(CommandCall call, OwnActivity one)
    {
        var (speech, round) = (call.Speech, one.OpenRound!);
        (string, object)[] places = [("title", one.Title), ("link", Token.LinkToRow(round.RootRowId))];
        if (round.StaysOpen)
            return speech.Say("progress.open-any-time", places);
        var close = call.Zone is { } zone ? speech.Near(round.ClosesAt, zone, time.GetUtcNow()) : speech.InChannel(round.ClosesAt, one.Zone);
        return speech.Say(one.HasRepliedInOpenRound ? "progress.open-replied" : "overview.waiting-line", [.. places, ("close", close)]);
    }

    private static string Line(CommandCall call, OwnActivity one)
    {
        var speech = call.Speech;
        List<string> said = [speech.Say("progress.joined", ("day", Day(call, one, one.Since)))];
        if (one.Replied > 0)
            said.Add(speech.Say("progress.rounds", ("count", one.Replied)));
        if (one.StandingYes is { } yes)
            said.Add(speech.Say(yes == StandingYes.MayBeAsked ? "progress.may-be-asked" : "progress.every-round"));
        return speech.Say("progress.line", ("title", one.Title), ("said", string.Join(", ", said)));
    }

    private static void More(List<string> text, CommandCall call, int count)
    {
        if (count > 0)
            text.Add(call.Speech.Say("schedule.more", ("count", count)));
    }

    private static string Day(CommandCall call, OwnActivity one, DateTimeOffset at) => call.Speech.Day(at, call.Zone ?? one.Zone);
}
