using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MattermostLearning.Playground.StandIn;

public enum TranscriptKind
{
    Posted,
    Edited,
    Deleted,
    Private,
    Clicked,
    DialogOpened,
    Reacted,
    Unreacted,
    Joined,
    Left,
}

/// <summary>
/// One thing that people could see. The place is for example <c>~learning</c>, or <c>@ann + @coach</c> for a direct message. Posts are
/// numbered in the order of their appearance; the thread is the number of its root, 0 outside threads. The detail is an emoji, the label
/// that was pressed, or a dialog's title.
/// </summary>
public sealed record TranscriptEntry(
    DateTimeOffset At, TranscriptKind Kind, string Place, string Who, int Number, int Thread, string Text, IReadOnlyList<SeenAttachment> Attachments, string Detail)
{
    /// <summary>By which the post can be looked at; empty where it is about none.</summary>
    public string PostId { get; init; } = "";

    /// <summary>What hangs on the post as it appears.</summary>
    public IReadOnlyList<SeenFile> Files { get; init; } = [];
}

public sealed record SeenFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>What was visible, in order. Its text form is made to be read, and stays the same for the same happenings.</summary>
public sealed partial class Transcript
{
    private readonly World _world;
    private readonly List<TranscriptEntry> _entries = [];
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<string, Screen> _screens = [];

    internal Transcript(World world) => _world = world;

    internal sealed class Screen
    {
        public List<SeenPost> Private { get; } = [];

        public SeenDialog? Dialog { get; set; }
    }

    public IReadOnlyList<TranscriptEntry> Entries
    {
        get
        {
            lock (_world.Gate)
                return [.. _entries];
        }
    }

    /// <summary>What came after the first so many.</summary>
    public IReadOnlyList<TranscriptEntry> Since(int count)
    {
        lock (_world.Gate)
            return _entries.Count == count ? [] : _entries[count..];
    }

    /// <summary>How much there is of it.</summary>
    public int Count
    {
        get
        {
            lock (_world.Gate)
                return _entries.Count;
        }
    }

    internal Screen ScreenOf(string userId)
    {
        lock (_screens)
            return _screens.TryGetValue(userId, out var screen) ? screen : _screens[userId] = new Screen();
    }

    internal void Posted(Post post) => Add(TranscriptKind.Posted, post, post.UserId, "");

    internal void Edited(Post post, Post before)
    {
        if (post.Message != before.Message || !JsonNode.DeepEquals(PostViews.Stripped(post.Props)["attachments"], PostViews.Stripped(before.Props)["attachments"]))
            Add(TranscriptKind.Edited, post, post.UserId, "");
    }

    internal void Deleted(Post post) => Add(TranscriptKind.Deleted, post, post.UserId, "");

    internal void Reacted(Post post, User who, string emoji, bool added) => Add(added ? TranscriptKind.Reacted : TranscriptKind.Unreacted, post, who.Id, emoji);

    internal void Clicked(User who, Post post, string label, string option) =>
        Add(TranscriptKind.Clicked, post, who.Id, option.Length > 0 ? $"{label}: {option}" : label);

    internal void Ephemeral(User to, Post post)
    {
        ScreenOf(to.Id).Private.Add(post.Seen(_world));
        Add(TranscriptKind.Private, post, to.Id, "");
    }

    internal void Opened(User who, JsonObject dialog)
    {
        var seen = SeenDialog.From(dialog);
        ScreenOf(who.Id).Dialog = seen;
        var elements = string.Join('\n', ((dialog["dialog"] as JsonObject)?["elements"] as JsonArray ?? []).OfType<JsonObject>().Select(e => $"{e.Text("display_name")} ({e.Text("type")})"));
        _entries.Add(new TranscriptEntry(_world.Clock.GetUtcNow(), TranscriptKind.DialogOpened, "", "@" + who.Name, 0, 0, elements, [], seen.Title));
    }

    internal void Joined(Channel channel, User who) => Add(TranscriptKind.Joined, channel, who);

    internal void Left(Channel channel, User who) => Add(TranscriptKind.Left, channel, who);

    private void Add(TranscriptKind kind, Channel channel, User who) =>
        _entries.Add(new TranscriptEntry(_world.Clock.GetUtcNow(), kind, Place(channel), "@" + who.Name, 0, 0, "", [], ""));

