using MattermostLearning.Mattermost.Messages;
using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

/// <summary>
/// Mattermost's API v4, one property per area. One instance serves the whole process; the token is read for every request. Whatever goes
/// wrong on the way is a <see cref="MattermostException"/>; ids and lengths that cannot work are refused with an <see cref="ArgumentException"/>
/// before anything is sent.
/// </summary>
public sealed class MattermostClient
{
    private readonly MattermostTransport transport;

    internal MattermostClient(MattermostTransport transport)
    {
        this.transport = transport;
        Users = new UsersApi(transport);
        Status = new StatusApi(transport);
        Teams = new TeamsApi(transport);
        Channels = new ChannelsApi(transport);
        Roles = new RolesApi(transport);
        Posts = new PostsApi(transport);
        Reactions = new ReactionsApi(transport);
        Files = new FilesApi(transport);
        Commands = new CommandsApi(transport);
        Hooks = new HooksApi(transport);
        Bots = new BotsApi(transport);
        Tokens = new TokensApi(transport);
        System = new SystemApi(transport);
        Dialogs = new DialogsApi(transport);
    }

    public IUsersApi Users { get; }

    public IStatusApi Status { get; }

    public ITeamsApi Teams { get; }

    public IChannelsApi Channels { get; }

    public IRolesApi Roles { get; }

    public IPostsApi Posts { get; }

    public IReactionsApi Reactions { get; }

    public IFilesApi Files { get; }

    public ICommandsApi Commands { get; }

    public IHooksApi Hooks { get; }

    public IBotsApi Bots { get; }

    public ITokensApi Tokens { get; }

    public ISystemApi System { get; }

    public IDialogsApi Dialogs { get; }

    /// <summary>The version that the last answer told; null before the first, or when the server hides it.</summary>
    public Version? ServerVersion => transport.ServerVersion;

    /// <summary>Calls that have not ended, those that pause before a repetition among them.</summary>
    public int Underway => transport.Underway;

    /// <summary>What posts and dialogs are checked against. Set it when the server's version and its MaxPostSize are known.</summary>
    public MessageLimits Limits
    {
        get => transport.Limits;
        set => transport.Limits = value;
    }
}
