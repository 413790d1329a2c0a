using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace MattermostLearning.Content.Declarations;

/// <summary>A declaration's keys by all their names, made once for each kind.</summary>
internal sealed class KeyTable
{
    private readonly FrozenDictionary<string, KeyDeclaration> byName;

    /// <exception cref="ArgumentException">Two keys of a kind share a name: a mistake of ours, found at start.</exception>
    public KeyTable(ContentDeclaration declaration)
    {
        Declaration = declaration;
        byName = declaration.AllKeys.SelectMany(key => key.Names.Select(name => (Name: Names.Fold(name), key)))
            .ToDictionary(each => each.Name, each => each.key).ToFrozenDictionary(StringComparer.Ordinal);
        Required = [.. declaration.AllKeys.Where(declaration.IsRequired)];
    }

    public ContentDeclaration Declaration { get; }

    public ImmutableArray<KeyDeclaration> Required { get; }

    public bool TryFind(string written, [NotNullWhen(true)] out KeyDeclaration? key) => byName.TryGetValue(Names.Fold(written), out key);
}
