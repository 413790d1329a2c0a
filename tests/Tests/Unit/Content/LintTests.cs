using System.Text;
using System.Text.Json.Nodes;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Linting;

namespace MattermostLearning.Tests.Unit.Content;

public sealed class LintTests : IDisposable
{
    private const string Good = "Ask somebody outside your team one question. Tell us what you learned.\n\n## Wrap-up\nWhom will you ask next?";

    private readonly string root = Directory.CreateTempSubdirectory("lint-").FullName;
    private readonly Linter linter = new(Reading.Challenges);

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Everything_about_a_folder_is_said_at_once_in_the_order_of_paths_and_lines()
    {
        Write("challenges/b.md", Reading.Challenge("rounds: six\ntitel: B", Good));
        Write("challenges/a.md", Reading.Challenge("slug: a", "Read this."));
        Write("challenges/a.de.md", "---\nrounds: sechs\n---\nLies das.");
        var report = linter.Check([root]);
        report.Files.ShouldBe(3);
        report.Diagnostics.Select(each => (Path.GetFileName(each.Path), each.Line, each.Code)).ShouldBe(
            [("a.de.md", 2, "MLC104"), ("a.md", 8, "MLA002"), ("a.md", 8, "MLA007"), ("b.md", 6, "MLC104"), ("b.md", 7, "MLC020")], ignoreOrder: false);
        report.Cards.Select(each => Path.GetFileName(each.Path)).ShouldBe(["a.md"]);
    }

    [Fact]
    public void A_folder_and_a_file_in_it_are_looked_at_once()
    {
        Write("challenges/a.md", Reading.Challenge("rounds: six", Good));
        var report = linter.Check([root, $"{root}/challenges/a.md", $"{root}/"]);
        (report.Files, report.Diagnostics.Length).ShouldBe((1, 1));
    }

    [Fact]
    public void The_names_in_the_typed_path_may_say_the_kind()
    {
        Write("challenges/a.md", Reading.Challenge("slug: a", Good).Replace("kind: challenge\n", "", StringComparison.Ordinal));
        linter.Check([$"{root}/challenges"]).HasErrors.ShouldBeFalse();
        linter.Check([$"{root}/challenges/a.md"]).HasErrors.ShouldBeFalse();
    }

    [Fact]
    public void What_is_required_first_has_to_be_in_the_library()
    {
        const string course = "---\nkind: course\ntitle: A course\nrequires: first-steps, {0}\n---\n## One\nRead this. What is it to you?\n\n## Wrap-up\nWhom will you ask?\n";
        Write("courses/first-steps.md", course.Replace("requires: first-steps, {0}\n", "was: first-walk\n", StringComparison.Ordinal));
        Write("courses/next.md", course.Replace("{0}", "first-stpes", StringComparison.Ordinal));
        var shipped = new Linter(MattermostLearning.Sidecar.ShippedKinds.Reader);
        var finding = shipped.Check([root]).Diagnostics.Single(each => each.Code == "MLC606");
        (finding.Severity, finding.Line, finding.Column, finding.Length).ShouldBe((Severity.Warning, 4, 24, 11));
        finding.Message.ShouldBe("There is no activity `first-stpes` here, so nobody could begin this one.");
        finding.Help.ShouldBe("Did you mean `first-steps`?");
        // A file alone shows nothing of its neighbours; a former name is known; and whoever knows better says so.
        shipped.Check([$"{root}/courses/next.md"]).Diagnostics.ShouldNotContain(each => each.Code == "MLC606");
        Write("courses/next.md", course.Replace("{0}", "first-walk", StringComparison.Ordinal));
        shipped.Check([root]).Diagnostics.ShouldNotContain(each => each.Code == "MLC606");
        Write("courses/next.md", course.Replace("{0}", "elsewhere\nlint-off: MLC606 it comes in spring", StringComparison.Ordinal));
        shipped.Check([root]).Diagnostics.ShouldNotContain(each => each.Code == "MLC606");
    }

    [Fact]
    public void What_is_not_there_is_an_error_and_no_exception() =>
        linter.Check([$"{root}/nothing.md"]).Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("MLC005");

