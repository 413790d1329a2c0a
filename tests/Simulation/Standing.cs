using System.Globalization;

namespace MattermostLearning.Simulation;

/// <summary>One of the activities in which each goes at their own pace, from its start on.</summary>
internal sealed record Standing(string Slug, string Title, string Channel, string Kind, string Key, string Body)
{
    public const string Course = "course";

    /// <summary>Questions of each kind that is answered with a click, or in a form.</summary>
    public const string Questions = """
        A look at fruit and cities.

        ## Question: Which of these is red?
        - [ ] A plum
        - [x] A cherry
        - [ ] A lime

        ## Question: Which of these are cities?
        - [x] Paris
        - [x] Lima
        - [ ] France

        ## Question: What is the capital of Switzerland?
        ### Answer
        - Bern

        ## Question: Which of these is green?
        - [ ] A plum
        - [x] A lime

        ## Question: How high is the Matterhorn, in metres?
        ### Answer
        - 4478 ± 50

        ## Wrap-up
        Which one would you ask a colleague?
        """;

    /// <summary>What is to be done in Mattermost: a reply that asks something, in any thread of the channel.</summary>
    private const string Lessons = """
        A good question gets an answer.

        ## Lesson 1: One thing at a time
        Three questions in one message get one answer.

        ### Question: What do you do with the other two?
        - [x] Keep them for later
        - [ ] Number them

        ## Lesson 2: Your own
        ### Reflect: Which of yours had no answer?
        What was missing?

        ## Lesson 3: Half of one
        ### Try
        Write it so that somebody can answer.

        ## Lesson 4: Now for real
        ### Do: reply with a question
        Ask somebody something.

        ## Wrap-up
        Whom will you ask first?
        """;

    private const string Steps = """
        A step a day.

        ## Step 1
        ### Question: How large is a step?
        - [x] Small
        - [ ] Large

        ## Step 2
        Read this.

        ## Step 3
        ### Question: And the next one?
        - [x] Small, too
        - [ ] Larger

        ## Step 4
        ### Reflect: Which was the largest?

        ## Step 5
        ### Question: When do you stop?
        - [x] When it is done
        - [ ] Now
        """;

    private const string Together = """
        Five evenings with one subject.

        ## What you know
        ### Reflect: What do you know of it already?

        ## What there is
        Read this.

        ### Question: How much is there?
        - [x] Enough
        - [ ] Too little

        ## What you found
        ### Reflect: What surprised you?

        ## A pause
        Nothing to do today.

        ## What stays
        ### Reflect: What will you try?
        """;

    /// <summary>Their lessons come to all who are in, from a day on.</summary>
    public static IReadOnlyList<Cohort> Cohorts(DateOnly friday) =>
    [
        new("read-along", "Read along", "channel", friday.AddDays(5)),
        new("two-by-two", "Two by two", "pairs", friday.AddDays(10)),
    ];

    public static IReadOnlyList<Standing> All(DateOnly friday) =>
    [
        new("asking-well", "Asking well", "learning", Course, "pace: self", Lessons),
        new("small-steps", "Small steps", "words", Course, "pace: weekdays at 09:00", Steps),
        new("fruit-and-cities", "Fruit and cities", "learning", Programme.Quiz, "mode: any time\ndraw: 3", Questions),
        .. Cohorts(friday).Select(one => new Standing(
            one.Slug, one.Title, "words", Course, $"cohort: {one.Mode}\nfrom: {one.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\npace: weekdays at 09:00", Together)),
    ];

    public string File() => $"""
        ---
        kind: {Kind}
        title: {Title}
        summary: For the simulation.
        channel: {Channel}
        host: {Town.Host}
        time-zone: Europe/London
        {Key}
        ---
        {Body}

        """;
}
