using System.Globalization;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Words;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Activities.Community;

/// <summary>
/// The smallest form of asking for what one needs: somebody who may not run activities, or who looked for something and found nothing, has
/// their wish put into the facilitators' channel, in their name and only when they say so.
/// </summary>
public sealed class AskFacilitators(Facilitators facilitators, LearningLedger ledger, Catalogue catalogue, TimeProvider time) : IAnswersButtons
{
    /// <summary>The purpose of its buttons.</summary>
    public const string Purpose = "ask-facilitators";

    private const string PassOn = "pass-on";
    private const string LookedFor = "looked-for";
    private const string NeverMind = "never-mind";
    private const int LongestWish = 120;

    /// <summary>What somebody reads who may not use a command, with an offer where there is a channel to pass the wish on to.</summary>
    /// <param name="caller">Who typed it.</param>
    /// <param name="wish">What they typed, without the slash.</param>
    /// <param name="speech">Their language.</param>
    /// <param name="cancellationToken"></param>
    public async ValueTask<Reply> RefuseAsync(Caller caller, string wish, Speech speech, CancellationToken cancellationToken)
    {
        var refusal = await facilitators.SomebodyAsync(cancellationToken) is { } example
            ? speech.Say("command.for-facilitators", ("person", Token.Person(example)))
            : speech.Say("command.for-facilitators-none");
        // From a direct message there is no channel that the wish could be about.
        if (caller.TeamId is null)
            return refusal;
        var shown = MentionSafe.Code(wish, LongestWish);
        return await OfferAsync(caller, refusal, speech.Say("ask.offer", ("wish", shown), ("channel", Token.Channel(caller.ChannelId))), PassOn, shown, speech, cancellationToken);
    }

    /// <summary>What somebody reads who looked for something and found nothing, with an offer to say so where there is a channel for it.</summary>
    /// <param name="caller">Who looked.</param>
    /// <param name="answer">That there is nothing.</param>
    /// <param name="words">What they looked for.</param>
    /// <param name="speech">Their language.</param>
    /// <param name="cancellationToken"></param>
    public async ValueTask<Reply> NothingFoundAsync(Caller caller, string answer, string words, Speech speech, CancellationToken cancellationToken)
    {
        var shown = MentionSafe.Code(words, LongestWish);
        return await OfferAsync(caller, answer, speech.Say("ask.offer-looked-for", ("words", shown)), LookedFor, shown, speech, cancellationToken);
    }

    private async ValueTask<Reply> OfferAsync(
        Caller caller, string answer, string offer, string action, string shown, Speech speech, CancellationToken cancellationToken)
    {
        if (await facilitators.ChannelIdAsync(cancellationToken) is null)
            return answer;
        return Reply.Of($"{answer}\n{offer}", Button("ask.button.tell", action), Button("ask.button.never-mind", NeverMind));

        DraftButton Button(string labelKey, string pressed) =>
            new(speech.Say(labelKey), new ActionReference(Purpose, pressed, caller.ChannelId, shown, caller.PersonId));
    }

    public async Task<Reply> PressedAsync(ButtonPress press, CancellationToken cancellationToken)
    {
        if (press.Reference.Action == NeverMind)
            return press.Speech.Say("ask.never-mind");
        if (await facilitators.ChannelIdAsync(cancellationToken) is not { } channelId)
            return Notice(press.Speech, "ask.nobody");
        var now = time.GetUtcNow();
        var (words, person, wish) = (catalogue.For(null), Token.Person(press.Caller.PersonId), press.Reference.Step);
        var row = new OutboxRow
        {
            // Once a day is enough for the same wish, however often it is pressed.
            Id = OutboxRow.IdOf(press.Caller.PersonId, string.Create(CultureInfo.InvariantCulture, $"{Purpose}/{press.Reference.Subject}/{wish}/{now:yyyyMMdd}")),
            Conversation = Purpose,
            Order = ledger.Next(),
            Purpose = MessagePurpose.Asked,
            ChannelId = channelId,
            PersonId = press.Caller.PersonId, // whom it names, so that it is found when they are forgotten
            NotBefore = now,
            Draft = press.Reference.Action == LookedFor
                ? words.Say("ask.looked-for", ("person", person), ("words", wish))
                : words.Say("ask.passed-on", ("person", person), ("wish", wish), ("channel", Token.Channel(press.Reference.Subject))),
        };
        if (await ledger.Store.GetAsync<OutboxRow>(row.Id, cancellationToken) is null)
            await ledger.CommitAsync(new ChangeSet().Save(row), cancellationToken);
        return Notice(press.Speech, "ask.done");
    }

    private static Reply Notice(Speech speech, string key) => new() { Draft = speech.Say(key), NoticeTitle = speech.Say("ask.title") };
}
