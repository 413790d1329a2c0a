using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>One activity, two languages: what stands in the channel is in the channel's, what one person reads is in theirs. The transcripts are meant to be read.</summary>
public sealed class TranslationTests
{
    private const string Fruit = """
        ---
        kind: quiz
        title: Fruit and cities
        channel: learning
        host: hana.lead
        shuffle: no
        ---
        Two questions, two minutes.

        ## Question: Which of these is red?
        - [ ] A plum
          > Plums are blue.
        - [x] A cherry
          > Ripe ones are.

        ## Question: What is the capital of Switzerland?
        ### Answer
        - Bern
        - Berne

        > Since 1848, though no law calls it that.

        ## Wrap-up
        Which one would you ask a colleague?
        """;

    private const string Obst = """
        ---
        title: Obst und Städte
        ---
        Zwei Fragen, zwei Minuten.

        ## Question: Was davon ist rot?
        - [ ] Eine Pflaume
          > Pflaumen sind blau.
        - [x] Eine Kirsche
          > Reife sind es.

        ## Question: Was ist die Hauptstadt der Schweiz?
        ### Answer
        - Bundesstadt Bern

        > Seit 1848, auch wenn kein Gesetz sie so nennt.

        ## Wrap-up
        Welche Frage würdest du jemandem stellen?
        """;

    private const string Course = """
        Ask so that people can answer.

        ## Lesson 1: One thing at a time
        A message with three questions gets one answer.

        ### Question: How many questions does a good message ask?
        - [x] One
          > The others can follow.
        - [ ] Three
          > People answer the easiest of them.

        ## Lesson 2: Your own messages
        ### Reflect: Which of your messages had no answer?
        What could have been missing?

        ## Wrap-up
        Whom will you ask first?
        """;

    private const string Kurs = """
        ---
        title: Gute Nachrichten
        ---
        Frag so, dass man antworten kann.

        ## Lesson 1: Eins nach dem anderen
        Eine Nachricht mit drei Fragen bekommt eine Antwort.

        ### Question: Wie viele Fragen stellt eine gute Nachricht?
        - [x] Eine Frage
          > Die anderen können folgen.
        - [ ] Drei Fragen
          > Beantwortet wird die leichteste.

        ## Lesson 2: Deine eigenen Nachrichten
        ### Reflect: Welche deiner Nachrichten blieb ohne Antwort?
        Was könnte gefehlt haben?

        ## Wrap-up
        Wen fragst du zuerst?
        """;

