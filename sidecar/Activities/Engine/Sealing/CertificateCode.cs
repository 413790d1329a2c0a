using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MattermostLearning.Activities.Engine.Sealing;

/// <summary>Somebody finished something on a day.</summary>
/// <param name="PersonId">Who. Their name is filled in wherever it is shown.</param>
/// <param name="Slug">What.</param>
/// <param name="On">When, by their own calendar.</param>
public sealed record Certificate(string PersonId, string Slug, DateOnly On);

/// <summary>
/// The code on a certificate: it says who, what and when, and a tag over these that only this sidecar can make. So it can be checked as long as the key
/// is there, though nothing is stored for it, and nobody can make one up or alter one.
/// </summary>
/// <remarks>
/// Form: the person's id, then 4 bytes that stand for the slug, 2 for the day and 8 of the tag, in the letters that Mattermost makes its ids of: none of them
/// is mistaken for another. In groups of seven, for people.
/// </remarks>
public static class CertificateCode
{
    private const string Purpose = "certificate";
    private const string Letters = "ybndrfg8ejkmcpqxot1uwisza345h769";
    private const int IdLength = 26;
    private const int SlugLength = 4;
    private const int DayLength = 2;
    private const int Group = 7;
    private const int Bytes = SlugLength + DayLength + Sealer.ShortTagLength;
    private const int BitsInLetter = 5;
    private const int BitsInByte = 8;
    private const int Length = IdLength + (((Bytes * BitsInByte) + BitsInLetter - 1) / BitsInLetter);
    private static readonly DateOnly FirstDay = new(2020, 1, 1);

    public static string Of(Certificate certificate, Sealer sealer)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        MarkOf(certificate.Slug).CopyTo(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[SlugLength..], (ushort)(certificate.On.DayNumber - FirstDay.DayNumber));
        sealer.ShortTag(Purpose, TextOf(certificate)).CopyTo(bytes[(SlugLength + DayLength)..]);
        var code = certificate.PersonId + LettersOf(bytes);
        return string.Join('-', code.Chunk(Group).Select(letters => new string(letters)));
    }

    /// <summary>False for whatever was not made here, and for the code of something that is not among these.</summary>
    /// <param name="typed">As somebody typed or copied it: in any case, with or without hyphens.</param>
    /// <param name="slugs">Of all that it can be about: a code tells a slug, but does not spell it.</param>
    /// <param name="sealer">Has the keys.</param>
    /// <param name="certificate">What it says.</param>
    public static bool TryRead(string typed, IEnumerable<string> slugs, Sealer sealer, [NotNullWhen(true)] out Certificate? certificate)
    {
        certificate = null;
        var code = new string([.. typed.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        Span<byte> bytes = stackalloc byte[Bytes];
        if (code.Length != Length || !TryBytesOf(code[IdLength..], bytes))
            return false;
        var on = FirstDay.AddDays(BinaryPrimitives.ReadUInt16BigEndian(bytes[SlugLength..]));
        foreach (var slug in slugs)
        {
            var read = new Certificate(code[..IdLength], slug, on);
            if (MarkOf(slug).SequenceEqual(bytes[..SlugLength]) && sealer.IsShortTag(bytes[(SlugLength + DayLength)..], Purpose, TextOf(read)))
            {
                certificate = read;
                return true;
            }
        }

        return false;
    }

    private static string TextOf(Certificate certificate) => string.Create(CultureInfo.InvariantCulture, $"{certificate.PersonId}/{certificate.Slug}/{certificate.On:yyyy-MM-dd}");

    private static ReadOnlySpan<byte> MarkOf(string slug) => SHA256.HashData(Encoding.UTF8.GetBytes(slug)).AsSpan(0, SlugLength);

    private static string LettersOf(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var each in bytes)
        {
            (bits, count) = ((bits << BitsInByte) | each, count + BitsInByte);
            for (; count >= BitsInLetter; count -= BitsInLetter)
                text.Append(Letters[(bits >> (count - BitsInLetter)) & (Letters.Length - 1)]);
            bits &= (1 << count) - 1;
        }

        return count == 0 ? text.ToString() : text.Append(Letters[(bits << (BitsInLetter - count)) & (Letters.Length - 1)]).ToString();
    }

    private static bool TryBytesOf(string letters, Span<byte> bytes)
    {
        var (bits, count, at) = (0, 0, 0);
        foreach (var letter in letters)
        {
            if (Letters.IndexOf(letter, StringComparison.Ordinal) is not (>= 0 and var value))
                return false;
            (bits, count) = ((bits << BitsInLetter) | value, count + BitsInLetter);
            if (count < BitsInByte || at == bytes.Length)
                continue;
            bytes[at++] = (byte)(bits >> (count - BitsInByte));
            count -= BitsInByte;
            bits &= (1 << count) - 1;
        }

        // What is left over says nothing: a code with anything there is not as it was made.
        return at == bytes.Length && bits == 0;
    }
}
