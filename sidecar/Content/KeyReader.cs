using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.FrontMatter;

namespace MattermostLearning.Content;

/// <summary>The values of one file's keys. A key that was written and could not be read counts as written.</summary>
internal sealed class KeyReader
{
    /// <summary>One slip in fewer letters could be another word.</summary>
    private const int ShortestSlip = 5;

    private readonly List<WrittenKey> written;

    /// <summary>How each of them is written, in the same order.</summary>
    private readonly List<FrontMatterEntry> entries;

    /// <summary>Written more than once: two lines by one name would be no YAML.</summary>
    private readonly List<KeyDeclaration> again = [];

    private KeyReader(int count) => (written, entries) = (new List<WrittenKey>(count), new List<FrontMatterEntry>(count));

    /// <summary>All that are written, in the order of the file.</summary>
    public ImmutableArray<WrittenKey> All => [.. written];

    public static KeyReader Read(FrontMatterBlock block, KeyTable table, bool isTranslation, DiagnosticBag report)
    {
        var reader = new KeyReader(block.Entries.Length);
        var unknown = new List<FrontMatterEntry>();
        foreach (var entry in block.Entries)
        {
            if (table.TryFind(entry.Key, out var key))
                reader.ReadEntry(entry, key, report);
            else
                unknown.Add(entry);
        }
        foreach (var entry in unknown)
            reader.ReportUnknown(entry, table.Declaration, report);
        reader.OfferNames(report);
        if (block.Complete && !isTranslation)
            reader.ReportMissing(table, report);
        return reader;
    }

    public T? Value<T>(KeyDeclaration<T> key)
        where T : class => (T?)ValueOf(key);

    public T? Number<T>(KeyDeclaration<T> key)
        where T : struct => (T?)ValueOf(key);

    public ImmutableArray<T> List<T>(ListKeyDeclaration<T> key)
        where T : notnull => ValueOf(key) is { } value ? (ImmutableArray<T>)value : [];

    public ImmutableDictionary<string, string> LintOff => (ImmutableDictionary<string, string>?)ValueOf(SharedKeys.LintOff) ?? ImmutableDictionary<string, string>.Empty;

    public bool IsWritten(KeyDeclaration key) => Find(key) is not null;

    public bool IsRead(KeyDeclaration key) => ValueOf(key) is not null;

    /// <summary>Where the value of a key stands that is written.</summary>
    public TextSpan PlaceOf(KeyDeclaration key) => Find(key)!.Value.Place;

    private object? ValueOf(KeyDeclaration key) => Find(key)?.Value;

    private WrittenKey? Find(KeyDeclaration key) => WrittenKey.Find(CollectionsMarshal.AsSpan(written), key);

    private void ReadEntry(FrontMatterEntry entry, KeyDeclaration key, DiagnosticBag report)
    {
        var at = written.FindIndex(each => ReferenceEquals(each.Key, key));
        if (at >= 0)
        {
            var first = entries[at];
            again.Add(key);
            if (!key.IsList || Names.Same(first.Key, entry.Key))
            {
                ReportTwice(first, entry, key, report);
                return;
            }
            // `topics:` and `tags:`: nobody means that one of them counts.
            entry = Together(first, entry);
        }
        object? value = null;
        if (entry.Pairs.Length > 0 && !key.HasPairs)
            report.Error(entry.ValueSpan, Codes.Nested, "A key has one value, or a list of values, and nothing deeper.", $"Write `{key.Name}: {key.Example}`.");
        else if (!entry.Unreadable)
            value = key.ReadEntry(entry, report);
        if (at < 0)
        {
            written.Add(new WrittenKey(key, entry.ValueSpan, value));
            entries.Add(entry);
        }
        else
            (written[at], entries[at]) = (new WrittenKey(key, entry.ValueSpan, value), entry);
    }

    /// <summary>Another name for a key works as well; `lint --fix` writes the one that the reference shows.</summary>
    private void OfferNames(DiagnosticBag report)
    {
        for (var at = 0; at < entries.Count; at++)
        {
            var (key, entry) = (written[at].Key, entries[at]);
            if (entry.Key != key.Name && !again.Contains(key))
                report.CanBe(entry.KeySpan, key.Name);
        }
    }

