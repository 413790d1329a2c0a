using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What the tests of quizzes share: a channel with seven people in it, one quiz, and ways to find what they are asked.</summary>
internal static class QuizStage
{
    public const string Slug = "all-kinds";

    public static readonly string[] Crowd = ["ann", "bilal", "chiara", "dev", "emil", "fay"];

    public static readonly DateTimeOffset Friday = LearningTown.At("2027-01-08 15:00");
    public static readonly DateTimeOffset Tuesday = LearningTown.At("2027-01-12 09:00");

    /// <summary>One question of each kind.</summary>
    public const string Questions = """
        A look at fruit and cities.

        ## Question: Which of these is red?
        - [ ] A plum
          > Plums are blue.
        - [x] A cherry
          > Ripe ones are.
        - [ ] A lime
          > Limes are green.

        ## Question: Which of these are cities?
        - [x] Paris
          > Of France.
        - [x] Lima
        - [ ] France
          > That is a country.

        ## Question: What is the capital of Switzerland?
        ### Answer
        - [x] Bern
        - [x] Berne
        - [ ] Zürich
          > The largest city, and not the capital.

        > Since 1848, though no law calls it that.

        ## Question: How high is the Matterhorn, in metres?
        ### Answer
        - 4478 ± 50

        ## Question: Put these into order, the smallest first.
        1. A grape
        2. A plum
        3. A melon

        ## Question: What belongs together?
        - Paris
          - the Seine
        - Rome
          - the Tiber

        ## Wrap-up
        Which one would you ask a colleague?
        """;

    public static async Task<SidecarWorld> StartedAsync(string keys, string body = Questions, string title = "All kinds")
    {
        var content = new Dictionary<string, string> { [$"quizzes/{Slug}.md"] = $"---\nkind: quiz\ntitle: {title}\nchannel: learning\nhost: hana.lead\n{keys}\n---\n{body}\n" };
        var world = await SidecarWorld.StartAsync(Friday, "hana.lead", Everybody, content);
        var plan = await world.LetAsync(world.As("hana.lead").CommandAsync($"/learn start {Slug}", "learning"));
        await world.LetAsync(world.As("hana.lead").ClickAsync(plan.Post!, "Start"));
        return world;
    }

    public static SeenPost Opening(SidecarWorld world, string title = "All kinds") =>
        world.As("dev").Read("learning").Last(post => post.RootId.Length == 0 && post.Message.StartsWith($"**{title}**", StringComparison.Ordinal));

    public static async Task<SeenPost> LastDirectAsync(SidecarWorld world, string person) => world.As(person).Latest(await world.As(person).DirectAsync("learning"));

    public static async Task<IReadOnlyList<SeenPost>> DirectAsync(SidecarWorld world, string person) => world.As(person).Read(await world.As(person).DirectAsync("learning"));

    /// <summary>The letter before a text, on a message whose letters everybody has in another order.</summary>
    public static string LetterOf(SeenPost post, string text) =>
        post.Message.Split('\n').First(line => line.StartsWith("**", StringComparison.Ordinal) && line.EndsWith($".** {text}", StringComparison.Ordinal))[2..3];

    private static void Everybody(Seed seed)
    {
        seed.AddUser("hana.lead", "Hana Lead", "Europe/London", teams: SidecarWorld.Team);
        seed.AddUser("root", "Root Admin", roles: "system_admin system_user", teams: SidecarWorld.Team);
        foreach (var name in Crowd)
            seed.AddUser(name, $"{char.ToUpperInvariant(name[0])}{name[1..]} Test", "Europe/London", teams: SidecarWorld.Team);
        seed.AddChannel(SidecarWorld.Team, "learning", "Learning", members: ["hana.lead", .. Crowd]);
    }
}
