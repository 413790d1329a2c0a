using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What the tests of courses share: two channels, three learners in two zones, and one course with a check of each kind.</summary>
internal static class CourseStage
{
    public const string Slug = "good-messages";
    public const string Title = "Good messages";

    /// <summary>A Friday at 09:00 in Berlin.</summary>
    public static readonly DateTimeOffset Friday = LearningTown.At("2027-01-08 08:00");

    public const string Lessons = """
        Write so that people can answer.

        ## Lesson 1: One thing at a time
        A message with three questions gets one answer.

        ### Question: How many questions does a good message ask?
        - [x] One
          > The others can follow.
        - [ ] Three
          > People answer the easiest of them.

        ## Lesson 2: Your own messages
        Look at what you wrote yesterday.

        ### Reflect: Which of your messages had no answer?
        What could have been missing?

        ## Example: A question that can be answered
        "The build of Tuesday fails with this line. Who knows it?"

        ## Half-finished: What is missing here?
        ### Try
        "It does not work." Write the question so that somebody can answer it.

        > "Since this morning the printer on floor 2 prints blank pages. What have you tried that helped?"

        ## Lesson 5: Now for real
        ### Do: reply with a code block
        Show the others one line of output.

        ## Wrap-up
        Whom will you ask first?
        """;

    public static async Task<SidecarWorld> StartedAsync(string keys = "", string body = Lessons, Action<Seed>? more = null, IReadOnlyDictionary<string, string>? others = null)
    {
        var content = new Dictionary<string, string>(others ?? new Dictionary<string, string>()) { [$"courses/{Slug}.md"] = File(keys, body) };
        var world = await SidecarWorld.StartAsync(Friday, "hana.lead", seed => Everybody(seed, more), content);
        await Stage.StartRunAsync(world, Slug);
        return world;
    }

    public static string File(string keys, string body) => $"---\nkind: course\ntitle: {Title}\nchannel: learning\nhost: hana.lead\ntime-zone: Europe/London\n{keys}\n---\n{body}\n";

    public static SeenPost Opening(SidecarWorld world) =>
        world.As("hana.lead").Read("learning").Last(post => post.RootId.Length == 0 && post.Message.StartsWith($"**{Title}**", StringComparison.Ordinal));

    /// <summary>Presses the button of the course's post, whatever it says.</summary>
    public static Task<Reply> BeginAsync(SidecarWorld world, string person)
    {
        var opening = Opening(world);
        return world.LetAsync(world.As(person).ClickAsync(opening, opening.Buttons.Single()));
    }

    public static async Task<SeenPost> LastAsync(SidecarWorld world, string person) => (await Stage.DirectAsync(world, person))[^1];

    /// <summary>Presses a button of the latest message that has it.</summary>
    public static async Task<Reply> PressAsync(SidecarWorld world, string person, string label)
    {
        var post = (await Stage.DirectAsync(world, person)).Last(one => one.Buttons.Any(button => button.Label == label));
        return await world.LetAsync(world.As(person).ClickAsync(post, label));
    }

    /// <summary>Fills in the form behind a button.</summary>
    public static async Task<DialogReply> WriteAsync(SidecarWorld world, string person, string label, string text, bool isShared = false)
    {
        await PressAsync(world, person, label);
        var values = new JsonObject { ["text"] = text };
        if (isShared)
            values["share"] = true;
        return await world.LetAsync(world.As(person).SubmitAsync(values));
    }

    public static async Task AnswerAsync(SidecarWorld world, string person, string option)
    {
        var post = (await Stage.DirectAsync(world, person)).Last(one => one.Message.Contains($".** {option}", StringComparison.Ordinal) && one.Buttons.Any());
        await world.LetAsync(world.As(person).ClickAsync(post, QuizStage.LetterOf(post, option)));
    }

    public static async Task<Participation> PartAsync(SidecarWorld world, string person) =>
        (await world.Store.FindAsync(Participation.ByPerson, world.As(person).Id, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

    private static void Everybody(Seed seed, Action<Seed>? more)
    {
        seed.AddUser("hana.lead", "Hana Lead", "Europe/London", teams: SidecarWorld.Team);
        seed.AddUser("root", "Root Admin", roles: "system_admin system_user", teams: SidecarWorld.Team);
        seed.AddUser("ann", "Ann Berg", "Europe/Berlin", teams: SidecarWorld.Team);
        seed.AddUser("bilal", "Bilal Khan", "America/New_York", teams: SidecarWorld.Team);
        seed.AddUser("chiara", "Chiara Rossi", "Europe/Rome", teams: SidecarWorld.Team);
        seed.AddChannel(SidecarWorld.Team, "learning", "Learning", members: ["hana.lead", "ann", "bilal", "chiara"]);
        seed.AddChannel(SidecarWorld.Team, "workshop", "Workshop", members: ["hana.lead", "ann"]);
        more?.Invoke(seed);
    }
}
