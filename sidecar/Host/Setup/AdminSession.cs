using System.Net;
using System.Net.Http.Headers;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>
/// A system admin's rights for one run. The token is held in memory only; a session that was opened here is closed here.
/// </summary>
internal sealed class AdminSession : IAsyncDisposable
{
    private readonly Connection _connection;
    private readonly Uri _url;
    private readonly string? _opened;

    private AdminSession(Uri url, Connection connection, User admin, string? opened) =>
        (_url, _connection, Admin, _opened) = (url, connection, admin, opened);

    public User Admin { get; }

    public MattermostClient Client => _connection.Client;

    /// <exception cref="SetupRefusedException">The token or password is not taken, or belongs to nobody who may do this.</exception>
    public static async Task<AdminSession> OpenAsync(Uri url, string? token, (string Name, string Password)? login, SidecarSetup setup, CancellationToken cancellationToken)
    {
        var opened = token is null && login is { } given ? await SignInAsync(url, given.Name, given.Password, cancellationToken) : null;
        var connection = new Connection(url, token ?? opened, setup);
        try
        {
            var admin = await connection.Client.Users.MeAsync(cancellationToken);
            var session = new AdminSession(url, connection, admin, opened);
            if (admin.IsSystemAdmin)
                return session;
            await session.DisposeAsync();
            throw new SetupRefusedException($"@{admin.Username} is no system admin, and bots and commands are made by one. Use another account, or `setup --manual` together with somebody who is.");
        }
        catch (MattermostException e) when (e.IsUnauthorized)
        {
            connection.Dispose();
            throw new SetupRefusedException("Mattermost refuses the admin's token: it is mistyped, revoked or expired. Make a new one (Profile > Security > Personal access tokens), or sign in with --admin-user.", e);
        }
        catch (MattermostException)
        {
            connection.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        if (_opened is null)
            return;
        using var http = NewHttp();
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(_url, "users/logout"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _opened);
        try
        {
            using var _ = await http.SendAsync(request);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The session ends by itself then; what was asked for is done.
        }
    }

    private static async Task<string> SignInAsync(Uri url, string name, string password, CancellationToken cancellationToken)
    {
        using var http = NewHttp();
        try
        {
            using var response = await http.PostAsJsonAsync(
                Address(url, "users/login"), new Dictionary<string, string> { ["login_id"] = name, ["password"] = password }, cancellationToken);
            if (response.IsSuccessStatusCode && response.Headers.TryGetValues("Token", out var tokens))
                return tokens.First();
            throw new SetupRefusedException(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest
                ? $"Mattermost does not let @{name} in with this password. With single sign-on or a second factor no program can sign in: use --admin-token, or take the steps of `setup --manual`."
                : $"Something other than Mattermost answers at {url} (the sign-in with {(int)response.StatusCode}). Give the address that people use, without /api; a proxy's login page must let this machine pass.");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new SetupRefusedException($"{url} cannot be spoken with: {Trouble.Of(e)}. {Trouble.Advice(e)}", e);
        }
    }

    private static HttpClient NewHttp() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(15) };

    private static Uri Address(Uri url, string path) => new($"{url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/v4/{path}");
}
