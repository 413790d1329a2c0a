using System.Text.Json;

namespace MattermostLearning.Activities.Words;

/// <summary>Every sentence that the bot says, one file a language. English is complete; what another language lacks is said in English.</summary>
public sealed class Catalogue
{
    public const string Fallback = "en";

    private readonly Dictionary<string, Speech> _speeches = new(StringComparer.Ordinal);

    /// <summary>The languages that ship with this build.</summary>
    public static Catalogue Shipped { get; } = Load();

    /// <param name="locale">Such as `de`, `de-AT` or `pt_BR`; unknown and null mean English.</param>
    public Speech For(string? locale)
    {
        var language = locale?.Split('-', '_')[0].ToLowerInvariant() ?? Fallback;
        return _speeches.GetValueOrDefault(language) ?? _speeches[Fallback];
    }

    private static Catalogue Load()
    {
        var assembly = typeof(Catalogue).Assembly;
        var files = new List<PhraseFile>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".phrases.json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            files.Add(PhraseFile.Read(JsonDocument.Parse(stream).RootElement));
        }

        var catalogue = new Catalogue();
        var english = files.Single(file => file.Language == Fallback);
        foreach (var file in files)
            catalogue._speeches.Add(file.Language, new Speech(file, english));
        return catalogue;
    }
}

/// <summary>One language's file: number words, date formats and phrases with their plural forms.</summary>
/// <param name="Language">Two letters.</param>
/// <param name="PluralRule">`one-other`: one form for one, another for all else; `other`: a single form.</param>
/// <param name="Numbers">The words for zero, one, two and so on, as a sentence begins with them.</param>
/// <param name="Formats">Date and time formats by name.</param>
/// <param name="Phrases">By key; a phrase with a count has a form for each plural category.</param>
public sealed record PhraseFile(
    string Language,
    string PluralRule,
    IReadOnlyList<string> Numbers,
    IReadOnlyDictionary<string, string> Formats,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Phrases)
{
    public const string Only = "other";

    public string CategoryOf(long count) => PluralRule switch
    {
        "one-other" => count == 1 ? "one" : Only,
        "other" => Only,
        _ => throw new InvalidOperationException($"The phrases of `{Language}` name the plural rule `{PluralRule}`; known are `one-other` and `other`."),
    };

    public static PhraseFile Read(JsonElement root) => new(
        root.GetProperty("language").GetString()!,
        root.GetProperty("plural").GetString()!,
        [.. root.GetProperty("numbers").EnumerateArray().Select(word => word.GetString()!)],
        root.GetProperty("formats").EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!),
        root.GetProperty("phrases").EnumerateObject().ToDictionary(
            one => one.Name,
            one => (IReadOnlyDictionary<string, string>)(one.Value.ValueKind == JsonValueKind.String
                ? new Dictionary<string, string> { [Only] = one.Value.GetString()! }
                : one.Value.EnumerateObject().ToDictionary(form => form.Name, form => form.Value.GetString()!))));
}