    private static FrontMatterEntry Together(FrontMatterEntry first, FrontMatterEntry second) => second with
    {
        Values = [.. Items(first).Concat(Items(second)).DistinctBy(each => each.Text, StringComparer.OrdinalIgnoreCase)],
        IsList = true,
        Unreadable = first.Unreadable || second.Unreadable,
    };

    private static IEnumerable<FrontMatterValue> Items(FrontMatterEntry entry) => entry.IsList ? entry.Values : KeyReading.SplitAtCommas(entry.Values[0]);

    private static void ReportTwice(FrontMatterEntry first, FrontMatterEntry again, KeyDeclaration key, DiagnosticBag report)
    {
        var line = report.Source.PositionAt(first.KeySpan.Start).Line;
        var spelled = Names.Same(first.Key, again.Key) ? "" : $", as `{Written.Short(first.Key)}`";
        report.Error(again.KeySpan, Codes.DuplicateKey, $"`{key.Name}` was already written in line {line}{spelled}.", "Keep one of the two lines.");
    }

    private void ReportMissing(KeyTable table, DiagnosticBag report)
    {
        foreach (var key in table.Required.Where(key => !IsWritten(key)))
        {
            report.Error(
                FirstLine(report.Source), Codes.MissingKey, $"A {table.Declaration.Kind} needs `{key.Name}`: {char.ToLowerInvariant(key.Help[0])}{key.Help[1..].TrimEnd('.')}.",
                $"Add a line such as `{key.Name}: {key.Example}`.", key.Name);
        }
    }

    private void ReportUnknown(FrontMatterEntry entry, ContentDeclaration declaration, DiagnosticBag report)
    {
        if (declaration.Headings.FirstOrDefault(each => IsFor(each, entry.Key)) is { } heading)
        {
            report.Error(
                entry.KeySpan, Codes.UnknownKey, $"`{Written.Short(entry.Key)}` is a heading and no key.",
                $"Write it below the front matter: a line `## {heading.Example}`, and the text under it.");
            return;
        }
        if (declaration.Without.FirstOrDefault(each => each.Key.Names.Any(name => Names.Same(name, entry.Key))) is { Key: { } without, Instead: var instead })
        {
            report.Error(entry.KeySpan, Codes.UnknownKey, $"A {declaration.Kind} has no `{without.Name}`.", instead);
            return;
        }
        var meant = NearestKey(entry.Key, declaration);
        report.Error(
            entry.KeySpan, Codes.UnknownKey, $"A {declaration.Kind} has no key `{Written.Short(entry.Key)}`.",
            meant is not null ? $"Did you mean `{meant.Name}`?" : "Nothing needs this line: take it away, or move the text below the front matter.");
        if (meant is not null && !IsWritten(meant) && entry.Key.Length >= ShortestSlip && meant.Names.Any(name => Closest.Distance(Names.Fold(entry.Key), Names.Fold(name)) == 1))
            report.CanBe(entry.KeySpan, meant.Name);
    }

    private static bool IsFor(HeadingDeclaration heading, string written) =>
        heading.Names.Any(name => Names.Fold(written) is var folded && (folded == Names.Fold(name) || folded == $"{Names.Fold(name)}s"));

    /// <summary>The key with the fewest slips, else one whose name stands among the words of what was written ("time of the reminder").</summary>
    private static KeyDeclaration? NearestKey(string written, ContentDeclaration declaration)
    {
        if (Closest.Find(Names.Fold(written), declaration.AllKeys.SelectMany(key => key.Names).Select(Names.Fold)) is { } meant)
            return declaration.AllKeys.First(key => key.Names.Any(name => Names.Fold(name) == meant));
        var words = written.Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries);
        return declaration.AllKeys.FirstOrDefault(key => key.Names.Any(name => words.Any(word => Names.Same(word, name))));
    }

    private static TextSpan FirstLine(SourceText source) => source.LineSpan(1);
}
