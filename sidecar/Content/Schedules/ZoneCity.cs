namespace MattermostLearning.Content.Schedules;

/// <summary>How a zone is called in a channel post: by its city.</summary>
public static class ZoneCity
{
    /// <summary>"Europe/London" -> "London"; "America/New_York" -> "New York"; "UTC" stays.</summary>
    public static string Name(string zoneId) => zoneId[(zoneId.LastIndexOf('/') + 1)..].Replace('_', ' ');

    public static string Name(TimeZoneInfo zone) => Name(zone.Id);
}
