using MattermostLearning.Content.Design;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>Each advice with a design that gets it and one that does not.</summary>
public sealed class AdviceTests
{
    private const string WrapUp = "\n\n## Wrap-up\nWhat will you do next?";

    private const string Talk =
        "Questions are the oldest tool of learning. They were used by the philosophers of Athens, and they are still in use. "
        + "Good ones are open. Bad ones have an answer already. The best ones come from people who want to know. There are many books about them.";

    [Theory]
    [InlineData("MLA001", Talk + " Ask somebody.", true)]
    [InlineData("MLA001", "Questions are the oldest tool of learning. Ask somebody outside your team one. Then tell us in this thread what you asked, what they said, and what you know now that you did not know before.", false)]
    [InlineData("MLA001", "A short text. Ask somebody.", false)]
    [InlineData("MLA002", "Read the page about passwords, and change yours.", true)]
    [InlineData("MLA002", "Read the page about passwords, and tell us what surprised you.", false)]
    [InlineData("MLA002", "Find a colleague whose password is old.", false)]
    [InlineData("MLA002", "Lies die Seite über Passwörter und ändere deines.", true)]
    [InlineData("MLA002", "Lies die Seite über Passwörter und erzähl uns, was dich überrascht hat.", false)]
    [InlineData("MLA005", "Ask somebody. ![](order.png)", true)]
    [InlineData("MLA005", "Ask somebody. ![From the order to the invoice](order.png)", false)]
    [InlineData("MLA008", Talk + " " + Talk + " Ask somebody.", true)]
    [InlineData("MLA008", Talk + " Which ones do you like? " + Talk + " Ask somebody.", false)]
    [InlineData("MLA008", Talk + "\n\n## Hint after 1 day\n" + Talk + " Ask somebody.", false)]
    public void A_text_gets_the_advice_that_it_needs(string code, string body, bool gets) =>
        Codes(Review("title: Sample", body + WrapUp)).Contains(code).ShouldBe(gets);

    [Theory]
    [InlineData(1201, true)]
    [InlineData(1200, false)]
    public void A_message_may_have_1200_characters_as_shown(int shown, bool gets)
    {
        // Signs and addresses are not shown: "Ask **[her](https://example.org)** " is 8 characters with its space.
        var body = "Ask **[her](https://example.org)** " + new string('a', shown - 8);
        Codes(Review("title: Sample", body + WrapUp)).Contains("MLA003").ShouldBe(gets);
    }

    [Theory]
    [InlineData("en", "The cat sat on the mat. The dog ran to the man. She had a red hat. He took it and he went home. They ate some bread and then they slept. It was a good day, and the sun was warm on the old stone wall.", false)]
    [InlineData("en", "Organisational transformation necessitates comprehensive familiarisation with interdisciplinary documentation; employees are accordingly invited to acknowledge the applicability of aforementioned considerations, notwithstanding complementary responsibilities. Administration communicates supplementary information individually, furthermore documentation constitutes an indispensable prerequisite of participation in the organisational communication programme.", true)]
    [InlineData("de", "Frag heute jemanden, was er gern macht. Hör gut zu. Dann schreib uns hier, was du nun weißt. Zwei Zeilen sind genug. Wer mag, liest nur mit. Am Ende der Woche sehen wir nach, was wir von allen wissen, und wer noch eine Frage hat.", false)]
    [InlineData("de", "Die Berücksichtigung organisationsübergreifender Kommunikationsanforderungen erfordert eine umfassende Auseinandersetzung mit interdisziplinären Dokumentationsverpflichtungen; Mitarbeiterinnen bestätigen die Anwendbarkeit vorgenannter Gesichtspunkte, unbeschadet ergänzender Verantwortlichkeiten. Zusätzliche Informationen kommuniziert die zuständige Verwaltungseinheit individuell; Dokumentationsunterlagen bilden eine unabdingbare Teilnahmevoraussetzung innerhalb organisatorischer Weiterbildungsmaßnahmen, welche unternehmensweit verpflichtende Veranstaltungen einschließen.", true)]
    public void Hard_words_in_long_sentences_are_hard_to_read(string language, string body, bool gets) =>
        Codes(Review($"language: {language}", body)).Contains("MLA004").ShouldBe(gets);

    /// <summary>Counted by hand: 8 sentences, 51 words, 66 syllables; 206.835 - 1.015 * 51 / 8 - 84.6 * 66 / 51 = 90.88.</summary>
    [Fact]
    public void The_reading_ease_is_that_of_the_formula()
    {
        const string text = "People like a little time alone. Others started to work in boxes. She asked for the table. We made cakes. The teacher wanted more pages. "
            + "He moved the wheels into the old garage. Nobody knows where the letters are. Tell us which of the words you used, and who taught you.";
        Review("language: en", text).Card.Ease!.Value.ShouldBe(90.88, 0.01);
    }

    [Theory]
    [InlineData("schedule: every weekday at 09:00\nopen-for: 2 hours\ntakes: 20 minutes", true, 100)]
    [InlineData("schedule: every weekday at 09:00\nopen-for: 2 hours", false, 50)]
    [InlineData("schedule: every 2 weeks on Monday at 09:00\ntakes: 110 minutes", false, 55)]
    [InlineData("schedule: once on 2027-01-11 at 09:00\ntakes: 2 hours", true, 120)]
    public void The_time_that_it_asks_for_is_added_up(string lines, bool gets, double minutes)
    {
        var review = Review(lines, "Ask somebody." + WrapUp);
        review.Card.MinutesAWeek.ShouldBe(minutes, 0.3);
        Codes(review).Contains("MLA006").ShouldBe(gets);
    }

