using System.Globalization;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.TestKit;

/// <summary>A small team with one weekly challenge in ~learning, about to open its first round: for tests of what can happen to it.</summary>
public sealed class LearningTown : IAsyncDisposable
{
    public const string Challenge = """
        ---
        kind: challenge
        title: One good question
        summary: Ask somebody outside your team one question that you really want answered.
        channel: learning
        schedule: every Monday at 09:00
        time-zone: Europe/London
        open-for: 4 days
        remind: 1 day before close
        rounds: 6
        host: hana.lead
        when-missed: send late
        ---
        Ask somebody outside your team **one question** that you really want answered.

        ## Hint after 1 day
        Anything that you wish you had known a year ago.

        ## Wrap-up
        What did asking feel like?
        """;

    private readonly Dictionary<string, string> _direct = new(StringComparer.Ordinal);

    private LearningTown(SidecarWorld world) => World = world;

    /// <summary>Monday morning in London, in winter time.</summary>
    public static DateTimeOffset FirstOpening { get; } = At("2027-03-15 09:00");

    public static DateTimeOffset FirstClose { get; } = At("2027-03-19 09:00");

    public static DateTimeOffset SecondOpening { get; } = At("2027-03-22 09:00");

    public SidecarWorld World { get; }

    public string ChannelId { get; private set; } = "";

    /// <summary>Friday afternoon; Hana has started the challenge.</summary>
    public static async Task<LearningTown> StartAsync(string challenge = Challenge)
    {
        string channelId = "";
        var world = await SidecarWorld.StartAsync(
            At("2027-03-12 15:00"), "hana.lead", seed => channelId = Settle(seed), new Dictionary<string, string> { ["challenges/one-good-question.md"] = challenge });
        var town = new LearningTown(world) { ChannelId = channelId };
        var plan = await world.LetAsync(town.As("hana.lead").CommandAsync("/learn start one-good-question", "learning"));
        await world.LetAsync(town.As("hana.lead").ClickAsync(plan.Post!, "Start"));
        return town;
    }

    public static DateTimeOffset At(string utc) => new(DateTime.Parse(utc, CultureInfo.InvariantCulture), TimeSpan.Zero);

    public Person As(string userName) => World.As(userName);

    /// <summary>Five minutes into the first round.</summary>
    public async Task<SeenPost> OpenRoundAsync()
    {
        await World.AdvanceToAsync(FirstOpening.AddMinutes(5));
        return Openings()[^1];
    }

    /// <summary>Five minutes into the second round.</summary>
    public async Task<SeenPost> OpenNextRoundAsync()
    {
        var before = Openings().Count;
        await World.AdvanceToAsync(SecondOpening.AddMinutes(5));
        return Openings() is var now && now.Count > before ? now[^1] : throw new InvalidOperationException("No second round was opened.");
    }

    /// <summary>Past the close of the round that is open.</summary>
    public Task CloseRoundAsync() =>
        World.AdvanceToAsync((World.Time.GetUtcNow() < FirstClose ? FirstClose : FirstClose.AddDays(7)).AddMinutes(5));

    public async Task<SeenPost> ReplyAsync(string userName, SeenPost post, string message, bool joining = false)
    {
        if (joining)
            await World.LetAsync(As(userName).JoinAsync("learning"));
        return await World.LetAsync(As(userName).ReplyAsync(post, message));
    }

    /// <summary>Types a command in a channel that everybody is in, and gives its answer.</summary>
    public async Task<string> SayAsync(string userName, string command) => (await World.LetAsync(As(userName).CommandAsync(command, "off-topic"))).Text;

    public Task ArchiveAsync() => As("ada.admin").CallAsync("DELETE", $"/channels/{ChannelId}");

    public Task RestoreAsync() => As("ada.admin").CallAsync("POST", $"/channels/{ChannelId}/restore");

    /// <summary>The posts of rounds that stand in the channel.</summary>
    public IReadOnlyList<SeenPost> Openings() =>
        [.. As("dev").Read(ChannelId).Where(post => post.RootId.Length == 0 && post.Message.StartsWith("**One good question**", StringComparison.Ordinal))];

    public SeenPost Look(SeenPost post) => As("dev").Look(post.Id);

    public SeenPost WrapUp(SeenPost round) =>
        As("dev").Read(ChannelId).Single(post => post.RootId == round.Id && post.Message.StartsWith("**This round of", StringComparison.Ordinal));

    /// <summary>What the bot has written to somebody, and they to it.</summary>
    public async Task<IReadOnlyList<SeenPost>> DirectMessagesAsync(string userName)
    {
        // Asked once: somebody whose account is switched off meanwhile can no longer ask.
        if (!_direct.TryGetValue(userName, out var channelId))
            _direct[userName] = channelId = await As(userName).DirectAsync("learning");
        return As(userName).Read(channelId);
    }

    /// <summary>What has been seen in a channel so far.</summary>
    public IReadOnlyList<TranscriptEntry> Entries(TranscriptKind kind, string channel) =>
        [.. World.Mattermost.Transcript.Entries.Where(entry => entry.Kind == kind && entry.Place == $"~{channel}")];

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private static string Settle(Seed seed)
    {
        seed.AddUser("ada.admin", "Ada Admin", roles: "system_admin system_user", teams: SidecarWorld.Team);
        seed.AddUser("hana.lead", "Hana Lead", "Europe/London", teams: SidecarWorld.Team);
        seed.AddUser("ann", "Ann Berg", "Europe/Berlin", teams: SidecarWorld.Team);
        seed.AddUser("bilal", "Bilal Khan", "America/New_York", teams: SidecarWorld.Team);
        seed.AddUser("chiara", "Chiara Rossi", "Asia/Tokyo", teams: SidecarWorld.Team);
        seed.AddUser("dev", "Dev Patel", teams: SidecarWorld.Team);
        seed.AddUser("eve", "Eve Adler", teams: SidecarWorld.Team);
        seed.AddBot("build.bot", "Build", SidecarWorld.Team);
        return seed.AddChannel(
            SidecarWorld.Team, "learning", "Learning", members: ["ada.admin", "hana.lead", "ann", "bilal", "chiara", "dev", "build.bot"]);
    }
}
