using System.Collections.Immutable;
using MattermostLearning.Content;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Design;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Kinds.Quiz;

/// <summary>How a quiz is written: a few keys of its own, and a heading for each question.</summary>
public sealed class QuizContent : IKindContent
{
    private const int UsualAim = 70;

    private static readonly KeyDeclaration<QuizMode> ModeKey = new(
        "mode",
        KeyTypes.Choice(("any time", QuizMode.AnyTime), ("window", QuizMode.Window), ("peer instruction", QuizMode.PeerInstruction)),
        "How it is asked.",
        "any time")
    {
        Default = "any time, or window where `schedule` is written",
        Aliases = ["how"],
    };

    internal static readonly KeyDeclaration<int> DrawKey = new(
        "draw", KeyTypes.Count(1, 50), "How many of its questions are asked at a time; none comes again before all were asked.", "3")
    {
        Default = "all of them; in peer instruction one",
        Aliases = ["questions", "number-of-questions", "ask"],
    };

    private static readonly KeyDeclaration<int> AimKey = new(
        "aim", KeyTypes.Percent(10, 100), "The share of right answers that is aimed for where `draw` leaves a choice.", "70 %")
    {
        Default = "70 %",
        Aliases = ["target"],
    };

    private static readonly ListKeyDeclaration<Forgiveness> ForgiveKey = new(
        "forgive",
        KeyTypes.Choice(
            ("case", Forgiveness.Case), ("accents", Forgiveness.Accents), ("typos", Forgiveness.Typos), ("everything", Forgiveness.All), ("nothing", Forgiveness.None)),
        "What a typed answer may differ in.",
        "case, accents, typos")
    {
        Default = "case, accents, typos",
        Aliases = ["forgives", "tolerate", "ignore"],
    };

    private static readonly KeyDeclaration<bool> ShuffleKey = new("shuffle", KeyTypes.YesNo, "Whether everybody gets questions and options in an order of their own.", "no")
    {
        Default = "yes",
    };

    private static readonly KeyDeclaration<bool> RankingKey = new(
        "ranking", KeyTypes.YesNo, "In a window: whether the first three places are named after the close, among those who have said that they want that.", "no")
    {
        Default = "no",
        Aliases = ["leaderboard"],
    };

    private static readonly KeyDeclaration<WrittenDuration> VoteKey = new(
        "first-vote", KeyTypes.Duration, "In peer instruction: how long people vote alone, before they talk and vote again.", "1 day")
    {
        Default = "half of the time that a round is open",
        Aliases = ["vote", "first-vote-for"],
    };

    private static readonly OpenHeading QuestionHeading = new(
        "Question", "One question, in the heading or below it, with its answer at the end, as the page of this kind shows.", "Question: Which of these is a strong password?")
    {
        Aliases = ["Q", "Frage"],
    };

    internal static readonly PlainHeading WrapUp = new("Wrap-up", "What to take along, and to talk about, at the end.", "Wrap-up")
    {
        AtMost = 1,
        AlsoSaid = ["Reflection", "Debrief", "Closing", "Closing question", "At the end", "Conclusion", "Summary", "Recap", "Feedback", "Abschluss", "Fazit"],
    };

    public string Kind => QuizKind.Name;

    public ContentDeclaration Declaration { get; } = new(QuizKind.Name, "Questions with right answers, and an answer to whoever is wrong.")
    {
        Folder = "quizzes",
        Keys = [ModeKey, DrawKey, AimKey, ForgiveKey, ShuffleKey, VoteKey, RankingKey],
        Headings = [QuestionHeading, WrapUp],
        KeysOfNew = [SharedKeys.Summary, SharedKeys.Topics, SharedKeys.Channel, ModeKey, SharedKeys.Takes],
        BodyOfNew = """
            What is it about, and for whom? Two lines. They stand above the button that begins it.

            ## Question: What would somebody do who has not learned this?
            - [x] Here stands what is right
              > Say why it is.
            - [ ] Here stands a mistake that people really make
              > Say what speaks against it, and what it leads to.
            - [ ] Here stands another one
              > Say what would have to be different for it to be right.

            ## Question: Which word is people's own to find?
            ### Answer
            - retrieval
            - recall

            > A quote behind the answer is read by everybody afterwards.

            ## Question: What comes first, second and third?
            1. This comes first
            2. This comes after that
            3. This comes last

            ## Wrap-up
            Which answer surprised you? Ask a colleague the same question today.
            """,
    };

    public ActivityDefinition? Read(ActivityDocument document, DiagnosticBag report)
    {
        var schedule = document.Settings.Schedule;
        var mode = document.Get(ModeKey, schedule is null ? QuizMode.AnyTime : QuizMode.Window);
        if (mode == QuizMode.AnyTime && schedule is not null)
            report.Error(document.PlaceOf(ModeKey), Codes.KeysExclude, "`schedule` says when rounds open, and `mode: any time` has none.", "Take one of the two lines away, or write `mode: window`.");
        if (mode != QuizMode.AnyTime && schedule is null)
            report.Error(document.PlaceOf(ModeKey), Codes.MissingKey, "A quiz in this mode opens in rounds and needs `schedule`: when rounds open.", $"Add a line such as `schedule: {SharedKeys.Schedule.Example}`.");

        var written = document.Sections(QuestionHeading).Length;
        var questions = QuestionsOf(document, report);
        ReportStrayOptions(document, report);
        if (questions.Length < written)
            return null;
        var definition = new QuizDefinition(document)
        {
            Mode = mode,
            Draw = document.Has(DrawKey) ? document.Get(DrawKey, 1) : mode == QuizMode.PeerInstruction ? 1 : questions.Length,
            Aim = document.Get(AimKey, UsualAim),
            IsShuffled = document.Get(ShuffleKey, true),
            HasRanking = document.Get(RankingKey, false),
            FirstVote = document.Has(VoteKey) ? document.Get(VoteKey, default) : null,
        };
        CheckQuestions(document, definition, questions, report);
        if (definition.HasRanking && mode != QuizMode.Window)
            report.Error(document.PlaceOf(RankingKey), Codes.KeysExclude, "A ranking takes a round in which everybody answers the same questions, and this mode has none.", "Take `ranking` away, or write `mode: window`.");
        if (mode == QuizMode.PeerInstruction)
            CheckVotes(document, definition, questions, report);
        return definition;
    }

