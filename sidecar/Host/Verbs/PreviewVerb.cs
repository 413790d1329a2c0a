using System.CommandLine;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Rehearsal;
using MattermostLearning.Sidecar.Rehearsal.Reports;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`preview FILE`: every message of an activity, before anybody else sees it.</summary>
internal sealed class PreviewVerb : Verb
{
    private readonly Argument<string> _file;
    private readonly Option<string> _as;
    private readonly Option<string> _html;

    public PreviewVerb() : base("preview", "shows every message of an activity in order, as it will look")
    {
        _file = Word("FILE", "a file: `preview content/challenges/one-good-question.md`");
        _as = Text("as", "WHOM", "learner or facilitator: only what they see");
        _html = Text("html", "FILE", "writes a page that looks like the conversation, instead of text here");
    }

    public override bool ReadsSettings => false;

    public override async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var reader = call.Of(_as) switch
        {
            null => PreviewAs.Both,
            "learner" => PreviewAs.Learner,
            "facilitator" => PreviewAs.Facilitator,
            var other => throw new UsageException($"`--as` takes learner or facilitator, and `{other}` is neither."),
        };
        var file = RehearsalContent.FileOf(call.Of(_file));
        if (Directory.Exists(file))
            throw new UsageException($"{file} is a folder, and `preview` takes one file. `rehearse {file}` shows what happens when all of it runs.");
        using var content = RehearsalContent.Take(file);
        var preview = await PreviewRun.RunAsync(content, reader, TimeProvider.System.GetUtcNow());
        if (call.Of(_html) is not { } page)
        {
            call.Terminal.Print(PreviewText.Render(preview));
            return 0;
        }

        try
        {
            await File.WriteAllTextAsync(page, PreviewHtml.Render(preview), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"{page} cannot be written: {e.Message}", e);
        }

        call.Terminal.Print($"Written: {page}. It is one file: open it in a browser, or send it to somebody.");
        return 0;
    }
}
