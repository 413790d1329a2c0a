using MattermostLearning.Content;
using MattermostLearning.Content.Linting;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What an organisation finds when it begins: each piece of it is without a finding, and was lived through.</summary>
public sealed class StarterLibraryTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "content");

    private static LintReport Report { get; } = new Linter(MattermostLearning.Sidecar.ShippedKinds.Reader).Check([Folder]);

    [Fact]
    public void Lint_finds_nothing_to_say_about_it()
    {
        Report.Diagnostics.ShouldBeEmpty(LintText.Render(Report));
        Report.Repairs.ShouldBe(0);
        Report.Cards.Length.ShouldBeGreaterThanOrEqualTo(12);
        Report.Cards.ShouldAllBe(card => card.Company == MattermostLearning.Content.Design.Company.WithOthers && card.Gain == null);
    }

    [Fact]
    public void Its_page_names_each_piece()
    {
        var page = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Slugs().ShouldAllBe(slug => page.Contains($"`{slug}`", StringComparison.Ordinal));
    }

    /// <summary>All of it at once, for a month in one channel: more than anybody should start, and all the more can go wrong.</summary>
    [Fact]
    public async Task Each_piece_is_started_opens_and_ends_with_its_question()
    {
        var files = Directory.EnumerateFiles(Folder, "*.md", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "README.md")
            .ToDictionary(file => Path.GetRelativePath(Folder, file), File.ReadAllText);
        await using var world = await SidecarWorld.StartAsync(LearningTown.At("2027-03-29 06:00"), "hana.lead", Everybody, files);
        var (hana, ann, bilal) = (world.As("hana.lead"), world.As("ann"), world.As("bilal"));
        foreach (var slug in Slugs())
        {
            var plan = await world.LetAsync(hana.CommandAsync($"/learn start {slug}", "learning"));
            plan.Post!.Buttons.Select(button => button.Label).ShouldContain("Start", plan.Text);
            await world.LetAsync(hana.ClickAsync(plan.Post, "Start"));
        }

        var answered = new HashSet<string>(StringComparer.Ordinal);
        for (var now = LearningTown.At("2027-03-29 06:00"); now < LearningTown.At("2027-05-01 00:00"); now = now.AddHours(2))
        {
            await world.AdvanceToAsync(now);
            foreach (var opening in Openings(world).Where(post => answered.Add(post.Id)))
            {
                await world.LetAsync(ann.ReplyAsync(opening, "Here is mine."));
                await world.LetAsync(bilal.ReplyAsync(opening, "And mine."));
            }
        }

        var openings = Openings(world).ToList();
        var reader = MattermostLearning.Sidecar.ShippedKinds.Reader;
        foreach (var definition in files.Select(file => reader.Read(file.Key, file.Value).Definition!))
        {
            var opening = openings.First(post => IsOf(post, definition));
            if (definition is MattermostLearning.Activities.Kinds.PromptSeries.PromptSeriesDefinition series)
                openings.Where(post => IsOf(post, series)).Select(post => series.Prompts.Count(prompt => post.Message.Contains(prompt.Text))).ShouldBe([1, 1, 1, 1, 1], definition.Slug);
            // Nobody answers the quizzes here, and a round without answers has no scorecard to end with.
            if (definition is not MattermostLearning.Activities.Kinds.Challenge.ChallengeDefinition { WrapUp: { } wrapUp })
                continue;
            var question = wrapUp.Split('?')[0];
            ann.Read("learning").ShouldContain(post => post.RootId == opening.Id && post.Text.Contains(question), definition.Slug);
        }

        openings.Select(post => post.Message).Where(text => text.StartsWith("**Working out loud", StringComparison.Ordinal)).Select(text => text["**Working out loud ".Length])
            .ShouldBe("1234");
        world.Log.Problems.ShouldBeEmpty();
    }

    private static IEnumerable<SeenPost> Openings(SidecarWorld world) =>
        world.As("ann").Read("learning").Where(post => post.RootId.Length == 0 && post.Message.StartsWith("**", StringComparison.Ordinal));

    private static bool IsOf(SeenPost post, ActivityDefinition definition) => post.Message.StartsWith($"**{definition.Title}**", StringComparison.Ordinal);

    private static IEnumerable<string> Slugs() => Report.Cards.Select(card => Path.GetFileNameWithoutExtension(card.Path));

    private static void Everybody(Seed seed)
    {
        seed.AddUser("hana.lead", "Hana Lead", "Europe/London", teams: SidecarWorld.Team);
        seed.AddUser("ann", "Ann Berg", "Europe/Berlin", teams: SidecarWorld.Team);
        seed.AddUser("bilal", "Bilal Khan", "America/New_York", teams: SidecarWorld.Team);
        seed.AddChannel(SidecarWorld.Team, "learning", "Learning", members: ["hana.lead", "ann", "bilal"]);
    }
}
