using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Markdown;
using MattermostLearning.Content.Schedules;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Sidecar.Rehearsal.Reports;

/// <summary>What was said, as a conversation in Mattermost looks. The words are those that were posted; only their dress is made here.</summary>
/// <param name="names">How people are shown, by user name.</param>
/// <param name="zone">Whose clock stands beside a message.</param>
/// <param name="hasFiles">Whether what hangs on messages is in the page, too.</param>
internal sealed partial class Conversation(IReadOnlyDictionary<string, string> names, TimeZoneInfo zone, bool hasFiles = false)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <param name="said">One after the other, each with where it stands and who sees it; empty where that says itself.</param>
    public string Render(IReadOnlyList<(TranscriptEntry Entry, string Note)> said)
    {
        var html = new StringBuilder();
        var (day, anchors) = ("", new HashSet<int>());
        foreach (var (entry, _) in said.Where(one => one.Entry.PostId.Length > 0))
            _numbers[entry.PostId] = entry.Number;
        foreach (var (entry, note) in said)
        {
            var own = TimeZoneInfo.ConvertTime(entry.At, zone);
            var today = own.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);
            if (today != day)
                html.Append(CultureInfo.InvariantCulture, $"<h3 class=\"day\">{day = today}</h3>\n");
            var clock = string.Create(CultureInfo.InvariantCulture, $"<time datetime=\"{entry.At:yyyy-MM-ddTHH:mm:ssZ}\">{own:HH:mm} {Page.Text(ZoneCity.Name(zone))}</time>");
            if (entry.Kind is TranscriptKind.Posted or TranscriptKind.Edited or TranscriptKind.Private)
                Post(html, entry, note, clock, entry.Kind != TranscriptKind.Edited && anchors.Add(entry.Number));
            else
                html.Append("<p class=\"post system\">").Append(clock).Append(' ').Append(Page.Text(Deed(entry))).Append("</p>\n");
        }

        return html.ToString();
    }

    private void Post(StringBuilder html, TranscriptEntry entry, string note, string clock, bool isFirst)
    {
        var isBot = entry.Kind == TranscriptKind.Private || entry.Who == $"@{TownPlan.Bot}";
        var name = isBot ? "Learning" : NameOf(entry.Who);
        var id = isFirst ? string.Create(CultureInfo.InvariantCulture, $" id=\"post-{entry.Number}\"") : "";
        html.Append(CultureInfo.InvariantCulture, $"<article class=\"post{(entry.Kind == TranscriptKind.Private ? " private" : "")}{(entry.Thread > 0 ? " reply" : "")}\"{id}>\n")
            .Append(CultureInfo.InvariantCulture, $"<span class=\"face shade-{Shade(name)}\" aria-hidden=\"true\">{Page.Text(Initials(name))}</span>\n<div class=\"body\">\n")
            .Append(CultureInfo.InvariantCulture, $"<header><strong>{Page.Text(name)}</strong>{(isBot ? "<span class=\"badge\">BOT</span>" : "")} {clock}");
        html.Append(CultureInfo.InvariantCulture, $"<span class=\"why\">{Page.Text(note.Length > 0 ? note : Place(entry))}</span></header>\n<div class=\"text\">").Append(Markdown(entry.Text)).Append("</div>\n");
        foreach (var attachment in entry.Attachments)
            Attachment(html, attachment);
        foreach (var file in hasFiles ? entry.Files : [])
            html.Append(File(file));
        html.Append("</div>\n</article>\n");
    }

    private void Attachment(StringBuilder html, SeenAttachment attachment)
    {
        html.Append("<div class=\"attachment\">");
        if (attachment.Title.Length > 0)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"title\">{Page.Text(attachment.Title)}</p>");
        html.Append(Markdown(attachment.Text));
        if (attachment.Buttons.Count > 0)
            html.Append("<div class=\"buttons\">").AppendJoin(' ', attachment.Buttons.Select(Button)).Append("</div>");
        html.Append("</div>\n");
    }

    /// <summary>What Mattermost shows below a message is in the page itself, as it fetches nothing; of other files their names.</summary>
    private static string File(SeenFile file) => Path.GetExtension(file.Name).ToLowerInvariant() switch
    {
        ".png" => Picture(file, "png"),
        ".jpg" or ".jpeg" => Picture(file, "jpeg"),
        ".gif" => Picture(file, "gif"),
        ".webp" => Picture(file, "webp"),
        _ => $"<p class=\"file\">{Page.Text(file.Name)}</p>\n",
    };

    private static string Picture(SeenFile file, string type) => $"<img class=\"picture\" alt=\"{Page.Text(file.Name)}\" src=\"data:image/{type};base64,{Convert.ToBase64String(file.Content.Span)}\">\n";

    private static string Button(SeenButton button) => button.Type == "select"
        ? $"<span class=\"button menu\">{Page.Text(button.Label)} ▾ {Page.Text(string.Join(" / ", button.Options.Select(one => one.Text)))}</span>"
        : $"<span class=\"button{(button.Style is "primary" or "danger" ? $" {button.Style}" : "")}\">{Page.Text(button.Label)}</span>";

    private static string Place(TranscriptEntry entry)
    {
        var thread = entry.Thread > 0 ? ", in a thread" : "";
        var where = entry.Place.StartsWith('~') ? $"{entry.Place}{thread}" : "direct messages";
        return entry.Kind switch
        {
            TranscriptKind.Private => $"{where}: only visible to {entry.Who}",
            TranscriptKind.Edited => $"{where}: changed to",
            _ => entry.Place.StartsWith('~') ? where : $"{where} of {entry.Place.Replace(" + ", " and ", StringComparison.Ordinal)}",
        };
    }

    private string Deed(TranscriptEntry entry) => entry.Kind switch
    {
        TranscriptKind.Clicked => $"{NameOf(entry.Who)} presses \u201C{entry.Detail}\u201D",
        TranscriptKind.DialogOpened => $"{NameOf(entry.Who)} sees the window \u201C{entry.Detail}\u201D",
        TranscriptKind.Reacted => $"{NameOf(entry.Who)} reacts with {entry.Detail.Replace('_', ' ')}",
        TranscriptKind.Unreacted => $"{NameOf(entry.Who)} takes back {entry.Detail.Replace('_', ' ')}",
        TranscriptKind.Joined => $"{NameOf(entry.Who)} joins {entry.Place}",
        TranscriptKind.Left => $"{NameOf(entry.Who)} leaves {entry.Place}",
        _ => $"{NameOf(entry.Who)} deletes a message",
    };

    private string NameOf(string who) => who == $"@{TownPlan.Bot}" ? "Learning" : names.GetValueOrDefault(who[1..]) ?? who;

    /// <summary>Addresses of posts lead to where they stand in this page, if they do.</summary>
    private string Markdown(string text) => MarkdownHtml.Render(PostAddress().Replace(text, address =>
        _numbers.TryGetValue(address.Groups[1].Value, out var number) ? string.Create(CultureInfo.InvariantCulture, $"#post-{number}") : "#"));

    private static string Initials(string name) => string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => char.ToUpperInvariant(word[0])));

    private static int Shade(string name) => name.Aggregate(7, (sum, letter) => (sum * 31 + letter) % 6);

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+/[a-z0-9_-]+/pl/([a-z0-9]{26})")]
    private static partial Regex PostAddress();
}
