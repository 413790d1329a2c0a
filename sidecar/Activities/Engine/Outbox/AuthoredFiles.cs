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
        if (row.Draft is not { } draft || LinksIn(draft, definition) is not { Count: > 0 } links)
            return row;
        row = row with { Draft = draft with { Text = BesideLinks.Told(draft.Text, links) } };
        if (row.Operation != OutboxOperation.Post)
            return row; // what hangs on a message stays there
        var files = links.Select(link => link.Name).Distinct(StringComparer.Ordinal).Take(Most - (row.Files?.Count ?? 0))
            .Select(name => OutboxFile.Of(new AuthoredFile(definition.Path, name)));
        return row with { Files = [.. row.Files ?? [], .. files] };
    }

    /// <summary>All that a text names, as far as one message can take it; null where it names nothing.</summary>
    /// <param name="definition">Whose text it is.</param>
    /// <param name="versionId">Of a file that was handed in, the version; null for the one that is in use.</param>
    public static IReadOnlyList<OutboxFile>? Of(ActivityDefinition definition, string? versionId)
    {
        List<OutboxFile> files =
        [
            .. definition.SourceTexts.SelectMany(text => BesideLinks.In(text)).Select(link => link.Name).Distinct(StringComparer.Ordinal).Take(Most)
                .Select(name => OutboxFile.Of(new AuthoredFile(definition.Path, name) { VersionId = versionId })),
        ];
        return files.Count > 0 ? files : null;
    }

    /// <summary>For what cannot take a file along, such as an answer that only one person sees.</summary>
    public static Draft Told(Draft draft, ActivityDefinition definition) =>
        LinksIn(draft, definition) is { Count: > 0 } links ? draft with { Text = BesideLinks.Told(draft.Text, links) } : draft;

    private static List<BesideLink> LinksIn(Draft draft, ActivityDefinition definition)
    {
        if (!draft.Text.Contains("](", StringComparison.Ordinal))
            return [];
        var named = definition.SourceTexts.SelectMany(text => BesideLinks.In(text)).Select(link => link.Name).ToHashSet(StringComparer.Ordinal);
        return [.. BesideLinks.In(draft.Text).Where(link => named.Contains(link.Name))];
    }
}
