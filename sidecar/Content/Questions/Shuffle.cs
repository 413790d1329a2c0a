using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace MattermostLearning.Content.Questions;

/// <summary>An order that looks drawn and is the same whenever it is asked for: it follows from what it is for.</summary>
public static class Shuffle
{
    /// <param name="count">How many things.</param>
    /// <param name="seed">What it is for: the person, the attempt, the question.</param>
    /// <returns>Each number below <paramref name="count"/> once.</returns>
    public static ImmutableArray<int> Of(int count, string seed)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var last = count - 1; last > 0; last--)
        {
            var at = (int)(Draw(seed, last) % (uint)(last + 1));
            (order[last], order[at]) = (order[at], order[last]);
        }
        return [.. order];
    }

    /// <summary>The same, and never the order that gives it away.</summary>
    public static ImmutableArray<int> ButNotInOrder(int count, string seed)
    {
        for (var attempt = 0; ; attempt++)
        {
            var order = Of(count, attempt == 0 ? seed : $"{seed}/{attempt}");
            if (count < 2 || !order.SequenceEqual(Enumerable.Range(0, count)))
                return order;
        }
    }

    private static uint Draw(string seed, int number) => BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}#{number}")));
}
