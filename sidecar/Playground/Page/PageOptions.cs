using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;

namespace MattermostLearning.Playground.Page;

/// <summary>Somebody whom the page lets one be.</summary>
/// <param name="UserName">As the stand-in knows them.</param>
/// <param name="About">Where they are and what they do, in a few words.</param>
/// <param name="IsFacilitator">May start activities; their suggestions hold what only facilitators can type.</param>
public sealed record PagePerson(string UserName, string About, bool IsFacilitator = false);

/// <summary>One subcommand as the page suggests it while somebody types.</summary>
public sealed record Suggestion(string Name, string Arguments, string Help, bool ForFacilitators);

/// <summary>What the page shows and moves.</summary>
public sealed record PageOptions
{
    /// <summary>The loopback port; 0 takes a free one.</summary>
    public required int Port { get; init; }

    public required MattermostStandIn Mattermost { get; init; }

    public required VirtualTimeDriver Driver { get; init; }

    /// <summary>The name of the team whose channels are shown.</summary>
    public required string Team { get; init; }

    /// <summary>The name of the channel that is open at first.</summary>
    public required string Channel { get; init; }

    /// <summary>The folder of the activities, as it was named: somebody who plays may edit them.</summary>
    public required string Content { get; init; }

    /// <summary>The first one is whoever opens the page without saying whom they play.</summary>
    public required IReadOnlyList<PagePerson> People { get; init; }

    /// <summary>The subcommands, explained in a language.</summary>
    public required Func<string, IReadOnlyList<Suggestion>> Suggestions { get; init; }

    /// <summary>Everything that the page shows first has happened. Until then its files are served, and whoever asks for more waits.</summary>
    public Task Ready { get; init; } = Task.CompletedTask;
}

/// <summary>A content file with an error.</summary>
/// <param name="Path">Relative to the content folder.</param>
/// <param name="Line">Null where the whole file is meant.</param>
/// <param name="Finding">What is wrong, and what to write instead.</param>
public sealed record BrokenFile(string Path, int? Line, string Finding);
