using System.Reflection;
using System.Xml.Linq;

namespace MattermostLearning.Tests.Architecture;

/// <summary>The house as its plan draws it: who may refer to whom, and which package belongs to which project.</summary>
public sealed class HouseTests
{
    private static readonly string Root = Repository.Root;

    [Theory]
    [InlineData("sidecar/Mattermost/MattermostLearning.Mattermost.csproj", "")]
    [InlineData("sidecar/Content/MattermostLearning.Content.csproj", "")]
    [InlineData("sidecar/Activities/MattermostLearning.Activities.csproj", "Content Mattermost")]
    [InlineData("sidecar/Storage/MattermostLearning.Storage.csproj", "Activities")]
    [InlineData("sidecar/Playground/MattermostLearning.Playground.csproj", "Mattermost")]
    [InlineData("slash-commands/MattermostLearning.SlashCommands.csproj", "Activities")]
    public void A_project_refers_only_to_what_its_room_may_see(string project, string allowed)
    {
        var references = XDocument.Load(Path.Combine(Root, project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value).Replace("MattermostLearning.", "", StringComparison.Ordinal));
        references.Order().ShouldBe(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Theory]
    [InlineData("LiteDB", "Storage")]
    [InlineData("Quartz", "Sidecar")]
    [InlineData("OpenTelemetry", "Sidecar")]
    [InlineData("Markdig", "Content")]
    [InlineData("YamlDotNet", "Content")]
    [InlineData("AngleSharp", "Content")]
    [InlineData("CsvHelper", "Content")]
    [InlineData("Ical.Net", "Content")]
    [InlineData("NodaTime", "Content")]
    [InlineData("Microsoft.Extensions.Configuration.Abstractions", "Sidecar")]
    public void A_library_is_used_only_by_the_project_that_owns_it(string library, string owner) =>
        Assemblies().Where(assembly => Uses(assembly, library)).Select(Name).ShouldBeSubsetOf([owner]);

    [Fact]
    public void Kinds_never_see_each_other()
    {
        var folders = Directory.GetDirectories(Path.Combine(Root, "sidecar/Activities/Kinds"));
        foreach (var folder in folders)
        {
            var others = folders.Where(other => other != folder).Select(other => $"Kinds.{Path.GetFileName(other)}");
            foreach (var (file, text) in SourcesIn(folder))
                others.ShouldAllBe(other => !text.Contains(other), file);
        }
    }

    [Fact]
    public void Only_the_composition_names_a_kind()
    {
        foreach (var folder in new[] { "sidecar/Activities/Engine", "sidecar/Activities/Commands", "sidecar/Activities/Community", "slash-commands" })
        {
            foreach (var (file, text) in SourcesIn(Path.Combine(Root, folder)))
                text.ShouldNotContain("Activities.Kinds", customMessage: file);
        }
    }

    [Fact]
    public void Activities_know_Mattermosts_messages_but_neither_its_API_nor_its_socket()
    {
        foreach (var (file, text) in SourcesIn(Path.Combine(Root, "sidecar/Activities")))
        {
            text.ShouldNotContain("Mattermost.Api", customMessage: file);
            text.ShouldNotContain("Mattermost.Realtime", customMessage: file);
            text.ShouldNotContain("HttpClient", customMessage: file);
        }
    }

    /// <summary>
    /// A content file is parsed once, and every reader goes by that tree. Whatever else is parsed stands in no file: a text that was made, came from elsewhere, or is on its way out.
    /// </summary>
    [Theory]
    [InlineData("Markdown.Parse(", "MarkdownHtml MarkdownText")]
    [InlineData("new MarkdownText(", "BesideLinks ContentReader LongText MarkdownImport Passage Prose")]
    [InlineData("Passage.Of(", "MarkdownImport")]
    [InlineData("BesideLinks.In(", "AuthoredFiles ContentReader LibraryMessages")]
    public void A_content_file_is_parsed_once(string call, string callers) =>
        SourcesIn(Path.Combine(Root, "sidecar")).Where(source => source.Text.Contains(call, StringComparison.Ordinal))
            .Select(source => Path.GetFileNameWithoutExtension(source.File)).Order(StringComparer.Ordinal).ShouldBe(callers.Split(' '));

    [Fact]
    public void Every_assembly_compiles_with_the_banned_symbols() =>
        File.ReadAllText(Path.Combine(Root, "Directory.Build.props")).ShouldContain("BannedSymbols.txt");

    private static IEnumerable<(string File, string Text)> SourcesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/"))
            .Select(file => (Path.GetRelativePath(Root, file), File.ReadAllText(file)));

    private static IEnumerable<Assembly> Assemblies() =>
        new[] { "Mattermost", "Content", "Activities", "Storage", "Playground", "SlashCommands", "Sidecar" }
            .Select(name => Assembly.Load($"MattermostLearning.{name}"));

    private static bool Uses(Assembly assembly, string library) =>
        assembly.GetReferencedAssemblies().Any(reference => reference.Name == library);

    private static string Name(Assembly assembly) => assembly.GetName().Name!.Replace("MattermostLearning.", "", StringComparison.Ordinal);
}
