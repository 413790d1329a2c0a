using System.Collections.Frozen;

namespace MattermostLearning.Content.Design;

/// <summary>
/// By which words a sentence of one language is seen to ask for something, to be told to others, or to need somebody else. Lists, not
/// grammar: what they miss and what they take wrongly is why this is advice.
/// </summary>
internal sealed class Wording
{
    private static readonly FrozenSet<string> GermanFunctionWords = Set("der die das und ist nicht ein eine einen dem den du ihr sie wir auf mit für von zu was wie dein deine");
    private static readonly FrozenSet<string> EnglishFunctionWords = Set("the and is not a an to you we they on with for of what how your that in it this");

    /// <summary>"Thank you all" and "Danke für alles" ask for nothing; "Thank somebody" does.</summary>
    private static readonly FrozenSet<string> AfterThanks = Set("you all everybody everyone für euch dir ihnen allen");

    private readonly FrozenSet<string> requests;
    private readonly FrozenSet<string> telling;
    private readonly FrozenSet<string> people;
    private readonly FrozenSet<string> leads;

    private Wording(string requests, string telling, string people, string leads, ReadingEase ease)
    {
        this.telling = Set(telling);
        this.requests = Set($"{requests} {telling}");
        this.people = Set(people);
        this.leads = Set(leads);
        Ease = ease;
    }

    public static Wording English { get; } = new(
        requests: "ask bring build call change choose collect compare complete connect copy count cut draw edit explore explain find finish fix give guess help imagine "
            + "interview introduce invite join keep learn leave let list listen look make map measure meet mend notice offer open order pair pass pick plan practise practice "
            + "prepare press put record remember remove replace return ring rewrite say see send set sit sketch speak spend start stop swap take talk teach test thank think "
            + "translate try turn use visit vote wait walk work",
        telling: "add answer comment describe name post react reply report respond share show tell write",
        people: "anybody anyone another buddy colleague colleagues everybody everyone neighbour neighbor neighbours neighbors newcomer others other partner people person somebody "
            + "someone stranger team teammate them together whom who customer customers pair",
        leads: "again also afterwards always before but do don't finally first just never next now please so then today tomorrow",
        ReadingEase.English);

    public static Wording German { get; } = new(
        requests: Forms("achte änder bau befrag bereit bestell besuch biet bring dank denk diskutier entdeck erinner erklär ersetz fang fass find folg frag führ geh gib halt hilf hol "
            + "hör lad lass leg lern lies mach mal merk mess misch nimm notier nutz öffne ordne plan probier prüf red reflektier ruf sammel schau schick setz sieh sprich sortier "
            + "start stell stimm streich such tausch teil test triff trag tu üb überleg übersetz verabred verbind vergleich versuch wähl wart zeichne zieh"),
        telling: Forms("antwort berichte beschreib erzähl kommentier nenn poste reagier sag schreib schilder zeig"),
        people: "andere anderen anderer anderem einander gemeinsam irgendwer jemand jemandem jemanden kollege kollegen kollegin kolleginnen kunde kunden kundin mitmensch nachbar nachbarin "
            + "nachbarn partner partnerin person team teams wem wen wer zusammen",
        leads: "also anschließend bitte danach dann doch erst jetzt nun zuerst zuletzt",
        ReadingEase.German);

    public ReadingEase Ease { get; }

    /// <summary>The language that the file says; where it says none, the one that most small words belong to. Null for a language without lists.</summary>
    public static Wording? For(string? language, IEnumerable<string> words) => language switch
    {
        "en" => English,
        "de" => German,
        null => Guess([.. words]),
        _ => null,
    };

    public bool Asks(Sentence sentence) => sentence.IsQuestion || sentence.Beginnings.Any(words => Begins(words, requests));

    public bool AsksIn(string markdown) => Prose.Of(markdown).Sentences.Any(Asks);

    public bool AsksToTell(Sentence sentence) => sentence.Beginnings.Any(words => Begins(words, telling));

    public bool NamesPeople(Sentence sentence) => sentence.Words.Any(people.Contains);

    /// <summary>The most words in a row that ask for nothing.</summary>
    public int LongestStretch(Prose prose)
    {
        var (longest, here) = (0, 0);
        foreach (var sentence in prose.Sentences)
        {
            here = Asks(sentence) ? 0 : here + sentence.Words.Length;
            longest = Math.Max(longest, here);
        }
        return longest;
    }

    private static Wording Guess(string[] words) =>
        words.Count(GermanFunctionWords.Contains) > words.Count(EnglishFunctionWords.Contains) ? German : English;

    private bool Begins(IEnumerable<string> words, FrozenSet<string> among) => words.SkipWhile(leads.Contains).Take(2).ToArray() switch
    {
        ["thank" or "danke", var whom] when AfterThanks.Contains(whom) => false,
        [var first, ..] => among.Contains(first),
        _ => false,
    };

    /// <summary>"frag", "frage", "fragt", "fragen" (Sie).</summary>
    private static string Forms(string stems) =>
        string.Join(' ', stems.Split(' ').SelectMany(stem => stem.EndsWith('e') ? new[] { stem, $"{stem}t", $"{stem}n" } : [stem, $"{stem}e", $"{stem}t", $"{stem}et", $"{stem}en", $"{stem}n"]));

    private static FrozenSet<string> Set(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
