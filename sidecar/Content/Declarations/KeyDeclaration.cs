using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.FrontMatter;

namespace MattermostLearning.Content.Declarations;

/// <summary>One key of front matter, as data.</summary>
/// <param name="Name">As the reference shows it; case, hyphen, underscore and space do not matter when reading.</param>
/// <param name="Help">One sentence for authors.</param>
/// <param name="Example">A value that works.</param>
public abstract record KeyDeclaration(string Name, string Help, string Example)
{
    /// <summary>Other names that mean the same.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    public bool Required { get; init; }

    /// <summary>What holds where the key is left out, in the author's words.</summary>
    public string? Default { get; init; }

    /// <summary>For a value that cannot be read: what its author may have meant instead, as help; null where that is not known.</summary>
    public Func<string, string?>? Meant { get; init; }

    public abstract string TypeName { get; }

    public abstract ImmutableArray<string> Choices { get; }

    public abstract bool IsList { get; }

    /// <summary>Whether keys may stand below it.</summary>
    public virtual bool HasPairs => false;

    /// <summary>How its values look to an editor.</summary>
    public abstract ValueShape Shape { get; }

    public IEnumerable<string> Names => Aliases.Prepend(Name);

    /// <summary>Reads what was written; null, with an error in the report, where it cannot be read.</summary>
    internal abstract object? ReadEntry(FrontMatterEntry entry, DiagnosticBag report);

    public sealed override string ToString() => Name;
}

/// <summary>A key with one value.</summary>
public sealed record KeyDeclaration<T>(string Name, KeyType<T> Type, string Help, string Example) : KeyDeclaration(Name, Help, Example)
    where T : notnull
{
    public override string TypeName => Type.Name;

    public override ImmutableArray<string> Choices => Type.Choices;

    public override bool IsList => false;

    public override ValueShape Shape => Type.Shape;

    internal override object? ReadEntry(FrontMatterEntry entry, DiagnosticBag report)
    {
        if (entry.IsList && entry.Values.Length != 1)
        {
            report.Error(entry.ValueSpan, Codes.OneValueOnly, $"`{Name}` takes one value, not a list.", $"Write `{Name}: {Example}`.");
            return null;
        }
        return KeyReading.ReadScalar(this, Type, entry.Values[0], report, out var value) ? value : null;
    }
}

/// <summary>A key with several values: a YAML list, or one line with commas.</summary>
public sealed record ListKeyDeclaration<T>(string Name, KeyType<T> Type, string Help, string Example) : KeyDeclaration(Name, Help, Example)
    where T : notnull
{
    public override string TypeName => $"a list, each {Type.Name}";

    public override ImmutableArray<string> Choices => Type.Choices;

    public override bool IsList => true;

    public override ValueShape Shape => Type.Shape;

    internal override object? ReadEntry(FrontMatterEntry entry, DiagnosticBag report)
    {
        var read = ImmutableArray.CreateBuilder<T>();
        var complete = true;
        foreach (var each in entry.IsList ? entry.Values : KeyReading.SplitAtCommas(entry.Values[0]))
        {
            if (KeyReading.ReadScalar(this, Type, each, report, out var value))
                read.Add(value);
            else
                complete = false;
        }
        return complete ? read.ToImmutable() : null;
    }
}
