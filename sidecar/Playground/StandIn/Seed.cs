namespace MattermostLearning.Playground.StandIn;

/// <summary>Sets a stand-in up, silently: nothing of it is posted, sent as an event or written to the transcript.</summary>
public sealed class Seed
{
    private readonly MattermostStandIn _standIn;
    private readonly UsersApi _users;
    private readonly TeamsApi _teams;
    private readonly ChannelsApi _channels;
    private readonly MembersApi _members;
    private readonly BotsApi _bots;

    internal Seed(MattermostStandIn standIn, UsersApi users, TeamsApi teams, ChannelsApi channels, MembersApi members, BotsApi bots) =>
        (_standIn, _users, _teams, _channels, _members, _bots) = (standIn, users, teams, channels, members, bots);

    /// <returns>The team's id. It has its town-square and off-topic.</returns>
    public string AddTeam(string name, string? displayName = null)
    {
        lock (World.Gate)
            return _teams.Add(name, displayName ?? name, creator: null).Id;
    }

    /// <param name="team">The team's name.</param>
    /// <param name="name">The channel's name, as in its address.</param>
    /// <param name="displayName">What people see; the name when left out.</param>
    /// <param name="isPrivate">Whether one must be added to see it.</param>
    /// <param name="members">User names to put in, who must be in the team.</param>
    /// <returns>The channel's id.</returns>
    public string AddChannel(string team, string name, string? displayName = null, bool isPrivate = false, params IEnumerable<string> members)
    {
        lock (World.Gate)
        {
            var channel = _channels.Add(Team(team).Id, name, displayName ?? name, isPrivate ? "P" : "O", creator: null);
            foreach (var member in members)
                _members.Put(channel, User(member));
            return channel.Id;
        }
    }

    /// <param name="name">User name.</param>
    /// <param name="displayName">First and last name.</param>
    /// <param name="zone">An IANA zone, as the person's own choice; none when left out.</param>
    /// <param name="locale">Language, for example <c>de</c>.</param>
    /// <param name="roles">System roles; <c>system_admin system_user</c> makes an administrator, <c>system_guest</c> a guest.</param>
    /// <param name="teams">Teams to be in.</param>
    /// <returns>The user's id. The password is the user name.</returns>
    public string AddUser(string name, string displayName = "", string? zone = null, string locale = "en", string roles = "system_user", params IEnumerable<string> teams)
    {
        lock (World.Gate)
        {
            var user = _users.Add(name, $"{name}@example.com", name, roles, World.Now());
            var space = displayName.IndexOf(' ', StringComparison.Ordinal);
            (user.FirstName, user.LastName) = space < 0 ? (displayName, "") : (displayName[..space], displayName[(space + 1)..]);
            (user.Locale, user.ManualZone, user.UseAutomaticZone) = (locale, zone ?? "", zone is null);
            foreach (var team in teams)
                _teams.Join(Team(team), user, silently: true);
            return user.Id;
        }
    }

    /// <returns>The bot's id and its token.</returns>
    public (string Id, string Token) AddBot(string name, string displayName = "", params IEnumerable<string> teams)
    {
        lock (World.Gate)
        {
            var bot = _bots.Add(name, displayName, "", World.Users.Values.FirstOrDefault(u => u.IsAdmin)?.Id ?? "");
            foreach (var team in teams)
                _teams.Join(Team(team), bot, silently: true);
            return (bot.Id, _users.SignIn(bot, isAccessToken: true).Token);
        }
    }

    /// <returns>The token that comes with each call of the command.</returns>
    public string AddCommand(string team, string trigger, Uri url, string hint = "", string description = "")
    {
        lock (World.Gate)
        {
            var at = World.Now();
            var command = new Command
            {
                Id = World.Ids.Next(), Token = World.Ids.Next(), TeamId = Team(team).Id, CreatorId = World.Users.Values.FirstOrDefault(u => u.IsAdmin)?.Id ?? World.Ids.Next(),
                CreateAt = at, UpdateAt = at, Trigger = trigger, Url = url.ToString(), AutoComplete = true, AutoCompleteHint = hint, AutoCompleteDesc = description,
            };
            World.Commands[command.Id] = command;
            return command.Token;
        }
    }

    public void RemoveCommand(string team, string trigger)
    {
        lock (World.Gate)
        {
            foreach (var command in World.Commands.Values.Where(one => one.TeamId == Team(team).Id && one.Trigger == trigger).ToList())
                World.Commands.Remove(command.Id);
        }
    }

    /// <summary>An outgoing webhook for every public channel of a team.</summary>
    /// <returns>The token that comes with each call of it.</returns>
    public string AddOutgoingHook(string team, string creator, Uri url, params IReadOnlyList<string> words)
    {
        lock (World.Gate)
        {
            var hook = new Hook
            {
                Id = World.Ids.Next(), Token = World.Ids.Next(), IsOutgoing = true, TeamId = Team(team).Id, ChannelId = "", CreatorId = User(creator).Id, CreateAt = World.Now(),
                DisplayName = "Tips", ContentType = "application/json", TriggerWords = words, TriggerWhen = 1, CallbackUrls = [url.ToString()],
            };
            World.Hooks[hook.Id] = hook;
            return hook.Token;
        }
    }

    /// <summary>An admin lets formulas be shown.</summary>
    public void EnableLatex()
    {
        lock (World.Gate)
            World.Options.EnableLatex = true;
    }

    /// <summary>A token for somebody, as signing in gives; for clients that speak HTTP.</summary>
    public string TokenFor(string userName)
    {
        lock (World.Gate)
            return _users.SignIn(User(userName), isAccessToken: true).Token;
    }

    /// <summary>Makes a token worthless at once, as when it is replaced or runs out.</summary>
    public void Revoke(string token)
    {
        lock (World.Gate)
            World.Sessions.Remove(token);
    }

    public void AddToTeam(string team, string userName, bool asAdmin = false)
    {
        lock (World.Gate)
            _teams.Join(Team(team), User(userName), silently: true).IsAdmin = asAdmin;
    }

    public void AddToChannel(string channelId, params IEnumerable<string> userNames)
    {
        lock (World.Gate)
        {
            foreach (var name in userNames)
                _members.Put(World.Channels[channelId], User(name));
        }
    }

    /// <summary>The id of a channel by its team and name.</summary>
    public string ChannelId(string team, string name)
    {
        lock (World.Gate)
            return World.ChannelsByName.GetValueOrDefault((Team(team).Id, name))?.Id ?? throw new StandInException(404, "", $"There is no channel {name} in {team}.");
    }

    private World World => _standIn.World;

    private Team Team(string name) => World.Teams.Values.FirstOrDefault(t => t.Name == name) ?? throw new StandInException(404, "", $"There is no team {name}.");

    private User User(string name) => World.UsersByName.GetValueOrDefault(name.TrimStart('@')) ?? throw new StandInException(404, "", $"There is no {name}.");
}
