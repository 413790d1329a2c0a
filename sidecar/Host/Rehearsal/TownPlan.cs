using System.Globalization;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.Content.Schedules;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>What every town of a stand-in has beside its people: a team, the bot, a facilitator, and the channels and hosts that the content names.</summary>
internal static class TownPlan
{
    public const string Team = "acme";
    public const string Bot = "learning";
    public const string Facilitator = "learning.lead";
    public const string FacilitatorName = "Hana Lead";
    public const string FacilitatorZone = "Europe/London";
    public const string FirstChannel = "learning";
    public const string FacilitatorsChannel = "facilitators";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestClosing = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(30);

    /// <summary>The channels and hosts that the content names are there, and everybody is in the channels.</summary>
    public static void Settle(Seed seed, IReadOnlyList<ActivityDefinition> offered, IEnumerable<string> people)
    {
        var everybody = people.ToList();
        var hosts = offered.Select(one => one.Host?.TrimStart('@')).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (var host in hosts.Except(everybody, StringComparer.OrdinalIgnoreCase).ToList())
        {
            seed.AddUser(host.ToLowerInvariant(), CultureInfo.InvariantCulture.TextInfo.ToTitleCase(host.Replace('.', ' ')), FacilitatorZone, teams: Team);
            everybody.Add(host.ToLowerInvariant());
        }

        seed.AddChannel(Team, FacilitatorsChannel, "Facilitators", isPrivate: true, Facilitator, Bot);
        var channels = offered.SelectMany(one => one.Channels).Select(channel => channel.Name).Prepend(FirstChannel);
        foreach (var (name, title) in channels.DistinctBy(NameOf, StringComparer.Ordinal).Select(title => (NameOf(title), title)).Where(one => one.Item1 is not ("town-square" or "off-topic" or FacilitatorsChannel)))
            seed.AddChannel(Team, name, CultureInfo.InvariantCulture.TextInfo.ToTitleCase(title), members: everybody);
    }

    /// <summary>When it would open first; null where it has no dates, or none any more.</summary>
    public static DateTimeOffset? FirstOpening(ActivityDefinition definition, DateTimeOffset after) => definition switch
    {
        { Schedule: { } schedule } => schedule.Instants(definition.Scope, after).Select(at => (DateTimeOffset?)at).FirstOrDefault(),
        { Settings.From: { } from } when LocalTime.ToInstant(from, TimeOnly.MinValue, definition.Zone) is var at && at > after => at,
        _ => null,
    };

    /// <summary>The facilitator starts them as anybody does: types the command, reads the plan, presses the button.</summary>
    /// <returns>A sentence for each that could not be started.</returns>
    public static async Task<IReadOnlyList<string>> StartAsync(MattermostStandIn mattermost, VirtualTimeDriver driver, IEnumerable<ActivityDefinition> chosen)
    {
        var start = Catalogue.Shipped.For(Catalogue.Fallback).Say("start.button.start");
        var hana = mattermost.As(Facilitator);
        var failures = new List<string>();
        foreach (var definition in chosen)
        {
            foreach (var channel in definition.Channels.Select(channel => NameOf(channel.Name)).DefaultIfEmpty(FirstChannel).Distinct())
            {
                var answer = await hana.CommandAsync($"/learn start {definition.Slug} in ~{channel}", FirstChannel);
                await driver.SettleAsync();
                if (answer.Post?.Buttons.Any(button => button.Label == start) != true)
                {
                    failures.Add($"Not started: {definition.Path}: {answer.Text.ReplaceLineEndings(" ")}");
                    continue;
                }

                await hana.ClickAsync(answer.Post, start);
                await driver.SettleAsync();
            }
        }

        return failures;
    }

    /// <summary>A client looks on the clock every now and then whether calls still pause, and is taken down only then.</summary>
    public static async Task EndAsync(Task ending, VirtualTime time, MattermostStandIn mattermost)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!ending.IsCompleted && TimeProvider.System.GetElapsedTime(began) < LongestClosing)
        {
            await Task.WhenAny(ending, Task.Delay(Glance, TimeProvider.System));
            if (!ending.IsCompleted && mattermost.Busy == 0 && time.NextTimer is { } timer && timer - time.Now <= LongestLook)
                time.AdvanceTo(timer > time.Now ? timer : time.Now);
        }

        if (ending.IsCompleted)
            await ending;
    }

    private static string NameOf(string channel) => channel.Trim().ToLowerInvariant().Replace(' ', '-');
}
