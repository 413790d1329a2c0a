using System.Globalization;
using System.Text;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Kinds.Quiz;
using MattermostLearning.Content;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>A quiz at any time, in which people are at the first question: as the sidecar itself would have stored it. What they will be asked is known beforehand.</summary>
internal sealed class OpenQuiz
{
    public const int Questions = 10;

    private readonly string _title;

    private OpenQuiz(string id, string title) => (Id, _title) = (id, title);

    /// <summary>Of its round.</summary>
    public string Id { get; }

    /// <summary>Puts it into the sidecar's content folder and store, and its post into the channel.</summary>
    /// <param name="sidecar">One that does not run yet.</param>
    /// <param name="town">Where.</param>
    /// <param name="filler">Of the sidecar's store.</param>
    /// <param name="number">Tells it apart from other such quizzes.</param>
    /// <param name="channelId">A channel that the bot and all the people are in.</param>
    /// <param name="people">Who is at the first question.</param>
    public static async Task<OpenQuiz> AddAsync(SidecarProcess sidecar, Town town, StoreFiller filler, int number, string channelId, IEnumerable<string> people)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"quiz-{number}.md");
        var text = TextOf(number);
        await File.WriteAllTextAsync(Path.Combine(sidecar.ContentFolder, name), text);
        var definition = new ContentReader([new QuizKind().Content]).Read(name, text).Definition ?? throw new InvalidOperationException("The quiz's text is not valid.");
        await filler.SaveAsync(StoredDefinition.Of(definition));
        var stored = await StoredRound.AddAsync(town, filler, definition, channelId, Measuring.Clock.Now.AddHours(-1), Occurrence.Never);
        foreach (var personId in people)
        {
            var part = new Participation { OccurrenceId = stored.Occurrence.Id, PersonId = personId, IsIn = true, Step = 1, JoinedAt = stored.Occurrence.OpenedAt, DefinitionHash = definition.Hash };
            await filler.SaveAsync(QuizKind.With(part, new QuizPart { Attempt = 1, Questions = [.. definition.Questions.Select(question => question.Id)], Sent = 1 }));
        }

        return new OpenQuiz(stored.Occurrence.Id, definition.Title);
    }

    /// <summary>What the button of one option means, below the message that asks one person one question first.</summary>
    public ActionReference Choice(string personId, int question, int option)
    {
        var step = QuizView.StepOf(new QuizPart { Attempt = 1, Sent = 1, Answers = [.. Enumerable.Repeat(new Given(0, []), question)] });
        return new ActionReference(ActionReference.Activity, string.Create(CultureInfo.InvariantCulture, $"{QuizAction.Choose}{option}"), Id, step, personId);
    }

    /// <summary>What sends one person their present question.</summary>
    public ActionReference GoOn(string personId) => new(ActionReference.Activity, PersonAction.Continue, Id, PersonAction.WhileOpen, personId);

    /// <summary>What the message begins with that asks a question, the first of which is 0; and what is said to its answer.</summary>
    public string HeadOf(int question) => string.Create(CultureInfo.InvariantCulture, $"**{_title}**, question {question + 1} of {Questions}");

    private static string TextOf(int number)
    {
        var text = new StringBuilder($"""
            ---
            kind: quiz
            title: Say it well, part {number}
            summary: How messages are written here.
            channel: learning
            mode: any time
            shuffle: no
            ---
            Ten questions about how messages are written here.

            """);
        for (var question = 1; question <= Questions; question++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""

                ## Question: You want word {question} of your message to stand out. What do you type?
                - [x] `**word {question}**`
                  > Two asterisks on each side: everybody sees it.
                - [ ] `<b>word {question}</b>`
                  > Mattermost shows no HTML, so everybody would see the brackets.
                - [ ] `WORD {question}`
                  > That is read as shouting.

                """);
        }

        return text.ToString();
    }
}
