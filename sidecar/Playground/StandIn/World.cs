using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>
/// Everything that the stand-in remembers, behind one lock. The areas (<see cref="PostsApi"/> and its siblings) work on it;
/// whoever reads or changes it holds <see cref="Gate"/>, and nobody awaits while holding it.
/// </summary>
internal sealed class World
{
    private int _waiting;

    public World(StandInOptions options)
    {
        Options = options;
        Clock = options.TimeProvider;
        Ids = new Ids(options.Seed);
        Version = Version.Parse(options.Version);
        Transcript = new Transcript(this);
        Hub = new Hub(this);
    }

    public Lock Gate { get; } = new();

    /// <summary>Calls that take their time by the clock and do nothing else meanwhile.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public StandInOptions Options { get; }

    public TimeProvider Clock { get; }

    public Version Version { get; }

    public Ids Ids { get; }

    public Hub Hub { get; }

    public Transcript Transcript { get; }

    public string Address { get; set; } = "http://127.0.0.1";

    public Dictionary<string, User> Users { get; } = [];

    public Dictionary<string, User> UsersByName { get; } = [];

    public Dictionary<string, Session> Sessions { get; } = [];

    public Dictionary<string, Team> Teams { get; } = [];

    public Dictionary<string, Channel> Channels { get; } = [];

    /// <summary>By team (empty for direct and group messages) and name.</summary>
    public Dictionary<(string Team, string Name), Channel> ChannelsByName { get; } = [];

    /// <summary>The channels that each person is in, so that nobody's list costs a walk over all.</summary>
    public Dictionary<string, Dictionary<string, Channel>> ChannelsOf { get; } = [];

    public Dictionary<string, Post> Posts { get; } = [];

    public Dictionary<string, Command> Commands { get; } = [];

    public Dictionary<string, StoredFile> Files { get; } = [];

    public Dictionary<string, Hook> Hooks { get; } = [];

    /// <summary>pending_post_id to post id (empty while it is being saved) and when that memory ends.</summary>
    public Dictionary<string, (string PostId, long Until)> PendingPosts { get; } = [];

    public string VersionId => field ??= $"{Options.Version}.{Options.Version}.00000000000000000000000000000000.false";

    public long Now() => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Posts get instants of their own, which can run ahead of the clock; what changes one comes after all of them.</summary>
    public long ChangeInstant(Post post) => Math.Max(Now(), Math.Max(Channels[post.ChannelId].LastPostAt, post.UpdateAt + 1));

    public User UserOr404(string id) => Users.GetValueOrDefault(id) ?? throw Refusal.NoUser();

    public Channel ChannelOr404(string id) => Channels.GetValueOrDefault(id) ?? throw Refusal.NoChannel();

    public Team TeamOr404(string id) => Teams.GetValueOrDefault(id) ?? throw Refusal.NoTeam();

    /// <summary>A post that is there; deleted ones count as missing.</summary>
    public Post? LivePost(string id) => Posts.TryGetValue(id, out var post) && post.DeleteAt == 0 ? post : null;

    public IReadOnlyDictionary<string, Channel> ChannelsOfUser(string userId) =>
        ChannelsOf.TryGetValue(userId, out var channels) ? channels : new Dictionary<string, Channel>();

    public static JsonObject Broadcast(string team = "", string channel = "", string user = "") => new()
    {
        ["omit_users"] = null,
        ["user_id"] = user,
        ["channel_id"] = channel,
        ["team_id"] = team,
    };

    /// <summary>How often the server has restarted.</summary>
    public int Restarts { get; set; }

    /// <summary>A call takes its time.</summary>
    /// <exception cref="ServerEndedException">The server ended meanwhile, and the call with it.</exception>
    public async Task TakeAsync(TimeSpan time)
    {
        var life = Restarts;
        Interlocked.Increment(ref _waiting);
        try
        {
            await Task.Delay(time, Clock);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        if (Restarts != life)
            throw new ServerEndedException();
    }
}

/// <summary>The server's process ended, and with it whatever it was doing.</summary>
internal sealed class ServerEndedException() : Exception("The server ended.");
