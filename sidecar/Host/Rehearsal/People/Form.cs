using System.Text.Json.Nodes;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Sidecar.Rehearsal.People;

/// <summary>Fills a dialog in with what each of its fields takes.</summary>
internal static class Form
{
    public static JsonObject Fill(SeenDialog dialog, Random dice, IReadOnlyList<string> said)
    {
        var values = new JsonObject();
        foreach (var element in (dialog.Json["dialog"]?["elements"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (element["name"]?.GetValue<string>() is { } name)
                values[name] = ValueFor(element, dice, said);
        }

        return values;
    }

    private static JsonNode? ValueFor(JsonObject element, Random dice, IReadOnlyList<string> said)
    {
        var options = (element["options"] as JsonArray ?? []).OfType<JsonObject>().Select(one => one["value"]?.GetValue<string>()).OfType<string>().ToList();
        if (options.Count > 0)
            return options[dice.Next(options.Count)];
        if (element["type"]?.GetValue<string>() == "bool")
            return true;
        if (element["subtype"]?.GetValue<string>() == "number")
            return dice.Next(1, 6).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var text = said[dice.Next(said.Count)];
        var most = element["max_length"] is JsonValue given && given.TryGetValue<long>(out var length) && length > 0 ? length : text.Length;
        return text.Length <= most ? text : text[..(int)most];
    }
}
