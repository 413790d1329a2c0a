using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.Activities.Engine.People;

/// <param name="Speech">Their language.</param>
/// <param name="Zone">Their zone; null when nobody says.</param>
public sealed record Listener(Speech Speech, TimeZoneInfo? Zone)
{
    /// <summary>What they chose, whether or not the bot speaks it; null when nobody says.</summary>
    public string? Language { get; init; }
}

/// <summary>How people are spoken to: as they chose with `/learn settings`, else as Mattermost says.</summary>
public sealed class Listeners(ILearningStore store, IDirectory directory, Catalogue catalogue)
{
    /// <param name="personId">Null where nobody in particular listens.</param>
    /// <param name="cancellationToken"></param>
    /// <remarks>Never fails: without Mattermost's word, and without a store that can be read, it is what is usual.</remarks>
    public async ValueTask<Listener> OfAsync(string? personId, CancellationToken cancellationToken = default)
    {
        if (personId is null)
            return new Listener(catalogue.For(null), null);
        var profile = await ProfileAsync(personId, cancellationToken);
        return Of(await ChoicesAsync(personId, cancellationToken), profile);
    }

    private Listener Of(PersonSettings? settings, PersonProfile? profile) =>
        new(catalogue.For(settings?.Language ?? profile?.Locale), settings?.Zone ?? profile?.Zone) { Language = settings?.Language ?? profile?.Locale };

    private async ValueTask<PersonSettings?> ChoicesAsync(string personId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync<PersonSettings>(personId, cancellationToken);
        }
        catch (Exception e) when (e is StoreUnavailableException or UnreadableDocumentException)
        {
            // They are told so in a moment, and in some language it has to be.
            return null;
        }
    }

    private async ValueTask<PersonProfile?> ProfileAsync(string personId, CancellationToken cancellationToken)
    {
        try
        {
            return await directory.PersonAsync(personId, cancellationToken);
        }
        catch (DirectoryUnavailableException)
        {
            return null;
        }
    }
}
