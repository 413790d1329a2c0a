using System.Text.Json.Serialization;

namespace MattermostLearning.Sidecar.Doctor;

internal enum Verdict
{
    Ok,
    Warning,
    Failed,
    NotChecked,
}

/// <summary>What one check found.</summary>
/// <param name="Check">What was looked at: `callback`.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Seen">What was seen; never a secret.</param>
/// <param name="Advice">What to do; null when nothing.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Seen, string? Advice = null)
{
    public static Finding Ok(string check, string seen) => new(check, Verdict.Ok, seen);

    public static Finding Warn(string check, string seen, string advice) => new(check, Verdict.Warning, seen, advice);

    public static Finding Fail(string check, string seen, string advice) => new(check, Verdict.Failed, seen, advice);

    public static Finding Skip(string check, string why, string? how = null) => new(check, Verdict.NotChecked, why, how);
}

/// <summary>All findings, in the order in which a person would put them right.</summary>
internal sealed record Report(bool Healthy, IReadOnlyList<Finding> Findings)
{
    public Report(IReadOnlyList<Finding> findings) : this(findings.All(finding => finding.Verdict != Verdict.Failed), findings)
    {
    }

    public int ExitCode => Healthy ? 0 : 1;

    public bool Has(string check, Verdict verdict) => Findings.Any(finding => finding.Check == check && finding.Verdict == verdict);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Report))]
internal sealed partial class DoctorJson : JsonSerializerContext;
