using System.CommandLine;
using MattermostLearning.Content.Linting;
using MattermostLearning.Sidecar.Options;

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

    public LintVerb() : base("lint", "checks activities, and advises on their design; exit code 1 on errors")
    {
        _paths = Words("PATH", $"files and folders (default {ContentSettings.Default})");
        _format = Text("format", "FORMAT", "text (unless said otherwise), json, or sarif for code review");
        _fix = Flag("fix", "first mend what is safe to mend: other names of keys, missing quotes, tabs, slips in a kind or a time zone");
    }

    /// <summary>Files are checked where they are written, which need not be where a sidecar runs.</summary>
    public override bool ReadsSettings => false;

    public override Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var format = call.Of(_format) ?? "text";
        if (!Formats.TryGetValue(format, out var render))
            throw new UsageException($"`{format}` is no format: {string.Join(", ", Formats.Keys)} are.");
        var paths = call.Of(_paths) is { Count: > 0 } given ? given : [ContentSettings.Default];
        var linter = new Linter(ShippedKinds.Reader);
        if (call.Has(_fix))
            Fix(linter, paths, call, isText: render == LintText.Render);
        var report = linter.Check(paths);
        call.Terminal.Print(render(report));
        return Task.FromResult(report.HasErrors ? 1 : 0);
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