    [Fact]
    public void One_finding_as_text()
    {
        Write("challenges/a.md", Reading.Challenge("rounds: six", Good));
        LintText.Render(linter.Check([$"{root}/challenges/a.md"])).Replace($"{root}/", "", StringComparison.Ordinal).ShouldBe(
            """
            challenges/a.md:6:9: error MLC104: `six` is not a whole number from 1 to 500.
              6 | rounds: six
                |         ^^^
              help: Write `rounds: 6`.
              more: docs/content.md#mlc104

            1 file: 1 error, 0 warnings, 0 advice.
            """);
    }

    [Fact]
    public void The_score_card_says_what_would_improve_a_design_most()
    {
        Write("challenges/a.md", Reading.Challenge("takes: 5 minutes", "Ask somebody one question."));
        Write("challenges/b.md", Reading.Challenge("title: B", Good));
        var card = LintText.Render(linter.Check([root])).Split('\n').Select(line => line.Replace($"{root}/", "", StringComparison.Ordinal).TrimStart());
        card.Skip(6).Take(3).ShouldBe(
        [
            "words  doing  with whom    ease  min/week  what would improve it most",
            "challenges/a.md      4  100 %  with others     -         5  end with a question, under `## Wrap-up`",
            "challenges/b.md     17  100 %  with others     -        10  -",
        ]);
    }

    [Fact]
    public void Sarif_names_rule_level_and_place_for_code_review()
    {
        Write("challenges/a b.md", Reading.Challenge("rounds: six", Good));
        Write("challenges/c.md", Reading.Challenge("title: C", "Ask somebody."));
        var run = JsonNode.Parse(Sarif.Render(linter.Check([root])))!["runs"]![0]!;
        run["tool"]!["driver"]!["rules"]!.AsArray().Select(rule => (string?)rule!["id"]).ShouldBe(["MLA007", "MLC104"]);
        var results = run["results"]!.AsArray();
        results.Select(each => ((string?)each!["ruleId"], (int)each["ruleIndex"]!, (string?)each["level"])).ShouldBe([("MLC104", 1, "error"), ("MLA007", 0, "note")]);
        var place = results[0]!["locations"]![0]!["physicalLocation"]!;
        ((string?)place["artifactLocation"]!["uri"]).ShouldBe($"file://{root}/challenges/a%20b.md");
        place["region"]!.ToJsonString().ShouldBe("""{"startLine":6,"startColumn":9,"endColumn":12}""");
    }

