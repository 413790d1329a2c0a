using System.Collections.Concurrent;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>What Mattermost says of people, channels and teams, remembered for a minute.</summary>
internal sealed partial class MattermostDirectory : IDirectory, IAsyncDisposable
{
    private const string Only = "";
    private const int MostChannelsLookedThrough = 5_000;
    private const int MostAtOnce = 8;

    /// <summary>A name may be old; a membership must not be: it decides who may see and do what.</summary>
    private static readonly TimeSpan ForNames = TimeSpan.MaxValue;
    private static readonly TimeSpan ForMembership = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ForRights = TimeSpan.Zero;

    private readonly MattermostClient _client;
    private readonly MattermostAccess _access;
    private readonly BotIdentity _bot;
    private readonly Remembering _how;
    private readonly TimeProvider _time;
    private readonly Asking _asking;
    private readonly Remembered<PersonProfile> _people;
    private readonly Remembered<string> _idsByUsername;
    private readonly Remembered<ChannelProfile> _channels;
    private readonly Remembered<ChannelProfile> _channelsByName;
    private readonly Remembered<IReadOnlyList<Channel>> _channelsOfTeam;
    private readonly Remembered<ChannelProfile> _public;
    private readonly Remembered<TeamProfile> _teams;
    private readonly Remembered<IReadOnlyList<TeamProfile>> _myTeams;
    private readonly Remembered<ChannelMember> _inChannel;
    private readonly Remembered<TeamMember> _inTeam;
    private readonly Remembered<TeamMember> _teamRights;
    private readonly Remembered<ChannelStats> _stats;
    private readonly Remembered<ClientConfig> _config;
    private readonly Remembered<UserStatus> _statuses;
    private readonly ChannelDoor _door;

    public MattermostDirectory(
        MattermostClient client, MattermostAccess access, BotIdentity bot, Remembering how, TimeProvider time, ILogger<MattermostDirectory> logger)
    {
        (_client, _access, _bot, _how, _time) = (client, access, bot, how, time);
        var asking = _asking = new Asking(how, time);
        _config = One(ForNames, async (_, cancel) => Noted(await client.System.ClientConfigAsync(cancel)));
        _people = new(PeopleOfAsync, ForNames, how, asking, time);
        _idsByUsername = One<string>(ForNames, async (name, cancel) => Noted(await client.Users.GetByUsernameAsync(name, cancel), await NamesAsync()));
        _channels = One(ForNames, async (id, cancel) => Profiles.Of(await client.Channels.GetAsync(id, cancel)));
        _channelsByName = One(ForNames, ChannelByNameAsync);
        _channelsOfTeam = One(ForNames, ChannelsOfTeamAsync);
        _public = new(PublicOfAsync, ForMembership, how, asking, time);
        _teams = One(ForNames, async (id, cancel) => Profiles.Of(await client.Teams.GetAsync(id, cancel)));
        _myTeams = One<IReadOnlyList<TeamProfile>>(
            ForNames, async (_, cancel) => [.. (await client.Teams.MineAsync(cancel)).Where(team => !team.IsArchived).Select(Profiles.Of)]);
        _inChannel = One<ChannelMember>(ForMembership, async (key, cancel) => await client.Channels.MemberAsync(Pair.Left(key), Pair.Right(key), cancel));
        _inTeam = One<TeamMember>(ForMembership, TeamMemberAsync);
        _teamRights = One<TeamMember>(ForRights, TeamMemberAsync);
        _stats = One<ChannelStats>(ForNames, async (id, cancel) => await client.Channels.StatsAsync(id, cancel));
        // Long enough for one call to serve all who are reminded of the same round; never out of date by more than that.
        _statuses = new(StatusesAsync, TimeSpan.Zero, how with { Fresh = TimeSpan.FromSeconds(30) }, asking, time);
        _door = new(client, bot, _inChannel, IsInTeamAsync, logger);
        access.Changed += ForgetAll;

        Remembered<T> One<T>(TimeSpan oldest, Func<string, CancellationToken, Task<T?>> ask) where T : class =>
            new((keys, cancel) => EachAsync(keys, ask, cancel), oldest, how, asking, time);
    }

    public string BotId => _bot.Id;

    public ValueTask DisposeAsync() => _asking.DisposeAsync();

