namespace MattermostLearning.Activities.Engine.Ports;

/// <summary>Who is to stay forgotten, by marks that name nobody. It is kept beside the store, so that a store restored from a backup finds it.</summary>
public interface IForgottenList
{
    /// <summary>A keyed hash of a person's id.</summary>
    string MarkOf(string personId);

    IReadOnlyCollection<string> Marks { get; }

    /// <summary>Durable when it returns. Adding twice does no harm.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    void Add(string mark);
}