    [Fact]
    public void Json_has_findings_with_their_place_and_the_score_cards()
    {
        Write("challenges/a.md", Reading.Challenge("takes: 5 minutes", "Ask somebody."));
        var report = JsonNode.Parse(LintJson.Render(linter.Check([root])))!;
        var finding = report["findings"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)finding["severity"], (string?)finding["code"], (int)finding["line"]!, (string?)finding["docs"]).ShouldBe(("advice", "MLA007", 8, "docs/content.md#mla007"));
        var card = report["cards"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)card["company"], (double)card["minutesAWeek"]!).ShouldBe(("with-others", 5));
    }

    /// <summary>Each row: what was written, what `--fix` makes of it, and whether an error remains.</summary>
    [Theory]
    [InlineData("Name: Ask", "title: Ask", false)]
    [InlineData("name:Ask", "title: Ask", false)]
    [InlineData("title: Ask\nWhen: Mondays at 9am", "title: Ask\nschedule: Mondays at 9am", false)]
    [InlineData("title: Ask\nremnd: no", "title: Ask\nremind: no", false)]
    [InlineData("title: Ask\nchannel: #learning", "title: Ask\nchannel: \"#learning\"", false)]
    [InlineData("title: Week 1: ask", "title: \"Week 1: ask\"", false)]
    [InlineData("title: 50 % of \"it\": ask", "title: \"50 % of \\\"it\\\": ask\"", false)]
    [InlineData("title: Ask\ntopics:\n\t- asking", "title: Ask\ntopics:\n  - asking", false)]
    [InlineData("title: Ask\nhost: @ann", "title: Ask\nhost: \"@ann\"", false)]
    [InlineData("title: Week 1: Ask   # What people see", "title: \"Week 1: Ask\"   # What people see", false)]
    [InlineData("title: Ask\nhost: @learning.lead  # who answers", "title: Ask\nhost: \"@learning.lead\"  # who answers", false)]
    [InlineData("title: Ask\ntopics:\n  - @people # all", "title: Ask\ntopics:\n  - \"@people\" # all", false)]
    [InlineData("title: Ask\nchannels: [#learning, sales]  # where", "title: Ask\nchannel: [\"#learning\", sales]  # where", false)]
    [InlineData("title: Week 1: Win #1", "title: Week 1: Win #1", true)]
    [InlineData("title: Ask\nhost: @ann and others", "title: Ask\nhost: @ann and others", true)]
    [InlineData("title: Ask\nrounds: six", "title: Ask\nrounds: six", true)]
    [InlineData("title: Ask\nzzzzzz: 1", "title: Ask\nzzzzzz: 1", true)]
    [InlineData("title: Ask\nname: Tell", "title: Ask\nname: Tell", true)]
    [InlineData("title: \"Ask", "title: \"Ask", true)]
    public void Fix_mends_what_can_only_be_meant_in_one_way(string written, string mended, bool hasErrors)
    {
        var text = $"---\nkind: challenge\n{written}\n{(written.Contains("When") ? "" : "schedule: every Monday at 09:00\n")}time-zone: London\n---\n{Good}\n";
        Write("challenges/a.md", text);
        var promised = linter.Check([root]).Repairs;
        var places = linter.Fix([root]).Sum(each => each.Places);
        Read("challenges/a.md").ShouldBe(text.Replace(written, mended, StringComparison.Ordinal));
        (places > 0).ShouldBe(written != mended);
        (promised > 0).ShouldBe(places > 0);
        var after = linter.Check([root]);
        (after.HasErrors, after.Repairs).ShouldBe((hasErrors, 0), LintText.Render(after));
        linter.Fix([root]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("chalenge", "London", "challenge", "London")]
    [InlineData("challenge", "Europ/London", "challenge", "Europe/London")]
    [InlineData("chalenge", "Europe/Berlim", "challenge", "Europe/Berlin")]
    [InlineData("song", "London", "song", "London")]
    [InlineData("challenge", "Londn", "challenge", "Londn")] // a city's name alone could be somebody's own word
    [InlineData("\"chalenge\"", "London", "\"chalenge\"", "London")]
    public void Fix_mends_a_kind_or_a_zone_that_has_one_near_candidate(string kind, string zone, string mendedKind, string mendedZone)
    {
        Write("a.md", Of(kind, zone));
        linter.Fix([root]);
        Read("a.md").ShouldBe(Of(mendedKind, mendedZone));

        static string Of(string kind, string zone) => $"---\nkind: {kind}\ntitle: Ask\nschedule: every Monday at 09:00\ntime-zone: {zone}\n---\n{Good}\n";
    }

    [Fact]
    public void Fix_keeps_line_ends_and_byte_order_mark()
    {
        Write("challenges/a.md", "\uFEFF---\r\nkind: challenge\r\nname: Ask\r\nschedule: every Monday at 09:00\r\ntime-zone: London\r\n---\r\nAsk somebody.\r\n");
        linter.Fix([root]);
        Read("challenges/a.md").ShouldBe("\uFEFF---\r\nkind: challenge\r\ntitle: Ask\r\nschedule: every Monday at 09:00\r\ntime-zone: London\r\n---\r\nAsk somebody.\r\n");
    }

    [Fact]
    public void Fix_does_not_write_through_a_link_and_says_what_is_there()
    {
        var text = Reading.Challenge("host: @ann", Good);
        Write("elsewhere/a.md", text);
        File.CreateSymbolicLink(Path.Combine(root, "link.md"), Path.Combine(root, "elsewhere/a.md"));
        linter.Fix([$"{root}/link.md"]).ShouldBeEmpty();
        Read("elsewhere/a.md").ShouldBe(text);
        var report = linter.Check([$"{root}/link.md"]);
        (report.Diagnostics.ShouldHaveSingleItem().Code, report.Repairs).ShouldBe(("MLC013", 0));
    }

    [Fact]
    public void Fix_replaces_a_file_as_a_whole_keeps_who_may_read_it_and_leaves_nothing_beside_it()
    {
        Write("a.md", Reading.Challenge("host: @ann", Good));
        Write("elsewhere.txt", "Mine.");
        File.CreateSymbolicLink(Path.Combine(root, ".a.md.mended"), Path.Combine(root, "elsewhere.txt"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(root, "a.md"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        linter.Fix([$"{root}/a.md"]).ShouldHaveSingleItem();
        Read("elsewhere.txt").ShouldBe("Mine.");
        Directory.EnumerateFiles(root).Select(Path.GetFileName).ShouldBe(["a.md", "elsewhere.txt"], ignoreOrder: true);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(root, "a.md")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
    }

    [Fact]
    public void Fix_keeps_each_line_s_own_end()
    {
        const string text = "---\nkind: challenge\r\nname: Ask\nschedule: every Monday at 09:00\rtime-zone: London\r\nhost: @ann\r\n---\nAsk somebody.\n\r\nNow.";
        Write("challenges/a.md", text);
        linter.Fix([root]).ShouldHaveSingleItem().Places.ShouldBe(2);
        Read("challenges/a.md").ShouldBe(text.Replace("name:", "title:", StringComparison.Ordinal).Replace("@ann", "\"@ann\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Fix_mends_a_translation_that_does_not_repeat_its_kind()
    {
        Write("a.md", Reading.Challenge("title: Ask", Good));
        Write("a.de.md", "---\nname: Fragen\n---\nFrag jemanden.\n");
        linter.Fix([root]).ShouldHaveSingleItem().Places.ShouldBe(1);
        Read("a.de.md").ShouldBe("---\ntitle: Fragen\n---\nFrag jemanden.\n");
    }

    [Fact]
    public void A_translation_has_the_advice_on_its_words_and_not_again_that_on_how_it_is_built()
    {
        Write("challenges/a.png", "A picture.");
        Write("challenges/a.md", Reading.Challenge("slug: a", "Read the page about passwords."));
        Write("challenges/a.de.md", $"---\ntitle: Passwörter\n---\nLies die Seite über Passwörter. ![](a.png)\n{new string('ä', 1200)}\n");
        Found(root).ShouldBe(["a.de.md MLA003", "a.de.md MLA005", "a.md MLA002", "a.md MLA007"]);
        Found($"{root}/challenges/a.de.md").ShouldBe(["a.de.md MLA003", "a.de.md MLA005"]);

        Write("challenges/a.de.md", $"---\ntitle: Passwörter\ndraft: yes\n---\nLies die Seite über Passwörter. ![](a.png)\n{new string('ä', 1200)}\n");
        Found(root).ShouldBe(["a.de.md MLA003", "a.de.md MLA005", "a.md MLA002", "a.md MLA007"]);

        Write("challenges/a.md", Reading.Challenge("slug: a\nlint-off: MLA003 the story needs its length", "Read the page about passwords."));
        Found($"{root}/challenges/a.de.md").ShouldBe(["a.de.md MLA005"]);

        IEnumerable<string> Found(string path) => linter.Check([path]).Diagnostics.Select(each => $"{Path.GetFileName(each.Path)} {each.Code}");
    }

    [Fact]
    public void Every_code_has_one_meaning()
    {
        Rules.All.Select(rule => rule.Code).ShouldBeUnique();
        Rules.All.ShouldAllBe(rule => rule.Title.EndsWith('.'));
        Rules.Find("MLC001")!.Title.ShouldBe("The file is not UTF-8.");
        Rules.Find("MLA001").ShouldNotBeNull();
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, Encoding.UTF8.GetBytes(text));
    }

    private string Read(string path) => Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(root, path)));
}
