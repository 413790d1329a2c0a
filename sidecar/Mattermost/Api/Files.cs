using System.Net.Http.Headers;
using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

public sealed record FileDetails : MattermostObject
{
    public string Id { get; init => field = value ?? ""; } = "";

    public string UserId { get; init => field = value ?? ""; } = "";

    public string PostId { get; init => field = value ?? ""; } = "";

    public string Name { get; init => field = value ?? ""; } = "";

    public string MimeType { get; init => field = value ?? ""; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    public long CreateAt { get; init; }

    public long DeleteAt { get; init; }
}

public interface IFilesApi
{
    /// <summary>Uploads one file for a post in that channel; give the id to the post's content.</summary>
    Task<FileDetails> UploadAsync(
        string channelId, string fileName, string mimeType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    Task<FileDetails> GetInfoAsync(string fileId, CancellationToken cancellationToken);

    /// <summary>What stands in it, whole: ask for its size first.</summary>
    Task<byte[]> DownloadAsync(string fileId, CancellationToken cancellationToken);
}

internal sealed class FilesApi(MattermostTransport http) : IFilesApi
{
    public async Task<FileDetails> UploadAsync(
        string channelId, string fileName, string mimeType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        MattermostId.Require(channelId);
        ArgumentException.ThrowIfNullOrWhiteSpace(fileName);
        if (fileName.Any(character => char.IsControl(character) || character is '/' or '\\' or '"'))
            throw new ArgumentException("A file's name has no path, quotes or line breaks.", nameof(fileName));

        using var file = new ReadOnlyMemoryContent(content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(mimeType);
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent(channelId), "channel_id");
        form.Add(file, "files", fileName);
        var upload = await http.SendAsync(HttpMethod.Post, "files", form, MattermostJson.Wire.UploadAnswer, cancellationToken);
        return upload.FileInfos is [var uploaded, ..]
            ? uploaded
            : throw new MattermostException("The server took the upload but named no file.") { OutcomeUnknown = true };
    }

    public Task<FileDetails> GetInfoAsync(string fileId, CancellationToken cancellationToken) =>
        http.GetAsync($"files/{MattermostId.Require(fileId)}/info", MattermostJson.Wire.FileDetails, cancellationToken);

    public Task<byte[]> DownloadAsync(string fileId, CancellationToken cancellationToken) =>
        http.GetBytesAsync($"files/{MattermostId.Require(fileId)}", cancellationToken);
}

internal sealed record UploadAnswer
{
    public IReadOnlyList<FileDetails> FileInfos { get; init => field = value ?? []; } = [];
}
