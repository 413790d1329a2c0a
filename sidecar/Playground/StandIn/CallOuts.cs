using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Calls integrations as Mattermost does, and keeps the triggers that let them open a dialog in return.</summary>
internal sealed class CallOuts : IDisposable
{
    private readonly World _world;
    private readonly HttpClient _http;
    private readonly Dictionary<string, string> _signatures = [];

    public CallOuts(World world)
    {
        _world = world;
        var options = world.Options;
        _http = options.CallOutHandler is { } handler ? new HttpClient(handler, disposeHandler: false) : new HttpClient();
        _http.Timeout = Timeout.InfiniteTimeSpan;
    }

    public readonly record struct Response(int Status, string ContentType, string Body);

    /// <summary>Where nobody could be reached, or not in time, the answer is null.</summary>
    public async Task<Response?> PostAsync(string url, HttpContent content, string? authorization = null)
    {
        using var limit = new CancellationTokenSource(_world.Options.CallOutTimeout, _world.Clock);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            if (authorization is not null)
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var response = await _http.SendAsync(request, limit.Token);
            var body = await response.Content.ReadAsStringAsync(limit.Token);
            return new Response((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", body);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or UriFormatException or InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }

    public Task<Response?> PostJsonAsync(string url, JsonObject body) =>
        PostAsync(url, new StringContent(body.ToText(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")));

    public static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a client is told, and the signed form that an integration gets.</summary>
    public (string Client, string Signed) NewTrigger(User user)
    {
        var client = _world.Ids.Next();
        var signature = Convert.ToBase64String(Encoding.ASCII.GetBytes(_world.Ids.Next()));
        var head = $"{client}:{user.Id}:{_world.Now()}:";
        lock (_signatures)
            _signatures[head] = signature;
        return (client, Convert.ToBase64String(Encoding.ASCII.GetBytes(head + signature)));
    }

    /// <summary>Whom a trigger belongs to, if it is genuine and young enough.</summary>
    public (string Client, string UserId) OpenTrigger(string signed)
    {
        string text;
        try
        {
            text = Encoding.UTF8.GetString(Convert.FromBase64String(signed));
        }
        catch (FormatException)
        {
            throw Bad("base64_decode_failed", "Failed to decode base64 for trigger ID for interactive dialog.");
        }

        var parts = text.Split(':');
        if (parts.Length != 4)
            throw Bad("missing_data", "Trigger ID missing required data for interactive dialog.");
        var lives = _world.Version.Major < 10 ? 3 : 30;
        if (!long.TryParse(parts[2], out var at) || _world.Now() - at > lives * 1000)
            throw Bad("expired", $"Trigger ID for interactive dialog is expired. Trigger IDs live for a maximum of {lives} seconds.");
        lock (_signatures)
        {
            if (!_signatures.TryGetValue($"{parts[0]}:{parts[1]}:{parts[2]}:", out var signature) || signature != parts[3])
                throw Bad("verify_signature_failed", "Signature verification failed of trigger ID for interactive dialog.");
        }

        return (parts[0], parts[1]);
    }

    public void Dispose() => _http.Dispose();

    private static Refusal Bad(string what, string message) => new(400, $"interactive_message.decode_trigger_id.{what}", message);
}
