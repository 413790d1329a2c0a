using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class FilesContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task A_file_is_its_owners_until_it_hangs_on_a_post_and_then_the_channels()
    {
        var channel = await Server.NewChannelAsync("O", Ben);
        var file = await UploadAsync(Ann, channel, "notes.txt", "hello");
        (await Ann.Get($"/files/{file}")).Body.ShouldBe("hello");
        await Ben.Get($"/files/{file}/info").Forbidden();

        var post = await AttachAsync(Ann, channel, file);
        post.Texts("file_ids").ShouldBe([file]);
        var info = await Ben.Get($"/files/{file}/info").Ok("file");
        info.Text("name").ShouldBe("notes.txt");
        info.Number("size").ShouldBe(5);
        info.Text("post_id").ShouldBe(post.Text("id"));
        (await Ben.Get($"/files/{file}")).Body.ShouldBe("hello");
        await Bot.Get($"/files/{file}/info").Forbidden();
    }

    [Fact]
    public async Task A_file_hangs_on_one_post_of_its_owners()
    {
        var channel = await Server.NewChannelAsync("O", Ben);
        var (used, others) = (await UploadAsync(Ann, channel), await UploadAsync(Ann, channel));
        await AttachAsync(Ann, channel, used);
        FilesOf(await AttachAsync(Ann, channel, used)).ShouldBeEmpty();
        FilesOf(await AttachAsync(Ben, channel, others)).ShouldBeEmpty();
        FilesOf(await AttachAsync(Ann, channel, new string('a', 26))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_post_carries_ten_files_and_not_eleven_and_needs_no_text()
    {
        var channel = await Server.NewChannelAsync("O");
        List<string> files = [];
        for (var i = 0; i < 11; i++)
            files.Add(await UploadAsync(Ann, channel, $"{i}.txt"));
        await Ann.Post("/posts", new { channel_id = channel, message = "", file_ids = files }).Refused(400, "model.post.is_valid.file_ids.app_error");
        var post = await Ann.Post("/posts", new { channel_id = channel, message = "", file_ids = files.Take(10) }).Created("post");
        post.Texts("file_ids").ShouldBe(files.Take(10));
    }

    [Fact]
    public async Task An_edit_of_the_words_leaves_the_files_where_they_are()
    {
        var channel = await Server.NewChannelAsync("P", Ben);
        var file = await UploadAsync(Ann, channel);
        var id = (await AttachAsync(Ann, channel, file)).Text("id");
        (await Ann.Put($"/posts/{id}/patch", new { message = "Look", props = new { a = "b" } })).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        var edited = (await Ben.Get($"/posts/{id}")).Json;
        edited.Text("message").ShouldBe("Look");
        FilesOf(edited).ShouldBe([file]);
    }

    [Fact]
    public async Task What_changed_in_a_channel_is_told_with_the_files()
    {
        var channel = await Server.NewChannelAsync("P", Ben);
        var file = await UploadAsync(Ann, channel);
        var post = await AttachAsync(Ann, channel, file);
        var told = (await Ben.Get($"/channels/{channel}/posts?since={post.Number("create_at") - 1}")).Json;
        FilesOf(told["posts"]![post.Text("id")]!).ShouldBe([file]);
    }

    [Fact]
    public async Task The_files_of_a_post_are_listed()
    {
        var channel = await Server.NewChannelAsync("O", Ben);
        var file = await UploadAsync(Ann, channel, "a.txt");
        var post = await AttachAsync(Ann, channel, file);
        var listed = await Ben.Get($"/posts/{post.Text("id")}/files/info");
        listed.Json.Items().Select(one => one.Text("id")).ShouldBe([file]);
    }

    [Fact]
    public async Task Only_members_upload_and_something_and_to_a_channel()
    {
        var channel = await Server.NewChannelAsync("O");
        await Post(Ben, $"/files?channel_id={channel}&filename=a.txt", "x").Forbidden();
        await Post(Bot, $"/files?channel_id={channel}&filename=a.txt", "x").Forbidden();
        await Post(Ann, $"/files?channel_id={channel}&filename=a.txt", "").Refused(400, "api.file.upload_file.read_request.app_error");
        await Post(Ann, "/files?filename=a.txt", "x").Refused(400, "api.context.invalid_url_param.app_error");
    }

    [Fact]
    public async Task A_form_brings_several_at_once_in_their_order()
    {
        var channel = await Server.NewChannelAsync("O");
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent(channel), "channel_id");
        form.Add(new StringContent("one"), "files", "one.txt");
        form.Add(new StringContent("two"), "files", "two.md");
        var answer = await Ann.SendAsync(HttpMethod.Post, "/files", form).Created("files");
        answer["file_infos"]!.Items().Select(one => one.Text("name")).ShouldBe(["one.txt", "two.md"]);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_said_to_be_missing() =>
        await Ann.Get($"/files/{new string('a', 26)}/info").Refused(404, "app.file_info.get.app_error");

    private static Task<JsonNode> AttachAsync(Client author, string channel, string file) =>
        author.Post("/posts", new { channel_id = channel, message = "See", file_ids = new[] { file } }).Created("post");

    private static IReadOnlyList<string> FilesOf(JsonNode post) => post["file_ids"] is JsonArray ? post.Texts("file_ids") : [];

    private static async Task<string> UploadAsync(Client owner, string channel, string name = "a.txt", string text = "x") =>
        (await Post(owner, $"/files?channel_id={channel}&filename={name}", text).Created("files"))["file_infos"]![0]!.Text("id");

    private static async Task<Got> Post(Client owner, string path, string text)
    {
        using var content = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));
        return await owner.SendAsync(HttpMethod.Post, path, content);
    }
}

public sealed class FilesOnStandIn(StandInServer server) : FilesContract(server);

public sealed class FilesOnRealServer(RealServer server) : FilesContract(server);
