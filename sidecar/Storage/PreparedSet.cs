using System.Text;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Storage;

/// <summary>A change set as JSON and keys, written and checked on the caller's thread, so that the one writer only moves bytes.</summary>
internal static class PreparedSet
{
    private const int LongestId = 200;
    private const int LongestIdBytes = 400;
    private const int LongestKeyBytes = 500;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="changes">All of them.</param>
    /// <param name="writes">Whether they are written, too.</param>
    /// <exception cref="ArgumentException">An id or key that the port does not allow.</exception>
    public static PreparedChange[] Of(ChangeSet changes, bool writes = true)
    {
        var prepared = new List<PreparedChange>();
        foreach (var change in changes.Changes)
        {
            Check(change.Id, LongestIdBytes, "id", change.Kind);
            if (change.Id.Length is 0 or > LongestId)
                throw new ArgumentException($"An id of {change.Kind.Name} has {change.Id.Length} characters; 1 to {LongestId} are allowed.", nameof(changes));

            var stored = writes ? change.Write() : null;
            var keys = writes ? stored?.Keys ?? [] : change.Keys;
            foreach (var key in keys)
            {
                if (key is not null)
                    Check(key, LongestKeyBytes, "key", change.Kind);
            }

            prepared.Add(new PreparedChange(change.Kind, change.Id, change.ExpectedVersion, keys, stored, change.Committed));
        }

        return [.. prepared];
    }

    private static void Check(string text, int longest, string what, DocumentKind kind)
    {
        int bytes;
        try
        {
            bytes = _strict.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException($"The {what} of a {kind.Name} is not well-formed text (half of a surrogate pair).", nameof(text), e);
        }

        if (bytes > longest)
            throw new ArgumentException($"The {what} of a {kind.Name} has {bytes} bytes; at most {longest} are allowed.", nameof(text));
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"The {what} of a {kind.Name} contains U+0000.", nameof(text));
    }
}

/// <param name="Kind">The collection.</param>
/// <param name="Id">The document.</param>
/// <param name="ExpectedVersion">What its version must be; 0 when it must not exist.</param>
/// <param name="Keys">What it is found by, in the order of the kind's indexes; none for a removal.</param>
/// <param name="Stored">What to keep; null for a removal, and where nothing is written.</param>
/// <param name="Committed">What is read from then on; null for a removal.</param>
internal sealed record PreparedChange(DocumentKind Kind, string Id, long ExpectedVersion, IReadOnlyList<string?> Keys, StoredDocument? Stored, Document? Committed);
