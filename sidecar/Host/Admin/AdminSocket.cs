using System.Net.Sockets;
using System.Text;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Storage.LiteDb;

namespace MattermostLearning.Sidecar.Admin;

/// <summary>
/// `sidecar.sock` in the data folder: what the sidecar's own account, and nobody else, may ask of a running sidecar. A connection is one
/// line that asks, and the answer. `backup` and a path, and `examine`, are answered with `done`, or else with what is wrong; `status` with JSON.
/// </summary>
/// <remarks>A sidecar works without it: where it cannot be opened, that is logged, and a backup needs a stopped sidecar.</remarks>
internal sealed class AdminSocket(Settings settings, IServiceProvider services, ILogger<AdminSocket> logger, LiteDbStore? store = null) : IHostedService, IDisposable
{
    public const string Name = "sidecar.sock";

    public const string Backup = "backup ";
    public const string Examine = "examine";
    public const string Status = "status";
    public const string Done = "done";

    private const int LongestLine = 8 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly string _path = Path.Combine(settings.Data.Path, Name);
    private Socket? _listener;
    private Task _listening = Task.CompletedTask;

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
        _stopping.Cancel(); // nobody stops it where what is started after it does not start
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
        string answer;
        try
        {
            answer = await ReadLineAsync(stream, cancellationToken) switch
            {
                Status => await services.GetRequiredService<RunningStatus.Teller>().TellAsync(cancellationToken),
                Examine => await ExamineAsync(cancellationToken),
                { } line when line.StartsWith(Backup, StringComparison.Ordinal) => await BackupAsync(line[Backup.Length..], cancellationToken),
                _ => throw new CannotStartException("This is not understood here."),
            };
        }
        catch (CannotStartException e)
        {
            answer = e.Message;
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\n"), cancellationToken);
    }

    private async Task<string> BackupAsync(string path, CancellationToken cancellationToken)
    {
        await StoreFiles.WriteAsync(StoreFile(), path, cancellationToken);
        logger.LogInformation("The store was backed up.");
        return Done;
    }

    private async Task<string> ExamineAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await StoreFile().ExamineAsync(cancellationToken) is { Count: > 0 } damages ? string.Join("; ", damages) : Done;
        }
        catch (StoreUnavailableException e)
        {
            throw new CannotStartException(e.Message, e);
        }
    }

    private LiteDbStore StoreFile() => store ?? throw new CannotStartException("This sidecar keeps nothing in a file.");

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