    public async ValueTask<PersonProfile?> PersonAsync(string personId, CancellationToken cancellationToken = default) =>
        MattermostId.IsValid(personId) ? await _people.GetAsync(personId, cancellationToken) : null;

    public ValueTask<IReadOnlyDictionary<string, PersonProfile>> PeopleAsync(
        IReadOnlyCollection<string> personIds, CancellationToken cancellationToken = default) =>
        _people.GetManyAsync([.. personIds.Where(MattermostId.IsValid)], cancellationToken);

    public async ValueTask<PersonProfile?> FindPersonAsync(string username, CancellationToken cancellationToken = default)
    {
        var name = username.Trim().TrimStart('@').ToLowerInvariant();
        if (!IsPathName(name) || await _idsByUsername.GetAsync(name, cancellationToken) is not { } id)
            return null;
        var person = await _people.GetAsync(id, cancellationToken);
        if (person is null || person.Username == name)
            return person;
        // Renamed since: the name may belong to somebody else now, or to nobody.
        _idsByUsername.Drop(name);
        return await _idsByUsername.GetAsync(name, cancellationToken) is { } now ? await _people.GetAsync(now, cancellationToken) : null;
    }

    public async ValueTask<ChannelProfile?> ChannelAsync(string channelId, CancellationToken cancellationToken = default) =>
        MattermostId.IsValid(channelId) ? await _channels.GetAsync(channelId, cancellationToken) : null;

