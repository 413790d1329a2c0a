using System.Collections.Immutable;
using System.Globalization;

namespace MattermostLearning.Content.Design;

/// <summary>One thing that a design could do better: what it is, and what speaks for it.</summary>
/// <param name="Code">Never used for anything else.</param>
/// <param name="Title">One sentence, as the reference page shows it.</param>
/// <param name="Measure">How it is found, so that an author can judge the finding.</param>
/// <param name="Evidence">What speaks for it, with its source.</param>
public sealed record Advice(string Code, string Title, string Measure, string Evidence);

/// <summary>All advice there is. Heuristics, each explained where it is documented; none of it keeps a file from being offered.</summary>
public static class Advices
{
    /// <summary>Below this share of words in sentences that ask for something.</summary>
    public const int LeastDoing = 40;

    /// <summary>So short a text needs no shares.</summary>
    public const int FewestWords = 30;

    public const int LongestMessage = 1200;

    public const int HardestReading = 50;

    public const int LongestStretch = 80;

    public const int MostMinutesAWeek = 60;

    public const double MuchLonger = 1.5;

    public const int CharactersMore = 15;

    public const int FewestInRow = 4;

    public const int FewestWordsShown = 3;

    /// <summary>What a round is taken to ask of a person where the file does not say.</summary>
    public static TimeSpan UsualEffort { get; } = TimeSpan.FromMinutes(10);

    public static Advice MostlyReading { get; } = new(
        "MLA001", "Most of it is to be read, little to be done.",
        $"The share of words in sentences that ask for something: questions, and sentences or parts of one that begin with a request (ask, try, show ...). Advice below {LeastDoing} %, from {FewestWords} words on; English and German.",
        "People learn more from what they make and discuss than from what they read: M. Chi, R. Wylie, \"The ICAP framework\", Educational Psychologist 49 (2014).");

    public static Advice NobodyElse { get; } = new(
        "MLA002", "Nothing in it makes people talk to each other.",
        "No sentence that asks for something asks to tell it (post, reply, show ...) or names other people (somebody, colleague, each other ...). English and German.",
        "Explaining to others and building on what they say brings more than working alone: Chi and Wylie (2014), as above; R. Slavin, \"Research on cooperative learning and achievement\", Contemporary Educational Psychology 21 (1996).");

    public static Advice LongMessage { get; } = new(
        "MLA003", "One message is longer than people read in a chat.",
        string.Create(CultureInfo.InvariantCulture, $"More than {LongestMessage:N0} characters in one message, as shown: without the signs of Markdown and the addresses of links."),
        "Material in pieces that learners pace themselves is understood better than the same in one piece: R. Mayer, R. Moreno, \"Nine ways to reduce cognitive load in multimedia learning\", Educational Psychologist 38 (2003). The limit itself is ours: a screen of a phone or two.");

    public static Advice HardToRead { get; } = new(
        "MLA004", "It is written for people with time and practice.",
        $"Flesch's reading ease below {HardestReading} over all texts of a round, from {ReadingEase.FewestWords} words on: R. Flesch (1948) for English, T. Amstad (1978) for German; syllables are counted by vowels. Other languages are not judged.",
        "Shorter sentences and words are read by more people, second-language readers first; the formulas measure just these two things, not sense: R. Flesch, \"A new readability yardstick\", Journal of Applied Psychology 32 (1948).");

    public static Advice PictureWithoutText { get; } = new(
        "MLA005", "A picture has no text for people who do not see it.",
        "`![](picture.png)`: nothing between the brackets.",
        "W3C, Web Content Accessibility Guidelines 2.2, success criterion 1.1.1 (2023).");

    public static Advice MuchTime { get; } = new(
        "MLA006", "It asks for much of a week.",
        $"Reading at 200 words a minute and what `takes` says ({UsualEffort.TotalMinutes:0} minutes where it is left out), times the rounds of an average week: more than {MostMinutesAWeek} minutes.",
        "Lack of time is what adults name most often as their hindrance to learning: OECD, \"Getting Skills Right: Future-Ready Adult Learning Systems\" (2019). The limit is ours.");

