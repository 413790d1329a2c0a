using System.Globalization;

namespace MattermostLearning.Benchmarks.Measuring;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">The figure, with its unit.</param>
/// <param name="Baseline">What it is compared with, and that figure.</param>
/// <param name="Ratio">The one over the other.</param>
/// <param name="Aim">Null for a line that only explains another one.</param>
public sealed record Row(string What, string Measured, string Baseline, double Ratio, Aim? Aim = null)
{
    public string Verdict => Aim is null ? "" : Aim.IsMetBy(Ratio) ? "met" : "missed";

    /// <summary>A figure against a limit that is no measurement.</summary>
    internal static Row Within(string what, double measured, double limit, string format, bool isAim = true) =>
        new(what, Text(format, measured), $"the limit, {Text(format, limit)}", measured / limit, isAim ? Aim.AtMost(1) : null);

    internal static string Text(string format, double value) => string.Format(CultureInfo.InvariantCulture, format, value);
}

/// <summary>Where a ratio should lie.</summary>
public sealed record Aim(double Bound, bool IsLower)
{
    public static Aim AtMost(double bound) => new(bound, IsLower: false);

    public static Aim AtLeast(double bound) => new(bound, IsLower: true);

    public bool IsMetBy(double ratio) => IsLower ? ratio >= Bound : ratio <= Bound;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsLower ? "≥" : "≤")} {Bound:0.##}");
}
