using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Uploads and their descriptions; enough to attach a file to a post.</summary>
internal sealed class FilesApi(World world)
{
    public void Map(Routing routes)
    {
        routes.CallingOut("POST", "/files", Upload);
        routes.Add("GET", "/files/{file_id}/info", c => Answer.Ok(Seen(c).ToJson()));
        routes.Add("GET", "/files/{file_id}", c =>
        {
            var file = Seen(c);
            return new Answer(200, null) { Bytes = file.Content, ContentType = file.MimeType };
        });
    }

    private async Task<Answer> Upload(Call call)
    {
        var channelId = call.Ask("channel_id");
        var clientIds = new JsonArray();
        var parts = new List<(string Name, string Type, byte[] Content)>();
        if (call.Ask("filename") is { Length: > 0 } name)
        {
            parts.Add((name, call.ContentType, call.Body));
        }
        else if (MediaTypeHeaderValue.TryParse(call.ContentType, out var type) && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 } boundary)
        {
            var reader = new MultipartReader(boundary, new MemoryStream(call.Body));
            while (await reader.ReadNextSectionAsync() is { } section)
            {
                using var content = new MemoryStream();
                await section.Body.CopyToAsync(content);
                var disposition = section.GetContentDispositionHeader();
                if (disposition is not null && disposition.IsFileDisposition())
                    parts.Add((disposition.FileName.Value ?? "file", section.ContentType ?? "application/octet-stream", content.ToArray()));
                else if (disposition?.Name.Value == "channel_id")
                    channelId = Encoding.UTF8.GetString(content.ToArray());
                else if (disposition?.Name.Value == "client_ids")
                    clientIds.Add(Encoding.UTF8.GetString(content.ToArray()));
            }
        }

        if (channelId.Length == 0)
            throw Refusal.BadUrl("channel_id");
        if (parts.Count == 0 || parts.Any(p => p.Content.Length == 0))
            throw new Refusal(400, "api.file.upload_file.read_request.app_error", "Unable to upload file(s). Error reading or parsing request data.");
        lock (world.Gate)
        {
            Permissions.Require(call.Me.MayUse(world.Channels.GetValueOrDefault(channelId)));
            var files = parts.Select(p => new StoredFile(world.Ids.Next(), call.Me.Id, channelId, p.Name, p.Type, p.Content, world.Now())).ToList();
            files.ForEach(f => world.Files[f.Id] = f);
            return Answer.Created(new JsonObject { ["file_infos"] = new JsonArray([.. files.Select(f => f.ToJson())]), ["client_ids"] = clientIds });
        }
    }

    private StoredFile Seen(Call call)
    {
        var file = world.Files.GetValueOrDefault(call.Route["file_id"]);
        // A real server deletes a post's files a moment after the post.
        if (file is null || (file.PostId.Length > 0 && world.LivePost(file.PostId) is null))
            throw new Refusal(404, "app.file_info.get.app_error", "Unable to get the file info.");
        // Until it hangs on a post it is its owner's alone.
        Permissions.Require(file.UserId == call.Me.Id || (file.PostId.Length > 0 && call.Me.MayUse(world.Channels.GetValueOrDefault(file.ChannelId))));
        return file;
    }
}
