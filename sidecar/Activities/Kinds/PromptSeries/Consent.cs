using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Activities.Kinds.PromptSeries;

/// <summary>Who may be asked to go first: those who said so, until they take it back. Nobody has to join anything to talk.</summary>
internal static class Consent
{
    public static void Act(PromptSeriesDefinition definition, Turn turn, Acted acted)
    {
        var personId = acted.PersonId;
        var speech = turn.Scene.SpeechOf(personId);
        (string, object)[] places = [("title", SeriesView.Title(definition)), ("slug", definition.Slug)];
        switch (acted.Action)
        {
            case SeriesAction.How:
                turn.Answer(Notice(acted, speech.Say("series.button.how"), SeriesView.How(definition, turn.Scene, personId)));
                break;
            case PersonAction.AskMe or PersonAction.EveryRound when turn.Run.Status != RunStatus.Stopped:
                var isNew = turn.Enroll(personId);
                turn.Answer(Notice(acted, speech.Say("series.button.ask-me"), speech.Say(isNew ? "series.asked" : "series.asked-already", places)));
                break;
            case PersonAction.Leave:
                var left = turn.Unenroll(personId);
                if (left)
                    turn.Record(Verbs.Left, personId);
                turn.Answer(Reply.Instead(speech.Say(left ? "series.not-asked" : "series.not-asked-before", places)));
                break;
            case SeriesAction.NotThisTime:
                turn.Answer(Reply.Instead(speech.Say("series.not-this-time", places)));
                break;
            case PersonAction.Join when PromptSeriesKind.IsOpen(turn):
                turn.Answer(speech.Say("series.join", [.. places, ("link", Token.LinkToRow(turn.Round.RootRowId))]));
                break;
            default:
                turn.Answer(speech.Say("series.old-button", places));
                break;
        }
    }

    /// <summary>A small window for a click; what was typed is answered where it was typed.</summary>
    private static Reply Notice(Acted acted, string title, string text) => new() { Draft = text, NoticeTitle = acted.Step is null ? null : title };
}