    public async ValueTask<ChannelProfile?> FindChannelAsync(string teamId, string name, CancellationToken cancellationToken = default)
    {
        var typed = name.Trim().TrimStart('~');
        if (!MattermostId.IsValid(teamId) || typed.Length == 0)
            return null;
        var address = typed.ToLowerInvariant();
        if (IsPathName(address) && await _channelsByName.GetAsync(Pair.Of(teamId, address), cancellationToken) is { } byName)
            return byName;
        var all = await _channelsOfTeam.GetAsync(teamId, cancellationToken) ?? [];
        var byDisplayName = all.Where(channel => channel.DisplayName.Equals(typed, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        // Two of one display name cannot be told apart by it: then only the name in the address counts.
        return byDisplayName is [var only] ? Profiles.Of(only) : null;
    }

    public async ValueTask<TeamProfile?> TeamAsync(string teamId, CancellationToken cancellationToken = default) =>
        MattermostId.IsValid(teamId) ? await _teams.GetAsync(teamId, cancellationToken) : null;

    public async ValueTask<IReadOnlyList<TeamProfile>> TeamsAsync(CancellationToken cancellationToken = default) =>
        await _myTeams.GetAsync(Only, cancellationToken) ?? [];

    public async ValueTask<bool> IsInChannelAsync(string channelId, string personId, CancellationToken cancellationToken = default) =>
        MattermostId.IsValid(channelId) && MattermostId.IsValid(personId)
        && await _inChannel.GetAsync(Pair.Of(channelId, personId), cancellationToken) is not null;

    public async ValueTask<IReadOnlySet<string>> ChannelsOfAsync(
        string personId, IReadOnlyCollection<string> channelIds, CancellationToken cancellationToken = default)
    {
        if (!MattermostId.IsValid(personId))
            return new HashSet<string>();
        var members = await _inChannel.GetAllAsync([.. channelIds.Where(MattermostId.IsValid).Select(id => Pair.Of(id, personId))], cancellationToken);
        return members.Keys.Select(Pair.Left).ToHashSet(StringComparer.Ordinal);
    }

    public async ValueTask<IReadOnlySet<string>> PublicAmongAsync(
        string teamId, IReadOnlyCollection<string> channelIds, CancellationToken cancellationToken = default)
    {
        if (!MattermostId.IsValid(teamId))
            return new HashSet<string>();
        var found = await _public.GetAllAsync([.. channelIds.Where(MattermostId.IsValid).Select(id => Pair.Of(teamId, id))], cancellationToken);
        return found.Keys.Select(Pair.Right).ToHashSet(StringComparer.Ordinal);
    }

    public async ValueTask<bool> IsInTeamAsync(string teamId, string personId, CancellationToken cancellationToken = default) =>
        MattermostId.IsValid(teamId) && MattermostId.IsValid(personId)
        && await _inTeam.GetAsync(Pair.Of(teamId, personId), cancellationToken) is { DeleteAt: 0 };

    public async ValueTask<bool> IsTeamAdminAsync(string teamId, string personId, CancellationToken cancellationToken = default) =>
        MattermostId.IsValid(teamId) && MattermostId.IsValid(personId)
        && await _teamRights.GetAsync(Pair.Of(teamId, personId), cancellationToken) is { DeleteAt: 0, IsAdmin: true };

    public async ValueTask<int> MemberCountAsync(string channelId, CancellationToken cancellationToken = default) =>
        MattermostId.IsValid(channelId) && await _stats.GetAsync(channelId, cancellationToken) is { } stats ? stats.MemberCount : 0;

    public async ValueTask<ChannelAccess> EnterChannelAsync(ChannelProfile channel, CancellationToken cancellationToken = default)
    {
        if (channel.IsArchived)
            return ChannelAccess.Archived;
        try
        {
            // All of its calls together get the time of one: a person waits for the answer.
            return await _door.EnterAsync(channel, cancellationToken).WaitAsync(_how.Patience, _time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new DirectoryUnavailableException(e);
        }
    }

    public async ValueTask<IReadOnlySet<string>> NotToBeDisturbedAsync(IReadOnlyCollection<string> personIds, CancellationToken cancellationToken = default)
    {
        var wanted = personIds.Where(MattermostId.IsValid).ToHashSet(StringComparer.Ordinal);
        var found = await _statuses.GetManyAsync(wanted, cancellationToken);
        return found.Count == wanted.Count
            ? found.Where(one => one.Value.DoNotDisturb).Select(one => one.Key).ToHashSet(StringComparer.Ordinal)
            : throw new DirectoryUnavailableException();
    }

    public async ValueTask<ChannelEntry> TakeIntoChannelAsync(string channelId, string personId, CancellationToken cancellationToken = default)
    {
        if (!MattermostId.IsValid(channelId) || !MattermostId.IsValid(personId))
            return ChannelEntry.NotOpen;
        try
        {
            return await _door.TakeInAsync(channelId, personId, cancellationToken).WaitAsync(_how.Patience, _time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new DirectoryUnavailableException(e);
        }
    }

    public async ValueTask<(bool Blocks, bool Inline)> ShowsFormulasAsync(CancellationToken cancellationToken = default) =>
        await _config.GetAsync(Only, cancellationToken) is { } config ? (config.ShowsLatex, config.ShowsInlineLatex) : default;

    public async ValueTask<Uri> SiteAddressAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (await _config.GetAsync(Only, cancellationToken) is { SiteUrl.Length: > 0 } config && Uri.TryCreate(config.SiteUrl, UriKind.Absolute, out var site))
                return site;
        }
        catch (DirectoryUnavailableException)
        {
            // A link by the address that we know works for most people; waiting for the better one would keep the message.
        }

        return _access.BaseAddress;
    }

    /// <summary>Everybody among these, without hurry: for reading threads, where a bot must not pass for a person.</summary>
    /// <exception cref="MattermostException">Mattermost does not tell.</exception>
    internal async Task<IReadOnlySet<string>> BotsAmongAsync(IReadOnlyCollection<string> personIds, CancellationToken cancellationToken)
    {
        var bots = new HashSet<string>(StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var id in personIds)
        {
            if (!_people.TryLast(id, out var person))
                unknown.Add(id);
            else if (person.IsBot)
                bots.Add(id);
        }

        if (unknown.Count == 0)
            return bots;
        var found = await PeopleOfAsync(unknown, cancellationToken);
        foreach (var (id, person) in found)
        {
            _people.Put(id, person);
            if (person.IsBot)
                bots.Add(id);
        }

        return bots;
    }

    private async Task<IReadOnlyDictionary<string, PersonProfile>> PeopleOfAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var names = await NamesAsync();
        var users = await _client.Users.GetManyAsync(ids, cancellationToken);
        return users.DistinctBy(user => user.Id).ToDictionary(user => user.Id, user => Profiles.Of(user, names), StringComparer.Ordinal);
    }

    /// <summary>Somebody who has never been seen has no status: nothing is known that would speak against a message.</summary>
    private async Task<IReadOnlyDictionary<string, UserStatus>> StatusesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var told = (await _client.Status.GetManyAsync(ids, cancellationToken)).DistinctBy(status => status.UserId).ToDictionary(status => status.UserId, StringComparer.Ordinal);
        return ids.ToDictionary(id => id, id => told.GetValueOrDefault(id) ?? new UserStatus { UserId = id, Status = "offline" }, StringComparer.Ordinal);
    }

