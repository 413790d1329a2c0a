using System.Text.RegularExpressions;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Content;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>The same run that `preview` shows, one at a time: a whole sidecar lives in memory while it goes on.</summary>
internal sealed partial class ActivityPreviewer(TimeProvider time) : IActivityPreviewer
{
    public async Task<ActivityPreview> OfAsync(ActivityDefinition definition, CancellationToken cancellationToken)
    {
        try
        {
            using var content = RehearsalContent.Of(definition);
            var preview = await PreviewRun.RunAsync(content, PreviewAs.Both, time.GetUtcNow());
            return new ActivityPreview([.. preview.Told.Select(told => MessageOf(preview, told))], preview.Next);
        }
        catch (CannotStartException e)
        {
            throw new PreviewException(e.Message, e);
        }
    }

    private static PreviewedMessage MessageOf(Previewed preview, Told told)
    {
        var texts = told.Entry.Attachments.SelectMany(one => new[] { one.Title, one.Text }).Prepend(told.Entry.Text).Where(text => text.Length > 0);
        return new PreviewedMessage(told.At, PlaceOf(told.Where), told.Channel, ReaderOf(preview, told), WithoutLinks(Transcript.WithNumbers(string.Join("\n\n", texts), preview.Numbers)))
        {
            Buttons = [.. told.Entry.Attachments.SelectMany(one => one.Buttons).Select(button => button.Label)],
            IsEdit = told.IsEdit,
        };
    }

    /// <summary>There is no such post, so what would lead to it is words only.</summary>
    private static string WithoutLinks(string text) => LinkToPost().Replace(text, "$1");

    private static PreviewPlace PlaceOf(ToldWhere where) => where switch
    {
        ToldWhere.Channel => PreviewPlace.Channel,
        ToldWhere.Thread => PreviewPlace.Thread,
        ToldWhere.Direct => PreviewPlace.Direct,
        _ => PreviewPlace.Private,
    };

    private static PreviewReader ReaderOf(Previewed preview, Told told) =>
        told.Channel == TownPlan.FacilitatorsChannel || (told.Reader == TownPlan.Facilitator && told.Where == ToldWhere.Private) ? PreviewReader.Facilitators
        : told.IsForAll ? PreviewReader.Everybody
        : told.Reader == preview.Viewer.UserName ? PreviewReader.Learner : PreviewReader.Host;

    [GeneratedRegex(@"\[([^\[\]]*)\]\(#[0-9?]+\)", RegexOptions.CultureInvariant)]
    private static partial Regex LinkToPost();
}
