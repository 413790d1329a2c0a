using System.Security.Cryptography;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>
/// Says that somebody was forgotten in this store, without saying who. A store that was restored from a backup lacks it, and so is known
/// to hold again what was taken out.
/// </summary>
public sealed record Forgotten : Document, IStored<Forgotten>
{
    /// <summary>A keyed hash of the person's id; the key is not in the store.</summary>
    public required string Mark { get; init; }

    public required DateTimeOffset At { get; init; }

    public static DocumentKind<Forgotten> Stored { get; } = new("forgotten", 1, one => one.Mark, LearningJson.Default.Forgotten);

    /// <summary>Who hosts or started a run whose host was forgotten: an id that nobody has.</summary>
    public const string Nobody = "forgotten00000000000000000";

    private const string Prefix = "forgotten";
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>
    /// What stands for a forgotten person in one round, so that their replies are still one person's. It is drawn anew for each round: nothing
    /// joins two of them. It is written like an id of Mattermost's, of which none begins so.
    /// </summary>
    public static string NewPseudonym() => $"{Prefix}{RandomNumberGenerator.GetString(Letters, Nobody.Length - Prefix.Length)}";

    public static bool Is(string personId) => personId.StartsWith(Prefix, StringComparison.Ordinal);
}
