using System.Collections.Immutable;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Content;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Kinds.PromptSeries;

/// <summary>What a prompt series' file says.</summary>
public sealed record PromptSeriesDefinition(ActivityDocument Document) : ActivityDefinition(Document)
{
    public override string Kind => PromptSeriesKind.Name;

    /// <summary>As they are written; at least one, and no two alike.</summary>
    public ImmutableArray<Prompt> Prompts => Starters.Prompts;

    /// <summary>What it is for; empty where the author wrote nothing.</summary>
    public string Introduction => Starters.Introduction;

    /// <summary>For the host, in the thread of any starter.</summary>
    public ImmutableArray<string> Openers => Starters.Openers;

    private Starters Starters => field ??= Again(PromptSeriesContent.StartersOf);

    public PromptOrder Order { get; init; }

    /// <summary>Null: the host is not told.</summary>
    public WrittenDuration? QuietAfter { get; init; }

    /// <summary>How many are asked to go first.</summary>
    public int Invited { get; init; }

    public WhenAlive WhenAlive { get; init; }

    internal bool IsEndless { get; init; }

    internal bool HasRounds { get; init; }

    /// <summary>A series is over when each of its starters has come once, unless its file says otherwise. What members suggested comes besides.</summary>
    public override int? Rounds => HasRounds || IsEndless ? base.Rounds : Prompts.Length;
}

/// <summary>One conversation starter.</summary>
/// <param name="Text">What is posted.</param>
/// <param name="Openers">For the host, in the thread of this one.</param>
/// <param name="Place">Where it stands in the file.</param>
public sealed record Prompt(string Text, ImmutableArray<string> Openers, TextSpan Place)
{
    /// <summary>Made from its letters and digits: mended signs and spaces leave it the same. In a translation it is that of the original.</summary>
    public string Id { get; init; } = IdOf(Text);

    /// <summary>The same for all texts that read alike.</summary>
    public static string IdOf(string text) => OutboxRow.IdOf("prompt", string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant());
}

/// <summary>What stands below the keys of a prompt series.</summary>
/// <param name="Prompts">As they are written; no two alike.</param>
/// <param name="Introduction">What it is for.</param>
/// <param name="Openers">For the host, in the thread of any starter.</param>
internal sealed record Starters(ImmutableArray<Prompt> Prompts, string Introduction, ImmutableArray<string> Openers);

/// <summary>After how long a thread is quiet.</summary>
/// <param name="After">Null for never.</param>
public sealed record QuietTime(WrittenDuration? After)
{
    public static QuietTime Usual { get; } = new(WrittenDuration.OfDays(2));

    public static KeyType<QuietTime> Type { get; } = new("a duration, or no", text =>
    {
        if (text.Trim().ToLowerInvariant() is "no" or "none" or "never" or "off" or "false")
            return Reading.Of(new QuietTime((WrittenDuration?)null));
        var duration = DurationText.Read(text);
        return duration.TryGet(out var length) ? Reading.Of(new QuietTime(length)) : Reading.Refuse<QuietTime>(duration.Refusal!);
    });
}

public enum PromptOrder
{
    InOrder,
    Shuffled,
}

public enum WhenAlive
{
    /// <summary>The next starter comes one round later.</summary>
    Wait,
    GoOn,
}
