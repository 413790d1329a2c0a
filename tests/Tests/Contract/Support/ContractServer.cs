using System.Globalization;
using MattermostLearning.Playground.StandIn;

[assembly: AssemblyFixture(typeof(MattermostLearning.Tests.Contract.Support.StandInServer))]
[assembly: AssemblyFixture(typeof(MattermostLearning.Tests.Contract.Support.RealServer))]

namespace MattermostLearning.Tests.Contract.Support;

/// <summary>A Mattermost that the suite runs on, with a team and people of its own in it. Tests make their own channels.</summary>
/// <remarks>Nothing starts before the first test asks, so that a run of other tests does not pay for it.</remarks>
public abstract class ContractServer : IAsyncDisposable
{
    /// <summary>Of everybody; strict enough for a server as it is installed.</summary>
    public const string Password = "Contract-passw0rd";

    private readonly Lazy<Task> _ready;
    private int _names;

    protected ContractServer() => _ready = new Lazy<Task>(PrepareAsync);

    public Task ReadyAsync() => _ready.Value;

    /// <summary>Why the suite cannot run here, or null.</summary>
    public virtual string? Missing => null;

    public abstract Uri Address { get; }

    /// <summary>Names the folder of shapes.</summary>
    public string Version { get; private set; } = "";

    public string Prefix { get; private set; } = "";

    public string TeamId { get; private set; } = "";

    public string TeamName => Prefix + "team";

    public Client Admin { get; private set; } = null!;

    /// <summary>A plain member of the team.</summary>
    public Client Ann { get; private set; } = null!;

    /// <summary>Another one.</summary>
    public Client Ben { get; private set; } = null!;

    /// <summary>An admin of the team, but not of the system.</summary>
    public Client Lead { get; private set; } = null!;

    /// <summary>Not in the team.</summary>
    public Client Outsider { get; private set; } = null!;

    /// <summary>A plain bot in the team.</summary>
    public Client Bot { get; private set; } = null!;

    public Receiver Receiver { get; } = new();

    public abstract bool Records { get; }

    protected abstract (string Name, string Password) AdminAccount { get; }

    protected abstract ValueTask StartAsync();

    private async Task PrepareAsync()
    {
        await StartAsync();
        await Receiver.StartAsync();
        Prefix = "c" + ToBase36(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        Admin = await Client.SignInAsync(this, AdminAccount.Name, AdminAccount.Password);
        Version = string.Join('.', (await Admin.Get("/config/client?format=old")).Json.Text("BuildNumber").Split('.').Take(2));
        TeamId = (await Admin.Post("/teams", new { name = TeamName, display_name = "Contract", type = "O" }).Created("team.whole")).Text("id");
        Ann = await NewPersonAsync("ann");
        Ben = await NewPersonAsync("ben");
        Lead = await NewPersonAsync("lead");
        Outsider = await NewPersonAsync("out", isInTeam: false);
        await Admin.Put($"/teams/{TeamId}/members/{Lead.Id}/roles", new { roles = "team_user team_admin" }).Ok("status");
        Bot = await NewBotAsync("bot");
    }

    public async Task<Client> NewPersonAsync(string name, bool isInTeam = true)
    {
        var userName = Prefix + name;
        var user = await Admin.Post("/users", new { username = userName, email = userName + "@example.com", password = Password }).Created("user.self");
        if (isInTeam)
            await Admin.Post($"/teams/{TeamId}/members", new { team_id = TeamId, user_id = user.Text("id") }).Created("team.member");
        return await Client.SignInAsync(this, userName, Password);
    }

    public async Task<Client> NewBotAsync(string name)
    {
        var bot = await Admin.Post("/bots", new { username = Prefix + name, display_name = "A bot", description = "For the contract" }).Created("bot");
        var token = await Admin.Post($"/users/{bot.Text("user_id")}/tokens", new { description = "contract" }).Ok("token");
        await Admin.Post($"/teams/{TeamId}/members", new { team_id = TeamId, user_id = bot.Text("user_id") }).Created("team.member");
        return new Client(this, bot.Text("user_id"), bot.Text("username"), token.Text("token"));
    }

    /// <summary>A name that nobody has used, for a channel, a command or a word.</summary>
    public string NewName(string stem) => string.Create(CultureInfo.InvariantCulture, $"{stem}-{Prefix}-{Interlocked.Increment(ref _names)}");

    /// <summary>A channel that Ann made, with the given people added to it.</summary>
    public async Task<string> NewChannelAsync(string type, params Client[] members)
    {
        var channel = await Ann.Post("/channels", new { team_id = TeamId, name = NewName("room"), display_name = "A room", type }).Created("channel");
        foreach (var member in members)
            await Ann.Post($"/channels/{channel.Text("id")}/members", new { user_id = member.Id }).Created("channel.member");
        return channel.Text("id");
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        if (_ready.IsValueCreated)
            Shapes.Save(this);
        GC.SuppressFinalize(this);
    }

    private static string ToBase36(long number)
    {
        var text = "";
        for (; number > 0; number /= 36)
            text = "0123456789abcdefghijklmnopqrstuvwxyz"[(int)(number % 36)] + text;
        return text;
    }
}

public sealed class StandInServer : ContractServer
{
    public MattermostStandIn StandIn { get; private set; } = null!;

    public override Uri Address => StandIn.Address;

    public override bool Records => false;

    protected override (string Name, string Password) AdminAccount => ("admin", "admin");

    protected override async ValueTask StartAsync()
    {
        StandIn = await MattermostStandIn.StartAsync();
        StandIn.Seed.AddUser("admin", "Ada Admin", roles: "system_admin system_user");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (StandIn is not null)
            await StandIn.DisposeAsync();
    }
}

public sealed class RealServer : ContractServer
{
    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public override string? Missing => Setting("MATTERMOST_TEST_URL") is null || Setting("MATTERMOST_TEST_ADMIN") is null || Setting("MATTERMOST_TEST_PASSWORD") is null
        ? "needs a real server: MATTERMOST_TEST_URL, MATTERMOST_TEST_ADMIN, MATTERMOST_TEST_PASSWORD" : null;

    public override Uri Address => new(Setting("MATTERMOST_TEST_URL")!.TrimEnd('/') + "/");

    public override bool Records => Setting("MATTERMOST_TEST_RECORD") == "1";

    protected override (string Name, string Password) AdminAccount => (Setting("MATTERMOST_TEST_ADMIN")!, Setting("MATTERMOST_TEST_PASSWORD")!);

    protected override ValueTask StartAsync() => ValueTask.CompletedTask;
}

/// <summary>One area of Mattermost's behaviour, stated test by test, for whatever server it is given.</summary>
public abstract class MattermostContract(ContractServer server) : IAsyncLifetime
{
    protected ContractServer Server => server;

    protected Client Admin => Server.Admin;

    protected Client Ann => Server.Ann;

    protected Client Ben => Server.Ben;

    protected Client Lead => Server.Lead;

    protected Client Outsider => Server.Outsider;

    protected Client Bot => Server.Bot;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await server.ReadyAsync();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
