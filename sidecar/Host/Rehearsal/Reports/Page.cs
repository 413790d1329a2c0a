using System.Net;
using MattermostLearning.Playground.Page;

namespace MattermostLearning.Sidecar.Rehearsal.Reports;

/// <summary>A page that is one file: its style is in it, it needs no script, and it fetches nothing.</summary>
internal static class Page
{
    public static string Render(string title, string introduction, string main) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <title>{Text(title)} · Mattermost Learning</title>
        <style>
        {Style.Value}
        </style>
        </head>
        <body>
        <header class="page">
        <h1>{Text(title)}</h1>
        {introduction}
        </header>
        <main>
        {main}
        </main>
        </body>
        </html>

        """;

    public static string Text(string plain) => WebUtility.HtmlEncode(plain);

    private static Lazy<string> Style { get; } = new(() => Read(typeof(PlaygroundPage), "page/conversation.css") + Read(typeof(Page), "rehearsal/report.css"));

    private static string Read(Type of, string name)
    {
        using var reader = new StreamReader(of.Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
