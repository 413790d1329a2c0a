namespace MattermostLearning.Activities.Engine.Ports;

/// <summary>
/// What Mattermost says of people, channels and teams. Answers are kept for 60 s and dropped when Mattermost says that they changed.
/// </summary>
/// <remarks>
/// A call that Mattermost does not answer within a second gives what was last known, or throws <see cref="DirectoryUnavailableException"/>
/// where nothing is: callers that decide about rights refuse then, callers that only word a message do without.
/// </remarks>
public interface IDirectory
{
    /// <summary>The bot itself.</summary>
    string BotId { get; }

    /// <summary>Null when there is no such person.</summary>
    ValueTask<PersonProfile?> PersonAsync(string personId, CancellationToken cancellationToken = default);

    /// <summary>Several at once; those that do not exist are left out.</summary>
    ValueTask<IReadOnlyDictionary<string, PersonProfile>> PeopleAsync(IReadOnlyCollection<string> personIds, CancellationToken cancellationToken = default);

    /// <param name="username">With or without `@`, in any case.</param>
    /// <param name="cancellationToken"></param>
    ValueTask<PersonProfile?> FindPersonAsync(string username, CancellationToken cancellationToken = default);

    /// <summary>Null when there is no such channel or the bot may not see it.</summary>
    ValueTask<ChannelProfile?> ChannelAsync(string channelId, CancellationToken cancellationToken = default);

    /// <summary>A channel of a team by its name or display name; null when there is none that the bot may see.</summary>
    ValueTask<ChannelProfile?> FindChannelAsync(string teamId, string name, CancellationToken cancellationToken = default);

    ValueTask<TeamProfile?> TeamAsync(string teamId, CancellationToken cancellationToken = default);

    /// <summary>The teams that the bot is in.</summary>
    ValueTask<IReadOnlyList<TeamProfile>> TeamsAsync(CancellationToken cancellationToken = default);

    /// <summary>Asked afresh when not known; false when the person is no member.</summary>
    ValueTask<bool> IsInChannelAsync(string channelId, string personId, CancellationToken cancellationToken = default);

    /// <summary>Those among some channels that a person is in, asked together. One of which it is not known makes the whole unknown.</summary>
    ValueTask<IReadOnlySet<string>> ChannelsOfAsync(string personId, IReadOnlyCollection<string> channelIds, CancellationToken cancellationToken = default);

    /// <summary>Those among some channels of a team that are public and not archived, asked together.</summary>
    ValueTask<IReadOnlySet<string>> PublicAmongAsync(string teamId, IReadOnlyCollection<string> channelIds, CancellationToken cancellationToken = default);

    ValueTask<bool> IsInTeamAsync(string teamId, string personId, CancellationToken cancellationToken = default);

    ValueTask<bool> IsTeamAdminAsync(string teamId, string personId, CancellationToken cancellationToken = default);

    ValueTask<int> MemberCountAsync(string channelId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes sure that the bot can post in a channel, joining a public one by itself.
    /// </summary>
    ValueTask<ChannelAccess> EnterChannelAsync(ChannelProfile channel, CancellationToken cancellationToken = default);

    /// <summary>Those of the given people whom Mattermost shows out of office or on do-not-disturb, asked within the last half a minute.</summary>
    /// <exception cref="DirectoryUnavailableException">It does not say of each of them; nothing older stands in for it.</exception>
    ValueTask<IReadOnlySet<string>> NotToBeDisturbedAsync(IReadOnlyCollection<string> personIds, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a person into a public channel, as they asked. Whether they may is asked of Mattermost at that moment, whatever is remembered.
    /// </summary>
    ValueTask<ChannelEntry> TakeIntoChannelAsync(string channelId, string personId, CancellationToken cancellationToken = default);

    /// <summary>Whether Mattermost shows formulas, in blocks of their own and within a line.</summary>
    /// <exception cref="DirectoryUnavailableException">Nobody says.</exception>
    ValueTask<(bool Blocks, bool Inline)> ShowsFormulasAsync(CancellationToken cancellationToken = default);

    /// <summary>Mattermost's address as people's browsers know it (its SiteURL), for links to posts.</summary>
    ValueTask<Uri> SiteAddressAsync(CancellationToken cancellationToken = default);
}

/// <param name="Id">Mattermost's id.</param>
/// <param name="Username">Without `@`.</param>
/// <param name="DisplayName">As people should read it, made safe to repeat: no mention, no Markdown, no control characters.</param>
/// <param name="Zone">Their time zone; null when they or Mattermost do not say.</param>
/// <param name="Locale">Their language, such as `en` or `de`.</param>
public sealed record PersonProfile(string Id, string Username, string DisplayName, TimeZoneInfo? Zone, string Locale)
{
    public bool IsBot { get; init; }
    public bool IsDeactivated { get; init; }
    public bool IsSystemAdmin { get; init; }
    public bool IsGuest { get; init; }
}

/// <param name="Id">Mattermost's id.</param>
/// <param name="Name">The name in its address, without `~`.</param>
/// <param name="DisplayName">As people should read it, made safe to repeat.</param>
/// <param name="TeamId">Empty for direct and group messages.</param>
/// <param name="Type">Who can see it.</param>
public sealed record ChannelProfile(string Id, string Name, string DisplayName, string TeamId, ChannelType Type)
{
    public bool IsArchived { get; init; }
}

public enum ChannelType
{
    Public,
    Private,
    Direct,
    Group,
}

public sealed record TeamProfile(string Id, string Name, string DisplayName);

public enum ChannelAccess
{
    /// <summary>The bot is in and may post; members may reply.</summary>
    Granted,

    /// <summary>A private channel that the bot was not invited to.</summary>
    NeedsInvitation,

    /// <summary>The bot is not in the channel's team, so it cannot join.</summary>
    NotInTeam,

    /// <summary>The channel is archived.</summary>
    Archived,

    /// <summary>Posting is not allowed to the bot, or replying not to the members, by the channel's moderation or a permission scheme.</summary>
    PostingForbidden,
}

/// <summary>What came of taking somebody into a channel.</summary>
public enum ChannelEntry
{
    /// <summary>They are in now, or were before.</summary>
    In,

    /// <summary>It is not theirs to join: the channel is private, archived or gone, or they are a guest or outside of its team.</summary>
    NotOpen,

    /// <summary>They could join it themselves, but Mattermost does not let the bot add anybody.</summary>
    Refused,
}

/// <summary>Mattermost did not answer in time and nothing is known from before.</summary>
public sealed class DirectoryUnavailableException(Exception? inner = null) : Exception("Mattermost did not answer in time.", inner);
