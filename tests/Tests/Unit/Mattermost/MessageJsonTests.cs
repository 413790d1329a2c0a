using System.Text;
using System.Text.Json;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Tests.Unit.Mattermost;

public sealed class MessageJsonTests
{
    private static readonly Attachment WithActions = new()
    {
        Text = "t",
        Fields = [new AttachmentField { Title = "a", Value = "b", IsShort = true }],
        Actions =
        [
            new Button
            {
                Id = "join",
                Label = "Ich bin dabei",
                Style = ButtonStyle.Primary,
                Integration = new Integration { Url = "http://s/act", Context = new Dictionary<string, string> { ["ref"] = "seal" } },
            },
            new Menu { Id = "pick", Label = "Wähle", DataSource = MenuSource.Users, Integration = new Integration { Url = "http://s/act" } },
        ],
    };

    [Fact]
    public void A_command_is_answered_ephemerally_and_without_slack_parsing() =>
        Text(SlashCommandReply.Of("Grüß <dich> & שלום").ToJson()).ShouldBe(
            """{"response_type":"ephemeral","text":"Grüß <dich> & שלום","attachments":[],"skip_slack_parsing":true}""");

    [Fact]
    public void Buttons_and_menus_are_written_as_the_server_reads_them() =>
        Text(SlashCommandReply.Of("", WithActions).ToJson()).ShouldContain(
            """
            "fields":[{"title":"a","value":"b","short":true}],"actions":[{"type":"button","style":"primary","id":"join","name":"Ich bin dabei","disabled":false,"integration":{"url":"http://s/act","context":{"ref":"seal"}}},{"type":"select","data_source":"users","id":"pick","name":"Wähle","disabled":false,"integration":{"url":"http://s/act","context":{}}}]
            """.Trim());

    [Fact]
    public void A_click_that_changes_nothing_is_answered_with_nothing() =>
        Text(ActionReply.Nothing.ToJson()).ShouldBe("""{"skip_slack_parsing":true}""");

    [Fact]
    public void An_update_carries_the_props_even_when_they_are_empty_so_that_old_buttons_go() =>
        Text(new ActionReply { Update = PostContent.Text("done"), EphemeralText = "ok" }.ToJson()).ShouldBe(
            """{"update":{"message":"done","props":{}},"ephemeral_text":"ok","skip_slack_parsing":true}""");

    [Fact]
    public void A_dialog_is_accepted_refused_or_told_what_is_wrong()
    {
        Text(DialogReply.Accepted.ToJson()).ShouldBe("{}");
        Text(DialogReply.Refused("Too late.").ToJson()).ShouldBe("""{"error":"Too late."}""");
        Text(DialogReply.Wrong(new Dictionary<string, string> { ["goal"] = "Say a little more." }).ToJson())
            .ShouldBe("""{"errors":{"goal":"Say a little more."}}""");
    }

    [Fact]
    public void Attachments_come_back_as_they_went()
    {
        var props = MessageJson.Props(new PostContent { Attachments = [WithActions] }.WithProp("row", "r1"));
        props["row"].GetString().ShouldBe("r1");
        var read = MessageJson.ReadAttachments(props).Single();
        read.Actions!.Select(action => action.GetType()).ShouldBe([typeof(Button), typeof(Menu)]);
        read.Actions![0].Integration!.Context["ref"].ShouldBe("seal");
    }

    [Theory]
    [InlineData("5"), InlineData("\"x\""), InlineData("[5]"), InlineData("[{\"actions\":[{\"type\":\"odd\"}]}]"), InlineData("{}")]
    public void Attachments_that_are_none_are_left_out(string json)
    {
        using var document = JsonDocument.Parse(json);
        MessageJson.ReadAttachments(new Dictionary<string, JsonElement> { ["attachments"] = document.RootElement }).ShouldBeEmpty();
    }

    [Fact]
    public void Attachments_are_read_whatever_the_order_of_their_fields()
    {
        using var document = JsonDocument.Parse("""[{"actions":[{"id":"a","name":"n","type":"select"}],"id":3}]""");
        MessageJson.ReadAttachments(new Dictionary<string, JsonElement> { ["attachments"] = document.RootElement })
            .Single().Actions!.Single().ShouldBeOfType<Menu>().Label.ShouldBe("n");
    }

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);
}
