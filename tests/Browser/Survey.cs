using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MattermostLearning.Playground.StandIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Browser;

/// <summary>An integration of its own: `/survey` opens a dialog that takes no answer but 42.</summary>
internal sealed class Survey : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _mattermost;
    private readonly ConcurrentQueue<string> _answers = new();

    private Survey(WebApplication app, Uri mattermost) => (_app, _mattermost) = (app, new HttpClient { BaseAddress = mattermost });

    public IReadOnlyList<string> Answers => [.. _answers];

    private string Address => _app.Urls.First();

    public static async Task<Survey> StartAsync(MattermostStandIn mattermost)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var survey = new Survey(app, mattermost.Address);
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/command", survey.OpenAsync);
        app.MapPost("/answer", survey.Answer);
        await app.StartAsync();
        mattermost.Seed.AddCommand("acme", "survey", new Uri($"{survey.Address}/command"));
        return survey;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _mattermost.Dispose();
    }

    private async Task<IResult> OpenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        using var opened = await _mattermost.PostAsJsonAsync("api/v4/actions/dialogs/open", new JsonObject
        {
            ["trigger_id"] = form["trigger_id"].ToString(),
            ["url"] = $"{Address}/answer",
            ["dialog"] = new JsonObject
            {
                ["callback_id"] = "survey",
                ["title"] = "A short survey",
                ["introduction_text"] = "Two questions, **one minute**.",
                ["submit_label"] = "Send it",
                ["elements"] = new JsonArray(
                    new JsonObject { ["type"] = "text", ["name"] = "answer", ["display_name"] = "Your answer", ["help_text"] = "A number." },
                    new JsonObject
                    {
                        ["type"] = "radio",
                        ["name"] = "mood",
                        ["display_name"] = "How was it",
                        ["optional"] = true,
                        ["options"] = new JsonArray(new JsonObject { ["text"] = "Good", ["value"] = "good" }, new JsonObject { ["text"] = "Bad", ["value"] = "bad" }),
                    }),
            },
        });
        opened.EnsureSuccessStatusCode();
        return Results.Json(new JsonObject());
    }

    private IResult Answer(JsonObject call)
    {
        var answer = call["submission"]!["answer"]!.GetValue<string>();
        _answers.Enqueue($"{answer} {call["submission"]!["mood"]}");
        return Results.Json(answer == "42" ? new JsonObject() : new JsonObject { ["errors"] = new JsonObject { ["answer"] = "Nearly: one more." } });
    }
}
