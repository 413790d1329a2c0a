using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MattermostLearning.Sidecar.Rehearsal.Reports;

/// <summary>A rehearsal for programs: every message, the load, and the warnings.</summary>
internal static class RehearsalJson
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Render(Rehearsed rehearsed)
    {
        var load = Load.Of(rehearsed);
        return new JsonObject
        {
            ["from"] = Instant(rehearsed.From),
            ["weeks"] = rehearsed.Line.Weeks,
            ["seed"] = rehearsed.Line.Seed,
            ["activities"] = Each(rehearsed.Activities, one => new JsonObject { ["slug"] = one.Slug, ["title"] = one.Title, ["file"] = one.Path }),
            ["learners"] = Each(rehearsed.Learners, one => new JsonObject { ["user_name"] = one.UserName, ["zone"] = one.ZoneName, ["temper"] = one.Temper.ToString().ToLowerInvariant() }),
            ["warnings"] = Each(rehearsed.Warnings, one => JsonValue.Create(one)),
            ["messages"] = Each(rehearsed.Told.Where(one => !one.IsEdit), one => Message(rehearsed, one)),
            ["load"] = new JsonObject
            {
                ["weeks"] = Each(load.Weeks, one => new JsonObject
                {
                    ["week"] = one.Week, ["in_channels"] = one.InChannels, ["direct_median"] = one.Direct.Median, ["direct_most"] = one.Direct.Most,
                    ["answers_median"] = one.Answers.Median, ["answers_most"] = one.Answers.Most,
                }),
                ["hours"] = Each(load.Hours, one => JsonValue.Create(one)),
                ["collisions"] = Each(load.Collisions, one => new JsonObject
                {
                    ["channel"] = one.Channel, ["at"] = Instant(one.At), ["times"] = one.Times, ["titles"] = Each(one.Titles, title => JsonValue.Create(title)),
                }),
            },
        }.ToJsonString(Readable);
    }

    private static JsonObject Message(Rehearsed rehearsed, Told told) => new()
    {
        ["at"] = Instant(told.At),
        ["own_time"] = rehearsed.Own(told).ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        ["where"] = told.Where.ToString().ToLowerInvariant(),
        ["channel"] = told.Channel.Length > 0 ? told.Channel : null,
        ["reader"] = told.Reader.Length > 0 ? told.Reader : null,
        ["purpose"] = told.Purpose.ToString().ToLowerInvariant(),
        ["by_itself"] = told.IsUnprompted || told.IsForAll,
        ["activity"] = told.Slug.Length > 0 ? told.Slug : null,
        ["text"] = rehearsed.WithNumbers(told.Entry.Text),
        ["buttons"] = Each(told.Entry.Attachments.SelectMany(one => one.Buttons), one => JsonValue.Create(one.Label)),
    };

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonArray Each<T>(IEnumerable<T> items, Func<T, JsonNode?> node) => [.. items.Select(node)];
}
