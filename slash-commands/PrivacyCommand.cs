using System.Globalization;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn privacy [data|forget]`: what is kept about me, all of it as a file, or forgetting me.</summary>
public sealed class PrivacyCommand(
    PersonData data, Forgetting forgetting, LearningLedger ledger, Retention retention, IDirectory directory, TimeProvider time) : ISubcommand, IAnswersButtons
{
    private const string Data = "data";
    private const string Forget = "forget";
    private const string ForgetYes = "forget-yes";
    private const string Keep = "keep";
    private const string TextFile = "my-learning-data.txt";
    private const string JsonFile = "my-learning-data.json";

    /// <summary>A yes counts for the question that was just put.</summary>
    private static readonly TimeSpan QuestionHolds = TimeSpan.FromHours(1);

    public SubcommandSpec Spec { get; } = new("privacy", "[data|forget]", "help.privacy");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var personId = call.Caller.PersonId;
        switch (call.Arguments.ToLowerInvariant())
        {
            case "":
                var text = await SummaryAsync(call, cancellationToken);
                await WriteAsync(personId, "privacy", Menu(call.Speech, personId, "privacy.menu"), null, cancellationToken);
                return text;
            case "data" or "my data" or "send me my data":
                await SendDataAsync(personId, call.Speech, call.Zone, cancellationToken);
                return call.Speech.Say("privacy.data-comes");
            case "forget" or "forget me":
                return await RefusalAsync(call.Speech, personId, cancellationToken) ?? call.Speech.Say("privacy.sure-typed");
            case "forget yes" or "forget me yes":
                return await ForgetAsync(call.Speech, personId, cancellationToken);
            default:
                return call.Speech.Say("privacy.unknown");
        }
    }

    public async Task<Reply> PressedAsync(ButtonPress press, CancellationToken cancellationToken)
    {
        var (speech, personId) = (press.Speech, press.Caller.PersonId);
        switch (press.Reference.Action)
        {
            case Data:
                await SendDataAsync(personId, speech, press.Zone, cancellationToken);
                return Instead(Menu(speech, personId, "privacy.menu-sent"));
            case Forget:
                return await RefusalAsync(speech, personId, cancellationToken) ?? Instead(Question(speech, personId));
            case ForgetYes when time.GetUtcNow() - press.Reference.MadeAt() <= QuestionHolds:
                return await ForgetAsync(speech, personId, cancellationToken) with { ReplacesMessage = true };
            case ForgetYes:
                return Reply.Instead(speech.Say("privacy.old"));
            default:
                return Instead(Menu(speech, personId, "privacy.menu"));
        }
    }

    private async Task<string> SummaryAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var speech = call.Speech;
        var record = await data.GatherAsync(call.Caller.PersonId, cancellationToken);
        var rounds = record.Participations.Select(one => one.OccurrenceId).Concat(record.Reactions.Select(one => one.OccurrenceId)).Distinct().Count();
        return string.Join('\n',
        [
            speech.Say("privacy.heading"),
            speech.Say("privacy.rounds", ("count", rounds)),
            speech.Say("privacy.replies", ("count", record.Contributions.Count), ("reactions", speech.Say("privacy.reactions", ("count", record.Reactions.Count)))),
            .. record.Tips.Count > 0 ? new[] { speech.Say("privacy.tips", ("count", record.Tips.Count)) } : [],
            .. record.Deck is { Cards.Count: > 0 and var cards } ? new[] { speech.Say("privacy.deck", ("count", cards)) } : [],
            .. record.Suggestions.Count > 0 ? new[] { speech.Say("privacy.suggestions", ("count", record.Suggestions.Count)) } : [],
            speech.Say("privacy.facts", ("count", record.Facts.Count)),
            speech.Say(record.Settings is { RemindersOff: true } ? "privacy.choices-off" : "privacy.choices-on", ("count", record.Enrollments.Count)),
            speech.Say("privacy.who"),
            speech.Say("privacy.how-long", ("count", retention.Days)),
            speech.Say("privacy.what-next"),
        ]);
    }

    private async Task SendDataAsync(string personId, Speech speech, TimeZoneInfo? zone, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var record = await data.GatherAsync(personId, cancellationToken);
        var text = await data.TextAsync(record, now, speech, zone ?? TimeZoneInfo.Utc, await directory.SiteAddressAsync(cancellationToken), cancellationToken);
        await WriteAsync(
            personId, "privacy-data", speech.Say("privacy.data-message", ("text", TextFile), ("json", JsonFile)),
            [new OutboxFile(TextFile, "text/plain", text), new OutboxFile(JsonFile, "application/json", PersonData.Json(record, now))],
            cancellationToken);
    }

    private async Task<Reply> ForgetAsync(Speech speech, string personId, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(speech, personId, cancellationToken) is { } refusal)
            return refusal;
        await forgetting.ForgetAsync(personId);
        return speech.Say("privacy.forgotten");
    }

    private async Task<Reply?> RefusalAsync(Speech speech, string personId, CancellationToken cancellationToken)
    {
        var hosted = await forgetting.HostedByAsync(personId, cancellationToken);
        if (hosted.Count == 0)
            return null;
        var names = hosted.Select(run => speech.Say("privacy.hosts-one", ("slug", run.Slug), ("channel", Token.Channel(run.ChannelId)))).ToList();
        return speech.Say("privacy.hosts", ("count", hosted.Count), ("names", speech.List(names)));
    }

    /// <summary>In the direct messages, where buttons can be answered by changing the message they stand on.</summary>
    private async Task WriteAsync(string personId, string name, Draft draft, IReadOnlyList<OutboxFile>? files, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Asked twice in the same moment is asked once.
        await ledger.CommitAsync(
            new ChangeSet().Save(new OutboxRow
            {
                Id = OutboxRow.IdOf(personId, $"{name}/{now.UtcTicks}"),
                Conversation = $"direct/{personId}",
                Order = ledger.Next(),
                Purpose = MessagePurpose.Asked,
                PersonId = personId,
                NotBefore = now,
                Draft = draft,
                Files = files,
            }),
            cancellationToken);
    }

    private Draft Menu(Speech speech, string personId, string sentence) => new()
    {
        Text = speech.Say(sentence),
        Buttons = [Button(speech, "privacy.button.data", Data, personId), Button(speech, "privacy.button.forget", Forget, personId)],
    };

    private Draft Question(Speech speech, string personId) => new()
    {
        Text = speech.Say("privacy.sure"),
        Buttons = [Button(speech, "privacy.button.forget-yes", ForgetYes, personId), Button(speech, "privacy.button.keep", Keep, personId)],
    };

    private DraftButton Button(Speech speech, string labelKey, string action, string personId) => new(
        speech.Say(labelKey),
        new ActionReference(Spec.Name, action, "me", time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), personId));

    private static Reply Instead(Draft draft) => new() { Draft = draft, ReplacesMessage = true };
}