    private async Task<ChannelProfile?> ChannelByNameAsync(string key, CancellationToken cancellationToken)
    {
        var channel = await _client.Channels.GetByNameAsync(Pair.Left(key), Pair.Right(key), cancellationToken);
        _channels.Put(channel.Id, Profiles.Of(channel));
        return Profiles.Of(channel);
    }

    /// <summary>The public channels, and the private ones that the bot is in.</summary>
    private async Task<IReadOnlyList<Channel>?> ChannelsOfTeamAsync(string teamId, CancellationToken cancellationToken)
    {
        var channels = new Dictionary<string, Channel>(StringComparer.Ordinal);
        foreach (var channel in await _client.Channels.MineAsync(teamId, cancellationToken))
        {
            if (!channel.IsConversation && !channel.IsArchived)
                channels[channel.Id] = channel;
        }

        await foreach (var channel in _client.Channels.PublicAsync(teamId, cancellationToken))
        {
            channels[channel.Id] = channel;
            if (channels.Count >= MostChannelsLookedThrough)
                break;
        }

        return [.. channels.Values];
    }

    private async Task<TeamMember?> TeamMemberAsync(string key, CancellationToken cancellationToken) =>
        await _client.Teams.MemberAsync(Pair.Left(key), Pair.Right(key), cancellationToken);

    /// <summary>Several at once, each by its team's one call; what is not told is not public, or not there.</summary>
    private async Task<IReadOnlyDictionary<string, ChannelProfile>> PublicOfAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ChannelProfile>(StringComparer.Ordinal);
        foreach (var team in keys.GroupBy(Pair.Left, Pair.Right))
        {
            try
            {
                foreach (var channel in await _client.Channels.PublicAsync(team.Key, team, cancellationToken))
                {
                    found[Pair.Of(team.Key, channel.Id)] = Profiles.Of(channel);
                    _channels.Put(channel.Id, Profiles.Of(channel));
                }
            }
            catch (MattermostException e) when (e is { Failure: MattermostFailure.Refused } && (e.IsNotFound || e.IsForbidden))
            {
                // A team that the bot is not in: as far as it can see, nothing there is public.
            }
        }

        return found;
    }

    private async Task<string> NamesAsync()
    {
        try
        {
            return (await _config.GetAsync(Only, CancellationToken.None))?["TeammateNameDisplay"] ?? "";
        }
        catch (DirectoryUnavailableException)
        {
            return "";
        }
    }

    private string Noted(User user, string names)
    {
        _people.Put(user.Id, Profiles.Of(user, names));
        return user.Id;
    }

    private ClientConfig? Noted(ClientConfig config)
    {
        if (_client.ServerVersion is { } version)
            _client.Limits = MessageLimits.For(version, config.MaxPostSize);
        return config;
    }

    /// <summary>Asks for each, some at a time; what Mattermost says is not there, or not ours to see, is left out.</summary>
    private static async Task<IReadOnlyDictionary<string, T>> EachAsync<T>(
        IReadOnlyList<string> keys, Func<string, CancellationToken, Task<T?>> ask, CancellationToken cancellationToken) where T : class
    {
        var answers = new ConcurrentDictionary<string, T>(StringComparer.Ordinal);
        if (keys is [var only])
            await OneAsync(only, cancellationToken);
        else
            await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken }, OneAsync);
        return answers;

        async ValueTask OneAsync(string key, CancellationToken cancel)
        {
            try
            {
                if (await ask(key, cancel) is { } answer)
                    answers[key] = answer;
            }
            catch (MattermostException e) when (e is { Failure: MattermostFailure.Refused } && (e.IsNotFound || e.IsForbidden))
            {
                // It is not there, as far as the bot can see.
            }
        }
    }

    private static bool IsPathName(string name) =>
        name.Length is > 0 and <= 64 && name is not ("." or "..") && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
