using System.Text.Json;

namespace MattermostLearning.Activities.Words;

/// <summary>Every sentence that the bot says, one file a language. English is complete; what another language lacks is said in English.</summary>
public sealed class Catalogue
{
    public const string Fallback = "en";

    private readonly IReadOnlyDictionary<string, Speech> _speeches;
    private readonly Speech _default;

    private Catalogue(IReadOnlyDictionary<string, Speech> speeches, string language)
    {
        _speeches = speeches;
        _default = speeches[language];
    }

    /// <summary>The languages that ship with this build; where nothing says otherwise it is English.</summary>
    public static Catalogue Shipped { get; } = new(Load(), Fallback);

    /// <summary>Every language, the one for when nothing is said first.</summary>
    public IEnumerable<Speech> Speeches => _speeches.Values.OrderBy(speech => speech != _default).ThenBy(speech => speech.Language, StringComparer.Ordinal);

    /// <summary>The same languages, with another one for what is said to many at once and names no language of its own.</summary>
    /// <exception cref="ArgumentException">It does not ship.</exception>
    public Catalogue WithDefault(string language) =>
        Speaks(language) ? new Catalogue(_speeches, language) : throw new ArgumentException($"There is no catalogue of `{language}`.", nameof(language));

    public bool Speaks(string language) => _speeches.ContainsKey(language);

    /// <param name="locale">Such as `de`, `de-AT` or `pt_BR`. One that does not ship means English; null means the default.</param>
    public Speech For(string? locale) => locale is null ? _default : _speeches.GetValueOrDefault(locale.Split('-', '_')[0].ToLowerInvariant()) ?? _speeches[Fallback];

    private static Dictionary<string, Speech> Load()
    {
        var assembly = typeof(Catalogue).Assembly;
        var files = new List<PhraseFile>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".phrases.json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            files.Add(PhraseFile.Read(JsonDocument.Parse(stream).RootElement));
        }

        var english = files.Single(file => file.Language == Fallback);
        return files.ToDictionary(file => file.Language, file => new Speech(file, english), StringComparer.Ordinal);
    }
}

/// <summary>One language's file: number words, date formats and phrases with their plural forms.</summary>
/// <param name="Language">Two letters. Names of days and months are those of this language in .NET.</param>
/// <param name="Plural">Which form goes with a number.</param>
/// <param name="Numbers">The words for zero, one, two and so on, as a sentence begins with them.</param>
/// <param name="Formats">Date and time formats by name.</param>
/// <param name="ReadAs">Words that people type for a length of time or a day, and the English ones that mean the same.</param>
/// <param name="Phrases">By key; a phrase with a count has a form for each plural category.</param>
public sealed record PhraseFile(
    string Language,
    PluralRule Plural,
    IReadOnlyList<string> Numbers,
    IReadOnlyDictionary<string, string> Formats,
    IReadOnlyDictionary<string, string> ReadAs,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Phrases)
{
    public static PhraseFile Read(JsonElement root) => new(
        root.GetProperty("language").GetString()!,
        new PluralRule(Texts(root.GetProperty("plural"))),
        [.. root.GetProperty("numbers").EnumerateArray().Select(word => word.GetString()!)],
        Texts(root.GetProperty("formats")),
        Texts(root.GetProperty("read")),
        root.GetProperty("phrases").EnumerateObject().ToDictionary(
            one => one.Name,
            one => (IReadOnlyDictionary<string, string>)(one.Value.ValueKind == JsonValueKind.String
                ? new Dictionary<string, string> { [PluralRule.Other] = one.Value.GetString()! }
                : Texts(one.Value))));

    /// <remarks>The order of the file is kept: plural conditions are tried in it.</remarks>
    private static Dictionary<string, string> Texts(JsonElement element) =>
        element.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!, StringComparer.Ordinal);
}
