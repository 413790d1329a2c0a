using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MattermostLearning.Tests.Contract.Support;

/// <summary>Raw HTTP and JSON as one account: the suite must not trust our own client.</summary>
public sealed class Client(ContractServer server, string id, string name, string token)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };

    public string Id => id;

    public string Name => name;

    public string Token => token;

    public ContractServer Server => server;

    public static async Task<Client> SignInAsync(ContractServer server, string name, string password)
    {
        var nobody = new Client(server, "", "", "");
        var got = await nobody.Post("/users/login", new { login_id = name, password });
        var user = got.Is(HttpStatusCode.OK, "user.self");
        return new Client(server, user.Text("id"), name, got.Headers["Token"]);
    }

    public Task<Got> Get(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Got> Post(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<Got> Put(string path, object? body = null) => SendAsync(HttpMethod.Put, path, body);

    public Task<Got> Delete(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>A post that is expected to be accepted.</summary>
    public Task<JsonNode> Say(string channelId, string message, string rootId = "", object? props = null) =>
        Post("/posts", new { channel_id = channelId, message, root_id = rootId, props }).Created("post");

    public async Task<Got> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Address, "api/v4" + path));
        if (token.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = body switch { null => null, HttpContent content => content, _ => JsonContent.Create(body, options: JsonSerializerOptions.Default) };
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new Got(server, $"{method} {path}", response.StatusCode, text, headers);
    }
}

/// <summary>What came back.</summary>
public sealed record Got(ContractServer Server, string Call, HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Body) ?? throw new JsonException("null");
            }
            catch (JsonException)
            {
                throw new InvalidOperationException($"{Call}: not JSON: {Body}");
            }
        }
    }

    /// <summary>Asserts the status, and that the answer has the names and types that the real server's answers have.</summary>
    public JsonNode Is(HttpStatusCode status, string shape)
    {
        Status.ShouldBe(status, $"{Call}: {Body}");
        var json = Json;
        Shapes.Check(Server, shape, json);
        return json;
    }
}

public static class GotExtensions
{
    public static async Task<JsonNode> Ok(this Task<Got> got, string shape) => (await got).Is(HttpStatusCode.OK, shape);

    public static async Task<JsonNode> Created(this Task<Got> got, string shape) => (await got).Is(HttpStatusCode.Created, shape);

    /// <summary>Refused with this status and error id, in the server's error form.</summary>
    public static async Task<JsonNode> Refused(this Task<Got> got, int status, string id)
    {
        var answer = await got;
        ((int)answer.Status).ShouldBe(status, $"{answer.Call}: {answer.Body}");
        var json = answer.Json;
        json.Text("id").ShouldBe(id, answer.Call);
        json["status_code"]!.GetValue<int>().ShouldBe(status);
        Shapes.Check(answer.Server, id == "api.context.404.app_error" ? "error.404" : "error", json);
        return json;
    }

    public static Task<JsonNode> Forbidden(this Task<Got> got) => got.Refused(403, "api.context.permissions.app_error");

    public static string Text(this JsonNode json, string name) => json[name]?.GetValue<string>() ?? "";

    public static long Number(this JsonNode json, string name) => json[name]?.GetValue<long>() ?? 0;

    public static bool Flag(this JsonNode json, string name) => json[name]?.GetValue<bool>() ?? false;

    public static IReadOnlyList<JsonNode> Items(this JsonNode json) => [.. json.AsArray().Select(n => n!)];

    public static IReadOnlyList<string> Texts(this JsonNode json, string name) => [.. json[name]!.AsArray().Select(n => n!.GetValue<string>())];

    public static bool Has(this JsonNode json, string name) => json.AsObject().ContainsKey(name);
}