    /// <summary>Those that can be read; what cannot be is reported.</summary>
    internal static ImmutableArray<Question> QuestionsOf(ActivityDocument document, DiagnosticBag report)
    {
        var forgives = document.Has(ForgiveKey) ? document.Get(ForgiveKey).Aggregate(Forgiveness.None, (all, each) => all | each) : Forgiveness.All;
        return [.. document.Sections(QuestionHeading).Select(section => QuestionReader.Read(section, forgives, report)).OfType<Question>()];
    }

    public ActivityDesign DesignOf(ActivityDefinition definition)
    {
        var quiz = (QuizDefinition)definition;
        var document = quiz.Document;
        var closing = document.Sections(WrapUp).Select(section => new DesignText("The wrap-up", section.Markdown, section.HeadingSpan)).FirstOrDefault();
        ImmutableArray<DesignText> opening = quiz.Body.Length > 0 ? [new DesignText("The announcement", quiz.Body, document.BodySpan)] : [];
        return new ActivityDesign
        {
            Texts = [.. opening, .. quiz.Questions.Select((question, index) => new DesignText($"Question {index + 1}", question.Text, question.Place))],
            Closing = closing,
            HasClosing = true,
            ClosingHeading = WrapUp.Example,
            Questions = quiz.Questions,
            IsShuffled = quiz.IsShuffled,
        };
    }

    /// <summary>Options above the first question belong to none: most likely its heading has another level, or is missing.</summary>
    private static void ReportStrayOptions(ActivityDocument document, DiagnosticBag report)
    {
        if (document.Body.Split('\n').Any(line => line.TrimStart().StartsWith("- [x]", StringComparison.OrdinalIgnoreCase)))
            report.Error(document.BodySpan, Codes.NoAnswer, "These options belong to no question.", "Write the question above them as a heading with two signs: `## Question: What ...?`");
    }

    private static void CheckQuestions(ActivityDocument document, QuizDefinition quiz, ImmutableArray<Question> questions, DiagnosticBag report)
    {
        if (questions.Length == 0)
            report.Error(document.BodySpan, Codes.TooFewQuestions, "This quiz has no question.", $"Add one: a line `## {QuestionHeading.Example}`, and below it options such as `- [x] right` and `- [ ] wrong`.");
        else if (quiz.Draw > questions.Length)
            report.Error(document.PlaceOf(DrawKey), Codes.TooFewQuestions, $"There are only {questions.Length} questions to draw from.", $"Write `draw: {questions.Length}` or less, or take the line away.");
        foreach (var again in questions.GroupBy(question => question.Id).SelectMany(group => group.Skip(1)))
            report.Error(again.Place, Codes.Alike, "This question stands here twice.", "Change one of them, or take it away.");
    }

    private static void CheckVotes(ActivityDocument document, QuizDefinition quiz, ImmutableArray<Question> questions, DiagnosticBag report)
    {
        foreach (var question in questions.Where(question => question is not ChoiceQuestion { IsMultiple: false }))
            report.Error(question.Place, Codes.NotInThisMode, "In peer instruction people vote for one option, and this question has no such options.", "Give it options of which one is right, or write `mode: window`.");
        if (quiz.Draw > 1)
            report.Error(document.PlaceOf(DrawKey), Codes.NotInThisMode, "In peer instruction a round has one question, and the talk about it.", "Take `draw` away: each round has the next question.");
        if (quiz.FirstVote is { } vote && quiz.Window is Window.For { Duration: var open } && vote.Nominal >= open.Nominal)
            report.Error(document.PlaceOf(VoteKey), Codes.OutsideWindow, $"The first vote takes {vote}, and a round is open for {open}: nobody could vote again.", "Write a shorter time, or a longer `open-for`.");
    }
}

/// <summary>What a quiz's file says.</summary>
public sealed record QuizDefinition(ActivityDocument Document) : ActivityDefinition(Document)
{
    public override string Kind => QuizKind.Name;

    public override ImmutableArray<Question> Questions => field.IsDefault ? field = Again(QuizContent.QuestionsOf) : field;

    public QuizMode Mode { get; init; }

    public bool IsInRounds => Mode != QuizMode.AnyTime;

    /// <summary>How many are asked at a time.</summary>
    public int Draw { get; init; }

    /// <summary>In percent.</summary>
    public int Aim { get; init; }

    /// <summary>The first places are named, of those who want that.</summary>
    public bool HasRanking { get; init; }

    /// <summary>How long people vote alone; null for half of the window.</summary>
    public WrittenDuration? FirstVote { get; init; }

    public string? WrapUp => Document.Section(QuizContent.WrapUp);
}

public enum QuizMode
{
    /// <summary>Whoever wants to, whenever they want to, in their direct messages.</summary>
    AnyTime,

    /// <summary>In rounds; what was answered is seen when a round closes.</summary>
    Window,

    /// <summary>In rounds: vote alone, talk, vote again.</summary>
    PeerInstruction,
}
