using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Activities.Engine.Sealing;

/// <summary>
/// Makes references that travel through Mattermost and come back provably unchanged. Mattermost signs neither clicks nor dialog
/// submissions, so the seal is the only thing in them that is ours.
/// </summary>
/// <remarks>
/// Form: `1.keyid.payload.tag`, all base64url. The tag is the first 16 bytes of HMAC-SHA-256 over everything before it. What is sealed
/// can be read by whoever holds the message (it names no secret); it cannot be made or altered without the key.
/// </remarks>
public sealed class Sealer
{
    private const string Format = "1";
    private const char Separator = '\u001F';
    private const int TagLength = 16;

    /// <summary>Only for what is checked here, one try at a time.</summary>
    internal const int ShortTagLength = 8;

    /// <summary>Longer input is refused unread.</summary>
    public const int MaxLength = 1024;

    private readonly SealingKey[] _keys;

    /// <param name="keys">The newest first: it seals; all of them open.</param>
    public Sealer(IEnumerable<SealingKey> keys)
    {
        _keys = [.. keys];
        ArgumentOutOfRangeException.ThrowIfZero(_keys.Length, nameof(keys));
    }

    public string Seal(ActionReference reference)
    {
        string[] fields = [reference.Purpose, reference.Action, reference.Subject, reference.Step, reference.PersonId ?? "", .. reference.RowId is { } rowId ? [rowId] : Array.Empty<string>()];
        var body = $"{Format}.{_keys[0].Id}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, fields)))}";
        return $"{body}.{Base64Url.EncodeToString(Tag(_keys[0], body))}";
    }

    /// <summary>False for anything that this sidecar did not seal, or that was altered on the way.</summary>
    public bool TryOpen(string? sealedReference, [NotNullWhen(true)] out ActionReference? reference)
    {
        reference = null;
        if (sealedReference is null or { Length: > MaxLength })
            return false;
        var parts = sealedReference.Split('.');
        if (parts.Length != 4 || parts[0] != Format)
            return false;
        if (Array.Find(_keys, one => one.Id == parts[1]) is not { } key)
            return false;

        Span<byte> tag = stackalloc byte[TagLength];
        if (Base64Url.DecodeFromChars(parts[3], tag, out _, out var length) != OperationStatus.Done || length != TagLength)
            return false;
        var body = sealedReference[..sealedReference.LastIndexOf('.')];
        if (!CryptographicOperations.FixedTimeEquals(tag, Tag(key, body)))
            return false;

        var fields = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[2])).Split(Separator);
        if (fields.Length is not (5 or 6))
            return false;
        reference = new ActionReference(fields[0], fields[1], fields[2], fields[3], fields[4].Length == 0 ? null : fields[4]) { RowId = fields.ElementAtOrDefault(5) };
        return true;
    }

    /// <summary>A short tag over a text that people copy by hand, made with the newest key.</summary>
    /// <param name="purpose">Keeps tags of one use from being taken for those of another.</param>
    /// <param name="text">What it vouches for.</param>
    internal byte[] ShortTag(string purpose, string text) => ShortTag(_keys[0], purpose, text);

    /// <summary>Whether a short tag was made here, with any of the keys.</summary>
    internal bool IsShortTag(ReadOnlySpan<byte> tag, string purpose, string text)
    {
        var isOurs = false;
        foreach (var key in _keys)
            isOurs |= CryptographicOperations.FixedTimeEquals(tag, ShortTag(key, purpose, text));
        return isOurs;
    }

    private static byte[] ShortTag(SealingKey key, string purpose, string text) => Tag(key, $"{purpose}{Separator}{text}")[..ShortTagLength];

    private static byte[] Tag(SealingKey key, string body) => HMACSHA256.HashData(key.Secret, Encoding.UTF8.GetBytes(body))[..TagLength];
}

/// <summary>A key and the short public name by which old and new ones are told apart.</summary>
public sealed record SealingKey
{
    public const int MinimumBytes = 32;

    private SealingKey(string id, byte[] secret)
    {
        Id = id;
        Secret = secret;
    }

    public string Id { get; }

    internal byte[] Secret { get; }

    /// <param name="secret">At least 32 random bytes.</param>
    public static SealingKey Of(byte[] secret)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, MinimumBytes, nameof(secret));
        // The name is made from the key by a one-way function of its own, so it tells nothing about the key.
        var id = Base64Url.EncodeToString(HMACSHA256.HashData(secret, "mattermost-learning key name"u8).AsSpan(0, 6));
        return new SealingKey(id, secret);
    }

    public override string ToString() => $"key {Id}";
}
