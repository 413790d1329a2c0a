using System.Globalization;
using System.Text;
using Markdig;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Content.Library;
using MattermostLearning.Sidecar;
using YamlDotNet.Core;

namespace MattermostLearning.Benchmarks.Scenarios;

/// <summary>
/// A large library, read and checked, against the two parsers that it is made with over the same bytes: what a program could not do without. And one file of it that changes:
/// how long until the library has the new text.
/// </summary>
internal sealed class ContentReading : IScenario
{
    private static readonly MarkdownPipeline Plain = new MarkdownPipelineBuilder().Build();

    public string Name => "content";

    public string Summary => "reading and checking a library, and one changed file in it";

    public async Task<IReadOnlyList<Row>> RunAsync(Workbench bench)
    {
        var folder = bench.NewFolder();
        var (files, bytes) = Fill(folder, bench.Sizes.ContentFiles);
        List<Cost> parsers = [], library = [];
        for (var trial = -1; trial < bench.Sizes.Trials; trial++) // the first warms up
        {
            var (parsing, reading) = (Timed(() => ParseAll(folder)), Timed(() => Load(folder, files)));
            if (trial < 0)
                continue;
            parsers.Add(parsing);
            library.Add(reading);
        }

        var size = string.Create(CultureInfo.InvariantCulture, $"{files:N0} files, {bytes / 1024.0 / 1024.0:0.0} MiB");
        var (least, all) = (Spread.Median([.. parsers.Select(each => each.Elapsed)]), Spread.Median([.. library.Select(each => each.Elapsed)]));
        var (leastWork, work) = (Spread.Median([.. parsers.Select(each => each.Processor)]), Spread.Median([.. library.Select(each => each.Processor)]));
        var (live, look) = await ChangeAsync(folder, files);
        return
        [
            new Row($"reading and checking {size}: processor time", Row.Text("{0:0.00} s", work), Row.Text("Markdig and YamlDotNet's event parser, {0:0.00} s", leastWork), work / leastWork, Aim.AtMost(1.5)),
            new Row($"the same, elapsed, read by {Environment.ProcessorCount} processors at once", Row.Text("{0:0.00} s", all), Row.Text("the parsers on one of them, {0:0.00} s", least), all / least),
            Row.Within($"one changed file among {files:N0}, from the write until it is live", live, 1, "{0:0.00} s"),
            new Row("the same without the time that a file has to rest", Row.Text("{0:0.000} s", look), Row.Text("reading all of them, {0:0.00} s", all), look / all),
        ];
    }

    /// <summary>The starter library again and again, each time under other names.</summary>
    private static (int Files, long Bytes) Fill(string folder, int count)
    {
        var samples = Directory.GetFiles(Samples(), "*.md", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "README.md").Order(StringComparer.Ordinal).ToList();
        long bytes = 0;
        for (var number = 0; number < count; number++)
        {
            var sample = samples[number % samples.Count];
            var kind = Path.GetFileName(Path.GetDirectoryName(sample)!);
            var text = File.ReadAllText(sample);
            var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number / 100}"), string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}.md"));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            bytes += Encoding.UTF8.GetByteCount(text);
        }

        return (count, bytes);
    }

    private static string Samples()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(Path.Combine(folder, "content", "challenges")))
                return Path.Combine(folder, "content");
        }

        throw new MeasurementException("The starter library is not above this program.");
    }

    private static void ParseAll(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            var end = text.IndexOf("\n---\n", StringComparison.Ordinal);
            var parser = new Parser(new StringReader(text[4..end]));
            while (parser.MoveNext())
            {
                // Each event is made, and thrown away.
            }

            Markdown.Parse(text[(end + 5)..], Plain);
        }
    }

    private static void Load(string folder, int files)
    {
        var library = ContentLibrary.Load(folder, ShippedKinds.Reader);
        MeasurementException.Unless(library.Definitions.Count + library.Drafts.Count == files, $"Of {files} files {library.Definitions.Count} are offered.");
    }

    /// <returns>From the write until the library has it, as a watch does it that is told of the write at once; and what of that was work.</returns>
    private static async Task<(double Live, double Work)> ChangeAsync(string folder, int files)
    {
        var watched = new LibraryFolder(folder, ShippedKinds.Reader, Clock.Time);
        watched.Load();
        var changed = Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).First();
        List<double> lives = [], works = [];
        for (var trial = 0; trial < 3; trial++)
        {
            var text = await File.ReadAllTextAsync(changed);
            var began = Clock.Stamp();
            await File.WriteAllTextAsync(changed, $"{text}\nOnce more, and no less.\n");
            var work = TimeSpan.Zero;
            LibraryChange? change;
            while (true)
            {
                // Heard of, it is looked at when it has had time to rest; seen as another, once more when it has.
                await Clock.PauseAsync(LibraryFolder.Rest);
                var looked = Clock.Stamp();
                change = watched.Look();
                work += Clock.Since(looked);
                if (change is not null)
                    break;
            }

            lives.Add(Clock.Since(began).TotalSeconds);
            works.Add(work.TotalSeconds);
            MeasurementException.Unless(change.Read.Length == 1 && change.Library.Definitions.Count == files, $"{change.Read.Length} files were read for one that changed.");
        }

        return (Spread.Median(lives), Spread.Median(works));
    }

    private static Cost Timed(Action act)
    {
        GC.Collect();
        var (began, before) = (Clock.Stamp(), Environment.CpuUsage.TotalTime);
        act();
        return new Cost(Clock.Since(began).TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    /// <param name="Elapsed">In seconds.</param>
    /// <param name="Processor">In seconds, of all processors and threads together: those of the garbage collector are among them.</param>
    private readonly record struct Cost(double Elapsed, double Processor);
}