    [Theory]
    [InlineData("Ask somebody.", "title: Sample", "There is no wrap-up: 7")]
    [InlineData("Ask somebody.\n\n## Wrap-up\nThank you all.", "title: Sample", "It asks nothing: 9")]
    [InlineData("Ask somebody.\n\n## Wrap-up\nDanke für alles!", "language: de", "It asks nothing: 10")]
    [InlineData("Ask somebody.\n\n## Wrap-up\nThank somebody for it.", "title: Sample", "")]
    [InlineData("Ask somebody.\n\n## Wrap-up\nTell somebody at home.", "title: Sample", "")]
    [InlineData("Ask somebody.", "wrap-up: off", "")]
    public void A_round_ends_with_something_to_take_along(string body, string lines, string expected) =>
        string.Join(' ', Review(lines, body).Findings.Where(each => each.Code == "MLA007")
            .Select(each => $"{(each.Message.Contains("without", StringComparison.Ordinal) ? "There is no wrap-up" : "It asks nothing")}: {each.Line}")).ShouldBe(expected);

    [Theory]
    [InlineData("> [!NOTE]\n> Ask somebody.", "[!NOTE]")]
    [InlineData(":::tip\nAsk somebody.\n:::", ":::tip")]
    [InlineData("Ask somebody[^1] now.", "[^1]")]
    [InlineData("Ask ==somebody== now.", "==somebody==")]
    [InlineData("Ask ++somebody++ now.", "++somebody++")]
    [InlineData("Ask [[somebody]] now.", "[[somebody]]")]
    [InlineData("![[somebody.png]]\nAsk.", "![[somebody.png]]")]
    [InlineData("[TOC]\n\nAsk somebody.", "[TOC]")]
    [InlineData("h2. Your task\nAsk somebody.", "h2.")]
    [InlineData("Ask {color:red}somebody{color} now.", "{color:red}")]
    [InlineData("Write `==this==` to somebody.", null)]
    [InlineData("Write to somebody:\n```\nif (a == b && c == d) { i++; j++; }\n[[x]]\n```", null)]
    [InlineData("Is 1 + 1 == 2, or a == b, in C++ and C++20? Ask somebody.", null)]
    [InlineData("Ask somebody [here](https://example.org/[1]).", null)]
    public void A_sign_of_another_editor_is_told(string body, string? sign)
    {
        var found = Review("title: Sample", $"{body}\n\n## Wrap-up\nWhom will you ask next?").Findings.Where(each => each.Code == "MLA014").ToList();
        found.Count.ShouldBe(sign is null ? 0 : 1);
        if (sign is not null)
            found[0].Message.ShouldContain($"`{sign}`");
    }

    [Theory]
    [InlineData("lint-off: MLA007 the host asks in person")]
    [InlineData("lint-off:\n  MLA007: the host asks in person")]
    [InlineData("lint-off:\n  - MLA007 the host asks in person\n  - MLC211 we live in UTC")]
    [InlineData("Lint Off: mla007 the host asks in person")]
    public void Advice_is_turned_off_with_a_reason(string lines)
    {
        var review = Review(lines, "Ask somebody.");
        Codes(review).ShouldNotContain("MLA007");
        review.Card.Gain.ShouldBeNull();
    }

    [Theory]
    [InlineData("lint-off: MLA007", "It does not say why `MLA007` is not followed.")]
    [InlineData("lint-off: MLA970 because", "There is no finding `MLA970`.")]
    [InlineData("lint-off: MLC104 we like words", "`MLC104` is an error, which cannot be turned off.")]
    [InlineData("lint-off: never", "There is no finding `never`.")]
    [InlineData("lint-off:\n  MLA007: [a, b]", "A key has one value, or a list of values, and nothing deeper.")]
    [InlineData("topics:\n  asking: yes", "A key has one value, or a list of values, and nothing deeper.")]
    public void Turning_off_without_a_reason_is_refused(string lines, string message) => Reading.ReadWith(lines).OnlyError().Message.ShouldBe(message);

    [Fact]
    public void A_warning_can_be_turned_off_and_an_error_cannot()
    {
        Reading.ReadWith("open-for: 30 minutes\nremind: no").Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("MLC215");
        Reading.ReadWith("open-for: 30 minutes\nremind: no\nlint-off: MLC215 it is a flash round").Diagnostics.ShouldBeEmpty();
        Reading.ReadWith("title: Win #1\nlint-off: MLC013 a number follows").Diagnostics.ShouldBeEmpty();
        Reading.ReadWith("rounds: six\nlint-off: MLC104 we like words").Diagnostics.Select(each => each.Code).ShouldBe(["MLC104", "MLC110"]);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("ja")]
    public void Where_there_are_no_words_for_a_language_nothing_is_said_of_its_words(string language)
    {
        var review = Review($"language: {language}", Talk + WrapUp);
        (review.Card.Doing, review.Card.Company, review.Card.Ease).ShouldBe((null, Company.Unknown, null));
        review.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_does_not_say_its_language_is_judged_by_the_words_it_uses() =>
        Review("title: Beispiel", "Frag jemanden in der Nähe, und erzähl uns, was du nun weißt.\n\n## Wrap-up\nWen fragst du als Nächstes?").Findings.ShouldBeEmpty();

    private static DesignReview Review(string lines, string body)
    {
        var definition = Reading.ReadWith(lines, body).Definition();
        return Advisor.Review(definition, Reading.Challenges.Kinds[definition.Kind].DesignOf(definition));
    }

    private static IEnumerable<string> Codes(DesignReview review)
    {
        review.Findings.ShouldAllBe(each => each.Severity == Severity.Advice);
        return review.Findings.Select(each => each.Code);
    }
}
