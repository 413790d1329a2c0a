using System.CommandLine;
using MattermostLearning.Content.Linting;
using MattermostLearning.Mattermost;
using MattermostLearning.Sidecar.Linting;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`lint [PATH...]`: everything about content at once, before anybody else sees it.</summary>
internal sealed class LintVerb : Verb
{
    private static readonly Dictionary<string, Func<LintReport, string>> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text"] = LintText.Render,
        ["json"] = LintJson.Render,
        ["sarif"] = Sarif.Render,
    };

    private readonly Argument<string[]> _paths;
    private readonly Option<string> _format;
    private readonly Option<bool> _fix;
    private readonly Option<bool> _server;

    public LintVerb() : base("lint", "checks activities, and advises on their design; exit code 1 on errors")
    {
        _paths = Words("PATH", $"files and folders (default {ContentSettings.Default})");
        _format = Text("format", "FORMAT", "text (unless said otherwise), json, or sarif for code review");
        _server = Flag("server", "also asks the Mattermost of the settings for channels and people, as the bot sees them, and whether it shows LaTeX");
        _fix = Flag("fix", "first mend what is safe to mend: other names of keys, missing quotes, tabs, slips in a kind or a time zone");
    }

    public override async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        // Files are checked where they are written, which need not be where a sidecar runs.
        if (!call.Has(_server) && call.Settings.Keys.FirstOrDefault() is { } setting)
            throw new UsageException($"`lint` takes settings with `--server` only, so `{setting}` means nothing to it.");
        var format = call.Of(_format) ?? "text";
        if (!Formats.TryGetValue(format, out var render))
            throw new UsageException($"`{format}` is no format: {string.Join(", ", Formats.Keys)} are.");
        var paths = call.Of(_paths) is { Count: > 0 } given ? given : [ContentSettings.Default];
        var linter = new Linter(ShippedKinds.Reader);
        if (call.Has(_fix))
            Fix(linter, paths, call, isText: render == LintText.Render);
        var report = linter.Check(paths);
        report = call.Has(_server) ? await AskAsync(report, call, cancellationToken) : Unasked(report);
        call.Terminal.Print(render(report));
        return report.HasErrors ? 1 : 0;
    }

    private static LintReport Unasked(LintReport report) => report.Definitions.Any(definition => OutsideName.In(definition).Length > 0)
        ? report with { Note = "Channels and people were not looked for: `lint --server` asks the Mattermost of the settings." }
        : report;

    /// <summary>As the bot of the settings sees it. A server that does not answer is a note, and no mistake of any file.</summary>
    private static async Task<LintReport> AskAsync(LintReport report, VerbCall call, CancellationToken cancellationToken)
    {
        var (configuration, _) = SidecarApp.Configure(call.Settings, call.Setup);
        var reader = new SettingsReader(configuration);
        var mattermost = MattermostSettings.Read(reader, mayBeMissing: true);
        if (reader.Failures is [var failure, ..])
            throw new InvalidSettingsException([failure]);
        if (mattermost is not { Url: { } url, BotToken: { } token })
            throw new UsageException("`lint --server` needs Mattermost__Url and Mattermost__BotToken, as the sidecar has them; `setup` writes them into mattermost.json in the data folder.");
        using var connection = new Connection(url, token, call.Setup);
        try
        {
            var server = new ServerCheck(connection.Client);
            return await server.WithoutShownAsync(report.With(await server.FindAsync(report.Definitions, cancellationToken)), cancellationToken);
        }
        catch (MattermostException e)
        {
            return report with { Note = $"Channels and people were not looked for: {url} says {(e.IsUnauthorized ? "that the bot's token is not good" : $"\"{e.Message}\"")}." };
        }
    }

    private static void Fix(Linter linter, IReadOnlyList<string> paths, VerbCall call, bool isText)
    {
        try
        {
            foreach (var (path, places) in linter.Fix(paths))
            {
                if (isText)
                    call.Terminal.Print($"{path}: mended {places} {(places == 1 ? "place" : "places")}");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"`--fix` cannot write: {e.Message}", e);
        }
    }
}
