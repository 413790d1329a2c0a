using System.Globalization;
using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

internal sealed class SystemApi(World world)
{
    private static readonly string[] Clients = ["AndroidLatestVersion", "AndroidMinVersion", "DesktopLatestVersion", "DesktopMinVersion", "IosLatestVersion", "IosMinVersion"];

    public void Map(Routing routes)
    {
        routes.Anonymous("GET", "/system/ping", _ => Answer.Ok(With([.. Clients.Select(c => (c, "")), ("status", "OK")])));
        routes.Anonymous("GET", "/config/client", Config);
        routes.Add("GET", "/config", Whole);
    }

    private Answer Config(Call call)
    {
        if (call.Ask("format") != "old")
            throw new Refusal(501, "api.config.client.old_format.app_error", "New format for the client configuration is not supported yet. Please specify format=old in the query string.");
        List<(string, string)> known =
        [
            ("BuildNumber", world.Options.Version), ("DefaultClientLocale", "en"), ("EnableBotAccountCreation", Flag(world.Options.EnableBotAccountCreation)),
            ("EnableOpenServer", "true"), ("SiteName", "Mattermost"), ("SiteURL", world.Address), ("Version", world.Options.Version),
        ];
        if (call.Caller is not null)
        {
            known.AddRange(
            [
                ("EnableCommands", Flag(world.Options.EnableCommands)), ("EnableIncomingWebhooks", "true"), ("EnableLatex", Flag(world.Options.EnableLatex)), ("EnableOutgoingWebhooks", "true"),
                ("EnablePostIconOverride", "false"), ("EnablePostUsernameOverride", "false"), ("MaxFileSize", "52428800"),
                ("MaxPostSize", world.Options.MaxPostSize.ToString(CultureInfo.InvariantCulture)), ("TeammateNameDisplay", world.Options.TeammateNameDisplay),
            ]);
            if (world.Version.Major >= 6)
                known.Add(("EnableInlineLatex", "true"));
        }

        return Answer.Ok(With([.. known]));
    }

    /// <summary>Of everything that an administrator may read, what somebody here reads.</summary>
    private Answer Whole(Call call)
    {
        Permissions.Require(call.Me.IsAdmin);
        return Answer.Ok(new JsonObject
        {
            ["ServiceSettings"] = new JsonObject
            {
                ["SiteURL"] = world.Address, ["EnableBotAccountCreation"] = world.Options.EnableBotAccountCreation, ["EnableCommands"] = world.Options.EnableCommands,
                ["AllowedUntrustedInternalConnections"] = world.Options.AllowedInternalConnections,
            },
        });
    }

    private static string Flag(bool value) => value ? "true" : "false";

    private static JsonObject With(params (string Name, string Value)[] pairs) => new(pairs.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Value)));
}
