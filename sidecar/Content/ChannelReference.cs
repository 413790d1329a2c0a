namespace MattermostLearning.Content;

/// <summary>A channel as the author named it; resolved to an id when a run is created.</summary>
/// <param name="Team">The team's name, where <c>team/learning</c> was written; null: any team.</param>
/// <param name="Name">The channel's name or display name, without <c>~</c> or <c>#</c>.</param>
public sealed record ChannelReference(string? Team, string Name)
{
    public override string ToString() => Team is null ? Name : $"{Team}/{Name}";
}
