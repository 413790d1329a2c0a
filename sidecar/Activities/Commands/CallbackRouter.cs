using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.Activities.Commands;

/// <summary>Finds who answers a command, a button or a form, after asking whether this person may.</summary>
public sealed class CallbackRouter
{
    /// <summary>More than this is no command that a person typed.</summary>
    private const int LongestText = 2_000;

    private readonly Dictionary<string, ISubcommand> _subcommands;
    private readonly ActivityRuntime _runtime;
    private readonly Facilitators _facilitators;
    private readonly AskFacilitators _ask;
    private readonly Listeners _listeners;
    private readonly Sealer _sealer;

    public CallbackRouter(
        IEnumerable<ISubcommand> subcommands, ActivityRuntime runtime, Facilitators facilitators,
        AskFacilitators ask, Listeners listeners, Sealer sealer)
    {
        _subcommands = subcommands.ToDictionary(one => one.Spec.Name, StringComparer.OrdinalIgnoreCase);
        _runtime = runtime;
        _facilitators = facilitators;
        _ask = ask;
        _listeners = listeners;
        _sealer = sealer;
    }

    /// <param name="caller">Who typed it.</param>
    /// <param name="text">What stands after `/learn`.</param>
    /// <param name="cancellationToken"></param>
    public async Task<Reply> CommandAsync(Caller caller, string text, CancellationToken cancellationToken)
    {
        (caller, var speech, var zone) = await HeardAsync(caller, cancellationToken);
        if (text.Length > LongestText)
            return speech.Say("command.too-long", ("limit", LongestText));

        var words = Printable(text);
        var space = words.IndexOf(' ', StringComparison.Ordinal);
        var (name, arguments) = space < 0 ? (words, "") : (words[..space], words[(space + 1)..].Trim());
        if (!_subcommands.TryGetValue(name, out var subcommand))
            return Unknown(name, speech);
        if (subcommand.Spec.ForFacilitators && await RefusalAsync(caller, $"learn {words}", speech, cancellationToken) is { } refusal)
            return refusal;
        try
        {
            return await subcommand.RunAsync(new CommandCall(caller, arguments, speech, zone), cancellationToken);
        }
        catch (DirectoryUnavailableException)
        {
            return speech.Say("command.mattermost-silent");
        }
    }

    /// <param name="caller">Who pressed it.</param>
    /// <param name="sealedReference">What came back in the button's context.</param>
    /// <param name="cancellationToken"></param>
    public async Task<Reply> ButtonAsync(Caller caller, string? sealedReference, CancellationToken cancellationToken)
    {
        (caller, var speech, var zone) = await HeardAsync(caller, cancellationToken);
        if (!_sealer.TryOpen(sealedReference, out var reference))
            return speech.Say("button.not-ours");
        // A seal that names a person works for that person only, whoever has got hold of the message.
        if (reference.PersonId is { } owner && owner != caller.PersonId)
            return speech.Say("button.not-yours");

        if (reference.Purpose == ActionReference.Activity)
        {
            var acted = new Acted(caller.PersonId, reference.Action, reference.Step);
            return await _runtime.ActAsync(reference.Subject, acted, cancellationToken) ?? speech.Say("run.not-here");
        }

        if (reference.Purpose == ActionReference.Command)
            return await CommandAsync(caller, reference.Action, cancellationToken) with { ReplacesMessage = true };
        var press = new ButtonPress(caller, reference, speech, zone);
        var answering = reference.Purpose == AskFacilitators.Purpose ? _ask : _subcommands.GetValueOrDefault(reference.Purpose) as IAnswersButtons;
        if (answering is null)
            return speech.Say("button.not-ours");
        if (answering is ISubcommand { Spec.ForFacilitators: true } && await RefusalAsync(caller, $"learn {reference.Purpose}", speech, cancellationToken) is { } refusal)
            return refusal;
        try
        {
            return await answering.PressedAsync(press, cancellationToken);
        }
        catch (DirectoryUnavailableException)
        {
            return speech.Say("command.mattermost-silent");
        }
    }

    /// <param name="caller">Who sent it in.</param>
    /// <param name="sealedReference">What came back in the form's state.</param>
    /// <param name="values">What stands in its fields.</param>
    /// <param name="cancellationToken"></param>
    public async Task<Reply> FormAsync(
        Caller caller, string? sealedReference, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        (caller, var speech, var zone) = await HeardAsync(caller, cancellationToken);
        if (!_sealer.TryOpen(sealedReference, out var reference))
            return speech.Say("host.dialog-unknown");
        // A form is always opened for one person.
        if (reference.PersonId != caller.PersonId)
            return speech.Say("button.not-yours");

        if (reference.Purpose == ActionReference.Activity)
        {
            var sent = new Submitted(caller.PersonId, reference.Action, reference.Step, values);
            return await _runtime.ActAsync(reference.Subject, sent, cancellationToken) ?? speech.Say("run.not-here");
        }

        if (_subcommands.GetValueOrDefault(reference.Purpose) is not IAnswersForms answering)
            return speech.Say("host.dialog-unknown");
        if (answering is ISubcommand { Spec.ForFacilitators: true } && await RefusalAsync(caller, $"learn {reference.Purpose}", speech, cancellationToken) is { } refusal)
            return refusal;
        try
        {
            return await answering.SubmittedAsync(new FormSent(caller, reference, values, speech, zone), cancellationToken);
        }
        catch (DirectoryUnavailableException)
        {
            return speech.Say("command.mattermost-silent");
        }
    }

    /// <summary>Who speaks, with how they are spoken to.</summary>
    private async ValueTask<(Caller Caller, Speech Speech, TimeZoneInfo? Zone)> HeardAsync(Caller caller, CancellationToken cancellationToken)
    {
        var listener = await _listeners.OfAsync(caller.PersonId, cancellationToken);
        return (caller with { Language = listener.Language }, listener.Speech, listener.Zone);
    }

    private async Task<Reply?> RefusalAsync(Caller caller, string wish, Speech speech, CancellationToken cancellationToken)
    {
        try
        {
            return await _facilitators.MayFacilitateAsync(caller.PersonId, caller.TeamId, cancellationToken)
                ? null
                : await _ask.RefuseAsync(caller, wish, speech, cancellationToken);
        }
        catch (DirectoryUnavailableException)
        {
            // Rights are never guessed: without Mattermost's word the answer is "try again".
            return speech.Say("command.mattermost-silent");
        }
    }

    private string Unknown(string name, Speech speech)
    {
        var shown = Mattermost.Messages.MentionSafe.Code(name, 40);
        var nearest = Nearest.To(name, _subcommands.Keys.Where(key => key.Length > 0));
        return nearest is null
            ? speech.Say("command.unknown", ("name", shown))
            : speech.Say("command.unknown-nearest", ("name", shown), ("nearest", nearest));
    }

    private static string Printable(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
}
