using MattermostLearning.Activities.Engine.Ports;

namespace MattermostLearning.TestKit;

/// <summary>People and channels that a test names; everybody is in every channel and team unless the test says otherwise.</summary>
public sealed class FixedDirectory : IDirectory
{
    public Dictionary<string, PersonProfile> People { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ChannelProfile> Channels { get; } = new(StringComparer.Ordinal);

    public HashSet<(string ChannelId, string PersonId)> Absent { get; } = [];

    public HashSet<string> TeamAdmins { get; } = [];

    public HashSet<string> OutOfOffice { get; } = [];

    /// <summary>Mattermost says nothing.</summary>
    public bool IsSilent { get; set; }

    public string BotId => "bot";

    public ValueTask<PersonProfile?> PersonAsync(string personId, CancellationToken cancellationToken = default) => Say(People.GetValueOrDefault(personId));

    public ValueTask<IReadOnlyDictionary<string, PersonProfile>> PeopleAsync(IReadOnlyCollection<string> personIds, CancellationToken cancellationToken = default) =>
        Say<IReadOnlyDictionary<string, PersonProfile>>(People.Where(one => personIds.Contains(one.Key)).ToDictionary());

    public ValueTask<PersonProfile?> FindPersonAsync(string username, CancellationToken cancellationToken = default) =>
        Say(People.Values.FirstOrDefault(one => one.Username.Equals(username.TrimStart('@'), StringComparison.OrdinalIgnoreCase)));

    public ValueTask<ChannelProfile?> ChannelAsync(string channelId, CancellationToken cancellationToken = default) => Say(Channels.GetValueOrDefault(channelId));

    public ValueTask<ChannelProfile?> FindChannelAsync(string teamId, string name, CancellationToken cancellationToken = default) =>
        Say(Channels.Values.FirstOrDefault(one => one.TeamId == teamId && one.Name == name));

    public ValueTask<TeamProfile?> TeamAsync(string teamId, CancellationToken cancellationToken = default) => Say<TeamProfile?>(new TeamProfile(teamId, teamId, teamId));

    public ValueTask<IReadOnlyList<TeamProfile>> TeamsAsync(CancellationToken cancellationToken = default) =>
        Say<IReadOnlyList<TeamProfile>>([.. Channels.Values.Select(one => one.TeamId).Distinct().Select(id => new TeamProfile(id, id, id))]);

    public ValueTask<bool> IsInChannelAsync(string channelId, string personId, CancellationToken cancellationToken = default) => Say(!Absent.Contains((channelId, personId)));

    public ValueTask<IReadOnlySet<string>> ChannelsOfAsync(string personId, IReadOnlyCollection<string> channelIds, CancellationToken cancellationToken = default) =>
        Say<IReadOnlySet<string>>(channelIds.Where(id => !Absent.Contains((id, personId))).ToHashSet());

    public ValueTask<IReadOnlySet<string>> PublicAmongAsync(string teamId, IReadOnlyCollection<string> channelIds, CancellationToken cancellationToken = default) =>
        Say<IReadOnlySet<string>>(channelIds.Where(id => Channels.GetValueOrDefault(id) is { Type: ChannelType.Public, IsArchived: false } one && one.TeamId == teamId).ToHashSet());

    public ValueTask<ChannelEntry> TakeIntoChannelAsync(string channelId, string personId, CancellationToken cancellationToken = default)
    {
        Absent.Remove((channelId, personId));
        return Say(ChannelEntry.In);
    }

    public ValueTask<bool> IsInTeamAsync(string teamId, string personId, CancellationToken cancellationToken = default) => Say(true);

    public ValueTask<bool> IsTeamAdminAsync(string teamId, string personId, CancellationToken cancellationToken = default) => Say(TeamAdmins.Contains(personId));

    public ValueTask<int> MemberCountAsync(string channelId, CancellationToken cancellationToken = default) => Say(People.Count);

    public ValueTask<ChannelAccess> EnterChannelAsync(ChannelProfile channel, CancellationToken cancellationToken = default) => Say(ChannelAccess.Granted);

    public ValueTask<IReadOnlySet<string>> NotToBeDisturbedAsync(IReadOnlyCollection<string> personIds, CancellationToken cancellationToken = default) =>
        Say<IReadOnlySet<string>>(personIds.Where(OutOfOffice.Contains).ToHashSet());

    public ValueTask<(bool Blocks, bool Inline)> ShowsFormulasAsync(CancellationToken cancellationToken = default) => Say((false, false));

    public ValueTask<Uri> SiteAddressAsync(CancellationToken cancellationToken = default) => Say(new Uri("https://chat.example.org"));

    /// <summary>Somebody with an ordinary account.</summary>
    public FixedDirectory With(string id, string displayName, string? zone = null)
    {
        People[id] = new PersonProfile(id, id, displayName, zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone), "en");
        return this;
    }

    private ValueTask<T> Say<T>(T answer) => IsSilent ? throw new DirectoryUnavailableException() : new ValueTask<T>(answer);
}
