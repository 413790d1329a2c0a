using System.Globalization;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>A team in a Mattermost, with the bot in it: a real server where one is given and of use, else the stand-in.</summary>
internal sealed class Town : IAsyncDisposable
{
    private const string Admin = "bench.admin";
    private const string PersonPassword = "Passw0rd-of-a-bench";

    private readonly Api _admin;
    private readonly string _prefix;
    private readonly List<string> _commands = [];
    private int _names;

    private Town(Uri address, Api admin, MattermostStandIn? standIn, string prefix) => (Address, _admin, StandIn, _prefix) = (address, admin, standIn, prefix);

    public Uri Address { get; }

    /// <summary>Null on a real server.</summary>
    public MattermostStandIn? StandIn { get; }

    /// <summary>As the table names it.</summary>
    public string Kind { get; private set; } = "the stand-in";

    public string AdminId => _admin.Id;

    public string TeamId { get; private set; } = "";

    public (string Id, string Token) Bot { get; private set; }

    public static async Task<Town> OpenAsync(RealServer? real, StandInOptions? options = null)
    {
        var prefix = "perf" + Clock36();
        if (real is null)
        {
            var standIn = await MattermostStandIn.StartAsync(options);
            var adminId = standIn.Seed.AddUser(Admin, "Bench Admin", roles: "system_admin system_user");
            return await SettleAsync(new Town(standIn.Address, Api.Of(standIn.Address, adminId, standIn.Seed.TokenFor(Admin)), standIn, prefix));
        }

        var town = new Town(real.Address, await Api.SignInAsync(real.Address, real.Admin, real.Password), null, prefix);
        town.Kind = "Mattermost " + Api.Text(await town._admin.GetAsync("config/client?format=old"), "BuildNumber");
        return await SettleAsync(town);
    }

    /// <summary>Somebody in the team who can act, and who is in the given channels.</summary>
    public async Task<Api> AddCallerAsync(params IEnumerable<string> channelIds)
    {
        var name = NewName("caller");
        await AddUserAsync(name);
        var caller = await Api.SignInAsync(Address, name, StandIn is null ? PersonPassword : name);
        foreach (var channelId in channelIds)
            await caller.PostAsync($"channels/{channelId}/members", new { user_id = caller.Id });
        return caller;
    }

    /// <summary>People in the team who only receive, by id: nobody can sign in as them.</summary>
    public async Task<IReadOnlyList<string>> AddPeopleAsync(int count, string? channelId = null)
    {
        var names = Enumerable.Range(0, count).Select(_ => NewName("person")).ToList();
        var ids = new string[count];
        if (StandIn is not null)
        {
            foreach (var (number, name) in names.Index())
                ids[number] = SeedUser(name);
            if (channelId is not null)
                StandIn.Seed.AddToChannel(channelId, names);
            return ids;
        }

        await Load.RunAsync(4, count, async (_, number) =>
        {
            // Somebody else vouches for them: a password's hash takes longer than all the rest.
            ids[number] = await JoinAsync(new { username = names[number], email = names[number] + "@example.com", auth_service = "ldap", auth_data = names[number] });
            if (channelId is not null)
                await _admin.PostAsync($"channels/{channelId}/members", new { user_id = ids[number] });
        });
        return ids;
    }

    /// <summary>A public channel that the bot is in.</summary>
    public async Task<string> AddChannelAsync()
    {
        var name = NewName("channel");
        if (StandIn is not null)
            return StandIn.Seed.AddChannel(_prefix, name, members: [_prefix + "bot"]);
        var id = Api.Text(await _admin.PostAsync("channels", new { team_id = TeamId, name, display_name = name, type = "O" }), "id");
        await _admin.PostAsync($"channels/{id}/members", new { user_id = Bot.Id });
        return id;
    }

    /// <returns>The command's token.</returns>
    public async Task<string> AddCommandAsync(string trigger, Uri url)
    {
        var command = await _admin.PostAsync("commands", new { team_id = TeamId, trigger, method = "P", url = url.ToString(), auto_complete = false });
        _commands.Add(Api.Text(command, "id"));
        return Api.Text(command, "token");
    }

    /// <summary>From now on the stand-in is slow to take posts, so that the outbox hardly competes with what sets it off.</summary>
    public void HoldPosts() => StandIn!.Faults.Choose =
        target => target is { Method: "POST", IsBot: true, Path: "/posts" or "/channels/direct" } ? Fault.Slow(TimeSpan.FromSeconds(2)) : null;

    public Api AsBot() => Api.Of(Address, Bot.Id, Bot.Token);

    public async ValueTask DisposeAsync()
    {
        if (StandIn is not null)
        {
            await StandIn.DisposeAsync();
        }
        else
        {
            foreach (var command in _commands)
                await _admin.DeleteAsync($"commands/{command}");
            await _admin.DeleteAsync($"teams/{TeamId}");
        }

        _admin.Dispose();
    }

    private static async Task<Town> SettleAsync(Town town)
    {
        var botName = town._prefix + "bot";
        if (town.StandIn is { } standIn)
        {
            town.TeamId = standIn.Seed.AddTeam(town._prefix);
            standIn.Seed.AddToTeam(town._prefix, Admin, asAdmin: true);
            town.Bot = standIn.Seed.AddBot(botName, "Learning", town._prefix);
            return town;
        }

        town.TeamId = Api.Text(await town._admin.PostAsync("teams", new { name = town._prefix, display_name = "Benchmarks", type = "O" }), "id");
        var botId = Api.Text(await town._admin.PostAsync("bots", new { username = botName, display_name = "Learning" }), "user_id");
        town.Bot = (botId, Api.Text(await town._admin.PostAsync($"users/{botId}/tokens", new { description = "benchmarks" }), "token"));
        await town._admin.PostAsync($"teams/{town.TeamId}/members", new { team_id = town.TeamId, user_id = botId });
        return town;
    }

    private async Task AddUserAsync(string name)
    {
        if (StandIn is not null)
            SeedUser(name);
        else
            await JoinAsync(new { username = name, email = name + "@example.com", password = PersonPassword });
    }

    private string SeedUser(string name) => StandIn!.Seed.AddUser(name, "Pat Person", "Europe/London", teams: _prefix);

    private async Task<string> JoinAsync(object user)
    {
        var id = Api.Text(await _admin.PostAsync("users", user), "id");
        await _admin.PostAsync($"teams/{TeamId}/members", new { team_id = TeamId, user_id = id });
        return id;
    }

    private string NewName(string stem) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{stem}{Interlocked.Increment(ref _names)}");

    private static string Clock36()
    {
        var text = "";
        for (var number = Measuring.Clock.Now.ToUnixTimeMilliseconds(); number > 0; number /= 36)
            text = "0123456789abcdefghijklmnopqrstuvwxyz"[(int)(number % 36)] + text;
        return text;
    }
}
