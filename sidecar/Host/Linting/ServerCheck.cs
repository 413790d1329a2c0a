using System.Collections.Immutable;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Linting;
using MattermostLearning.Content.Markdown;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Linting;

/// <summary>
/// Looks for the channels and people that activities name, as the bot sees them, and whether formulas are shown. Each is asked for once, however many files name it.
/// </summary>
internal sealed class ServerCheck(MattermostClient client)
{
    /// <summary>What the bot may see of one team.</summary>
    private sealed record Seen(Team Team, IReadOnlyList<Channel> Inside, IReadOnlyList<Channel> Outside);

    /// <returns>What is not there, by file and place.</returns>
    /// <exception cref="MattermostException">It could not be asked.</exception>
    public async Task<ImmutableArray<Diagnostic>> FindAsync(IReadOnlyList<ActivityDefinition> definitions, CancellationToken cancellationToken)
    {
        var named = definitions.Select(definition => (Definition: definition, Names: OutsideName.In(definition))).Where(each => each.Names.Length > 0).ToList();
        if (named.Count == 0)
            return [];
        var bot = await client.Users.MeAsync(cancellationToken);
        var teams = await TeamsAsync(cancellationToken);
        var wanted = named.SelectMany(each => each.Names).Select(name => name.Person).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
        var people = (await client.Users.GetByUsernamesAsync(wanted, cancellationToken)).ToDictionary(user => user.Username, StringComparer.OrdinalIgnoreCase);
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var (definition, names) in named)
        {
            var report = new DiagnosticBag(definition.Document.Source);
            foreach (var name in names)
            {
                if (name.Channel is { } channel)
                    Look(channel, name, teams, bot, report);
                else
                    Look(people.GetValueOrDefault(name.Person!), name, report);
            }

            found.AddRange(report.ToImmutable().Where(each => each.Severity == Severity.Error || !definition.Settings.LintOff.ContainsKey(each.Code)));
        }

        return found.ToImmutable();
    }

    /// <summary>Without the warnings about formulas that this server shows.</summary>
    /// <exception cref="MattermostException">It could not be asked.</exception>
    public async Task<LintReport> WithoutShownAsync(LintReport report, CancellationToken cancellationToken)
    {
        if (!Formulas.AreAmong(report.Diagnostics))
            return report;
        var config = await client.System.ClientConfigAsync(cancellationToken);
        return report with { Diagnostics = Formulas.WithoutShown(report.Diagnostics, config.ShowsLatex, config.ShowsInlineLatex) };
    }

    private static void Look(User? person, OutsideName name, DiagnosticBag report)
    {
        if (person is null)
            Tell(report, name, Codes.NoSuchPerson, $"Mattermost knows nobody by the name @{name.Person}.", "A username is what stands in small print below somebody's name; look it up in their profile.");
        else if (!person.IsActive)
            Tell(report, name, Codes.NoSuchPerson, $"The account of @{name.Person} is switched off.", "Name somebody who is there.");
    }

    private static void Look(ChannelReference channel, OutsideName name, IReadOnlyList<Seen> all, User bot, DiagnosticBag report)
    {
        var teams = all.Where(seen => channel.Team is null || Same(seen.Team.Name, channel.Team)).ToList();
        if (teams.Count == 0)
        {
            Tell(report, name, Codes.NoSuchChannel, channel.Team is null ? $"@{bot.Username} is in no team." : $"@{bot.Username} is in no team `{channel.Team}`.",
                all.Count == 0 ? $"Invite it, in the team: /invite @{bot.Username}." : $"It is in: {string.Join(", ", all.Select(seen => $"`{seen.Team.Name}`"))}. A team is named as its address is.");
            return;
        }

        if (teams.Any(seen => Named(seen.Inside, channel.Name) is { IsArchived: false }))
            return;
        if (teams.Select(seen => Named(seen.Outside, channel.Name)).FirstOrDefault(one => one is not null) is { } outside)
        {
            Tell(report, name, Codes.BotIsOutside, $"@{bot.Username} is not in ~{outside.Name}.", $"Invite it there: /invite @{bot.Username} ~{outside.Name}");
            return;
        }

        var near = Nearest.To(channel.Name.ToLowerInvariant(), teams.SelectMany(seen => seen.Inside.Concat(seen.Outside)).Select(one => one.Name));
        Tell(report, name, Codes.NoSuchChannel, $"@{bot.Username} sees no channel ~{channel.Name}{(teams is [var only] ? $" in the team `{only.Team.Name}`" : "")}.",
            near is not null ? $"Did you mean `{near}`? A private channel is seen only from inside: /invite @{bot.Username}" : $"A private channel is seen only from inside: go there, and type /invite @{bot.Username}");
    }

    /// <summary>What an activity cannot do without is an error; what its text mentions, most likely a slip.</summary>
    private static void Tell(DiagnosticBag report, OutsideName name, string code, string message, string help)
    {
        if (name.IsNeeded)
            report.Error(name.Span, code, message, help);
        else
            report.Warning(name.Span, code, message, help);
    }

    /// <summary>By the name in its address or, where only one has it, by the name that people see.</summary>
    private static Channel? Named(IReadOnlyList<Channel> channels, string name) =>
        channels.FirstOrDefault(one => Same(one.Name, name)) ?? (channels.Where(one => Same(one.DisplayName, name)).Take(2).ToList() is [var only] ? only : null);

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private async Task<IReadOnlyList<Seen>> TeamsAsync(CancellationToken cancellationToken)
    {
        List<Seen> seen = [];
        foreach (var team in (await client.Teams.MineAsync(cancellationToken)).Where(team => !team.IsArchived))
        {
            List<Channel> inside = [.. (await client.Channels.MineAsync(team.Id, cancellationToken)).Where(one => one.TeamId == team.Id && !one.IsArchived)];
            var ids = inside.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
            List<Channel> outside = await client.Channels.PublicAsync(team.Id, cancellationToken).Where(one => !ids.Contains(one.Id)).ToListAsync(cancellationToken);
            seen.Add(new Seen(team, inside, outside));
        }

        return seen;
    }
}
