using System.Globalization;
using MattermostLearning.Activities.Engine.Sealing;

namespace MattermostLearning.Activities.Engine.Outbox;

/// <summary>
/// A message as a kind or a command words it: no name, no address and no seal in it yet. Those are filled in when it is sent,
/// so that nothing stored has to be rewritten when a person is renamed or forgotten.
/// </summary>
public sealed record Draft
{
    /// <summary>The post's own text: Markdown, with <see cref="Token"/>s.</summary>
    public required string Text { get; init; }

    /// <summary>A line that may change under the text (who is in; closed). It stands beside the buttons.</summary>
    public string? Note { get; init; }

    public IReadOnlyList<DraftButton> Buttons { get; init; } = [];

    /// <summary>Of what may come together with others: what is said of each thing that it is about when there are several. Not shown while there is one.</summary>
    public IReadOnlyList<string> Briefs { get; init; } = [];

    /// <summary>Of the same: the button that brings each of them, with a label that tells them apart.</summary>
    public IReadOnlyList<DraftButton> Openers { get; init; } = [];

    public static implicit operator Draft(string text) => new() { Text = text };

    internal bool Names(string personId) =>
        Text.Contains(personId, StringComparison.Ordinal) || Note?.Contains(personId, StringComparison.Ordinal) == true
        || Briefs.Any(brief => brief.Contains(personId, StringComparison.Ordinal))
        || Buttons.Concat(Openers).Any(button => button.Action.PersonId == personId);

    /// <summary>The same with somebody who is known no longer in a person's place.</summary>
    internal Draft Without(string personId, string replacement) => this with
    {
        Text = Text.Replace(personId, replacement, StringComparison.Ordinal),
        Note = Note?.Replace(personId, replacement, StringComparison.Ordinal),
        Buttons = [.. Buttons.Where(button => button.Action.PersonId != personId)],
        Openers = [.. Openers.Where(button => button.Action.PersonId != personId)],
        Briefs = [.. Briefs.Select(brief => brief.Replace(personId, replacement, StringComparison.Ordinal))],
    };
}

/// <param name="Label">At most 25 characters, with words.</param>
/// <param name="Action">What pressing it means; it is sealed when the message is sent.</param>
public sealed record DraftButton(string Label, ActionReference Action)
{
    private const int Longest = 25;

    public bool IsPrimary { get; init; }

    /// <summary>
    /// Made from what it means. Mattermost looks a click up by its button's id in the message as it is by then, so a second press, or one on a screen that has not
    /// caught up, finds no other button in the place of this one.
    /// </summary>
    public string Id => OutboxRow.IdOf(Action.Subject, $"{Action.Purpose}/{Action.Action}/{Action.Step}");

    /// <summary>As much of a label as a button holds.</summary>
    public static string Fit(string label) => label.Length <= Longest ? label : $"{label[..(Longest - 1)].TrimEnd()}…";
}

/// <summary>What a button stands for. Only this travels to Mattermost and back, sealed.</summary>
/// <param name="Purpose">Who answers: `activity`, `command`, or a subcommand's name.</param>
/// <param name="Action">What is asked, in the answerer's words.</param>
/// <param name="Subject">The occurrence, run or definition that it is about.</param>
/// <param name="Step">The step it belongs to: once that has passed, the button changes nothing and says so.</param>
/// <param name="PersonId">The one person whom it works for; null for a button in a channel.</param>
public sealed record ActionReference(string Purpose, string Action, string Subject, string Step, string? PersonId = null)
{
    /// <summary>The purpose of what a kind answers; every other purpose is a subcommand's name.</summary>
    public const string Activity = "activity";

    /// <summary>The purpose of a button that does what typing its action after `/learn` does; the answer takes the place of its message.</summary>
    public const string Command = "command";

    /// <summary>
    /// The row of the message that it stands in, set when that is sent: an answer can take the message's place without a search for it, also before Mattermost has told which
    /// post it became. Null beside a message of no row, and in what earlier builds sent.
    /// </summary>
    public string? RowId { get; init; }

    /// <summary>For a step that begins with the moment it was made, in milliseconds and before any `/`. Long ago where another build wrote something else there.</summary>
    public DateTimeOffset MadeAt() =>
        long.TryParse(Step.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.UnixEpoch;
}

/// <summary>
/// Places in a draft that are filled in when it is sent. They are set in private-use characters, which <see cref="Literal"/>
/// takes out of everything that authors and people typed.
/// </summary>
public static class Token
{
    internal const string PersonKind = "person";
    internal const string ChannelKind = "channel";
    internal const string PostKind = "post";
    internal const string RowKind = "row";
    internal const string CertificateKind = "certificate";

    internal const char Open = '\uE000';
    internal const char Close = '\uE001';

    /// <summary>A person's display name, without `@`: naming somebody is no mention.</summary>
    public static string Person(string personId) => $"{Open}{PersonKind}:{personId}{Close}";

    /// <summary>`~name` of a channel.</summary>
    public static string Channel(string channelId) => $"{Open}{ChannelKind}:{channelId}{Close}";

    /// <summary>The code that vouches for a certificate. Only the sender has the key that it is made with.</summary>
    public static string Code(Certificate certificate) =>
        string.Create(CultureInfo.InvariantCulture, $"{Open}{CertificateKind}:{certificate.PersonId}/{certificate.Slug}/{certificate.On:yyyy-MM-dd}{Close}");

    /// <summary>The address of a post that Mattermost already has.</summary>
    public static string LinkToPost(string postId) => $"{Open}{PostKind}:{postId}{Close}";

    /// <summary>The address of the post that an outbox row makes; the message waits for it.</summary>
    public static string LinkToRow(string rowId) => $"{Open}{RowKind}:{rowId}{Close}";

    /// <summary>The rows whose posts a text links to.</summary>
    internal static IEnumerable<string> RowsIn(string? text)
    {
        var prefix = $"{Open}{RowKind}:";
        for (var at = 0; text is not null && text.IndexOf(prefix, at, StringComparison.Ordinal) is var open and >= 0;)
        {
            var close = text.IndexOf(Close, open);
            if (close < 0)
                yield break;
            yield return text[(open + prefix.Length)..close];
            at = close;
        }
    }

    /// <summary>Text that somebody typed, without the characters that tokens are set in.</summary>
    public static string Literal(string typed) =>
        typed.AsSpan().IndexOfAny(Open, Close) < 0 ? typed : typed.Replace($"{Open}", "", StringComparison.Ordinal).Replace($"{Close}", "", StringComparison.Ordinal);
}
