using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MattermostLearning.Benchmarks.Measuring;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>Mattermost's API for one person: plain calls, nothing repeated, nothing held back. It is the plain load tool, too.</summary>
internal sealed class Api : IDisposable
{
    private readonly HttpClient _http;

    private Api(Uri server) => _http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(server, "api/v4/") };

    public string Id { get; private init; } = "";

    public static Api Of(Uri server, string id, string token)
    {
        var api = new Api(server) { Id = id };
        api._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return api;
    }

    public static async Task<Api> SignInAsync(Uri server, string name, string password)
    {
        using var visitor = new Api(server);
        using var answer = await visitor._http.PostAsJsonAsync("users/login", new { login_id = name, password });
        var user = await ReadAsync(answer);
        return Of(server, Text(user, "id"), answer.Headers.GetValues("Token").Single());
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return await ReadAsync(answer);
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body);
        return await ReadAsync(answer);
    }

    public async Task DeleteAsync(string path)
    {
        using var answer = await _http.DeleteAsync(path);
        await ReadAsync(answer);
    }

    public static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    public void Dispose() => _http.Dispose();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        MeasurementException.Unless(answer.IsSuccessStatusCode, $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
