namespace MattermostLearning.Sidecar.Rehearsal.Reports;

/// <summary>A preview as one page that looks like the conversation.</summary>
internal static class PreviewHtml
{
    public static string Render(Previewed preview)
    {
        var talk = new Conversation(preview.Names, preview.Activity.Zone, hasFiles: true).Render([.. preview.Told.Select(one => (one.Entry, $"{RehearsalText.PlaceOf(one)}: {preview.ReaderOf(one)}{(one.IsEdit ? " (the message before changes to)" : "")}"))]);
        return Page.Render(
            $"Preview of {preview.Activity.Title}", $"<p>{Page.Text($"{preview.Activity.Summary} Every message, in order, as it will look.")}</p>",
            $"<section aria-label=\"Messages\">\n<div class=\"sheet talk\">\n{talk}</div>\n<p class=\"note\">{Page.Text(PreviewText.End(preview))}</p>\n</section>\n");
    }
}
