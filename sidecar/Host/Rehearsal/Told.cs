using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Sidecar.Rehearsal;

internal enum ToldWhere
{
    Channel,
    Thread,

    /// <summary>In somebody's direct messages with the bot.</summary>
    Direct,

    /// <summary>Under what somebody typed or pressed: only they see it.</summary>
    Private,
}

/// <summary>One message of the bot, as it was seen.</summary>
/// <param name="At">When it came.</param>
/// <param name="Where">In which kind of place.</param>
/// <param name="Channel">The channel's name; empty in direct messages.</param>
/// <param name="Reader">Who alone reads it, by user name; empty in a channel.</param>
/// <param name="Purpose">Why it was sent.</param>
/// <param name="Slug">Of the activity that it belongs to; empty where it belongs to none.</param>
/// <param name="RoundId">Of its round; empty where it belongs to none.</param>
/// <param name="IsEdit">It was there before, and says something else now.</param>
/// <param name="IsPrompted">Its reader has just done something.</param>
/// <param name="Entry">What it says, and where it stands in the transcript.</param>
internal sealed record Told(
    DateTimeOffset At, ToldWhere Where, string Channel, string Reader, MessagePurpose Purpose, string Slug, string RoundId, bool IsEdit, bool IsPrompted,
    TranscriptEntry Entry)
{
    /// <summary>A round begins with it.</summary>
    public bool IsOpening => Where == ToldWhere.Channel && Purpose == MessagePurpose.Announce && RoundId.Length > 0 && !IsEdit;

    /// <summary>Nobody did anything for it to come just then.</summary>
    public bool IsUnprompted => !IsPrompted && Purpose is MessagePurpose.Nudge or MessagePurpose.Asked or MessagePurpose.Report;

    public bool IsForAll => Reader.Length == 0;

    /// <summary>What it is about in one line, without Markdown.</summary>
    public string Headline => Headlines.Of(Entry.Text.Length > 0 ? Entry.Text : Entry.Attachments.Select(one => one.Text).FirstOrDefault(text => text.Length > 0) ?? "");
}
