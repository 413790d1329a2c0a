using System.Text;
using CsCheck;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Mattermost;

public sealed class FrameParserTests
{
    private const string Channel = "cccccccccccccccccccccccccc";
    private const string User = "uuuuuuuuuuuuuuuuuuuuuuuuuu";

    public static TheoryData<string, string, Type> Events => new()
    {
        { "posted", """{"post":"{\"id\":\"p\",\"message\":\"hi \\\"you\\\"\",\"channel_id\":\"c\"}","channel_type":"O"}""", typeof(Posted) },
        { "posted", """{"post":{"id":"p","channel_id":"c"}}""", typeof(Posted) },
        { "post_edited", """{"post":"{\"id\":\"p\"}"}""", typeof(PostEdited) },
        { "post_deleted", """{"post":"{\"id\":\"p\"}"}""", typeof(PostDeleted) },
        { "reaction_added", """{"reaction":"{\"user_id\":\"u\",\"post_id\":\"p\",\"emoji_name\":\"+1\"}"}""", typeof(ReactionAdded) },
        { "reaction_removed", """{"reaction":"{\"user_id\":\"u\"}"}""", typeof(ReactionRemoved) },
        { "user_added", $$"""{"user_id":"{{User}}","team_id":"t"}""", typeof(UserAdded) },
        { "user_removed", $$"""{"user_id":"{{User}}","remover_id":"x"}""", typeof(UserRemoved) },
        { "channel_updated", """{"channel":"{\"id\":\"c\"}"}""", typeof(ChannelUpdated) },
        { "channel_deleted", """{"channel_id":"c"}""", typeof(ChannelDeleted) },
        { "channel_restored", """{"channel_id":"c"}""", typeof(ChannelRestored) },
        { "channel_converted", """{"channel_id":"c"}""", typeof(ChannelConverted) },
        { "channel_created", """{"channel_id":"c"}""", typeof(ChannelCreated) },
        { "channel_member_updated", """{"channelMember":"{\"user_id\":\"u\",\"channel_id\":\"c\"}"}""", typeof(ChannelMemberUpdated) },
        { "direct_added", """{"teammate_id":"x"}""", typeof(ConversationAdded) },
        { "user_updated", """{"user":{"id":"u","locale":"de"}}""", typeof(UserUpdated) },
        { "user_role_updated", """{"user_id":"u","roles":"x"}""", typeof(RolesUpdated) },
        { "memberrole_updated", """{"member":"{\"user_id\":\"u\",\"team_id\":\"t\"}"}""", typeof(RolesUpdated) },
        { "status_change", """{"user_id":"u","status":"away"}""", typeof(StatusChanged) },
        { "added_to_team", """{"user_id":"u","team_id":"t"}""", typeof(TeamJoined) },
        { "leave_team", """{"user_id":"u","team_id":"t"}""", typeof(TeamLeft) },
        { "new_user", """{"user_id":"u"}""", typeof(NewUser) },
        { "brand_new_event", """{"x":[1]}""", typeof(UnknownEvent) },
    };

    [Theory, MemberData(nameof(Events))]
    public void Events_have_their_type(string name, string data, Type type)
    {
        var read = Parse(name, data).ShouldBeOfType<Frame.Event>().Value;
        read.ShouldBeOfType(type);
        read.Seq.ShouldBe(7);
        read.ToString().ShouldBe($"{type.Name} 7");
    }

    [Fact]
    public void A_post_comes_out_of_its_string() =>
        Parse("posted", """{"post":"{\"id\":\"p\",\"message\":\"hi \\\"you\\\"\",\"props\":{\"row\":\"r\"}}"}""")
            .ShouldBeOfType<Frame.Event>().Value.ShouldBeOfType<Posted>().Post.Message.ShouldBe("hi \"you\"");

    [Fact]
    public void The_channel_is_taken_from_the_broadcast_where_the_data_has_none() =>
        Parse("reaction_added", """{"reaction":"{\"user_id\":\"u\"}"}""").ShouldBeOfType<Frame.Event>().Value.ChannelId.ShouldBe(Channel);

    [Fact]
    public void The_greeting_tells_the_connection_and_the_version() =>
        Parse("hello", """{"connection_id":"abc","server_version":"10.5.1.123.hash.true"}""")
            .ShouldBe(new Frame.Hello(7, "abc", new Version(10, 5, 1)));

    [Theory]
    [InlineData("posted", "{}"), InlineData("posted", """{"post":"{"}"""), InlineData("posted", """{"post":5}"""), InlineData("posted", "null")]
    [InlineData("posted", """{"post":"null"}"""), InlineData("user_added", """{"user_id":""}"""), InlineData("reaction_added", """{"reaction":"[]"}""")]
    public void A_known_event_without_its_content_is_malformed_but_keeps_its_number(string name, string data) =>
        FrameParser.Parse(Encoding.UTF8.GetBytes($$"""{"event":"{{name}}","data":{{data}},"seq":7}""")).ShouldBe(new Frame.Malformed(7));

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("[]"), InlineData("5"), InlineData("{}"), InlineData("""{"event":"posted"}"""), InlineData("""{"seq":"x","event":"a"}""")]
    [InlineData("""{"seq":-1,"event":"a"}"""), InlineData("""{"event":"\ud800","seq":null}""")]
    public void What_is_no_frame_is_malformed(string text) =>
        FrameParser.Parse(Encoding.UTF8.GetBytes(text)).ShouldBe(new Frame.Malformed(null));

    [Fact]
    public void Answers_to_what_we_sent_are_told_apart() =>
        FrameParser.Parse("""{"status":"OK","data":{"text":"pong"},"seq_reply":1}"""u8.ToArray()).ShouldBeOfType<Frame.Reply>();

    [Fact]
    public void Whatever_bytes_come_nothing_throws() => Gen.Select(Gen.Byte.Array[0, 20], Gen.Int[0, 150]).Always(
        times: 3_000,
        (noise, at) =>
        {
            var body = Encoding.UTF8.GetBytes(Frame("posted", """{"post":"{\"id\":\"p\",\"create_at\":5,\"props\":{\"a\":[]}}"}"""));
            at = Math.Min(at, body.Length);
            noise.AsSpan(0, Math.Min(noise.Length, body.Length - at)).CopyTo(body.AsSpan(at));
            FrameParser.Parse(body).ShouldNotBeNull();
            FrameParser.Parse(noise).ShouldNotBeNull();
        });

    private static Frame Parse(string name, string data) => FrameParser.Parse(Encoding.UTF8.GetBytes(Frame(name, data)));

    private static string Frame(string name, string data) =>
        $$$"""{"event":"{{{name}}}","data":{{{data}}},"broadcast":{"channel_id":"{{{Channel}}}","user_id":"{{{User}}}"},"seq":7}""";
}
