using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Reference;
using MattermostLearning.Sidecar;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>The page and the schema are what the reader reads by.</summary>
public sealed partial class ReferenceTests
{
    private static readonly ContentDeclaration[] Kinds = [.. ShippedKinds.Contents.Select(kind => kind.Declaration)];
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    public static TheoryData<string> Keys => [.. Kinds.SelectMany(kind => kind.AllKeys).Select(key => key.Name).Distinct()];

    [Fact]
    public void The_page_for_authors_says_what_this_build_reads() =>
        File.ReadAllText(Path.Combine(Docs, "content.md")).ShouldBe(ReferencePage.Of(Kinds), "Write it anew: dotnet run --project sidecar/Host -- content reference > docs/content.md");

    [Fact]
    public void The_schema_for_editors_says_what_this_build_reads() =>
        File.ReadAllText(Path.Combine(Docs, "content.schema.json")).ShouldBe(FrontMatterSchema.Of(Kinds), "Write it anew: dotnet run --project sidecar/Host -- content schema > docs/content.schema.json");

    [Fact]
    public void Every_finding_has_its_place_on_the_page_and_every_link_leads_somewhere()
    {
        var page = ReferencePage.Of(Kinds);
        Rules.All.ShouldAllBe(rule => page.Contains($"<a id=\"{rule.Anchor}\"></a>") || page.Contains($"\n### {rule.Code}\n"));
        Link().Matches(page).Select(link => link.Groups["to"].Value).ShouldAllBe(to => File.Exists(Path.Combine(Docs, to)));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_example_of_a_key_works(string name)
    {
        foreach (var kind in Kinds.Where(kind => kind.AllKeys.Any(key => key.Name == name)))
        {
            var key = kind.AllKeys.First(key => key.Name == name);
            var lines = new Dictionary<string, string> { ["kind"] = kind.Kind, ["title"] = "Sample", ["time-zone"] = "Europe/London" };
            foreach (var needed in kind.RequiredSharedKeys)
                lines[needed.Name] = needed.Example;
            if (key != SharedKeys.Kind)
                lines[key.Name] = key.Example;
            var text = $"---\n{string.Join('\n', lines.Select(line => $"{line.Key}: {line.Value}"))}\n---\n{kind.BodyOfNew}\n";
            ShippedKinds.Reader.Read("sample.md", text).Diagnostics.ShouldBeEmpty(text);
        }
    }

    [Fact]
    public void The_schema_knows_every_name_of_every_key_and_proposes_one()
    {
        var properties = JsonNode.Parse(FrontMatterSchema.Of(Kinds))!["properties"]!.AsObject();
        foreach (var key in Kinds.SelectMany(kind => kind.AllKeys))
        {
            key.Names.ShouldAllBe(name => properties.ContainsKey(name));
            key.Names.Where(name => properties[name]!["doNotSuggest"] is null).ShouldBe([key.Name]);
        }
    }

    [GeneratedRegex(@"\[[^\]]+\]\((?<to>[^)]+)\)")]
    private static partial Regex Link();
}
