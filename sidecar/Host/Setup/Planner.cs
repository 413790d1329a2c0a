using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>From what there is and what is wanted to the steps between. Pure: it asks nobody.</summary>
internal static class Planner
{
    /// <summary>Bot accounts with all that is used of them.</summary>
    public static readonly Version Oldest = new(5, 12, 0);

    private static readonly string[] ServiceWords = ["service", "svc", "integration", "integrations", "automation", "bot", "bots", "system"];

    public static Plan Make(ServerState state, Wishes wishes)
    {
        var obstacles = Obstacles(state, wishes).ToList();
        if (obstacles.Count > 0)
            return new Plan([], [], obstacles);
        var steps = new List<Step>();
        steps.AddRange(BotSteps(state, wishes));
        foreach (var team in state.Teams)
            steps.AddRange(TeamSteps(team, wishes, state.KnownTokens));
        if (wishes.FacilitatorsChannel is { } alerts && state is { HasIncomingHooks: true, Teams: [{ Alerts: null } first, ..] })
            steps.Add(new MakeAlertHook(first.Team, alerts));
        if (Unwritten(state, wishes, steps) is { Length: > 0 } what)
            steps.Add(new WriteFile(what));
        return new Plan(steps, [.. Warnings(state, wishes)], []);
    }

    /// <summary>A guess by the name: accounts do not say what they are.</summary>
    public static bool LooksLikeAPerson(User user) =>
        !user.IsBot && !user.Username.Split('.', '-', '_').Any(part => ServiceWords.Contains(part, StringComparer.OrdinalIgnoreCase));

    private static IEnumerable<string> Obstacles(ServerState state, Wishes wishes)
    {
        if (state.Version is { } version && version < Oldest)
            yield return $"This is Mattermost {version}; {Oldest} is the oldest that works. Upgrade the server first.";
        foreach (var team in state.UnknownTeams)
            yield return $"There is no team `{team}`: a team is named as in its address, https://chat.example.org/NAME/channels/town-square.";
        if (state.NameIsTaken)
            yield return $"@{wishes.BotName} is a person's account, not a bot's. Choose another name with --bot-name.";
        if (state.Bot is null && !state.NameIsTaken && !state.BotsMayBeMade)
            yield return "The server lets nobody make bots. System Console > Integrations > Bot Accounts > Enable Bot Account Creation (ServiceSettings.EnableBotAccountCreation).";
        if (!state.HasCommands)
            yield return "Custom slash commands are switched off. System Console > Integrations > Integration Management > Enable Custom Slash Commands (ServiceSettings.EnableCommands).";
        if (wishes.Tips && !state.HasOutgoingHooks)
            yield return "Outgoing webhooks are switched off. System Console > Integrations > Integration Management > Enable Outgoing Webhooks, or leave --tips out.";
        foreach (var team in state.Teams)
        {
            if (team.Learn is { } command && !Wishes.IsOurCommand(command.Url))
                yield return $"In the team {team.Team.Name} /{Wishes.Trigger} belongs to another integration, which is called at {HostOf(command.Url)}. Delete it there or give it another word (Integrations > Slash Commands), then run setup again.";
            else if (team.Learn is { } other && wishes.IsOfAnother(other, state.KnownTokens) && !wishes.TakesOver)
                yield return $"In the team {team.Team.Name} /{Wishes.Trigger} leads to another sidecar, at {HostOf(other.Url)}: its token is not known here. A team has one: remove that one first (setup --remove there), or let this one have the team with --take-over.";
            foreach (var (channel, name, isPrivate) in new[] { (team.Learning, wishes.LearningChannel, false), (team.Facilitators, wishes.FacilitatorsChannel, true) })
            {
                if (channel is { Channel.IsArchived: true })
                    yield return $"~{name} in the team {team.Team.Name} is archived. Restore it, or choose another name.";
                else if (isPrivate && channel is { Channel.IsPublic: true })
                    yield return $"~{name} in the team {team.Team.Name} is public, and whoever is in the facilitators' channel may run activities. Choose another name, or make it private.";
            }
        }
    }

    private static IEnumerable<string> Warnings(ServerState state, Wishes wishes)
    {
        foreach (var owner in Owners(state).Where(one => LooksLikeAPerson(one.Owner)).GroupBy(one => one.Owner.Id))
        {
            var things = string.Join(", ", owner.Select(one => one.What));
            yield return $"@{owner.First().Owner.Username} {(state.Bot is null && owner.Key == state.Admin.Id ? "will own" : "owns")} {things}, and looks like a person. Mattermost switches a bot off together with its owner: a service account should own bot, command and webhooks.";
        }

        if (wishes is { FacilitatorsChannel: not null } && !state.HasIncomingHooks)
            yield return "Incoming webhooks are switched off (ServiceSettings.EnableIncomingWebhooks), so there is none for alerts: when the bot's token stops working, only the sidecar's log says so.";
        if (IsThisMachineOnly(wishes.Listen) && !IsThisMachineOnly(wishes.CallbackUrl.ToString()))
            yield return $"The sidecar listens on {wishes.Listen ?? Options.SidecarSettings.DefaultListen}, which only this machine reaches, and Mattermost is to call {wishes.CallbackUrl}. Unless a proxy on this machine leads from one to the other, give --listen http://0.0.0.0:8090.";
    }

    private static IEnumerable<(User Owner, string What)> Owners(ServerState state)
    {
        if ((state.Bot is null ? state.Admin : state.BotOwner) is { } owner)
            yield return (owner, "the bot");
        foreach (var team in state.Teams.Where(team => team.LearnOwner is not null))
            yield return (team.LearnOwner!, $"/{Wishes.Trigger} in the team {team.Team.Name}");
    }

