using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Kinds.Course;
using MattermostLearning.Content;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>A course with a lesson a day, and learners who have done the first one: to all of them the second one comes at one moment.</summary>
internal sealed class DailyCourse
{
    /// <summary>What the lesson that comes begins with.</summary>
    public const string LessonTitle = "Ask for one thing";

    /// <summary>With the lesson done and the message that says so.</summary>
    private const int Sent = 2;

    private readonly StoredRound _stored;

    public IReadOnlyList<string> Learners { get; }

    private DailyCourse(StoredRound stored, IReadOnlyList<string> learners) => (_stored, Learners) = (stored, learners);

    /// <summary>Of its round.</summary>
    public string Id => _stored.Occurrence.Id;

    /// <summary>When the lesson comes.</summary>
    public DateTimeOffset ComesAt { get; private set; }

    /// <summary>Puts it into the sidecar's content folder and store, and its post into the channel.</summary>
    /// <param name="sidecar">One that does not run yet.</param>
    /// <param name="town">Where.</param>
    /// <param name="filler">Of the sidecar's store.</param>
    /// <param name="number">Tells it apart from other such courses.</param>
    /// <param name="channelId">A channel that the bot is in, and all learners are.</param>
    /// <param name="learners">People of the town.</param>
    public static async Task<DailyCourse> AddAsync(
        SidecarProcess sidecar, Town town, StoreFiller filler, int number, string channelId, IReadOnlyList<string> learners)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"a-little-every-day-{number}.md");
        var text = TextOf(number);
        await File.WriteAllTextAsync(Path.Combine(sidecar.ContentFolder, name), text);
        var definition = new ContentReader([new CourseKind().Content]).Read(name, text).Definition ?? throw new InvalidOperationException("The course's text is not valid.");
        await filler.SaveAsync(StoredDefinition.Of(definition));
        var now = Measuring.Clock.Now;
        var stored = await StoredRound.AddAsync(town, filler, definition, channelId, now.AddDays(-2), Occurrence.Never);
        var began = now.AddDays(-1);
        var done = new CoursePart
        {
            Attempt = 1, Lesson = 0, Done = [1], Sent = Sent, Card = "card/1.0.1.2", Shows = CardKind.Done, CameAt = began, MovedAt = began.AddHours(1), NextAt = now, Points = 100, Answered = 1,
        };
        foreach (var personId in learners)
        {
            var part = new Participation { OccurrenceId = stored.Occurrence.Id, PersonId = personId, IsIn = true, Step = 1, JoinedAt = began, DefinitionHash = definition.Hash };
            await filler.SaveAsync(CourseKind.With(part, done));
        }

        return new DailyCourse(stored, learners);
    }

    /// <summary>The moment at which the lesson comes to them is put into the store.</summary>
    public async Task AwaitAsync(StoreFiller filler, DateTimeOffset comesAt)
    {
        ComesAt = comesAt;
        foreach (var personId in Learners)
            await filler.SaveAsync(new DueTime { RunId = _stored.Run.Id, OccurrenceId = Id, What = CourseClock.LessonComes, PersonId = personId, At = comesAt });
    }

    private static string TextOf(int number) => $"""
        ---
        kind: course
        title: A little every day {number}
        summary: Ask in a way that people like to answer.
        channel: learning
        pace: daily at 09:00
        ---
        For everybody who asks things in channels. Five minutes a day.

        ## Lesson 1: Say what you have tried
        Whoever reads your question sees that you mean it, and does not tell you what you know already.

        ### Question: What stands first in a good question?
        - [x] What you want to reach
        - [ ] Everything that went wrong so far

        ## Lesson 2: {LessonTitle}
        Two questions in one message are two conversations in one thread: the easy one is answered, and the other one is lost. Ask what you need to go on,
        and ask the rest when you have that.

        Say by when you need it, too. Most people are glad to know that tomorrow is soon enough.

        ### Question: You need a review and a date. What do you do?
        - [x] Ask for the review, and for the date in a message of its own
          > Each of them can be answered by whoever knows it.
        - [ ] Ask for both in one message
          > One of them will be forgotten, and it will be the one that matters.
        - [ ] Ask everybody in the channel
          > Then everybody waits for somebody else.

        ## Lesson 3: Close the loop
        Say what became of it. It costs a line, and people answer you again.
        """;
}
