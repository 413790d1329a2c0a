using System.CommandLine;
using System.Globalization;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Rehearsal;
using MattermostLearning.Sidecar.Rehearsal.Reports;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`rehearse PATH`: weeks of it in seconds, with simulated learners.</summary>
internal sealed class RehearseVerb : Verb
{
    private const string HolidaysKey = "Calendar:Holidays";

    private static readonly Dictionary<string, Func<Rehearsed, string>> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text"] = RehearsalText.Render,
        ["json"] = RehearsalJson.Render,
        ["ics"] = RehearsalCalendar.Render,
        ["html"] = RehearsalHtml.Render,
    };

    private readonly Argument<string> _path;
    private readonly Option<string> _from;
    private readonly Option<string> _weeks;
    private readonly Option<string> _learners;
    private readonly Option<string> _seed;
    private readonly Option<string> _format;

    public RehearseVerb() : base("rehearse", "lives through weeks of activities in seconds, with simulated learners, and says who gets what, when")
    {
        _path = Word("PATH", "a file or a folder of activities: `rehearse content/challenges/one-good-question.md`");
        _from = Text("from", "DATE", "the first day, as 2027-01-11 (default: Monday of next week)");
        _weeks = Text("weeks", "NUMBER", $"how long (default {RehearsalLine.DefaultWeeks})");
        _learners = Text("learners", "NUMBER", $"how many (default {RehearsalLine.DefaultLearners})");
        _seed = Text("seed", "NUMBER", $"of all chance; the same one gives the same rehearsal (default {RehearsalLine.DefaultSeed})");
        _format = Text("format", "FORMAT", $"{string.Join(", ", Formats.Keys)} (default text)");
    }

    public override async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var format = call.Of(_format) ?? "text";
        if (!Formats.TryGetValue(format, out var render))
            throw new UsageException($"`{format}` is no format: {string.Join(", ", Formats.Keys)} are.");
        if (call.Settings.Keys.FirstOrDefault(key => !key.Equals(HolidaysKey, StringComparison.OrdinalIgnoreCase)) is { } setting)
            throw new UsageException($"`rehearse` reads no setting but Calendar:Holidays, so `{setting}` means nothing to it.");
        var line = new RehearsalLine(
            call.Of(_path), DateOf(call.Of(_from)), NumberOf(call.Of(_weeks), "weeks", RehearsalLine.DefaultWeeks, 1, RehearsalLine.MostWeeks),
            NumberOf(call.Of(_learners), "learners", RehearsalLine.DefaultLearners, 1, RehearsalLine.MostLearners),
            NumberOf(call.Of(_seed), "seed", RehearsalLine.DefaultSeed, 0, int.MaxValue),
            call.Settings.FirstOrDefault(one => one.Key.Equals(HolidaysKey, StringComparison.OrdinalIgnoreCase)).Value ?? call.Setup.Variable("Calendar__Holidays"));
        if (call.Setup.OwnsProcess && !RehearsalProcess.IsThis)
            return await RehearsalProcess.RunAsync();
        using var content = RehearsalContent.Take(line.Path);
        var began = TimeProvider.System.GetTimestamp();
        var rehearsed = await RehearsalRun.RunAsync(line, content);
        var took = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        call.Terminal.Print(render(rehearsed));
        // Beside the report, which is the same each time.
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rehearsed.Messages:N0} messages in {took:0.0} s: {rehearsed.Messages / took:N0} a second."));
        return 0;
    }

    private static DateOnly DateOf(string? text)
    {
        if (text is null)
        {
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            return today.AddDays(7 - (((int)today.DayOfWeek + 6) % 7));
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date : throw new UsageException($"`{text}` is no date: 2027-01-11 is one.");
    }

    private static int NumberOf(string? text, string option, int usual, int least, int most) =>
        text is null ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"`--{option}` takes a number from {least} to {most}, and `{text}` is none."));
}
