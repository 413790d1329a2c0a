using System.Text.Json;
using System.Text.RegularExpressions;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.Tests.Unit.Words;

public sealed partial class CatalogueTests
{
    private static readonly Speech English = Catalogue.Shipped.For("en");

    [Fact]
    public void Every_phrase_that_the_code_names_exists_and_every_phrase_is_named()
    {
        var source = string.Concat(Sources().Select(File.ReadAllText));
        var phrases = English().Phrases.Keys.ToHashSet();
        var named = Quoted().Matches(source).Select(match => match.Groups[1].Value).ToHashSet();
        phrases.Where(key => !key.EndsWith(".detail", StringComparison.Ordinal) && !named.Contains(key)).ShouldBeEmpty("phrases that nothing says");
        Said().Matches(source).Select(match => match.Groups[1].Value).Where(key => !phrases.Contains(key)).ShouldBeEmpty("phrases that are missing");

        PhraseFile English()
        {
            using var stream = typeof(Catalogue).Assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith("en.phrases.json", StringComparison.Ordinal))
                .Select(name => typeof(Catalogue).Assembly.GetManifestResourceStream(name)!).Single();
            return PhraseFile.Read(JsonDocument.Parse(stream).RootElement);
        }
    }

    [Fact]
    public void Rows_carry_no_exclamation_marks_and_nothing_is_done_successfully()
    {
        foreach (var text in Files().SelectMany(file => file.Phrases.Values).SelectMany(forms => forms.Values))
        {
            text.ShouldNotContain("!");
            text.ShouldNotContain("successful", Case.Insensitive);
            text.ShouldNotContain("@", customMessage: "people are named, not mentioned");
        }
    }

    [Fact]
    public void Every_language_says_all_that_English_says_with_the_same_places()
    {
        var english = Files().Single(file => file.Language == Catalogue.Fallback);
        foreach (var other in Files().Where(file => file != english))
        {
            english.Phrases.Keys.Except(other.Phrases.Keys).ShouldBeEmpty($"{other.Language} lacks these");
            other.Phrases.Keys.Except(english.Phrases.Keys).ShouldBeEmpty($"{other.Language} has these too much");
            foreach (var (key, forms) in english.Phrases)
                PlacesOf(other.Phrases[key]).ShouldBe(PlacesOf(forms), ignoreOrder: true, $"{other.Language}: {key}");
        }
    }

    [Theory]
    [InlineData(1, "One of you took part. Thank you.")]
    [InlineData(9, "Nine of you took part. Thank you.")]
    [InlineData(12, "Twelve of you took part. Thank you.")]
    [InlineData(13, "13 of you took part. Thank you.")]
    public void Small_numbers_are_words(int count, string expected) =>
        English.Say("challenge.thanks-count", ("count", count)).ShouldBe(expected);

    [Fact]
    public void A_moment_in_a_channel_names_the_city_and_a_private_one_is_short_when_it_is_near()
    {
        var moment = new DateTimeOffset(2027, 1, 15, 9, 0, 0, TimeSpan.Zero);
        var london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        English.InChannel(moment, london).ShouldBe("Friday 15 January, 09:00 London");
        English.Near(moment, berlin, moment.AddDays(-3)).ShouldBe("Friday 10:00");
        English.Near(moment, berlin, moment.AddDays(-30)).ShouldBe("Friday 15 January, 10:00");
        English.RelativeDay(moment, berlin, moment.AddDays(-1)).ShouldBe("tomorrow, Friday");
    }

    [Fact]
    public void Lists_read_as_people_write_them()
    {
        English.List(["a"]).ShouldBe("a");
        English.List(["a", "b", "c"]).ShouldBe("a, b and c");
        English.List(["a", "b", "c"], 4).ShouldBe("a, b, c and 4 more");
    }

    [Fact]
    public void An_unknown_language_is_spoken_to_in_English() => Catalogue.Shipped.For("tlh-Latn").Language.ShouldBe("en");

    private static IEnumerable<string> PlacesOf(IReadOnlyDictionary<string, string> forms) =>
        forms.Values.SelectMany(form => Place().Matches(form)).Select(match => match.Value.ToLowerInvariant()).Distinct();

    private static IEnumerable<PhraseFile> Files()
    {
        var assembly = typeof(Catalogue).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".phrases.json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return PhraseFile.Read(JsonDocument.Parse(stream).RootElement);
        }
    }

    private static IEnumerable<string> Sources()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MattermostLearning.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return new[] { "sidecar", "slash-commands" }
            .SelectMany(part => Directory.EnumerateFiles(Path.Combine(folder, part), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/"));
    }

    [GeneratedRegex("\"([a-z]+(?:\\.[a-z-]+)+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("Say\\(\\s*\"([^\"]+)\"")]
    private static partial Regex Said();

    [GeneratedRegex("\\{[A-Za-z]+\\}")]
    private static partial Regex Place();
}
