using System.Text;
using CsCheck;
using MattermostLearning.Mattermost.Callbacks;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Mattermost;

public sealed class CallbackTests
{
    private static readonly string Team = new('t', 26);
    private static readonly string Channel = new('c', 26);
    private static readonly string User = new('u', 26);
    private static readonly string Post = new('p', 26);

    [Fact]
    public void A_slash_command_is_read_with_its_mentions()
    {
        var form = Form();
        form["user_mentions"] = "anna,ben";
        form["user_mentions_ids"] = $"{User},nonsense";
        SlashCommandRequest.TryParse(form, out var request).ShouldBeTrue();
        (request!.Command, request.Text, request.Token).ShouldBe(("/learn", "join now", "secret"));
        request.MentionedUsers.ShouldBe([new("anna", User)]);
        request.ResponseUrl!.Host.ShouldBe("chat.example.org");
        request.ToString().ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("team_id", ""), InlineData("channel_id", "../../x"), InlineData("user_id", "UUUUUUUUUUUUUUUUUUUUUUUUUU")]
    [InlineData("command", "learn"), InlineData("root_id", "x")]
    public void A_slash_command_with_a_wrong_id_is_refused(string field, string value)
    {
        var form = Form();
        form[field] = value;
        SlashCommandRequest.TryParse(form, out _).ShouldBeFalse();
    }

    [Theory, InlineData("file:///etc/passwd"), InlineData("/hooks"), InlineData("")]
    public void A_response_address_that_is_none_is_left_out(string url)
    {
        var form = Form();
        form["response_url"] = url;
        SlashCommandRequest.TryParse(form, out var request).ShouldBeTrue();
        request!.ResponseUrl.ShouldBeNull();
    }

    [Fact]
    public void A_choice_is_read_apart_from_the_context()
    {
        ActionRequest.TryParse(Bytes(Action("""{"ref":"seal","count":3,"selected_option":"b"}""")), out var request).ShouldBeTrue();
        request!.SelectedOption.ShouldBe("b");
        request.Context.ShouldBe([new("ref", "seal")]);
        request.TeamId.ShouldBe("");
    }

    [Theory]
    [InlineData("null"), InlineData("[]"), InlineData("5"), InlineData("\"x\"")]
    public void A_context_that_is_none_reads_as_empty(string context)
    {
        ActionRequest.TryParse(Bytes(Action(context)), out var request).ShouldBeTrue();
        request!.Context.ShouldBeEmpty();
        request.SelectedOption.ShouldBeNull();
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("[]"), InlineData("null"), InlineData("{}"), InlineData("{\"user_id\":5}")]
    [InlineData("{\"user_id\":\"\\ud800\"}"), InlineData("{\"\\ud800\":1}")]
    public void What_is_not_a_callback_is_refused_and_throws_nothing(string json)
    {
        ActionRequest.TryParse(Bytes(json), out _).ShouldBeFalse();
        DialogSubmission.TryParse(Bytes(json), out _).ShouldBeFalse();
        OutgoingWebhookRequest.TryParse(Bytes(json), out _).ShouldBeFalse();
    }

    [Fact]
    public void Whatever_bytes_come_nothing_throws() => Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[0, 200]).Always(
        times: 3_000,
        (noise, at) =>
        {
            var body = Bytes(Action("""{"ref":"seal"}"""));
            noise.AsSpan(0, Math.Min(noise.Length, body.Length - Math.Min(at, body.Length))).CopyTo(body.AsSpan(Math.Min(at, body.Length)));
            foreach (var bytes in new[] { noise, body })
            {
                _ = ActionRequest.TryParse(bytes, out var _);
                _ = DialogSubmission.TryParse(bytes, out var _);
                _ = OutgoingWebhookRequest.TryParse(bytes, out var _);
            }
        });

    [Fact]
    public void A_submission_is_read_by_element()
    {
        var json = $$"""
            {"type":"dialog_submission","callback_id":"c","state":"seal","user_id":"{{User}}","channel_id":"{{Channel}}","team_id":"",
             "submission":{"goal":"Ask","tick":true,"late":"true","stars":4,"who":["a","b",5],"none":null,"deep":{"x":1} },"cancelled":false}
            """;
        DialogSubmission.TryParse(Bytes(json), out var sent).ShouldBeTrue();
        (sent!.Text("goal"), sent.Text("none"), sent.Text("deep"), sent.Text("missing")).ShouldBe(("Ask", null, null, null));
        (sent.Flag("tick"), sent.Flag("late"), sent.Flag("goal"), sent.Number("stars")).ShouldBe((true, true, false, 4));
        sent.Choices("who").ShouldBe(["a", "b"]);
        sent.Choices("goal").ShouldBe(["Ask"]);
        sent.Cancelled.ShouldBeFalse();
    }

    [Fact]
    public void A_closed_dialog_is_told_apart()
    {
        DialogSubmission.TryParse(Bytes($$"""{"user_id":"{{User}}","cancelled":true,"submission":null}"""), out var sent).ShouldBeTrue();
        sent!.Cancelled.ShouldBeTrue();
    }

    [Fact]
    public void An_outgoing_webhook_is_the_same_as_form_and_as_json()
    {
        var form = new Dictionary<string, string>
        {
            ["token"] = "secret", ["team_id"] = Team, ["channel_id"] = Channel, ["user_id"] = User, ["post_id"] = Post,
            ["text"] = "learn x", ["trigger_word"] = "learn", ["timestamp"] = "1700000000", // seconds, as Mattermost writes them in a form
        };
        OutgoingWebhookRequest.TryParse(form, out var one).ShouldBeTrue();
        var json = $$"""
            {"token":"secret","team_id":"{{Team}}","channel_id":"{{Channel}}","user_id":"{{User}}","post_id":"{{Post}}",
             "text":"learn x","trigger_word":"learn","timestamp":1700000000000}
            """;
        OutgoingWebhookRequest.TryParse(Bytes(json), out var other).ShouldBeTrue();
        (one! with { FileIds = other!.FileIds }).ShouldBe(other);
    }

    [Theory]
    [InlineData("secret", "secret", true), InlineData("secret", "Secret", false), InlineData("secret", "secre", false)]
    [InlineData("", "", false), InlineData(null, null, false), InlineData("ä", "ä", true)]
    public void Secrets_are_compared_whole_and_nothing_equals_nothing(string? left, string? right, bool same) =>
        ConstantTime.Equals(left, right).ShouldBe(same);

    [Theory]
    [InlineData("Token abc", "form", "abc"), InlineData(null, "form", "form"), InlineData("Bearer x", "form", "form"), InlineData(null, null, "")]
    public void The_tokens_header_comes_before_the_body(string? header, string? body, string token) =>
        CallbackToken.From(header, body).ShouldBe(token);

    private static Dictionary<string, string> Form() => new()
    {
        ["token"] = "secret", ["team_id"] = Team, ["channel_id"] = Channel, ["user_id"] = User, ["user_name"] = "anna", ["command"] = "/learn",
        ["text"] = "join now", ["trigger_id"] = "x", ["response_url"] = "https://chat.example.org/hooks/commands/x",
    };

    private static string Action(string context) =>
        $$$"""{"user_id":"{{{User}}}","channel_id":"{{{Channel}}}","post_id":"{{{Post}}}","team_id":"","type":"button","context":{{{context}}}}""";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
