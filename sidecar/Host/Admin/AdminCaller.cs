using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MattermostLearning.Sidecar.Admin;

/// <summary>What verbs ask of a sidecar that runs, through the socket in its data folder.</summary>
internal sealed class AdminCaller(string dataFolder)
{
    /// <returns>Null when nobody answers there; empty when it is done; otherwise why it is not.</returns>
    public Task<string?> BackupAsync(string file, CancellationToken cancellationToken) => DoneAsync(AdminSocket.Backup + file, cancellationToken);

    /// <summary>Has the whole store read.</summary>
    /// <returns>Null when nobody answers there; empty when all of it is well; otherwise what is damaged.</returns>
    public Task<string?> ExamineAsync(CancellationToken cancellationToken) => DoneAsync(AdminSocket.Examine, cancellationToken);

    /// <returns>Null when nobody answers there.</returns>
    public async Task<RunningStatus?> StatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(AdminSocket.Status, cancellationToken) is { Length: > 0 } answer ? RunningStatus.Read(answer) : null;
        }
        catch (Exception e) when (e is IOException or SocketException or JsonException)
        {
            return null; // it is stopping, or of another version
        }
    }

    private async Task<string?> DoneAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(line, cancellationToken) switch
            {
                null => null,
                AdminSocket.Done => "",
                "" => "The sidecar stopped before this was done.",
                var problem => problem,
            };
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return $"The sidecar broke off: {e.Message}";
        }
    }

    private async Task<string?> AskAsync(string line, CancellationToken cancellationToken)
    {
        var path = Path.Combine(dataFolder, AdminSocket.Name);
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

        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{line}\n"), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return (await reader.ReadToEndAsync(cancellationToken)).Trim();
    }
}