    private void Add(TranscriptKind kind, Post post, string userId, string detail)
    {
        var showsContent = kind is TranscriptKind.Posted or TranscriptKind.Edited or TranscriptKind.Private;
        _entries.Add(new TranscriptEntry(_world.Clock.GetUtcNow(), kind, Place(_world.Channels[post.ChannelId]), "@" + _world.Users[userId].Name, Number(post.Id),
            post.RootId.Length > 0 ? Number(post.RootId) : 0, showsContent ? post.Message : "",
            showsContent ? post.Attachments : [], detail)
        {
            PostId = post.Id,
            Files = kind == TranscriptKind.Posted ? [.. post.FileIds.Select(_world.Files.GetValueOrDefault).OfType<StoredFile>().Select(file => new SeenFile(file.Name, file.Content))] : [],
        });
    }

    private int Number(string postId) => _numbers.TryGetValue(postId, out var number) ? number : _numbers[postId] = _numbers.Count + 1;

    private string Place(Channel channel) => channel.IsPrivateConversation
        ? string.Join(" + ", channel.Members.Keys.Select(id => "@" + _world.Users[id].Name).Order(StringComparer.Ordinal)) : "~" + channel.Name;

    /// <summary>
    /// All of it, a heading for each day (UTC), one paragraph for each entry. The address of a post is printed as its number.
    /// </summary>
    public override string ToString()
    {
        lock (_world.Gate)
            return WithNumbers(Print(_entries), _numbers);
    }

    /// <summary>A text with the numbers of posts in the place of their addresses.</summary>
    public static string WithNumbers(string text, IReadOnlyDictionary<string, int> numbers) =>
        PostAddress().Replace(text, address => numbers.TryGetValue(address.Groups[1].Value, out var number) ? $"#{number}" : "#?");

    /// <inheritdoc cref="ToString"/>
    public static string Print(IEnumerable<TranscriptEntry> entries)
    {
        var text = new StringBuilder();
        var day = "";
        foreach (var entry in entries)
        {
            var today = entry.At.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);
            if (today != day)
                text.Append(day.Length > 0 ? "\n" : "").Append("== ").Append(day = today).Append(" ==\n");
            text.Append(entry.At.ToString("HH:mm", CultureInfo.InvariantCulture)).Append("  ").Append(Head(entry)).Append('\n');
            Body(text, entry);
        }

        return text.ToString();
    }

    /// <summary>What one message says and offers, in the same form.</summary>
    public static string BodyOf(TranscriptEntry entry)
    {
        var text = new StringBuilder();
        Body(text, entry);
        return text.ToString();
    }

    private static void Body(StringBuilder text, TranscriptEntry entry)
    {
        Indent(text, entry.Text);
        foreach (var attachment in entry.Attachments)
        {
            Indent(text, attachment.Title, "| **", "**");
            Indent(text, attachment.Text, "| ");
            if (attachment.Buttons.Count > 0)
                Indent(text, string.Join("  ", attachment.Buttons.Select(Button)));
        }
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+/[a-z0-9_-]+/pl/([a-z0-9]{26})")]
    private static partial Regex PostAddress();

    private static string Head(TranscriptEntry entry)
    {
        var post = $"#{entry.Number.ToString(CultureInfo.InvariantCulture)}";
        var thread = entry.Thread > 0 ? $" in thread #{entry.Thread.ToString(CultureInfo.InvariantCulture)}" : "";
        return entry.Kind switch
        {
            TranscriptKind.Posted => $"{entry.Place}{thread}  {entry.Who} ({post})",
            TranscriptKind.Edited => $"{entry.Place}{thread}  {entry.Who} changes {post} to",
            TranscriptKind.Deleted => $"{entry.Place}{thread}  {entry.Who}'s {post} is deleted",
            TranscriptKind.Private => $"{entry.Place}{thread}  only {entry.Who} sees ({post})",
            TranscriptKind.Clicked => $"{entry.Place}{thread}  {entry.Who} presses [{entry.Detail}] on {post}",
            TranscriptKind.DialogOpened => $"{entry.Who} sees the dialog \"{entry.Detail}\"",
            TranscriptKind.Reacted => $"{entry.Place}{thread}  {entry.Who} reacts :{entry.Detail}: to {post}",
            TranscriptKind.Unreacted => $"{entry.Place}{thread}  {entry.Who} takes back :{entry.Detail}: from {post}",
            TranscriptKind.Joined => $"{entry.Place}  {entry.Who} joins the channel",
            _ => $"{entry.Place}  {entry.Who} leaves the channel",
        };
    }

    private static string Button(SeenButton button) =>
        button.Type == "select" ? $"[{button.Label} v {string.Join(" / ", button.Options.Select(o => o.Text))}]" : $"[{button.Label}]";

    private static void Indent(StringBuilder text, string content, string before = "", string after = "")
    {
        if (content.Length == 0)
            return;
        foreach (var line in content.Split('\n'))
            text.Append(("       " + before + line + after).TrimEnd()).Append('\n');
    }
}
