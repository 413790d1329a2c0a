using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content;

/// <summary>A key that a file's front matter has.</summary>
/// <param name="Key">Its declaration, of which there is one: it is compared by reference.</param>
/// <param name="Place">Where its value stands.</param>
/// <param name="Value">Null where it could not be read, which has been reported.</param>
internal readonly record struct WrittenKey(KeyDeclaration Key, TextSpan Place, object? Value)
{
    /// <summary>A file has about ten of them: looking at each is quicker than any table, and takes less room.</summary>
    public static WrittenKey? Find(ReadOnlySpan<WrittenKey> written, KeyDeclaration key)
    {
        foreach (var each in written)
        {
            if (ReferenceEquals(each.Key, key))
                return each;
        }

        return null;
    }
}
