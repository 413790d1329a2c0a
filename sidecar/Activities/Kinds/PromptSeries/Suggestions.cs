using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Activities.Kinds.PromptSeries;

/// <summary>Starters that members suggest: they wait for the host's one click, and can be taken back until they have come.</summary>
internal static class Suggestions
{
    private const int Shortest = 10;
    internal const int Longest = 500;

    /// <summary>So many of one person wait at most, and so many of all: nobody reads more.</summary>
    private const int MostOfOne = 3;
    private const int MostWaiting = 30;

    public static void Act(PromptSeriesDefinition definition, Turn turn, Acted acted)
    {
        switch (acted)
        {
            case Submitted sent:
                Suggest(definition, turn, sent);
                break;
            case { Action: PersonAction.Suggest }:
                Ask(definition, turn, acted.PersonId);
                break;
            default:
                Decide(definition, turn, acted);
                break;
        }
    }

    /// <summary>Somebody is forgotten: what has not come goes, what has come is nobody's. The host's message no longer has their words.</summary>
    public static void Forget(PromptSeriesDefinition definition, Turn turn, Suggestion suggestion)
    {
        Remove(turn, suggestion);
        if (suggestion.OccurrenceId is not null)
            turn.Save(suggestion with { PersonId = Forgotten.Nobody, ShowsName = false });
        var hostId = turn.Run.HostId;
        if (suggestion.PersonId != hostId && hostId != Forgotten.Nobody)
            turn.EditDirect(hostId, RowOf(turn, suggestion), SeriesView.SuggestionGone(definition, turn.Scene));
    }

    public static void Remove(Turn turn, Suggestion suggestion)
    {
        turn.Withdraw(RowOf(turn, suggestion));
        turn.Delete(suggestion);
    }

    /// <summary>The name of the message that asks the host.</summary>
    private static string NameOf(Suggestion suggestion) => $"suggestion/{suggestion.Id}";

    private static string RowOf(Turn turn, Suggestion suggestion) => OutboxRow.IdOf(turn.Run.Id, $"{NameOf(suggestion)}/{turn.Run.HostId}");

    private static void Ask(PromptSeriesDefinition definition, Turn turn, string personId)
    {
        var speech = turn.Scene.SpeechOf(personId);
        if (IsOver(turn))
        {
            turn.Answer(speech.Say("series.suggest.over"));
            return;
        }

        turn.Answer(new Reply
        {
            Draft = speech.Say("series.suggest.typed", ("title", SeriesView.Title(definition)), ("slug", definition.Slug)),
            Dialog = new DraftDialog
            {
                Title = speech.Say("series.button.suggest"),
                Introduction = speech.Say("series.suggest.intro", ("title", SeriesView.Title(definition))),
                SubmitLabel = speech.Say("series.suggest.send"),
                Elements =
                [
                    new TextAreaElement
                    {
                        Name = PersonAction.SuggestedText,
                        DisplayName = speech.Say("series.suggest.text"),
                        HelpText = speech.Say("series.suggest.help"),
                        MinLength = Shortest,
                        MaxLength = Longest,
                    },
                    new BoolElement
                    {
                        Name = PersonAction.SuggestedName,
                        DisplayName = speech.Say("series.suggest.name"),
                        Placeholder = speech.Say("series.suggest.name-box"),
                        Optional = true,
                    },
                ],
                Action = new ActionReference(ActionReference.Activity, PersonAction.Suggest, turn.Run.Id, PersonAction.WhileOpen, personId),
            },
        });
    }

    private static void Suggest(PromptSeriesDefinition definition, Turn turn, Submitted sent)
    {
        var (scene, personId) = (turn.Scene, sent.PersonId);
        var speech = scene.SpeechOf(personId);
        // Typed as a command, it has no step; a form is answered in the direct messages.
        var isTyped = sent.Step is null;
        var text = MentionSafe.Text(sent.Values.GetValueOrDefault(PersonAction.SuggestedText)).Trim();
        var same = scene.Suggestions.Where(one => Prompt.IdOf(one.Text) == Prompt.IdOf(text)).ToList();
        if (ProblemOf(definition, turn, personId, text, same) is { } problem)
        {
            var words = speech.Say(problem, ("least", Shortest), ("most", Longest));
            // Their own can be taken back here, too: what was said where it was typed does not stay.
            var own = same.Find(one => one.PersonId == personId && one.OccurrenceId is null);
            turn.Answer(isTyped ? Reply.Of(words, own is null ? [] : [SeriesView.TakeBack(scene, own)]) : new Reply { Draft = words, FieldErrors = new Dictionary<string, string> { [PersonAction.SuggestedText] = words } });
            return;
        }

        var suggestion = new Suggestion
        {
            // Taken back and suggested anew, it is another one: the messages about it must not be those about the first.
            Id = OutboxRow.IdOf(turn.Run.Id, $"suggested/{personId}/{scene.Now.UtcTicks}/{text}"),
            RunId = turn.Run.Id,
            PersonId = personId,
            Text = text,
            At = scene.Now,
            ShowsName = sent.Values.GetValueOrDefault(PersonAction.SuggestedName) == "true",
            IsAccepted = personId == turn.Run.HostId,
        };
        turn.Save(suggestion);
        turn.Record(Verbs.Suggested, personId, suggestion.Id);
        if (!suggestion.IsAccepted && turn.Run.HostId != Forgotten.Nobody && !scene.Person(turn.Run.HostId).IsGone)
            turn.Write(turn.Run.HostId, NameOf(suggestion), MessagePurpose.Report, SeriesView.ToAccept(definition, scene, suggestion, turn.Run.HostId), changesLater: true);
        var thanks = SeriesView.Suggested(definition, scene, suggestion);
        if (isTyped)
        {
            turn.Answer(new Reply { Draft = thanks });
            return;
        }

        turn.Write(personId, $"thanks/{suggestion.Id}", MessagePurpose.Answer, thanks);
        turn.Answer(Reply.Accepted);
    }

