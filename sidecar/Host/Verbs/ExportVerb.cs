using System.CommandLine;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Exchange;
using MattermostLearning.Content.Library;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`export gift FILE`: a quiz's questions for Moodle, and for whatever else reads GIFT.</summary>
internal sealed class ExportVerb : Verb
{
    private const string Gift = "gift";

    private readonly Argument<string> _format;
    private readonly Argument<string> _file;
    private readonly Option<string> _to;

    public ExportVerb() : base("export", "writes a quiz's questions for elsewhere, and says what stays behind; exit code 1 if something does")
    {
        _format = Word("FORMAT", $"a format, {Gift}: `export gift content/quizzes/giving-feedback.md`");
        _file = Word("FILE", "a quiz: `export gift content/quizzes/giving-feedback.md`");
        _to = Text("to", "FILE", "the file to write (default: the quiz's name, in this folder)");
    }

    public override bool ReadsSettings => false;

    public override Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (format, file) = (call.Of(_format), call.Of(_file));
        if (!format.Equals(Gift, StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"`{format}` is no format: {Gift} is.");
        var (text, problem) = ContentFile.Read(file, file);
        if (text is null)
            throw new CannotStartException($"{file}: {problem!.Message} {problem.Help}");
        var result = ShippedKinds.Reader.Read(file, text);
        if (result.Definition is not { } definition)
            throw new CannotStartException($"{file} has errors, and `lint {file}` says which. Nothing is written.");
        var design = ShippedKinds.Reader.Kinds[definition.Kind].DesignOf(definition);
        if (design.Questions.Length == 0)
            throw new CannotStartException($"{file} is a {definition.Kind} without questions: there is nothing to write.");
        var report = new ImportReport(new SourceText(file, text));
        if (definition.Body.Length > 0)
            report.ComesOtherwise(new TextSpan(definition.SourceText.IndexOf(definition.Body, StringComparison.Ordinal), 1), "The text above the questions stays behind, and so do the keys.", "In Moodle the quiz that asks these questions has its own.");
        if (design.Closing is { } closing)
            report.ComesOtherwise(closing.Place, "The wrap-up stays behind.", null);
        var gift = GiftWriter.Write(definition.Title, design.Questions, report);
        var to = call.Of(_to) ?? $"{definition.Slug}.{Gift}";
        NewVerb.Write(to, gift);
        var behind = report.Findings.Count(each => each.Severity == Severity.Error);
        foreach (var finding in report.Findings)
            call.Terminal.Print($"{DiagnosticRenderer.Render(finding)}  more: {Rules.PlaceOf(finding.Code)}\n");
        call.Terminal.Print($"Written: {to}, {design.Questions.Length - behind} of {design.Questions.Length} questions. In Moodle: question bank, import, GIFT format.");
        return Task.FromResult(behind > 0 ? 1 : 0);
    }
}
