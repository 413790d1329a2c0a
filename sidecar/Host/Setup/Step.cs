using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>One change. What it says before is what it says after, without the "would".</summary>
/// <param name="Todo">As an order: "make the bot @learning".</param>
internal abstract record Step(string Todo)
{
    public sealed override string ToString() => Todo;
}

internal sealed record MakeBot(string Name) : Step($"make the bot @{Name}, shown as {Wishes.DisplayName}");

internal sealed record EnableBot(Bot Bot) : Step($"switch the bot @{Bot.Username} on");

internal sealed record DescribeBot(Bot Bot) : Step($"show the bot @{Bot.Username} as {Wishes.DisplayName} (now: {(Bot.DisplayName.Length > 0 ? Bot.DisplayName : "nothing")})");

internal sealed record GivePicture(string Name) : Step($"give the bot @{Name} a picture");

internal sealed record MakeToken(string Name) : Step($"make an access token for @{Name}");

internal sealed record AddToTeam(Team Team) : Step($"add the bot to the team {Team.Name}");

internal sealed record MakeCommand(Team Team, string Url) : Step($"make /{Wishes.Trigger} in the team {Team.Name}, calling {Url}");

internal sealed record RepairCommand(Team Team, Command Command, string Url, string Differences, bool TakesOver) : Step($"{(TakesOver ? "take over" : "repair")} /{Wishes.Trigger} in the team {Team.Name}: {Differences}");

internal sealed record MakeHook(Team Team, string Url, IReadOnlyList<string> Words) : Step($"make the outgoing webhook for tips in the team {Team.Name} ({string.Join(' ', Words)})");

internal sealed record RepairHook(Team Team, OutgoingHook Hook, string Url, IReadOnlyList<string> Words, string Differences)
    : Step($"repair the outgoing webhook for tips in the team {Team.Name}: {Differences}");

internal sealed record MakeChannel(Team Team, string Name, bool IsPrivate) : Step($"make the {(IsPrivate ? "private" : "public")} channel ~{Name} in the team {Team.Name}, with the bot in it and nobody else but you");

internal sealed record AddToChannel(Team Team, Channel Channel) : Step($"add the bot to ~{Channel.Name} in the team {Team.Name}");

internal sealed record MakeAlertHook(Team Team, string Channel) : Step($"make the incoming webhook for alerts into ~{Channel} of the team {Team.Name}");

internal sealed record WriteFile(string What) : Step($"write {What} into {Options.SetupFile.Name}")
{
    public bool NeedsRestart => What.Contains("Tips__", StringComparison.Ordinal) || What.Contains("Facilitators__", StringComparison.Ordinal);
}

/// <summary>What to do, in order; what to know; and what forbids doing anything.</summary>
internal sealed record Plan(IReadOnlyList<Step> Steps, IReadOnlyList<string> Warnings, IReadOnlyList<string> Obstacles);
