using MattermostLearning.Mattermost.Api;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Tests.Unit.Setup;

/// <summary>From what there is and what is wanted to the steps between.</summary>
public sealed class PlannerTests
{
    private const string Callback = "http://learning.internal:8090/";

    private static readonly User Admin = new() { Id = "admin", Username = "svc-learning" };
    private static readonly Wishes Wanted = new(new Uri("https://chat.example.org"), new Uri(Callback), "learning", ["acme"]) { TipWords = ["#til"], Listen = "http://0.0.0.0:8090" };
    private static readonly Command Learn = new()
    {
        Id = "c", Token = "command", Trigger = "learn", Method = "P", Url = $"{Callback}mattermost/command", AutoComplete = true, CreatorId = Admin.Id,
    };

    private static readonly ServerState Done = new(new Version(10, 5, 0), Admin, new StoredConnection { Url = "https://chat.example.org", CallbackUrl = Callback, Listen = "http://0.0.0.0:8090", BotToken = "bot", CommandTokens = ["command"], BotName = "learning", Teams = ["acme"] },
        [new TeamState(new Team { Id = "t", Name = "acme" }) { HasBot = true, Learn = Learn }])
    {
        Bot = new Bot { UserId = "b", Username = "learning", DisplayName = "Learning", OwnerId = Admin.Id },
        BotOwner = Admin,
        BotHasPicture = true,
        KnownTokens = new HashSet<string> { "command" },
        TokenWorks = true,
    };

    [Fact]
    public void Where_all_is_done_nothing_is_to_do()
    {
        var plan = Planner.Make(Done, Wanted);
        plan.Steps.ShouldBeEmpty();
        plan.Warnings.ShouldBeEmpty();
        plan.Obstacles.ShouldBeEmpty();
    }

    [Fact]
    public void Only_what_differs_is_to_do()
    {
        Steps(Done with { Bot = Done.Bot! with { DeleteAt = 1 } }).ShouldBe(["switch the bot @learning on"]);
        Steps(Done with { Bot = Done.Bot! with { DisplayName = "" } }).ShouldBe(["show the bot @learning as Learning (now: nothing)"]);
        Steps(Done with { BotHasPicture = false }).ShouldBe(["give the bot @learning a picture"]);
        Steps(Done with { TokenWorks = false }).ShouldBe(["make an access token for @learning", "write the bot's token into mattermost.json"]);
        Steps(Team(team => team with { HasBot = false })).ShouldBe(["add the bot to the team acme"]);
        Steps(Team(team => team with { Learn = Learn with { Method = "G", AutoComplete = false } })).ShouldBe(["repair /learn in the team acme: method -> POST, autocomplete on"]);
        Steps(Team(team => team with { Learn = Learn with { Token = "another" } })).ShouldBe(["write the token of /learn into mattermost.json"]);
        Steps(Done with { Stored = new StoredConnection { Url = "https://chat.example.org/", CallbackUrl = Callback, Listen = "http://0.0.0.0:8090", CommandTokens = ["command"], BotName = "learning", Teams = ["acme"], IsPrivate = false } })
            .ShouldBe(["write that only its owner may read it into mattermost.json"]);
        Steps(Done with { Stored = Done.Stored with { Teams = [] } }).ShouldBe(["write what setup made into mattermost.json"]);
        Steps(Done with { Stored = Done.Stored with { Teams = ["labs", "acme"] } }).ShouldBeEmpty(); // in labs it stays
    }

    [Fact]
    public void A_display_name_that_the_admin_chose_stays() => Steps(Done with { Bot = Done.Bot! with { DisplayName = "Academy" } }).ShouldBeEmpty();

    [Fact]
    public void A_public_channel_never_becomes_that_of_the_facilitators() =>
        Planner.Make(Team(team => team with { Facilitators = new ChannelState(new Channel { Name = "leads", Type = ChannelType.Public }, HasBot: true) }), Wanted with { FacilitatorsChannel = "leads" })
            .Obstacles.ShouldHaveSingleItem().ShouldStartWith("~leads in the team acme is public");

    [Theory]
    [InlineData("hana.lead", true)]
    [InlineData("admin", true)]
    [InlineData("learning.service", false)]
    [InlineData("svc_mattermost", false)]
    [InlineData("integrations", false)]
    public void Whether_an_account_is_a_persons_is_guessed_by_its_name(string name, bool isPerson) =>
        Planner.LooksLikeAPerson(new User { Username = name }).ShouldBe(isPerson);

    private static ServerState Team(Func<TeamState, TeamState> change) => Done with { Teams = [change(Done.Teams[0])] };

    private static IEnumerable<string> Steps(ServerState state) => Planner.Make(state, Wanted).Steps.Select(step => step.Todo);
}
