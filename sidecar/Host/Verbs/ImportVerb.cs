using System.Collections.Immutable;
using System.CommandLine;
using MattermostLearning.Activities.Kinds.Quiz;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Exchange;
using MattermostLearning.Content.Library;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`import FORMAT FILE`: questions from elsewhere become quizzes.</summary>
internal sealed class ImportVerb : Verb
{
    private const int LongestTitle = 100;

    private static readonly Dictionary<string, Func<ImportReport, string?, ImmutableArray<QuestionList>>> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["gift"] = GiftImport.Read,
        ["csv"] = (report, _) => CsvImport.Read(report),
        ["markdown"] = (report, _) => MarkdownImport.Read(report),
    };

    private readonly Argument<string> _format;
    private readonly Argument<string> _file;
    private readonly Option<string> _content;
    private readonly Option<string> _name;
    private readonly Option<string> _language;

    public ImportVerb() : base("import", "makes quizzes of questions from elsewhere, and says what stays behind; exit code 1 if something does")
    {
        var formats = string.Join(", ", Formats.Keys);
        _format = Word("FORMAT", $"a format, {formats}: `import gift questions.gift`");
        _file = Word("FILE", "a file: `import gift questions.gift`");
        _content = Text("content", "PATH", $"the folder of the activities (default {ContentSettings.Default})");
        _name = Text("name", "NAME", "the quiz's name (default the file's, and where there are several, their categories')");
        _language = Text("language", "LANGUAGE", "the language of the questions, such as de (default: as the sidecar speaks)");
    }

    public override bool ReadsSettings => false;

    public override Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (format, file) = (call.Of(_format), call.Of(_file));
        if (!Formats.TryGetValue(format, out var read))
            throw new UsageException($"`{format}` is no format: {string.Join(", ", Formats.Keys)} {(Formats.Count == 1 ? "is" : "are")}.");
        var language = call.Of(_language)?.ToLowerInvariant();
        if (language is not null && !DocumentName.IsLanguage(language))
            throw new UsageException($"`{language}` is no language: `--language` takes two letters, such as en or de.");
        var (text, problem) = ContentFile.Read(file, file);
        if (text is null)
            throw new CannotStartException($"{file}: {problem!.Message} {problem.Help}");
        var report = new ImportReport(new SourceText(file, text));
        var quizzes = Named(read(report, language), call.Of(_name), file)
            .Select(each => (each.Name, File: QuizFile.Write(each.Title, language, each.Questions, report)))
            .Where(each => each.File.Questions > 0)
            .Select(each => (Path: PathOf(each.Name, call), each.File.Text, each.File.Questions))
            .ToList();
        foreach (var (path, _, _) in quizzes.Where(each => File.Exists(each.Path)))
            throw new CannotStartException($"{path} is there already, and is left as it is: nothing is written. `--name` takes another name.");
        foreach (var (path, written, _) in quizzes)
            NewVerb.Write(path, written);
        return Task.FromResult(Tell(call, report, quizzes));
    }

    private static int Tell(VerbCall call, ImportReport report, List<(string Path, string Text, int Questions)> quizzes)
    {
        var findings = report.Findings;
        foreach (var finding in findings)
            call.Terminal.Print($"{DiagnosticRenderer.Render(finding)}  more: {Rules.PlaceOf(finding.Code)}\n");
        foreach (var (path, _, questions) in quizzes)
            call.Terminal.Print($"Written: {path}, {Count(questions, "question")}. `lint {path}` looks over it, and `preview {path}` shows what people will see.");
        if (quizzes.Count == 0)
            call.Terminal.Print("Nothing is written: no question of this file can be a quiz's.");
        var behind = findings.Count(each => each.Severity == Severity.Error);
        if (findings.Count > 0)
            call.Terminal.Print($"{Count(behind, "thing")} {(behind == 1 ? "stays" : "stay")} behind, and {findings.Count - behind} {(findings.Count - behind == 1 ? "comes" : "come")} otherwise, as said above.");
        return behind > 0 || quizzes.Count == 0 ? 1 : 0;
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private string PathOf(string name, VerbCall call)
    {
        var kind = ShippedKinds.Reader.Kinds[QuizKind.Name].Declaration;
        return Path.Combine(call.Of(_content) ?? ContentSettings.Default, NewFile.PathOf(kind, name) ?? throw new UsageException(NewFile.ProblemOf(name)!));
    }

    /// <summary>One list is called as was said, or as the file is; several by what they are about.</summary>
    private static IEnumerable<(string Name, string Title, ImmutableArray<Content.Questions.Question> Questions)> Named(ImmutableArray<QuestionList> lists, string? name, string file)
    {
        var usual = name ?? Path.GetFileNameWithoutExtension(file);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in lists)
        {
            var called = lists.Length == 1 || list.Title is null || NewFile.ProblemOf(list.Title) is not null ? usual
                : name is null ? list.Title : $"{name} {list.Title}";
            var free = called;
            for (var number = 2; !taken.Add(DocumentName.Slugify(free)); number++)
                free = $"{called} {number}";
            var title = name is not null && lists.Length == 1 ? name : list.Title ?? usual;
            yield return (free, Cut(NewFile.TitleOf(NewFile.ProblemOf(title) is null ? title : usual)), list.Questions);
        }
    }

    private static string Cut(string title) => title.Length > LongestTitle ? title[..LongestTitle].TrimEnd() : title;
}
