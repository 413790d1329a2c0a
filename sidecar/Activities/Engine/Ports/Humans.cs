namespace MattermostLearning.Activities.Engine.Ports;

/// <summary>Who is a person.</summary>
internal static class Humans
{
    /// <summary>False for bots. Where Mattermost is slow to say, true: what a person writes must not be lost, and a bot's is found out later.</summary>
    public static async ValueTask<bool> IsPersonAsync(this IDirectory directory, string personId, CancellationToken cancellationToken)
    {
        if (personId == directory.BotId)
            return false;
        try
        {
            return await directory.PersonAsync(personId, cancellationToken) is not { IsBot: true };
        }
        catch (DirectoryUnavailableException)
        {
            return true;
        }
    }
}
