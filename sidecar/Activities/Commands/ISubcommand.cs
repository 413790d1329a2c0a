using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.Activities.Commands;

/// <summary>One word after `/learn`. Router, help, autocomplete hint and typo suggestions all read its spec.</summary>
public interface ISubcommand
{
    SubcommandSpec Spec { get; }

    Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken);
}

/// <summary>A subcommand that also answers buttons whose purpose is its name.</summary>
public interface IAnswersButtons
{
    Task<Reply> PressedAsync(ButtonPress press, CancellationToken cancellationToken);
}

/// <summary>A subcommand that also answers forms whose purpose is its name.</summary>
public interface IAnswersForms
{
    /// <returns>What is wrong, in words or by field; or <see cref="Reply.Accepted"/>, and the form closes. What is to be said then goes into the direct messages.</returns>
    Task<Reply> SubmittedAsync(FormSent form, CancellationToken cancellationToken);
}

/// <param name="Name">One word, lower case; empty for `/learn` alone.</param>
/// <param name="Arguments">As help shows them: `&lt;activity&gt; [in ~channel]`.</param>
/// <param name="HelpKey">The phrase with one sentence that says what it does.</param>
public sealed record SubcommandSpec(string Name, string Arguments, string HelpKey)
{
    /// <summary>Only facilitators may use it; Mattermost is asked each time.</summary>
    public bool ForFacilitators { get; init; }

    /// <summary>The phrase with a longer explanation and an example, for `/learn help name`.</summary>
    public string DetailKey => $"{HelpKey}.detail";
}

/// <summary>Who asks, and from where: by Mattermost's word.</summary>
/// <param name="PersonId">Mattermost's id.</param>
/// <param name="TeamId">Null in direct and group messages.</param>
/// <param name="ChannelId">Where it was typed or pressed.</param>
public sealed record Caller(string PersonId, string? TeamId, string ChannelId)
{
    /// <summary>In which activities are named to them; null when nobody says.</summary>
    public string? Language { get; init; }
}

/// <param name="Caller">Who typed it.</param>
/// <param name="Arguments">What stands after the subcommand, trimmed; control characters are gone.</param>
/// <param name="Speech">The asker's language.</param>
/// <param name="Zone">The asker's zone; null when not known.</param>
public sealed record CommandCall(Caller Caller, string Arguments, Speech Speech, TimeZoneInfo? Zone);

/// <param name="Caller">Who pressed it.</param>
/// <param name="Reference">What the button stands for, out of an intact seal, and meant for this person.</param>
/// <param name="Speech">The asker's language.</param>
/// <param name="Zone">The asker's zone; null when not known.</param>
public sealed record ButtonPress(Caller Caller, ActionReference Reference, Speech Speech, TimeZoneInfo? Zone);

/// <param name="Caller">Who sent it in.</param>
/// <param name="Reference">What the form was opened for, out of an intact seal, and meant for this person.</param>
/// <param name="Values">What stands in it, by field: anything at all. What was left empty is not in it.</param>
/// <param name="Speech">The asker's language.</param>
/// <param name="Zone">The asker's zone; null when not known.</param>
public sealed record FormSent(Caller Caller, ActionReference Reference, IReadOnlyDictionary<string, string> Values, Speech Speech, TimeZoneInfo? Zone);
