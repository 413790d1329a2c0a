using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.FrontMatter;

namespace MattermostLearning.Content;

/// <summary>The values of one file's keys. A key that was written and could not be read counts as written.</summary>
internal sealed class KeyReader
{
    private readonly Dictionary<KeyDeclaration, object> values = [];
    private readonly Dictionary<KeyDeclaration, TextSpan> places = [];

    private KeyReader()
    {
    }

    public IReadOnlyDictionary<KeyDeclaration, object> Values => values;

    public IReadOnlyDictionary<KeyDeclaration, TextSpan> Places => places;

    public static KeyReader Read(FrontMatterBlock block, KeyTable table, bool isTranslation, DiagnosticBag report)
    {
        var reader = new KeyReader();
        foreach (var entry in block.Entries)
        {
            if (table.TryFind(entry.Key, out var key))
                reader.ReadEntry(entry, key, report);
            else
                ReportUnknown(entry, table.Declaration, report);
        }
        if (block.Complete && !isTranslation)
            reader.ReportMissing(table, report);
        return reader;
    }

    public T? Value<T>(KeyDeclaration<T> key)
        where T : class => values.TryGetValue(key, out var value) ? (T)value : null;

    public T? Number<T>(KeyDeclaration<T> key)
        where T : struct => values.TryGetValue(key, out var value) ? (T)value : null;

    public bool IsWritten(KeyDeclaration key) => places.ContainsKey(key);

    private void ReadEntry(FrontMatterEntry entry, KeyDeclaration key, DiagnosticBag report)
    {
        if (places.TryGetValue(key, out var first))
        {
            var line = report.Source.PositionAt(first.Start).Line;
            report.Error(entry.KeySpan, Codes.DuplicateKey, $"`{key.Name}` was already written in line {line}.", "Keep one of the two lines.");
            return;
        }
        places[key] = entry.ValueSpan;
        if (!entry.Unreadable && key.ReadEntry(entry, report) is { } value)
            values[key] = value;
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

    private static void ReportUnknown(FrontMatterEntry entry, ContentDeclaration declaration, DiagnosticBag report)
    {
        var folded = Names.Fold(entry.Key);
        var meant = Closest.Find(folded, declaration.AllKeys.SelectMany(key => key.Names).Select(Names.Fold));
        var name = meant is null ? null : declaration.AllKeys.SelectMany(key => key.Names).First(each => Names.Fold(each) == meant);
        report.Error(
            entry.KeySpan, Codes.UnknownKey, $"A {declaration.Kind} has no key `{Written.Short(entry.Key)}`.",
            name is null ? $"Keys are: {string.Join(", ", declaration.AllKeys.Select(key => key.Name))}." : $"Did you mean `{name}`?");
    }

    private static TextSpan FirstLine(SourceText source) => source.LineSpan(1);
}
