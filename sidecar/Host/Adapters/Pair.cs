namespace MattermostLearning.Sidecar.Adapters;

/// <summary>A key made of two ids, or of an id and a name in an address: none of them has a slash.</summary>
internal static class Pair
{
    public static string Of(string left, string right) => $"{left}/{right}";

    public static string Left(string key) => key[..key.IndexOf('/', StringComparison.Ordinal)];

    public static string Right(string key) => key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
