using System.Globalization;
using System.Text;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Sidecar.Rehearsal.Reports;

/// <summary>A rehearsal as one page: to read on a phone, to send to somebody, to print.</summary>
internal static class RehearsalHtml
{
    private static readonly (string Id, string Heading)[] Sections =
        [("warnings", "Warnings"), ("calendar", "Calendar"), ("load", "Load"), ("silent", "What a silent learner sees"), ("transcript", "Transcript")];

    public static string Render(Rehearsed rehearsed)
    {
        var title = rehearsed.Activities is [var only] ? $"Rehearsal of {only.Title}" : $"Rehearsal of {rehearsed.Activities.Count} activities";
        var shown = Sections.Where(one => one.Id != "silent" || rehearsed.Silent is not null).ToList();
        var introduction = $"<p>{Page.Text(RehearsalText.Summary(rehearsed).ReplaceLineEndings(" "))}</p>\n<nav aria-label=\"Sections\"><ul>"
            + string.Concat(shown.Select(one => $"<li><a href=\"#{one.Id}\">{one.Heading}</a></li>")) + "</ul></nav>";
        var main = string.Concat(shown.Select(one => $"<section id=\"{one.Id}\" aria-labelledby=\"{one.Id}-heading\">\n<h2 id=\"{one.Id}-heading\">{one.Heading}</h2>\n{Body(one.Id, rehearsed)}</section>\n"));
        return Page.Render(title, introduction, main);
    }

    private static string Body(string section, Rehearsed rehearsed) => section switch
    {
        "warnings" => Warnings(rehearsed),
        "calendar" => Calendar(rehearsed),
        "load" => LoadOf(Load.Of(rehearsed)),
        "silent" => Silent(rehearsed),
        _ => Transcript(rehearsed),
    };

    private static string Warnings(Rehearsed rehearsed) => rehearsed.Warnings.Count == 0
        ? "<p class=\"sheet\">None.</p>\n"
        : $"<ul class=\"warnings sheet\">{string.Concat(rehearsed.Warnings.Select(one => $"<li>{Page.Text(one)}</li>"))}</ul>\n";

    private static string Calendar(Rehearsed rehearsed)
    {
        var html = new StringBuilder("<p class=\"note\">Everything that comes by itself, and what the clocks of those who get it show.</p>\n<div class=\"sheet\">\n");
        var day = "";
        foreach (var row in CalendarRow.Of(rehearsed))
        {
            var zone = rehearsed.ZoneOf(row.Told);
            var own = TimeZoneInfo.ConvertTime(row.From, zone);
            var today = own.ToString("dddd d MMMM", CultureInfo.InvariantCulture);
            if (today != day)
                html.Append(day.Length > 0 ? "</ul>\n" : "").Append(CultureInfo.InvariantCulture, $"<h3 class=\"date\">{day = today}</h3>\n<ul class=\"rows\">\n");
            html.Append(CultureInfo.InvariantCulture, $"<li><time datetime=\"{row.From:yyyy-MM-ddTHH:mm:ssZ}\">{own:HH:mm} {Page.Text(ZoneCity.Name(zone))}</time>")
                .Append(CultureInfo.InvariantCulture, $"<div><p>{Page.Text(row.Told.Headline)}</p><p class=\"where\">{Page.Text(row.Where)}</p>")
                .Append(row.OwnTimes.Length > 0 ? $"<p class=\"own\">{Page.Text(row.OwnTimes)}</p>" : "").Append("</div></li>\n");
        }

        return html.Append(day.Length > 0 ? "</ul>\n" : "<p>Nothing comes.</p>\n").Append("</div>\n").ToString();
    }

    private static string LoadOf(Load load)
    {
        var html = new StringBuilder("<div class=\"sheet\">\n<p class=\"note\">What comes to one learner in a week; half of them get no more than the median.</p>\n<table class=\"figures\"><thead><tr><th scope=\"col\">Week</th>")
            .Append("<th scope=\"col\">In channels</th><th scope=\"col\">Directly, unasked: median / most</th><th scope=\"col\">Answers: median / most</th></tr></thead><tbody>\n");
        foreach (var week in load.Weeks)
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{week.Week}</th><td>{week.InChannels}</td><td>{week.Direct.Median} / {week.Direct.Most}</td><td>{week.Answers.Median} / {week.Answers.Most}</td></tr>\n");
        html.Append("</tbody></table>\n<h3 class=\"date\">At what hours, by each reader\u2019s own clock</h3>\n<ul class=\"hours\">\n");
        var most = Math.Max(1, load.Hours.Max());
        foreach (var (hour, count) in load.Hours.Index().Where(one => one.Item > 0))
        {
            html.Append(CultureInfo.InvariantCulture, $"<li{(Warning.IsNight(hour) ? " class=\"night\"" : "")}><span>{hour:00}:00</span>")
                .Append(CultureInfo.InvariantCulture, $"<span class=\"bar\" style=\"width: {Math.Max(1, 100 * count / most)}%\"></span><span>{count:N0}</span></li>\n");
        }

        html.Append("</ul>\n<h3 class=\"date\">Openings within an hour of each other in one channel</h3>\n");
        return html.Append(load.Collisions.Count == 0
                ? "<p>None.</p>\n"
                : $"<ul class=\"rows\">{string.Concat(load.Collisions.Select(one => string.Create(CultureInfo.InvariantCulture, $"<li><time>{one.At:ddd d MMM}{(one.Times > 1 ? $", {one.Times} times" : "")}</time><p>~{Page.Text(one.Channel)}: {Page.Text(string.Join(", ", one.Titles))}</p></li>")))}</ul>\n")
            .Append("</div>\n").ToString();
    }

    private static string Silent(Rehearsed rehearsed)
    {
        var who = rehearsed.Silent!;
        var html = new StringBuilder($"<div class=\"sheet\">\n<p class=\"note\">{Page.Text(RehearsalText.SilentSummary(rehearsed, who))}</p>\n<ul class=\"rows\">\n");
        foreach (var told in rehearsed.SeenBy(who))
        {
            html.Append(CultureInfo.InvariantCulture, $"<li><time>{TimeZoneInfo.ConvertTime(told.At, who.Zone):ddd d MMM HH:mm}</time>")
                .Append(CultureInfo.InvariantCulture, $"<div><p>{Page.Text(told.Headline)}</p><p class=\"where\">{Page.Text(RehearsalText.PlaceOf(told))}</p></div></li>\n");
        }

        return html.Append("</ul>\n</div>\n").ToString();
    }

    private static string Transcript(Rehearsed rehearsed)
    {
        var names = rehearsed.Learners.ToDictionary(one => one.UserName, one => one.FullName, StringComparer.Ordinal);
        names[TownPlan.Facilitator] = TownPlan.FacilitatorName;
        var talk = new Conversation(names, rehearsed.Readers[0].Zone).Render([.. rehearsed.Transcript.Select(one => (one, ""))]);
        return $"{(rehearsed.IsWhole ? "" : $"<p class=\"note\">{Page.Text(RehearsalText.SampleNote(rehearsed))}</p>\n")}<div class=\"sheet talk\">\n{talk}</div>\n";
    }
}
