using System.Text.Json;
using System.Text.RegularExpressions;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.Tests.Unit.Words;

public sealed partial class CatalogueTests
{
    private static readonly Speech English = Catalogue.Shipped.For("en");
    private static readonly Speech German = Catalogue.Shipped.For("de-AT");

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
    public void English_and_German_ship() => Files().Select(file => file.Language).ShouldBe(["en", "de"], ignoreOrder: true);

    [Fact]
    public void Every_language_says_all_that_English_says_with_the_same_places_in_all_its_plural_forms()
    {
        var english = Files().Single(file => file.Language == Catalogue.Fallback);
        foreach (var file in Files())
        {
            english.Phrases.Keys.Except(file.Phrases.Keys).ShouldBeEmpty($"{file.Language} lacks these");
            file.Phrases.Keys.Except(english.Phrases.Keys).ShouldBeEmpty($"{file.Language} has these too much");
            file.Formats.Keys.ShouldBe(english.Formats.Keys, ignoreOrder: true, $"{file.Language}: formats");
            file.Numbers.Count.ShouldBe(english.Numbers.Count, $"{file.Language}: numbers");
            foreach (var (key, forms) in english.Phrases)
            {
                var own = file.Phrases[key];
                PlacesOf(own.Values).ShouldBe(PlacesOf(forms.Values), ignoreOrder: true, $"{file.Language}: {key}");
                if (own.Count > 1)
                    own.Keys.ShouldBe(file.Plural.Categories, ignoreOrder: true, $"{file.Language}: the plural forms of {key}");
                else if (forms.Count > 1)
                    file.Plural.Categories.ShouldBe([PluralRule.Other], $"{file.Language}: {key} needs a form for each");
                // A form may leave out its own number ("one person"), and nothing else.
                foreach (var (form, text) in own)
                    PlacesOf(forms.Values).Except(PlacesOf([text])).Where(place => place != "{count}").ShouldBeEmpty($"{file.Language}: {key}, {form}");
            }
        }
    }

    [Fact]
    public void Buttons_and_titles_have_room_in_every_language()
    {
        foreach (var file in Files())
        {
            foreach (var (key, forms) in file.Phrases.Where(one => one.Key.Contains(".button.", StringComparison.Ordinal) && !one.Value.Values.Any(text => text.Contains('{'))))
                forms[PluralRule.Other].Length.ShouldBeLessThanOrEqualTo(25, $"{file.Language}: {key}");
            foreach (var key in new[] { "challenge.button.how", "challenge.button.in", "challenge.over-title", "ask.title" })
                file.Phrases[key][PluralRule.Other].Length.ShouldBeLessThanOrEqualTo(24, $"{file.Language}: {key} is a window's title");
        }
    }

    [Fact]
    public void What_is_to_be_typed_is_the_same_in_every_language()
    {
        var english = Files().Single(file => file.Language == Catalogue.Fallback);
        foreach (var file in Files())
        {
            foreach (var (key, forms) in english.Phrases)
                CommandsIn(file.Phrases[key]).ShouldBe(CommandsIn(forms), ignoreOrder: true, $"{file.Language}: {key}");
        }

        static IEnumerable<string> CommandsIn(IReadOnlyDictionary<string, string> forms) =>
            forms.Values.SelectMany(form => Subcommand().Matches(form)).Select(match => match.Value).Distinct();
    }

    [Fact]
    public void No_plain_word_means_two_things()
    {
        string[] keys = ["plain.stop", "plain.pause", "plain.resume", "plain.help", "plain.open"];
        var all = Catalogue.Shipped.Speeches.SelectMany(speech => keys.SelectMany(key => speech.Words(key).Select(word => (word, key)))).ToList();
        all.ShouldAllBe(one => one.word.Length > 0 && one.word.Trim() == one.word && !one.word.Any(char.IsUpper));
        all.GroupBy(one => one.word).Where(word => word.Select(one => one.key).Distinct().Count() > 1).ShouldBeEmpty();
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
    public void Moments_follow_the_language()
    {
        var moment = new DateTimeOffset(2027, 1, 11, 9, 0, 0, TimeSpan.Zero);
        var london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        German.InChannel(moment, london).ShouldBe("Montag, 11. Januar, 09:00 London");
        German.Near(moment, london, moment.AddDays(-3)).ShouldBe("Montag um 09:00");
        German.RelativeDay(moment, london, moment.AddDays(-1)).ShouldBe("morgen, Montag");
        German.RelativeDay(moment, london, moment.AddDays(-9)).ShouldBe("am Montag, 11. Januar");
        German.List(["a", "b"], 1).ShouldBe("a, b und 1 weitere Person");
        German.Number(1234).ShouldBe("1.234");
    }

    [Theory]
    [InlineData(1, "Eine Person hat mitgemacht. Danke.")]
    [InlineData(3, "Drei von euch haben mitgemacht. Danke.")]
    [InlineData(13, "13 von euch haben mitgemacht. Danke.")]
    public void Plural_forms_follow_the_language(int count, string expected) =>
        German.Say("challenge.thanks-count", ("count", count)).ShouldBe(expected);

    [Theory]
    [InlineData("2 Wochen", "2 weeks")]
    [InlineData("für eine Woche", "for a week")]
    [InlineData("bis Freitag", "until Friday")]
    [InlineData("bis zum 11. Januar", "until 11 January")]
    [InlineData("2 weeks", "2 weeks")]
    public void Lengths_and_days_are_read_in_the_language(string typed, string expected) => German.InEnglish(typed).ShouldBe(expected);

    [Theory]
    [InlineData(0, "many"), InlineData(1, "one"), InlineData(2, "few"), InlineData(12, "many"), InlineData(22, "few"), InlineData(25, "many"), InlineData(112, "many")]
    public void A_language_brings_its_own_plural_rule(int count, string category)
    {
        // Polish, as the CLDR has it for whole numbers.
        var polish = new PluralRule(new Dictionary<string, string>
        {
            ["one"] = "i = 1",
            ["few"] = "i % 10 = 2..4 and i % 100 != 12..14",
            ["many"] = "i != 1 and i % 10 = 0..1 or i % 10 = 5..9 or i % 100 = 12..14",
        });
        polish.Categories.ShouldBe(["one", "few", "many", "other"]);
        polish.CategoryOf(count).ShouldBe(category);
        new PluralRule([]).CategoryOf(count).ShouldBe("other");
    }

    [Theory]
    [InlineData("some", "n = 1"), InlineData("one", "n is 1"), InlineData("one", "v = 0"), InlineData("one", "n = a")]
    public void A_plural_rule_that_cannot_be_read_is_refused(string category, string condition) =>
        Should.Throw<FormatException>(() => new PluralRule([KeyValuePair.Create(category, condition)]));

    [Fact]
    public void What_is_said_to_many_has_a_language_of_its_own()
    {
        var german = Catalogue.Shipped.WithDefault("de");
        german.For(null).Language.ShouldBe("de");
        german.For("en-GB").Language.ShouldBe("en");
        german.For("fr").Language.ShouldBe("en", "a language that does not ship");
        Catalogue.Shipped.For(null).Language.ShouldBe("en");
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

    private static IEnumerable<string> PlacesOf(IEnumerable<string> forms) =>
        forms.SelectMany(form => Place().Matches(form)).Select(match => match.Value.ToLowerInvariant()).Distinct();

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

    [GeneratedRegex("/learn [a-z]+")]
    private static partial Regex Subcommand();
}
