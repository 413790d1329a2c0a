namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>What stands behind `rehearse`.</summary>
/// <param name="Path">A file or a folder of activities.</param>
/// <param name="From">The first day.</param>
/// <param name="Weeks">How long.</param>
/// <param name="Learners">How many.</param>
/// <param name="Seed">Of all chance.</param>
/// <param name="Holidays">As `Calendar__Holidays` has it; null for none.</param>
internal sealed record RehearsalLine(string Path, DateOnly From, int Weeks, int Learners, int Seed, string? Holidays)
{
    public const int DefaultWeeks = 6;
    public const int DefaultLearners = 12;
    public const int DefaultSeed = 1;
    public const int MostWeeks = 60;
    public const int MostLearners = 20_000;
}
