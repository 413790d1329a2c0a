using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Linting;

namespace MattermostLearning.Content.Reference;

/// <summary>
/// JSON Schema (draft 7, which editors know) of front matter, made of the declarations. It completes and explains; what a schema cannot say (names in any
/// case, schedules, what several keys are to each other) is for `lint`.
/// </summary>
public static class FrontMatterSchema
{
    public static string Of(IEnumerable<ContentDeclaration> kinds)
    {
        ImmutableArray<ContentDeclaration> all = [.. kinds.OrderBy(each => each.Kind, StringComparer.Ordinal)];
        var properties = new JsonObject();
        foreach (var key in all.SelectMany(each => each.AllKeys).DistinctBy(each => each.Name))
            AddKey(properties, key, all);
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Front matter of an activity",
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
            ["allOf"] = new JsonArray([.. all.Select(RulesOf)]),
        };
        return schema.ToJsonString(LintJson.Readable) + "\n";
    }

    private static void AddKey(JsonObject properties, KeyDeclaration key, ImmutableArray<ContentDeclaration> kinds)
    {
        properties[key.Name] = Property(key, kinds);
        foreach (var alias in key.Aliases)
        {
            // Taken, but not what an editor should propose.
            properties[alias] = new JsonObject { ["description"] = $"Another name for `{key.Name}`.", ["deprecated"] = true, ["doNotSuggest"] = true };
        }
    }

    private static JsonObject Property(KeyDeclaration key, ImmutableArray<ContentDeclaration> kinds)
    {
        var property = new JsonObject
        {
            ["description"] = key.Default is { } otherwise ? $"{key.Help} Left out: {otherwise}." : key.Help,
            ["examples"] = new JsonArray(ExampleOf(key)),
        };
        var value = key == SharedKeys.Kind ? new JsonObject { ["enum"] = Words(kinds.Select(each => each.Kind)) } : ValueOf(key);
        if (key.IsList)
            value = new JsonObject { ["anyOf"] = new JsonArray(value, new JsonObject { ["type"] = "array", ["items"] = value.DeepClone() }) };
        foreach (var (name, part) in value.ToArray())
        {
            value.Remove(name);
            property[name] = part;
        }
        return property;
    }

    private static JsonObject ValueOf(KeyDeclaration key) => key.Shape switch
    {
        ValueShape.Whole whole => new JsonObject { ["type"] = "integer", ["minimum"] = whole.Least, ["maximum"] = whole.Most },
        ValueShape.YesNo => new JsonObject { ["enum"] = new JsonArray(true, false, "yes", "no") },
        ValueShape.Pairs pairs => new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "object", ["patternProperties"] = new JsonObject { [pairs.Key] = Text() }, ["additionalProperties"] = false },
                Text(),
                new JsonObject { ["type"] = "array", ["items"] = Text() }),
        },
        _ when key.Choices.Length > 0 => new JsonObject { ["enum"] = Words(key.Choices) },
        // Without quotes YAML takes `title: 2027` for a number and `remind: no` for a truth value; here both are text.
        _ => new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
    };

    /// <summary>What one kind asks for: any of a key's names will do.</summary>
    private static JsonObject RulesOf(ContentDeclaration declaration) => new()
    {
        ["if"] = new JsonObject
        {
            ["properties"] = new JsonObject { [SharedKeys.Kind.Name] = new JsonObject { ["const"] = declaration.Kind } },
            ["required"] = new JsonArray(SharedKeys.Kind.Name),
        },
        ["then"] = new JsonObject
        {
            ["allOf"] = new JsonArray([.. declaration.AllKeys.Where(declaration.IsRequired).Select(key =>
                new JsonObject { ["anyOf"] = new JsonArray([.. key.Names.Select(name => new JsonObject { ["required"] = new JsonArray(name) })]) })]),
        },
    };

    private static JsonNode ExampleOf(KeyDeclaration key) => key.Shape is ValueShape.Whole ? int.Parse(key.Example, System.Globalization.CultureInfo.InvariantCulture) : key.Example;

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonArray Words(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)word)];
}
