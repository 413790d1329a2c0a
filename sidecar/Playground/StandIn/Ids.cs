namespace MattermostLearning.Playground.StandIn;

/// <summary>The one source of ids and tokens: 26 characters, repeatable for a seed.</summary>
internal sealed class Ids(int seed)
{
    private const string Alphabet = "ybndrfg8ejkmcpqxot1uwisza345h769";
    private readonly Random _random = new(seed);

    public string Next()
    {
        Span<char> id = stackalloc char[26];
        lock (_random)
        {
            foreach (ref var c in id)
                c = Alphabet[_random.Next(Alphabet.Length)];
        }

        return new string(id);
    }

    public static bool IsValid(string? id) => id is { Length: 26 } && id.All(char.IsAsciiLetterOrDigit);
}
