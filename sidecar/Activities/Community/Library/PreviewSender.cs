using System.Globalization;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Community.Library;

/// <summary>Sends a whole activity to one person's direct messages, as its readers would get it. It takes a moment, so whoever asks is answered before.</summary>
public sealed class PreviewSender(IActivityPreviewer previewer, LearningLedger ledger, Listeners listeners, TimeProvider time, ILogger<PreviewSender> logger) : IWorkSource
{
    private readonly OneByOne _work = new();

    public DateTimeOffset? NextMoment => null;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(_work.IsAtRest);

    /// <param name="personId">To whom.</param>
    /// <param name="definition">What they are to see. The pictures that it names hang on the end of it.</param>
    /// <param name="versionId">Of a file that was handed in and need not be in use, the version.</param>
    public void Send(string personId, ActivityDefinition definition, string? versionId = null) => _work.Add(() => TrySendAsync(personId, definition, versionId));

    private async Task TrySendAsync(string personId, ActivityDefinition definition, string? versionId)
    {
        try
        {
            await WriteAsync(personId, await TextAsync(definition, (await listeners.OfAsync(personId)).Speech), AuthoredFiles.Of(definition, versionId));
        }
        catch (Exception e)
        {
            // Whoever asked sees that nothing comes, and can ask again.
            logger.LogError(e, "A preview of {Slug} was not sent", definition.Slug);
        }
    }

    private async Task<string> TextAsync(ActivityDefinition definition, Speech speech)
    {
        try
        {
            return Text(definition, await previewer.OfAsync(definition, CancellationToken.None), speech);
        }
        catch (PreviewException e)
        {
            return speech.Say("preview.not-now", ("title", Token.Literal(definition.Title)), ("reason", Token.Literal(e.Message)));
        }
    }

    private static string Text(ActivityDefinition definition, ActivityPreview preview, Speech speech)
    {
        List<string> parts = [speech.Say("preview.heading", ("title", Token.Literal(definition.Title)))];
        foreach (var message in preview.Messages.Where(IsOfTheActivity))
        {
            (string, object)[] places =
            [
                ("moment", speech.InChannel(message.At, definition.Zone)), ("channel", $"~{message.Channel}"),
                ("who", speech.Say(message.Reader switch
                {
                    PreviewReader.Everybody => "preview.to-everybody",
                    PreviewReader.Facilitators => "preview.to-facilitators",
                    PreviewReader.Learner => "preview.to-learner",
                    _ => "preview.to-host",
                })),
            ];
            var head = speech.Say(
                message.Place switch
                {
                    PreviewPlace.Channel => "preview.in-channel",
                    PreviewPlace.Thread => "preview.in-thread",
                    PreviewPlace.Direct => "preview.directly",
                    _ => "preview.privately",
                },
                places);
            var lines = Token.Literal(message.Text).ReplaceLineEndings("\n> ");
            var buttons = message.Buttons.Count == 0 ? "" : $"\n>\n> {string.Join("  ", message.Buttons.Select(label => $"`{label}`"))}";
            parts.Add($"{(message.IsEdit ? speech.Say("preview.edit", ("where", head)) : head)}\n> {lines}{buttons}");
        }

        parts.Add(preview.Next is { } next ? speech.Say("preview.next", ("moment", speech.InChannel(next, definition.Zone))) : speech.Say("preview.end"));
        return string.Join("\n\n", parts);
    }

    /// <summary>What starting it shows, whoever starts it sees then.</summary>
    private static bool IsOfTheActivity(PreviewedMessage message) => message is not { Reader: PreviewReader.Facilitators, Place: PreviewPlace.Private };

    private async Task WriteAsync(string personId, string text, IReadOnlyList<OutboxFile>? files)
    {
        var order = ledger.Next();
        var row = new OutboxRow
        {
            Id = OutboxRow.IdOf(personId, string.Create(CultureInfo.InvariantCulture, $"preview/{order}")),
            Conversation = $"direct/{personId}",
            Purpose = MessagePurpose.Asked,
            PersonId = personId,
            NotBefore = time.GetUtcNow(),
            Draft = text,
            Files = files,
        };
        var changes = new ChangeSet();
        foreach (var piece in LongMessage.Is(row) ? LongMessage.Pieces(row) : [row])
            changes.Save(piece with { Order = ledger.Next() });
        await ledger.CommitAsync(changes, CancellationToken.None);
    }
}
