using MattermostLearning.Activities.Engine.Runtime;

namespace MattermostLearning.Sidecar.Options;

/// <summary>Section `Privacy`: how long is kept what is over.</summary>
internal static class PrivacySection
{
    public static Retention Read(SettingsReader settings) => new(settings.Number(
        "Privacy__RetentionDays", Retention.DefaultDays, Retention.FewestDays, Retention.MostDays, "days, such as 365"));
}
