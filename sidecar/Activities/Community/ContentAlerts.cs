using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Library;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Activities.Community;

/// <summary>
/// Tells the facilitators' channel what is wrong with a content file: each error once for as long as it stands, and one line when a file that
/// was told of is mended. An error that is gone again within a moment is somebody at work, and is not told.
/// </summary>
public sealed class ContentAlerts(Facilitators facilitators, LearningLedger ledger, Catalogue catalogue, TimeProvider time)
{
    private const string Name = "content-alert";
    private const int LongestPath = 120;
    private const int LongestFinding = 300;

    /// <summary>One message tells of as many files as fit.</summary>
    private const int LongestMessage = 600;

    /// <summary>Since when an error stands that has not been told.</summary>
    private readonly Dictionary<string, DateTimeOffset> _untold = new(StringComparer.Ordinal);

    /// <summary>How long an error stands before it is told: authors save often while they write.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <returns>When an error that stands now is to be told; null when there is none that waits, and when there is no channel to tell it in.</returns>
    /// <param name="library">As it is now.</param>
    /// <param name="now">On the clock by which it is looked at.</param>
    /// <param name="cancellationToken"></param>
    /// <exception cref="DirectoryUnavailableException">Nothing was told: come again.</exception>
    /// <exception cref="StoreUnavailableException">Nothing was told: come again.</exception>
    public async Task<DateTimeOffset?> TellAsync(ContentLibrary library, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var told = await ledger.Store.FindAsync(ContentAlert.OfAll, ContentAlert.All, cancellationToken);
        var errors = library.Diagnostics.Where(one => one.Severity == Severity.Error).ToLookup(one => one.Path, StringComparer.Ordinal);
        var untold = UntoldAmong(errors, told, now);
        var mended = told.Where(one => !errors.Contains(one.Path)).ToList();
        var due = untold.Where(error => _untold[IdOf(error)] + Patience <= now).ToList();
        // One of several errors is mended: should it come back, it is news.
        var partlyMended = told.Where(one => errors.Contains(one.Path) && one.Errors.Except(errors[one.Path].Select(IdOf)).Any()).ToList();
        if (due.Count == 0 && mended.Count == 0 && partlyMended.Count == 0)
            return untold.Count == 0 ? null : untold.Min(error => _untold[IdOf(error)]) + Patience;
        if (await facilitators.ChannelIdAsync(cancellationToken) is not { } channelId)
            return null;

        var set = new ChangeSet();
        if (due.Count > 0)
            set.Save(Row(channelId, Broken(library, due)));
        foreach (var path in due.Select(error => error.Path).Union(partlyMended.Select(alert => alert.Path)))
        {
            var alert = told.FirstOrDefault(one => one.Path == path) ?? new ContentAlert { Id = OutboxRow.IdOf(path, Name), Path = path, Errors = [] };
            var standing = errors[path].Select(IdOf).Distinct().ToList();
            set.Save(alert with { Errors = [.. standing.Where(id => alert.Errors.Contains(id) || due.Exists(error => IdOf(error) == id))] });
        }

        foreach (var alert in mended)
        {
            set.Delete(alert);
            // A file that is gone needs no word.
            if (IsUsed(library, alert.Path))
                set.Save(Row(channelId, catalogue.For(null).Say("content.mended", ("path", MentionSafe.Code(LooseFile.NameOf(alert.Path), LongestPath)))));
        }

        await ledger.CommitAsync(set, cancellationToken);
        var waiting = untold.Except(due).ToList();
        return waiting.Count == 0 ? null : waiting.Min(error => _untold[IdOf(error)]) + Patience;
    }

    /// <summary>Remembers since when they stand.</summary>
    private List<Diagnostic> UntoldAmong(ILookup<string, Diagnostic> errors, IReadOnlyList<ContentAlert> told, DateTimeOffset now)
    {
        var known = told.SelectMany(one => one.Errors).ToHashSet(StringComparer.Ordinal);
        var untold = errors.SelectMany(one => one).Where(error => !known.Contains(IdOf(error))).ToList();
        var ids = untold.Select(IdOf).ToHashSet(StringComparer.Ordinal);
        foreach (var id in _untold.Keys.Where(id => !ids.Contains(id)).ToList())
            _untold.Remove(id);
        foreach (var id in ids)
            _untold.TryAdd(id, now);
        return untold;
    }

    private OutboxRow Row(string channelId, Draft text)
    {
        var order = ledger.Next();
        return new OutboxRow
        {
            // What keeps it from being told twice is the alert that is committed with it.
            Id = OutboxRow.IdOf(order.ToString(CultureInfo.InvariantCulture), Name),
            Conversation = Name,
            Order = order,
            Operation = OutboxOperation.Post,
            Purpose = MessagePurpose.Report,
            ChannelId = channelId,
            NotBefore = time.GetUtcNow(),
            Draft = text,
        };
    }

    private string Broken(ContentLibrary library, List<Diagnostic> due)
    {
        var words = catalogue.For(null);
        var files = due.GroupBy(error => error.Path).Select(errors => OneFile(words, IsUsed(library, errors.Key), [.. errors])).ToList();
        var length = files[0].Length;
        var told = files.Skip(1).TakeWhile(text => (length += text.Length) <= LongestMessage).Prepend(files[0]).ToList();
        if (files.Count > told.Count)
            told.Add(words.Say("content.more-files", ("count", files.Count - told.Count)));
        return string.Join("\n\n", told);
    }

    private static string OneFile(Speech words, bool isKept, List<Diagnostic> errors)
    {
        var first = errors[0];
        var path = MentionSafe.Code(LooseFile.NameOf(first.Path), LongestPath);
        var lines = new List<string>
        {
            first.HasPlace
                ? words.Say("content.broken-line", ("path", path), ("line", first.Line.ToString(CultureInfo.InvariantCulture)))
                : words.Say("content.broken", ("path", path)),
            Finding(first),
        };
        if (errors.Count > 1)
            lines.Add(words.Say("content.more-errors", ("count", errors.Count - 1)));
        lines.Add(words.Say(isKept ? "content.kept" : "content.left-out"));
        return string.Join('\n', lines);
    }

    private static string Finding(Diagnostic error) =>
        Token.Literal(MentionSafe.Text(MessageLimits.Cut($"{error.Message} {error.Help}".ReplaceLineEndings(" ").Trim(), LongestFinding)));

    /// <summary>Whether something of a file, or of a folder that cannot be read, is in use.</summary>
    private static bool IsUsed(ContentLibrary library, string path) =>
        library.Definitions.Values.Concat(library.Drafts.Values).Select(one => one.Path).Concat(library.Translations.Values.Select(one => one.Path))
            .Any(used => used == path || used.StartsWith($"{path}/", StringComparison.Ordinal) || Path.IsPathRooted(path));

    private static string IdOf(Diagnostic error) => OutboxRow.IdOf($"{error.Path}\n{error.Code}\n{error.Message}", Name);
}
