using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;

namespace MattermostLearning.Tests.Unit.Playground;

/// <summary>A stand-in on virtual time with a team, a channel, two people and a bot whose integration the test plays.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Callback = "http://sidecar.example/";
    private readonly HttpClient _http = new();

    public static readonly DateTimeOffset Start = new(2027, 1, 11, 9, 0, 0, TimeSpan.Zero);

    public VirtualTime Clock { get; } = new(Start);

    public Integration Sidecar { get; } = new();

    public MattermostStandIn StandIn { get; private set; } = null!;

    public string Channel { get; private set; } = "";

    public string BotToken { get; private set; } = "";

    public Person Ann => StandIn.As("ann");

    public Person Ben => StandIn.As("ben");

    public static async Task<Scene> OpenAsync(StandInOptions? options = null)
    {
        var scene = new Scene();
        scene.StandIn = await MattermostStandIn.StartAsync((options ?? new StandInOptions()) with { TimeProvider = scene.Clock, CallOutHandler = scene.Sidecar }, TestContext.Current.CancellationToken);
        var seed = scene.StandIn.Seed;
        seed.AddTeam("acme", "Acme");
        seed.AddUser("root", "Ro Ot", roles: "system_admin system_user");
        seed.AddUser("ann", "Ann Archer", zone: "Europe/Berlin", teams: "acme");
        seed.AddUser("ben", "Ben Baker", zone: "America/New_York", teams: "acme");
        scene.BotToken = seed.AddBot("coach", "Coach", "acme").Token;
        seed.AddCommand("acme", "learn", new Uri(Callback + "command"));
        scene.Channel = seed.AddChannel("acme", "learning", members: ["ann", "ben", "coach"]);
        return scene;
    }

    /// <summary>A call of the bot over HTTP, which faults may strike.</summary>
    public async Task<HttpResponseMessage> AsBotAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(StandIn.Address, "api/v4" + path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", BotToken);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, TestContext.Current.CancellationToken);
    }

    public async Task<SeenPost> BotSaysAsync(string message, object? props = null)
    {
        using var response = await AsBotAsync(HttpMethod.Post, "/posts", new { channel_id = Channel, message, props });
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        return Ann.Latest(Channel);
    }

    public static object Button(string label) => new
    {
        attachments = new[] { new { text = "Will you?", actions = new[] { new { id = "go", type = "button", name = label, integration = new { url = Callback + "action", context = new { seal = "s" } } } } } },
    };

    public async ValueTask DisposeAsync()
    {
        await StandIn.DisposeAsync();
        _http.Dispose();
        Sidecar.Dispose();
    }

    /// <summary>Answers by path what the test says, and keeps what was asked.</summary>
    internal sealed class Integration : HttpMessageHandler
    {
        public Dictionary<string, Func<string, Task<object>>> Answers { get; } = [];

        public List<string> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Asked.Add(body);
            if (!Answers.TryGetValue(request.RequestUri!.AbsolutePath, out var answer))
                return new HttpResponseMessage(HttpStatusCode.NotFound);
            var json = System.Text.Json.JsonSerializer.Serialize(await answer(body));
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        }

        public void Answer(string path, object answer) => Answers["/" + path] = _ => Task.FromResult(answer);

        public string LastTrigger => JsonNode.Parse(Asked[^1])!["trigger_id"]!.GetValue<string>();
    }
}
