using System.Collections.Immutable;

namespace MattermostLearning.Content.Declarations;

/// <summary>How a kind's files are written, as data.</summary>
/// <param name="Kind">As written in <c>kind:</c>.</param>
/// <param name="Help">One sentence for authors: what this kind is.</param>
public sealed record ContentDeclaration(string Kind, string Help)
{
    /// <summary>A folder of this name holds this kind, where a file does not say its kind.</summary>
    public string Folder { get; init; } = $"{Kind}s";

    /// <summary>The kind's own keys, besides <see cref="SharedKeys.All"/>.</summary>
    public ImmutableArray<KeyDeclaration> Keys { get; init; } = [];

    /// <summary>Shared keys that this kind cannot do without.</summary>
    public ImmutableArray<KeyDeclaration> RequiredSharedKeys { get; init; } = [];

    public ImmutableArray<HeadingDeclaration> Headings
    {
        get;
        init => (field, Open) = (value, value.OfType<OpenHeading>().FirstOrDefault());
    }
        = [];

    /// <summary>The heading that takes whatever no other does; null where there is none.</summary>
    internal OpenHeading? Open { get; private init; }

    /// <summary>A round without text makes no sense for this kind.</summary>
    public bool RequiresBody { get; init; }

    /// <summary>The keys that a new file begins with, besides kind and title, each with its example.</summary>
    public ImmutableArray<KeyDeclaration> KeysOfNew { get; init; } = [];

    /// <summary>What a new file says below its front matter: to its author, in the shape of what will stand there.</summary>
    public string BodyOfNew { get; init; } = "";

    /// <summary>Shared keys that mean nothing for this kind, each with what to write instead.</summary>
    public ImmutableArray<(KeyDeclaration Key, string Instead)> Without { get; init; } = [];

    public IEnumerable<KeyDeclaration> AllKeys => SharedKeys.All.Except(Without.Select(each => each.Key)).Concat(Keys);

    public bool IsRequired(KeyDeclaration key) => key.Required || RequiredSharedKeys.Contains(key);
}