    private static bool IsThisMachineOnly(string? address) =>
        Uri.TryCreate(address ?? Options.SidecarSettings.DefaultListen, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static IEnumerable<Step> BotSteps(ServerState state, Wishes wishes)
    {
        if (state.Bot is not { } bot)
        {
            yield return new MakeBot(wishes.BotName);
        }
        else
        {
            if (!bot.IsEnabled)
                yield return new EnableBot(bot);
            if (bot.DisplayName.Length == 0)
                yield return new DescribeBot(bot);
        }

        if (!state.BotHasPicture)
            yield return new GivePicture(wishes.BotName);

        if (!state.TokenWorks)
            yield return new MakeToken(wishes.BotName);
    }

    private static IEnumerable<Step> TeamSteps(TeamState state, Wishes wishes, IReadOnlySet<string> known)
    {
        var team = state.Team;
        if (!state.HasBot)
            yield return new AddToTeam(team);
        if (state.Learn is not { } command)
            yield return new MakeCommand(team, wishes.CommandUrl);
        else if (Differences(command, wishes) is { Length: > 0 } differences)
            yield return new RepairCommand(team, command, wishes.CommandUrl, differences, wishes.IsOfAnother(command, known));
        if (wishes.Tips)
        {
            if (state.Tips is not { } hook)
                yield return new MakeHook(team, wishes.WebhookUrl, WordsOf(wishes));
            else if (Differences(hook, wishes) is { Length: > 0 } differences)
                yield return new RepairHook(team, hook, wishes.WebhookUrl, WordsOf(wishes), differences);
        }

        foreach (var (name, channel, isPrivate) in new[] { (wishes.LearningChannel, state.Learning, false), (wishes.FacilitatorsChannel, state.Facilitators, true) })
        {
            if (name is not null && channel is null)
                yield return new MakeChannel(team, name, isPrivate);
            else if (name is not null && channel is { HasBot: false })
                yield return new AddToChannel(team, channel.Channel);
        }
    }

    private static string Differences(Command command, Wishes wishes) => string.Join(", ", new[]
    {
        command.Url != wishes.CommandUrl ? $"URL {command.Url} -> {wishes.CommandUrl}" : null,
        command.Method != "P" ? "method -> POST" : null,
        command.AutoComplete ? null : "autocomplete on",
    }.OfType<string>());

    private static string Differences(OutgoingHook hook, Wishes wishes) => string.Join(", ", new[]
    {
        hook.CallbackUrls.SequenceEqual([wishes.WebhookUrl]) ? null : $"URL {string.Join(' ', hook.CallbackUrls)} -> {wishes.WebhookUrl}",
        hook.TriggerWords.ToHashSet().SetEquals(WordsOf(wishes)) ? null : $"words -> {string.Join(' ', WordsOf(wishes))}",
    }.OfType<string>());

    /// <summary>Mattermost minds upper and lower case of a trigger word; people do not.</summary>
    internal static IReadOnlyList<string> WordsOf(Wishes wishes) =>
        [.. wishes.TipWords.SelectMany(word => new[] { word, word.ToUpperInvariant(), $"{word[..1]}{char.ToUpperInvariant(word[1])}{word[2..]}" }).Distinct(StringComparer.Ordinal)];

    private static string Unwritten(ServerState state, Wishes wishes, List<Step> steps)
    {
        var stored = state.Stored;
        return string.Join(", ", new[]
        {
            stored.Url is null || !StoredConnection.SameAddress(stored.Url, wishes.Url) ? "the address" : null,
            stored.CallbackUrl is null || !StoredConnection.SameAddress(stored.CallbackUrl, wishes.CallbackUrl) ? "the callback address" : null,
            wishes.Listen is { } listen && listen != stored.Listen ? "Sidecar__Listen" : null,
            steps.OfType<MakeToken>().Any() ? "the bot's token" : null,
            steps.OfType<MakeCommand>().Any() || state.Teams.Any(team => team.Learn is { } command && !stored.CommandTokens.Contains(command.Token)) ? "the token of /learn" : null,
            wishes.Tips && (steps.OfType<MakeHook>().Any() || state.Teams.Any(team => team.Tips is { } hook && !stored.WebhookTokens.Contains(hook.Token))) ? "the webhook's token" : null,
            wishes.Tips && !stored.TipsEnabled ? "Tips__Enabled" : null,
            FacilitatorsOf(state, wishes) is { } channel && channel != stored.FacilitatorsChannel ? "Facilitators__Channel" : null,
            steps.OfType<MakeAlertHook>().Any() ? "the address of the webhook for alerts" : null,
            stored.BotName == wishes.BotName && TeamsOf(state).SequenceEqual(stored.Teams) && (wishes.LearningChannel ?? stored.LearningChannel) == stored.LearningChannel ? null : "what setup made",
            stored.IsPrivate ? null : "that only its owner may read it",
        }.OfType<string>());
    }

    /// <summary>One channel for all teams: that of the first.</summary>
    internal static string? FacilitatorsOf(ServerState state, Wishes wishes) =>
        wishes.FacilitatorsChannel is { } name && state.Teams.Count > 0 ? $"{state.Teams[0].Team.Name}/{name}" : null;

    /// <summary>A setup in one more team leaves the others as they are.</summary>
    internal static IReadOnlyList<string> TeamsOf(ServerState state) => [.. state.Stored.Teams.Union(state.Teams.Select(team => team.Team.Name), StringComparer.Ordinal)];

    private static string HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Authority : "an address that is none";
}
