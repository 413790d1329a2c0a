using System.Globalization;

namespace MattermostLearning.Sidecar.Rehearsal.People;

/// <summary>Somebody who is simulated.</summary>
/// <param name="Number">From 0; who act at the same instant act in its order.</param>
/// <param name="UserName">As in Mattermost.</param>
/// <param name="FullName">As people see it.</param>
/// <param name="Zone">Where their clock is.</param>
/// <param name="Temper">How they take part.</param>
/// <param name="KeepsQuietHours">Shows do-not-disturb outside of working hours.</param>
/// <param name="IsAwayOnce">Is out of office for a week.</param>
internal sealed record Learner(int Number, string UserName, string FullName, TimeZoneInfo Zone, Temper Temper, bool KeepsQuietHours, bool IsAwayOnce)
{
    public string City => ZoneName[(ZoneName.LastIndexOf('/') + 1)..].Replace('_', ' ');

    public string ZoneName => Zone.Id;

    /// <summary>Those of their temper, unless somebody is given their own.</summary>
    public Habits Habits { get; init; } = Habits.Of(Temper);
}

/// <summary>The people of a rehearsal: the same number always gives the same people.</summary>
internal static class Population
{
    /// <summary>A few of each temper among any ten.</summary>
    private static readonly Temper[] Mix =
    [
        Temper.Keen, Temper.Average, Temper.Late, Temper.Silent, Temper.Leaving, Temper.Average, Temper.Keen, Temper.Average, Temper.Late, Temper.Silent,
    ];

    private static readonly string[] Zones =
        ["Europe/Berlin", "Europe/London", "America/New_York", "Europe/Berlin", "Asia/Tokyo", "Europe/London", "America/Sao_Paulo", "Europe/London", "Asia/Kolkata", "Europe/Berlin", "America/New_York"];

    private static readonly string[] FirstNames =
    [
        "Ann", "Bilal", "Chiara", "Dev", "Eve", "Femi", "Gita", "Hugo", "Ines", "Jonas", "Kemal", "Lin", "Mara", "Nuno", "Olga", "Pia", "Quentin", "Rosa", "Sven", "Tara",
        "Uma", "Vera", "Wanda", "Xenia", "Yusuf", "Zoe", "Amir", "Britta", "Carlos", "Dana", "Emil", "Farah", "Goran", "Hanna", "Ivan", "Jana", "Klara", "Leo", "Mila", "Noor",
    ];

    private static readonly string[] LastNames =
    [
        "Berg", "Khan", "Rossi", "Patel", "Adler", "Ade", "Nair", "Blanc", "Costa", "Weber", "Demir", "Chen", "Novak", "Silva", "Petrova", "Lang", "Moreau", "Diaz", "Holm", "Singh",
        "Rao", "Vogel", "Nowak", "Papas", "Aydin", "Ferri", "Haddad", "Kruse", "Vega", "Levi", "Strand", "Aziz",
    ];

    public static IReadOnlyList<Learner> Of(int count) => [.. Enumerable.Range(0, count).Select(One)];

    private static Learner One(int number)
    {
        // Every name once with its own last name, then shifted by one, and so on: with numbers only where all pairs are used.
        var lap = number / FirstNames.Length;
        var (first, last) = (FirstNames[number % FirstNames.Length], LastNames[(number + lap) % LastNames.Length]);
        var again = lap / LastNames.Length;
        var name = string.Create(CultureInfo.InvariantCulture, $"{first}.{last}").ToLowerInvariant();
        return new Learner(
            number, again == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{again + 1}"), $"{first} {last}",
            TimeZoneInfo.FindSystemTimeZoneById(Zones[number % Zones.Length]), Mix[number % Mix.Length],
            KeepsQuietHours: number % 50 == 7, IsAwayOnce: number % 20 == 5);
    }
}