    [Fact]
    public async Task A_quiz_is_asked_in_the_language_of_each_and_judged_alike()
    {
        await using var world = await QuizAsync();
        await TakePartAsync(world, "bilal", "A cherry", "Berne");
        await TakePartAsync(world, "jutta", "Eine Kirsche", "bundesstadt bern");

        // One question has one name, whoever answers it: what is counted is counted together.
        var facts = new[] { "bilal", "jutta" }.Select(async person => (await world.Store.FindAsync(LearningEvent.ByPerson, world.As(person).Id))
            .Where(fact => fact.Verb == Verbs.Answered).Select(fact => fact.Result).Order());
        var (english, german) = (await facts.First(), await facts.Last());
        german.ShouldBe(english);

        Snapshot.Verify(world.Mattermost.Transcript.ToString(), "translated-quiz");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_course_speaks_to_each_in_their_language_and_in_its_thread_in_that_of_the_channel()
    {
        await using var world = await CourseStage.StartedAsync(
            body: Course, more: Jutta, others: new Dictionary<string, string> { [$"courses/{CourseStage.Slug}.de.md"] = Kurs });
        await CourseStage.BeginAsync(world, "chiara");
        await CourseStage.AnswerAsync(world, "chiara", "Three");
        await CourseStage.BeginAsync(world, "jutta");
        await CourseStage.AnswerAsync(world, "jutta", "Drei Fragen");
        await CourseStage.PressAsync(world, "jutta", "Nächste Lektion");
        await CourseStage.WriteAsync(world, "jutta", "Schreiben", "Die mit fünf Fragen.", isShared: true);

        Snapshot.Verify(CourseTests.WithoutCode(world.Mattermost.Transcript.ToString()), "translated-course");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_challenge_is_posted_in_the_language_of_the_channel_and_reminds_each_in_theirs()
    {
        await using var world = await Stage.StartedAsync(Jutta, new Dictionary<string, string>(Stage.Content())
        {
            [$"challenges/{Stage.Slug}.de.md"] = "---\ntitle: Eine gute Frage\n---\nStell jemandem **eine Frage**.\n\n## Hint after 1 day\nAuf der Treppe.\n\n## Wrap-up\nWen fragst du als Nächstes?\n",
        });
        await world.AdvanceToAsync(Stage.Monday);
        Stage.Opening(world).Message.ShouldStartWith("**One good question**\nAsk somebody");
        foreach (var person in new[] { "jutta", "bilal" })
            await world.LetAsync(world.As(person).ClickAsync(Stage.Opening(world), "I'm in"));
        var listed = await world.LetAsync(world.As("jutta").CommandAsync("/learn browse frage", "learning"));
        listed.Text.ShouldContain("**Eine gute Frage**");
        await world.AdvanceToAsync(Stage.Monday.AddDays(5));
        (await Stage.DirectAsync(world, "jutta")).ShouldAllBe(post => post.Message.Contains("**Eine gute Frage**") && !post.Message.Contains("One good question"));
        (await Stage.DirectAsync(world, "bilal")).ShouldAllBe(post => post.Message.Contains("**One good question**") && !post.Message.Contains("Frage"));
        world.As("bilal").Read("learning").Where(post => post.UserId == Stage.BotId(world)).ShouldAllBe(post => !post.Message.Contains("Frage") && !post.Message.Contains("Treppe"));
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_channel_of_another_language_reads_the_translation_into_that()
    {
        await using var world = await QuizAsync(prepare: world => world.Set("Sidecar__Language", "de"));
        QuizStage.Opening(world, "Obst und Städte").Message.ShouldContain("Zwei Fragen, zwei Minuten.");
        // Nobody has written it in English: the original is what everybody else reads.
        await world.LetAsync(world.As("bilal").ClickAsync(QuizStage.Opening(world, "Obst und Städte"), "Los"));
        (await QuizStage.LastDirectAsync(world, "bilal")).Message.ShouldContain("Which of these is red?");
    }

    [Fact]
    public async Task Who_has_begun_goes_on_with_the_translation_as_it_was()
    {
        await using var world = await QuizAsync();
        await world.LetAsync(world.As("jutta").ClickAsync(QuizStage.Opening(world, "Fruit and cities"), "Start"));
        await world.StopSidecarAsync();
        world.WriteContent("quizzes/fruit.de.md", Obst.Replace("Hauptstadt", "Kapitale", StringComparison.Ordinal));
        await world.StartSidecarAsync();
        await AnswerAsync(world, "jutta", "Eine Kirsche");
        (await QuizStage.LastDirectAsync(world, "jutta")).Message.ShouldContain("Hauptstadt der Schweiz");
        // And whoever begins now has the new words.
        world.Services.GetRequiredService<Definitions>().Library.Find("fruit")!.In("de").SourceTexts.Last().ShouldContain("Kapitale");
    }

    [Fact]
    public async Task What_comes_again_comes_in_the_language_of_who_missed_it()
    {
        await using var world = await QuizAsync();
        await TakePartAsync(world, "jutta", "Eine Pflaume", "bern");
        var offer = (await Stage.DirectAsync(world, "jutta")).Last(post => post.Buttons.Any(button => button.Label == "Ja, frag mich noch mal"));
        offer.Message.ShouldContain("Obst und Städte");
        await world.LetAsync(world.As("jutta").ClickAsync(offer, "Ja, frag mich noch mal"));
        await world.AdvanceAsync(TimeSpan.FromDays(2));
        await world.LetAsync(world.As("jutta").CommandAsync("/learn recall", "learning"));
        (await QuizStage.LastDirectAsync(world, "jutta")).Message.ShouldContain("Was davon ist rot?");
    }

    private static async Task<SidecarWorld> QuizAsync(Action<SidecarWorld>? prepare = null)
    {
        var content = new Dictionary<string, string> { ["quizzes/fruit.md"] = Fruit, ["quizzes/fruit.de.md"] = Obst };
        var world = await Stage.WorldAsync(Jutta, content, prepare);
        await Stage.StartRunAsync(world, "fruit");
        return world;
    }

    private static void Jutta(Seed seed)
    {
        seed.AddUser("jutta", "Jutta Weiß", "Europe/Berlin", "de", teams: SidecarWorld.Team);
        seed.AddToChannel(seed.ChannelId(SidecarWorld.Team, "learning"), "jutta");
    }

    private static async Task TakePartAsync(SidecarWorld world, string person, string option, string typed)
    {
        await world.LetAsync(world.As(person).ClickAsync(QuizStage.Opening(world, "Fruit and cities"), "Start"));
        await AnswerAsync(world, person, option);
        var question = await QuizStage.LastDirectAsync(world, person);
        await world.LetAsync(world.As(person).ClickAsync(question, question.Buttons.Single().Label));
        (await world.LetAsync(world.As(person).SubmitAsync(new JsonObject { ["answer"] = typed }))).IsClosed.ShouldBeTrue();
    }

    private static async Task AnswerAsync(SidecarWorld world, string person, string option)
    {
        var question = await QuizStage.LastDirectAsync(world, person);
        await world.LetAsync(world.As(person).ClickAsync(question, QuizStage.LetterOf(question, option)));
    }
}
