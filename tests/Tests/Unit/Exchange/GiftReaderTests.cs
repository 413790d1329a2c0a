using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Exchange;

namespace MattermostLearning.Tests.Unit.Exchange;

/// <summary>What is read from the samples is what gift-pegjs reads from them; beyond that, what Moodle reads and it does not.</summary>
public sealed partial class GiftReaderTests
{
    private static readonly string Samples = Path.Combine(Repository.Root, "tests/Tests/Unit/Exchange/Samples");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Samples, "*.gift").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_is_read_as_gift_pegjs_reads_it(string name)
    {
        var (items, report) = Read(File.ReadAllText(Path.Combine(Samples, $"{name}.gift")));
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Samples, $"{name}.json")))!.AsArray();

        report.Findings.ShouldBeEmpty();
        items.Select(item => Comparable(Shown(item))).ShouldBe(expected.Select(item => Comparable(item!.DeepClone().AsObject())));
    }

    [Fact]
    public void Each_type_that_Moodle_documents_is_in_a_sample() =>
        Names.SelectMany(name => Read(File.ReadAllText(Path.Combine(Samples, $"{name.Data}.gift"))).Items).Select(item => item.GetType()).Distinct().ShouldBe(
            typeof(GiftItem).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(GiftItem)) && !type.IsAbstract), ignoreOrder: true);

    [Theory]
    [InlineData("What? {#3:0.5#Nearly.}", "a single number with feedback")]
    [InlineData("What? {#.5}", "a number without a digit before its point")]
    [InlineData("What? {#1e3:10}", "a number with an exponent")]
    [InlineData("Is it so: really? {T}", "a colon that is not escaped")]
    [InlineData("What? {=one#first #and second}", "a sign of number within feedback")]
    [InlineData("What? {\n=one\n// a comment within\n~two\n}", "a comment within an answer")]
    [InlineData("$CATEGORY: Fruit\nWhat? {=one ~two}", "a question right below its category")]
    public void What_Moodle_reads_is_read(string gift, string because)
    {
        var (items, report) = Read(gift);
        report.Findings.ShouldBeEmpty(because);
        items.OfType<GiftQuestion>().ShouldHaveSingleItem(because).ShouldNotBeOfType<GiftDescription>(because);
    }

    [Theory]
    [InlineData("What? {=one ~two", 1, "This question's answer does not end before the blank line.")]
    [InlineData("What? {=one\n\n~two}", 1, "This question's answer does not end before the blank line.")]
    [InlineData("What? =one}", 1, "An answer ends here that has not begun.")]
    [InlineData("What? {=one ~two}\nAnd? {T}", 2, "A second answer begins here.")]
    [InlineData("What? {one ~two}", 1, "Nothing says whether this is right.")]
    [InlineData("What? {=one ~}", 1, "An answer here says nothing.")]
    [InlineData("What? {=one ~%fifty%two}", 1, "`%fifty%` is no weight.")]
    [InlineData("What? {=one ~%150%two}", 1, "`%150%` is no weight.")]
    [InlineData("What? {#many}", 1, "`many` is no number that can be read.")]
    [InlineData("What? {#5..3}", 1, "`5..3` is no number that can be read.")]
    [InlineData("What? {#}", 1, "This question has no number for an answer.")]
    [InlineData("What? {=one -> 1 =two}", 1, "This belongs to nothing.")]
    public void What_cannot_be_read_is_said_with_its_line_and_the_rest_is_read(string gift, int line, string message)
    {
        var (items, report) = Read($"{gift}\n\nThe next one? {{T}}\n");
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Severity, finding.Line, finding.Message).ShouldBe(("MLC452", Severity.Error, line, message));
        finding.Help.ShouldNotBeNullOrEmpty();
        items.ShouldHaveSingleItem().ShouldBeOfType<GiftTrueFalse>().Stem.Text.Text.ShouldBe("The next one?");
    }

    internal static (IReadOnlyList<GiftItem> Items, ImportReport Report) Read(string gift)
    {
        var report = new ImportReport(new SourceText("sample.gift", gift));
        return (GiftReader.Read(report.Source, report.Bag), report);
    }

    /// <summary>In the words of gift-pegjs.</summary>
    private static JsonObject Shown(GiftItem item) => item switch
    {
        GiftCategory category => new() { ["type"] = "Category", ["title"] = category.Path },
        GiftDescription => Stem(item, "Description", hasAnswer: false),
        GiftEssay => Stem(item, "Essay"),
        GiftTrueFalse saying => With(Stem(item, "TF"), ("isTrue", saying.IsTrue), ("trueFeedback", Text(saying.IfWrong)), ("falseFeedback", Text(saying.IfRight))),
        GiftChoice choice => With(Stem(item, "MC"), ("choices", Options(choice.Options))),
        GiftTyped typed => With(Stem(item, "Short"), ("choices", Options(typed.Options))),
        GiftNumeric { Numbers: [{ Feedback: null, Weight: null } alone] } => With(Stem(item, "Numerical"), ("choices", Range(alone.Range!))),
        GiftNumeric numeric => With(Stem(item, "Numerical"), ("choices", new JsonArray([.. numeric.Numbers.Select(each => (JsonNode)new JsonObject
        {
            ["isCorrect"] = each.IsRight, ["weight"] = each.Weight, ["feedback"] = Text(each.Feedback),
            ["text"] = each.Range is { } range ? Range(range) : Text(new GiftText(numeric.Stem.Text.Format, "*")),
        })]))),
        GiftMatch match => With(Stem(item, "Matching"), ("matchPairs", new JsonArray([.. match.Pairs.Select(pair => (JsonNode)new JsonObject { ["subquestion"] = Text(pair.Left), ["subanswer"] = pair.Right })]))),
        _ => throw new InvalidOperationException(item.GetType().Name),
    };

    private static JsonObject Stem(GiftItem item, string type, bool hasAnswer = true)
    {
        var stem = ((GiftQuestion)item).Stem;
        var shown = new JsonObject { ["type"] = type, ["title"] = stem.Title, ["stem"] = Text(stem.Text), ["hasEmbeddedAnswers"] = stem.HasGap };
        if (hasAnswer)
            shown["globalFeedback"] = Text(stem.Feedback);
        return shown;
    }

    private static JsonObject With(JsonObject shown, params (string Key, JsonNode? Value)[] more)
    {
        foreach (var (key, value) in more)
            shown[key] = value;
        return shown;
    }

    private static JsonArray Options(IEnumerable<GiftOption> options) => new([.. options.Select(each => (JsonNode)new JsonObject
    {
        ["isCorrect"] = each.IsRight, ["weight"] = each.Weight, ["text"] = Text(each.Text), ["feedback"] = Text(each.Feedback),
    })]);

    private static JsonObject? Text(GiftText? text) => text is null ? null : new() { ["format"] = text.Format.ToString().ToLowerInvariant(), ["text"] = text.Text };

    private static JsonObject Range(GiftRange range) => range switch
    {
        GiftRange.Between(var least, var most) => new() { ["type"] = "high-low", ["numberHigh"] = most, ["numberLow"] = least },
        GiftRange.Around(var number, 0) => new() { ["type"] = "simple", ["number"] = number },
        GiftRange.Around(var number, var tolerance) => new() { ["type"] = "range", ["number"] = number, ["range"] = tolerance },
        _ => throw new InvalidOperationException(),
    };

    /// <summary>
    /// Without what means nothing: the order of keys, ids and tags (which questions here do not have), zeros behind a point, and the space that gift-pegjs puts
    /// behind every gap.
    /// </summary>
    private static string Comparable(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject shown => $"{{{string.Join(", ", shown.Where(each => each.Key is not ("id" or "tags")).OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}: {Comparable(each.Value)}"))}}}",
        JsonArray list => $"[{string.Join(", ", list.Select(Comparable))}]",
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => decimal.Parse(value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture).ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture),
        _ => Gap().Replace(node.ToJsonString(), GiftReader.Gap),
    };

    [GeneratedRegex(" ?_____ ?")]
    private static partial Regex Gap();
}
