using System.Net.Sockets;
using System.Text;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Storage.LiteDb;

namespace MattermostLearning.Sidecar.Admin;

/// <summary>
/// `sidecar.sock` in the data folder: what the sidecar's own account, and nobody else, may ask of a running sidecar. A connection is one
/// line that asks, `backup` and a path, and the answer: nothing when it is done, or else why it is not.
/// </summary>
/// <remarks>A sidecar works without it: where it cannot be opened, that is logged, and a backup needs a stopped sidecar.</remarks>
internal sealed class AdminSocket(Settings settings, ILogger<AdminSocket> logger, LiteDbStore? store = null) : IHostedService, IDisposable
{
    public const string Name = "sidecar.sock";

    private const int LongestLine = 8 * 1024;
    private const string Backup = "backup";
    private const string Done = "done";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly string _path = Path.Combine(settings.Data.Path, Name);
    private Socket? _listener;
    private Task _listening = Task.CompletedTask;

    /// <summary>Asks a running sidecar for a backup.</summary>
    /// <returns>Null when nobody answers there; empty when it is done; otherwise why it is not.</returns>
    public static async Task<string?> AskAsync(string dataFolder, string file, CancellationToken cancellationToken)
    {
        var path = Path.Combine(dataFolder, Name);
        if (!File.Exists(path))
            return null;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            return null; // left by a sidecar that was killed
        }

        try
        {
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{Backup} {file}\n"), cancellationToken);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return (await reader.ReadToEndAsync(cancellationToken)).Trim() switch
            {
                Done => "",
                "" => "The sidecar stopped before the backup was complete.",
                var problem => problem,
            };
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return $"The sidecar broke off: {e.Message}";
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(_path); // the store's lock is ours, so it is nobody's
            listener.Bind(new UnixDomainSocketEndPoint(_path));
            // Before it listens: nobody can have connected yet.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(4);
            _listener = listener;
            _listening = ListenAsync(listener);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            listener.Dispose();
            logger.LogWarning("Backups need a stopped sidecar: {Path} cannot be opened ({Reason})", _path, e.Message);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _listener?.Dispose();
        await _listening;
        if (_listener is not null)
            File.Delete(_path);
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _stopping.Dispose();
    }

    private async Task ListenAsync(Socket listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                // One after the other: the store has one writer.
                using var caller = await listener.AcceptAsync(_stopping.Token);
                await AnswerAsync(caller, _stopping.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && _stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                logger.LogInformation("Somebody at {Path} went before the answer ({Reason})", _path, e.Message);
            }
        }
    }

    private async Task AnswerAsync(Socket caller, CancellationToken cancellationToken)
    {
        await using var stream = new NetworkStream(caller);
        var line = await ReadLineAsync(stream, cancellationToken);
        var answer = Done;
        try
        {
            if (line is null || !line.StartsWith($"{Backup} ", StringComparison.Ordinal))
                throw new CannotStartException("This is not understood here.");
            if (store is null)
                throw new CannotStartException("This sidecar keeps nothing in a file.");
            await StoreFiles.WriteAsync(store, line[(Backup.Length + 1)..], cancellationToken);
            logger.LogInformation("The store was backed up.");
        }
        catch (CannotStartException e)
        {
            answer = e.Message;
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\n"), cancellationToken);
    }

    /// <summary>Null when none comes in time, in real time: whoever connects and says nothing must not keep others out.</summary>
    private static async Task<string?> ReadLineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestWait, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var bytes = new byte[LongestLine];
        var length = 0;
        while (length < bytes.Length)
        {
            var read = await stream.ReadAsync(bytes.AsMemory(length), either.Token);
            length += read;
            if (bytes.AsSpan(0, length).IndexOf((byte)'\n') is var end and >= 0)
                return Encoding.UTF8.GetString(bytes, 0, end);
            if (read == 0)
                return null;
        }

        return null;
    }
}