    public static Advice NothingToTakeAlong { get; } = new(
        "MLA007", "It ends without a question.",
        "The wrap-up has no text of its own, or one that asks nothing.",
        "A few minutes of looking back made people better at the task than more practice did: G. Di Stefano, F. Gino, G. Pisano, B. Staats, \"Making experience count\", Harvard Business School working paper 14-093 (2014, 2016).");

    public static Advice LongStretch { get; } = new(
        "MLA008", "A long stretch asks nothing of the reader.",
        $"More than {LongestStretch} words in a row, within one message, in sentences that ask for nothing (as for MLA001). English and German.",
        "Questions in between kept people's minds on what they were learning, and they knew more of it afterwards: K. Szpunar, N. Khan, D. Schacter, \"Interpolated memory tests reduce mind wandering and improve learning of online lectures\", PNAS 110 (2013). The limit is ours.");

    public static Advice NoFeedback { get; } = new(
        "MLA009", "Whoever is wrong is not told why.",
        "A wrong option without a quote below it, in a question that has no quote behind its options either.",
        "Without feedback people remember wrong options as right ones: A. Butler, H. Roediger, \"Feedback enhances the positive effects and reduces the negative effects of multiple-choice testing\", Memory & Cognition 36 (2008). Feedback that says why does more than right or wrong: V. Shute, \"Focus on formative feedback\", Review of Educational Research 78 (2008).");

    public static Advice GivenAwayByLength { get; } = new(
        "MLA010", "The longest option is the right one.",
        $"The only right option is at least {MuchLonger:0.#} times as long as the longest wrong one, and at least {CharactersMore} characters longer.",
        "Among the few rules for options that have been studied: keep them about equally long, or the longest is chosen without knowing: T. Haladyna, S. Downing, M. Rodriguez, \"A review of multiple-choice item-writing guidelines for classroom assessment\", Applied Measurement in Education 15 (2002). The limits are ours.");

    public static Advice GivenAwayByPosition { get; } = new(
        "MLA011", "The place of an option gives it away, or means nothing.",
        $"With `shuffle: no`: the right option stands at the same place in more than half of at least {FewestInRow} questions. Otherwise: an option that names the place of others (\"all of the above\"), which stand elsewhere for everybody.",
        "Authors put the right answer into the middle, and people guess there: Y. Attali, M. Bar-Hillel, \"Guess where: the position of correct answers in multiple-choice test items as a psychometric variable\", Journal of Educational Measurement 40 (2003). On \"all of the above\": Haladyna, Downing and Rodriguez (2002), as above.");

    public static Advice OnlyReShows { get; } = new(
        "MLA012", "A question asks to recognise what was just read.",
        $"A right answer of at least {FewestWordsShown} words stands word for word in the text before the questions, or in the question itself.",
        "Calling something to mind makes people keep it, seeing it again hardly does: H. Roediger, J. Karpicke, \"Test-enhanced learning\", Psychological Science 17 (2006); J. Dunlosky and others, \"Improving students' learning with effective learning techniques\", Psychological Science in the Public Interest 14 (2013).");

    public static Advice ReadOtherwise { get; } = new(
        "MLA013", "A question is most likely not read as it was meant.",
        "An option with a second line although the first had room for it, or with an arrow and a sentence behind it; a typed answer that stands in a list above it, has several in one line, or is a number with a unit or with words around it.",
        "Whoever is right and is told otherwise stops trusting the quiz, and whoever has read the answer before has nothing to call to mind (MLA012). What is looked for are slips of first drafts; the limits are ours.");

    public static Advice ForeignSign { get; } = new(
        "MLA014", "A sign of another editor is shown as it is typed.",
        "Outside of code: `> [!NOTE]` and `:::tip`, `[^1]`, `==marked==`, `++underlined++`, `[[page]]` and `![[picture.png]]`, `[TOC]`, `h2. ` and `{color:red}`.",
        "Mattermost's own list of what it formats (docs.mattermost.com, \"Format messages\") has none of these; what it does not format, everybody reads.");

    public static ImmutableArray<Advice> All { get; } =
    [
        MostlyReading, NobodyElse, LongMessage, HardToRead, PictureWithoutText, MuchTime, NothingToTakeAlong, LongStretch, NoFeedback, GivenAwayByLength, GivenAwayByPosition, OnlyReShows,
        ReadOtherwise, ForeignSign,
    ];
}
