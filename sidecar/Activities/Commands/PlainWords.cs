using System.Globalization;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Words;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Commands;

/// <summary>What somebody wrote to the bot directly. Its text is compared with a few words and goes no further.</summary>
public sealed record DirectMessage(string PostId, string ChannelId, string PersonId, string Text);

/// <summary>
/// In the bot's direct messages a few words do without `/learn`, in every language that ships. Anything else is answered with a hint, once
/// a day at most, and then with silence.
/// </summary>
/// <remarks>
/// The answer's row is named after the message, so no message is answered twice, whatever is told again after a gap. What was written
/// while nobody listened is not read back: an answer hours later would surprise more than it helps.
/// </remarks>
public sealed class PlainWords(
    CallbackRouter router, LearningLedger ledger, IDirectory directory, Listeners listeners, Catalogue catalogue, TimeProvider time, ILogger<PlainWords> logger) : IWorkSource
{
    /// <summary>What stands after "pause" is a length of time; anything longer is somebody telling a story.</summary>
    private const int LongestPause = 30;

    private static readonly TimeSpan OneHint = TimeSpan.FromDays(1);

    /// <summary>Each word, and what stands after `/learn` for the same.</summary>
    private static readonly (string Key, string Command)[] Commands =
    [
        ("plain.stop", "leave everything"),
        ("plain.pause", "pause"),
        ("plain.resume", "resume"),
        ("plain.help", "help"),
        ("plain.open", ""),
    ];

    private readonly ILearningStore _store = ledger.Store;
    private readonly OneByOne _work = new();

    public DateTimeOffset? NextMoment => null;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(_work.IsAtRest);

    /// <summary>Answers one after the other, in the order in which they were written, and beside whoever tells.</summary>
    public void Hear(DirectMessage message) => _work.Add(() => TryAnswerAsync(message));

    /// <summary>What to type after `/learn` for this; null when it is none of the words.</summary>
    internal string? CommandFor(string text, Speech own)
    {
        var said = text.Trim().TrimEnd('.', '!', '?', ',', ';', ':', '…', ' ').ToLowerInvariant();
        foreach (var speech in catalogue.Speeches.OrderBy(speech => speech != own))
        {
            foreach (var (key, command) in Commands)
            {
                foreach (var word in speech.Words(key))
                {
                    if (said == word)
                        return command;
                    if (command == "pause" && said.Length <= LongestPause && said.StartsWith($"{word} ", StringComparison.Ordinal))
                        return $"pause {catalogue.Speeches.Aggregate(said[(word.Length + 1)..], (rest, language) => language.InEnglish(rest))}";
                }
            }
        }

        return null;
    }

    private async Task TryAnswerAsync(DirectMessage message)
    {
        try
        {
            await AnswerAsync(message, CancellationToken.None);
        }
        catch (Exception e)
        {
            // Whoever wrote gets no answer and can write again; others must not go without theirs.
            logger.LogError("The direct message {PostId} was not answered: {Reason}", message.PostId, e.Message);
        }
    }

    private async Task AnswerAsync(DirectMessage message, CancellationToken cancellationToken)
    {
        var id = OutboxRow.IdOf(message.PostId, "plain-words");
        if (await _store.GetAsync<OutboxRow>(id, cancellationToken) is not null || !await IsWriterAsync(message.PersonId, cancellationToken))
            return;
        var speech = (await listeners.OfAsync(message.PersonId, cancellationToken)).Speech;
        if (CommandFor(message.Text, speech) is { } command)
        {
            var reply = await router.CommandAsync(new Caller(message.PersonId, null, message.ChannelId), command, cancellationToken);
            await WriteAsync(id, message.PersonId, reply.Draft, cancellationToken);
        }
        else if (await HintIdAsync(message.PersonId, cancellationToken) is { } hintId)
        {
            await WriteAsync(hintId, message.PersonId, Hint(speech, message.PersonId), cancellationToken);
        }
    }

    /// <summary>Not for bots, for oneself, and while Mattermost does not say who it is: two bots would have much to tell each other.</summary>
    private async ValueTask<bool> IsWriterAsync(string personId, CancellationToken cancellationToken)
    {
        if (personId == directory.BotId)
            return false;
        try
        {
            return await directory.PersonAsync(personId, cancellationToken) is { IsBot: false };
        }
        catch (DirectoryUnavailableException)
        {
            logger.LogWarning("A direct message goes unanswered: Mattermost does not say in time who wrote it");
            return false;
        }
    }

    /// <summary>The row of today's hint; null when one went out within the last day. Rows are kept for longer than that, through restarts.</summary>
    private async ValueTask<string?> HintIdAsync(string personId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var day in new[] { now, now - OneHint })
        {
            if (await _store.GetAsync<OutboxRow>(IdOn(day), cancellationToken) is { } earlier && now - earlier.NotBefore < OneHint)
                return null;
        }

        return IdOn(now);

        string IdOn(DateTimeOffset day) => OutboxRow.IdOf(personId, string.Create(CultureInfo.InvariantCulture, $"plain-words/{day:yyyyMMdd}"));
    }

    private static Draft Hint(Speech speech, string personId)
    {
        return new Draft
        {
            Text = speech.Say("plain.hint"),
            Buttons = [Button("plain.button.open", ""), Button("plain.button.pause", "pause"), Button("plain.button.help", "help")],
        };

        DraftButton Button(string labelKey, string command) =>
            new(speech.Say(labelKey), new ActionReference(ActionReference.Command, command, "", "", personId));
    }

    private async Task WriteAsync(string id, string personId, Draft draft, CancellationToken cancellationToken) => await ledger.CommitAsync(
        new ChangeSet().Save(new OutboxRow
        {
            Id = id,
            Conversation = $"direct/{personId}",
            Order = ledger.Next(),
            Purpose = MessagePurpose.Answer,
            PersonId = personId,
            NotBefore = time.GetUtcNow(),
            Draft = draft,
        }),
        cancellationToken);
}