    private static bool IsOver(Turn turn) => turn.Run.Status is RunStatus.Stopped or RunStatus.Ended;

    private static string? ProblemOf(PromptSeriesDefinition definition, Turn turn, string personId, string text, List<Suggestion> same)
    {
        if (IsOver(turn))
            return "series.suggest.over";
        if (text.Length < Shortest)
            return "series.suggest.too-short";
        if (text.Length > Longest)
            return "series.suggest.too-long";
        // Once is enough, and whose it was is nobody's to know.
        if (same.Exists(one => one.IsAccepted) || definition.Prompts.Concat(turn.Scene.TextFor(personId, definition).Prompts).Any(one => Prompt.IdOf(one.Text) == Prompt.IdOf(text)))
            return "series.suggest.stands";
        if (same.Exists(one => one.PersonId == personId))
            return "series.suggest.waits-yours";
        if (same.Count > 0)
            return "series.suggest.waits";
        var waiting = turn.Scene.Suggestions.Where(one => !one.IsAccepted).ToList();
        if (waiting.Count(one => one.PersonId == personId) >= MostOfOne)
            return "series.suggest.enough-of-you";
        return waiting.Count >= MostWaiting ? "series.suggest.enough" : null;
    }

    /// <summary>Accepted, left out or taken back: by whoever may is seen to before it comes here, but for one's own.</summary>
    private static void Decide(PromptSeriesDefinition definition, Turn turn, Acted acted)
    {
        var (scene, personId) = (turn.Scene, acted.PersonId);
        var speech = scene.SpeechOf(personId);
        (string, object)[] places = [("title", SeriesView.Title(definition)), ("slug", definition.Slug)];
        var suggestion = scene.Suggestions.FirstOrDefault(one => one.Id == acted.Step);
        var isOwn = acted.Action == PersonAction.TakeBackSuggestion;
        // Taken back is what has not come yet; judged is what waits.
        if (suggestion is null || (isOwn ? suggestion.OccurrenceId is not null || suggestion.PersonId != personId : suggestion.IsAccepted))
        {
            turn.Answer(Reply.Instead(speech.Say("series.suggest.old", places)));
            return;
        }

        switch (acted.Action)
        {
            case PersonAction.AcceptSuggestion:
                turn.Save(suggestion with { IsAccepted = true });
                turn.Record(Verbs.Accepted, personId, suggestion.Id);
                turn.Answer(Reply.Instead(speech.Say("series.suggest.accepted", [.. places, ("text", SeriesView.Quoted(suggestion.Text)), ("next", SeriesView.WhenItComes(definition, scene, personId))])));
                if (!scene.Person(suggestion.PersonId).IsGone)
                    turn.Write(suggestion.PersonId, $"accepted/{suggestion.Id}", MessagePurpose.Asked, SeriesView.IsAccepted(definition, scene, suggestion));
                break;
            case PersonAction.DeclineSuggestion:
                turn.Withdraw(RowOf(turn, suggestion));
                turn.Delete(suggestion);
                turn.Answer(Reply.Instead(speech.Say("series.suggest.declined", [.. places, ("person", Token.Person(suggestion.PersonId))])));
                break;
            default:
                Remove(turn, suggestion);
                if (turn.Run.HostId != Forgotten.Nobody)
                    turn.EditDirect(turn.Run.HostId, RowOf(turn, suggestion), SeriesView.SuggestionGone(definition, scene));
                turn.Answer(Reply.Instead(speech.Say("series.suggest.taken-back", places)));
                break;
        }
    }
}
