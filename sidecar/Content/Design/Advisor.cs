using System.Collections.Immutable;
using System.Globalization;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Design;

/// <summary>What came of looking at one activity's design.</summary>
/// <param name="Findings">Without those that the file has turned off.</param>
/// <param name="Card">Its figures.</param>
public sealed record DesignReview(ImmutableArray<Diagnostic> Findings, ScoreCard Card);

/// <summary>Looks at a valid file as a designer would who believes in little content and much conversation.</summary>
public static class Advisor
{
    public static DesignReview Review(ActivityDefinition definition, ActivityDesign design)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(design);
        ImmutableArray<DesignText> all = design.Closing is { } last ? [.. design.Texts, last] : design.Texts;
        ImmutableArray<Prose> texts = [.. all.Select(text => Prose.Of(text.Markdown))];
        var wording = Wording.For(definition.Settings.Language, texts.SelectMany(text => text.Sentences).SelectMany(sentence => sentence.Words));
        var card = ScoreCard.Of(definition, design, texts, wording);
        var review = new Notes(definition);
        foreach (var (text, prose) in all.Zip(texts))
        {
            LookAt(text, prose, review);
            LookForStretch(text, prose, wording, review);
        }
        LookAtWhole(design, card, wording, review);
        LookAtQuestions([.. QuestionAdvice.OnTexts(design), .. QuestionAdvice.OnOrder(design)], review);
        return new DesignReview(review.ToImmutable(), card);
    }

    /// <summary>What concerns the words of a translation. How it is built was said of its original, and is not said again.</summary>
    public static ImmutableArray<Diagnostic> ReviewTranslation(ActivityDefinition translation, ActivityDesign design)
    {
        ArgumentNullException.ThrowIfNull(translation);
        ArgumentNullException.ThrowIfNull(design);
        var review = new Notes(translation);
        ImmutableArray<DesignText> all = design.Closing is { } last ? [.. design.Texts, last] : design.Texts;
        var sentences = new List<Sentence>();
        foreach (var text in all)
        {
            var prose = Prose.Of(text.Markdown);
            LookAt(text, prose, review);
            sentences.AddRange(prose.Sentences);
        }

        var wording = Wording.For(translation.Document.Name.Language, []);
        LookAtEase(wording?.Ease.Of(sentences), wording, PlaceOf(design), review);
        LookAtQuestions(QuestionAdvice.OnTexts(design), review);
        return review.ToImmutable();
    }

    private static void LookAtQuestions(IEnumerable<(Advice Advice, TextSpan Place, string Message, string Help)> found, Notes review)
    {
        foreach (var (advice, at, message, help) in found)
            review.Add(advice, at, message, help);
    }

    private static TextSpan PlaceOf(ActivityDesign design) => design.Texts.Length > 0 ? design.Texts[0].Place : default;

    private static void LookAt(DesignText text, Prose prose, Notes review)
    {
        if (ForeignSigns.Find(text.Markdown) is var (sign, instead))
            review.Add(Advices.ForeignSign, text.Place, $"{text.Name} has `{Written.Short(sign)}`, which Mattermost shows as it is typed.", instead);
        if (prose.Length > Advices.LongestMessage)
        {
            review.Add(
                Advices.LongMessage, text.Place, string.Create(CultureInfo.InvariantCulture, $"{text.Name} has {prose.Length:N0} characters; {Advices.LongestMessage:N0} are what people read in a chat."),
                "Keep what they need for the first step. The rest can be a hint that comes later, or a link.");
        }
        if (prose.PicturesWithoutText > 0)
        {
            review.Add(
                Advices.PictureWithoutText, text.Place, $"{text.Name} has a picture without a text for people who do not see it.",
                "Say between the brackets what matters in it: `![Two arrows from the order to the invoice](order.png)`.");
        }
    }

    private static void LookForStretch(DesignText text, Prose prose, Wording? wording, Notes review)
    {
        if (wording?.LongestStretch(prose) is > Advices.LongestStretch and var stretch)
        {
            review.Add(
                Advices.LongStretch, text.Place, $"{text.Name} has {stretch} words in a row that ask for nothing.",
                "Put a question in between, one that people can answer from their own work.");
        }
    }

    private static void LookAtWhole(ActivityDesign design, ScoreCard card, Wording? wording, Notes review)
    {
        var place = PlaceOf(design);
        if (card.Doing is < Advices.LeastDoing and var doing && card.Words >= Advices.FewestWords)
        {
            review.Add(
                Advices.MostlyReading, place, $"Of 100 words here, {doing} ask people to do something; the others are for reading.",
                "Cut what only explains, or turn it into a question: \"Which ... do you know?\"");
        }
        if (card.Company == Company.Alone)
        {
            review.Add(
                Advices.NobodyElse, place, "Everybody does this alone: nothing asks people to tell it, or to talk to somebody.",
                "Add a line such as \"Tell us in this thread what came of it, and answer somebody else.\"");
        }
        LookAtEase(card.Ease, wording, place, review);
        if (card.MinutesAWeek > Advices.MostMinutesAWeek)
        {
            review.Add(
                Advices.MuchTime, place, string.Create(CultureInfo.InvariantCulture, $"This asks for about {card.MinutesAWeek:0} minutes of everybody's week."),
                "Open it less often, or make it smaller. If it takes less time than that, say so: `takes: 5 minutes`.");
        }
        if (design.HasClosing)
            LookAtEnd(design, wording, place, review);
    }

    private static void LookAtEase(double? found, Wording? wording, TextSpan place, Notes review)
    {
        if (found is < Advices.HardestReading and var ease)
        {
            review.Add(
                Advices.HardToRead, place, string.Create(CultureInfo.InvariantCulture, $"This is hard to read: {ease:0} of 100 ({wording!.Ease.Name}); {Advices.HardestReading} and more is what most people read easily."),
                "Make two sentences of the longest one, and use the words that you would say aloud.");
        }
    }

    private static void LookAtEnd(ActivityDesign design, Wording? wording, TextSpan place, Notes review)
    {
        const string help = "Ask what people take along, or whom they will tell: \"What will you do differently on Monday?\"";
        if (design.Closing is not { } closing)
            review.Add(Advices.NothingToTakeAlong, place, "A round ends without a question to take along.", $"Write one below a line `## {design.ClosingHeading}`. {help}");
        else if (wording?.AsksIn(closing.Markdown) == false)
            review.Add(Advices.NothingToTakeAlong, closing.Place, $"{closing.Name} asks nothing.", help);
    }

    /// <summary>Notes on one file, at most one of a code for each place.</summary>
    private sealed class Notes(ActivityDefinition definition)
    {
        private readonly SourceText source = definition.Document.Source;
        private readonly List<Diagnostic> notes = [];

        public void Add(Advice advice, TextSpan place, string message, string help)
        {
            if (IsOff(advice, definition.Document) || (definition.Document.Original is { } original && IsOff(advice, original)))
                return;
            var (line, column) = source.PositionAt(place.Start);
            var text = source.Line(line);
            notes.Add(new Diagnostic(advice.Code, Severity.Advice, message, help, source.Path, line, column, Math.Max(1, text.Length - column + 1), text));
        }

        private static bool IsOff(Advice advice, ActivityDocument document) => document.Settings.LintOff.ContainsKey(advice.Code);

        public ImmutableArray<Diagnostic> ToImmutable() => [.. notes.OrderBy(each => each.Line).ThenBy(each => each.Code, StringComparer.Ordinal)];
    }
}
