using System.Collections.Immutable;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Design;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Reference;

/// <summary>The page for authors, made of what the reader itself reads by: keys, headings, findings and advice.</summary>
public static class ReferencePage
{
    private const string Beginning = """
        # How activities are written

        One Markdown file below the content folder is one activity; so is a folder with a file `activity.md`. It begins with front matter between two lines `---`,
        and the text below it is what people read, with the title above it. Level-2 headings with the names below have a meaning; all other Markdown is yours. `README.md`, and names that
        begin with `_` or `.`, are for people. `name.de.md` is a translation of `name.md`: see below.

        Names of keys and headings are taken in any case, with hyphen, underscore, space or none. `lint` says what cannot be read, and what to write instead;
        `lint --fix` writes it where only one thing can be meant.

        Editors that complete YAML by a JSON Schema find it in [content.schema.json](content.schema.json); `content schema` prints the same.

        """;

    private const string OnTranslations = """
        ## Translations

        `name.de.md` beside `name.md` (`activity.de.md` beside `activity.md`) says the same in German. Everybody reads their own language in direct messages, windows and private answers, as they
        chose it in Mattermost or with `/learn settings`; who has none of those that are there reads the original. What stands in a channel is in one language: that of `language:` in
        the original, else the sidecar's, where there is a text in it; else the original.

            ---
            title: Eine gute Frage
            ---
            Stell jemandem außerhalb deines Teams **eine Frage**.

            ## Wrap-up
            Wen fragst du als Nächstes?

        - Keys are the original's. A translation has `title`, `summary` and `topics` of its own where they read differently, and `draft: yes` as long as nobody is to read it.
        - Below them it is built as the original is: the same headings that mean something, in the same order, and with English names; as many options, pairs, items or starters, each in its place, and
          the same ones right. `lint` names the place where the two part. Until that is mended, the translation is used as it was; where that no longer fits, the original is.
        - Who answers in one language has answered the same question as who answers in another: it is judged and counted alike. What people type counts in both languages, the original's and theirs,
          and a translation may have more right answers than the original.
        - `lint` has the advice for a translation that is about its words: long messages, reading level, pictures without a text, and what its questions say. How an activity is
          built is said of the original only, and what that turns off with `lint-off` is off in all languages.
        - Who has begun goes on with the translation that they began with, as with the original.

        """;

    private const string OnAdvice = """
        ## Advice on design

        `lint` also looks at a valid file as a designer would who believes in little content and much conversation. It is advice: the file is offered all the same.
        What does not fit is turned off in the file, with the reason for whoever reads it next:

        """;

    private const string OnScores = """
        ### The score card

        One line for each activity: its words; how many of a hundred stand in sentences that ask for something (`doing`); whether people do it alone, tell what
        they did, or do it with or for others; Flesch's reading ease, about 0 (very hard) to 100 (very easy); the minutes of an average week; and what would
        improve it most.

        """;

    public static string Of(IEnumerable<ContentDeclaration> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        return string.Join('\n',
        [
            Beginning,
            "## Keys of every activity\n",
            .. Keys(SharedKeys.All, key => key.Required),
            .. kinds.OrderBy(each => each.Kind, StringComparer.Ordinal).SelectMany(Kind),
            OnTranslations,
            OnAdvice,
            $"    {SharedKeys.LintOff.Name}: {SharedKeys.LintOff.Example}\n",
            .. Advices.All.Select(advice => $"### {advice.Code}\n\n**{advice.Title}** {advice.Measure}\n\nWhy: {advice.Evidence}\n"),
            OnScores,
            .. Findings(),
            "",
        ]);
    }

    private static IEnumerable<string> Kind(ContentDeclaration kind)
    {
        var needs = kind.RequiredSharedKeys.Length > 0 ? $" It needs {Listed(kind.RequiredSharedKeys.Select(key => Code(key.Name)))}." : "";
        var without = kind.Without.Length > 0 ? $" It has no {Listed(kind.Without.Select(each => Code(each.Key.Name)), "or")}." : "";
        yield return $"## {kind.Kind}\n\n{kind.Help} Below a folder `{kind.Folder}`, `{SharedKeys.Kind.Name}` may be left out.{needs}{without} How to write its schedule, and "
            + $"what happens when: [its page](../sidecar/Activities/Kinds/{string.Concat(kind.Kind.Split('-').Select(Capital))}/README.md).\n";
        if (kind.Keys.Length > 0)
        {
            foreach (var line in Keys(kind.Keys, kind.IsRequired))
                yield return line;
        }
        if (kind.Headings.Length == 0)
            yield break;
        yield return "| heading | what its text is |\n|---|---|";
        foreach (var heading in kind.Headings)
            yield return $"| `## {heading.Example}` | {heading.Help}{AtMost(heading)} |";
        yield return "";
    }

    private static IEnumerable<string> Keys(ImmutableArray<KeyDeclaration> keys, Func<KeyDeclaration, bool> isRequired)
    {
        yield return "| key | what it says | left out | also read as |\n|---|---|---|---|";
        foreach (var key in keys)
        {
            var choices = key.Choices.Length > 0 ? $" {Capital(Listed(key.Choices.Select(Code), "or"))}." : "";
            var otherwise = isRequired(key) ? "not possible" : Cell(key.Default);
            yield return $"| `{key.Name}: {key.Example}` | {key.Help}{choices} | {otherwise} | {string.Join(", ", key.Aliases.Select(Code))} |";
        }
        yield return "";
    }

    private static IEnumerable<string> Findings()
    {
        yield return "## Findings\n\nA code keeps its meaning. Warnings can be turned off as advice can; errors cannot.\n\n| code | meaning |\n|---|---|";
        foreach (var rule in Rules.All.Where(rule => Advices.All.All(advice => advice.Code != rule.Code)))
            yield return $"| <a id=\"{rule.Anchor}\"></a>{rule.Code} | {rule.Title} |";
    }

    private static string AtMost(HeadingDeclaration heading) => heading.AtMost switch
    {
        int.MaxValue => "",
        1 => " Once.",
        2 => " At most twice.",
        _ => $" At most {heading.AtMost} times.",
    };

    private static string Code(string text) => $"`{text}`";

    /// <summary>A bar would begin another cell.</summary>
    private static string Cell(string? text) => text?.Replace("|", "\\|", StringComparison.Ordinal) ?? "";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Listed(IEnumerable<string> words, string before = "and") =>
        words.ToArray() is [.. var first, var last] && first.Length > 0 ? $"{string.Join(", ", first)} {before} {last}" : string.Concat(words);
}
