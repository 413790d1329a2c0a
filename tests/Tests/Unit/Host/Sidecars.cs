using System.Net;
using System.Text;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Sidecar;
using MattermostLearning.Storage.InMemory;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Tests.Unit.Host;

/// <summary>A folder that goes with the test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sidecar-").FullName;

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Make(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Ways to build a sidecar for a test.</summary>
internal static class Sidecars
{
    public const string Token = "abcdefghijklmnopqrstuvwxy1";
    public const string OtherToken = "abcdefghijklmnopqrstuvwxy2";

    public static Dictionary<string, string?> Settings(Folder folder, params (string Name, string? Value)[] others)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Mattermost__Url"] = "http://mattermost.invalid",
            ["Mattermost__BotToken"] = Token,
            ["Mattermost__CommandTokens"] = Token,
            ["Sidecar__Listen"] = "http://127.0.0.1:0",
            ["Sidecar__CallbackUrl"] = "http://127.0.0.1:1",
            ["Data__Path"] = System.IO.Path.Combine(folder.Path, "data"),
            ["Content__Path"] = folder.Make("content"),
        };
        foreach (var (name, value) in others)
            settings[name] = value;
        return settings;
    }

    public static WebApplication Build(Dictionary<string, string?> settings, Action<SidecarSetup>? configure = null) => SidecarApp.Build([], setup =>
    {
        setup.Environment = settings;
        setup.Store = new InMemoryStore();
        setup.Logging = logging => logging.ClearProviders();
        setup.SetupFilePoll = Timeout.InfiniteTimeSpan;
        configure?.Invoke(setup);
    });
}

/// <summary>Answers in place of Mattermost.</summary>
internal sealed class Answers(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public const string BotId = "botbotbotbotbotbotbotbotbo";
    public const string PersonId = "annannannannannannannannan";

    private int _count;

    public int Count => Volatile.Read(ref _count);

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(HttpStatusCode status, string id) =>
        Json($$"""{"id":"{{id}}","message":"no","status_code":{{(int)status}}}""", status);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath.EndsWith("/users/me", StringComparison.Ordinal))
            return Task.FromResult(Json($$"""{"id":"{{BotId}}","username":"bot","is_bot":true,"roles":"system_user"}"""));
        if (request.RequestUri.AbsolutePath.EndsWith("/config/client", StringComparison.Ordinal))
            return Task.FromResult(Json("""{"SiteURL":"https://chat.example.org","TeammateNameDisplay":"full_name"}"""));
        Interlocked.Increment(ref _count);
        return answer(request).WaitAsync(cancellationToken);
    }
}

/// <summary>A Mattermost with a team, a channel, two people and the bot, and a sidecar that serves it.</summary>
public sealed class ServedTeam : IAsyncLifetime
{
    private readonly Folder _folder = new();

    public MattermostStandIn Mattermost { get; private set; } = null!;

    public WebApplication Sidecar { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public string TeamId { get; private set; } = "";

    public string ChannelId { get; private set; } = "";

    public string AnnId { get; private set; } = "";

    public string BotToken { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Mattermost = await MattermostStandIn.StartAsync();
        TeamId = Mattermost.Seed.AddTeam("acme");
        AnnId = Mattermost.Seed.AddUser("ann", "Ann Lee", zone: "Europe/London", teams: ["acme"]);
        ChannelId = Mattermost.Seed.AddChannel("acme", "learning", members: ["ann"]);
        (_, BotToken) = Mattermost.Seed.AddBot("learnbot", "Learning", "acme");
        Sidecar = Sidecars.Build(Sidecars.Settings(
            _folder,
            ("Mattermost__Url", Mattermost.Address.ToString()), ("Mattermost__BotToken", BotToken),
            ("Mattermost__CommandTokens", $"{Sidecars.OtherToken},{Sidecars.Token}"), ("Mattermost__WebhookTokens", Sidecars.Token)));
        await Sidecar.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(Sidecar.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Sidecar.StopAsync();
        await Sidecar.DisposeAsync();
        await Mattermost.DisposeAsync();
        _folder.Dispose();
    }
}
