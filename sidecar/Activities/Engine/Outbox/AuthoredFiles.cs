using MattermostLearning.Content;
using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Activities.Engine.Outbox;

/// <summary>
/// Pictures and attachments that stand beside a content file. A message takes along those that its text names: they hang below it, and what they
/// say stands where they were named.
/// </summary>
internal static class AuthoredFiles
{
    /// <summary>Mattermost takes no more on one message.</summary>
    private const int Most = 10;

    /// <param name="row">A message as its kind words it.</param>
    /// <param name="definition">Whose text it may hold. What its author has not named is not taken along, whoever else's words stand in the message.</param>
    public static OutboxRow In(OutboxRow row, ActivityDefinition definition)
    {
        if (row.Draft is not { } draft || !draft.Text.Contains("](", StringComparison.Ordinal))
            return row;
        var links = BesideLinks.In(draft.Text).Where(link => definition.SourceText.Contains($"]({link.Name}", StringComparison.Ordinal)).ToList();
        if (links.Count == 0)
            return row;
        row = row with { Draft = draft with { Text = BesideLinks.Told(draft.Text, links) } };
        if (row.Operation != OutboxOperation.Post)
            return row; // what hangs on a message stays there
        var files = links.Select(link => link.Name).Distinct(StringComparer.Ordinal).Take(Most - (row.Files?.Count ?? 0))
            .Select(name => OutboxFile.Of(new AuthoredFile(definition.Path, name)));
        return row with { Files = [.. row.Files ?? [], .. files] };
    }
}
