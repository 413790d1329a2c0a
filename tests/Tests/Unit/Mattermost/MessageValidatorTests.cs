using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Tests.Unit.Mattermost;

public sealed class MessageValidatorTests
{
    [Theory]
    [InlineData("x", 16_383, true)]
    [InlineData("x", 16_384, false)]
    [InlineData("👋", 16_383, true)]
    [InlineData("👋", 16_384, false)]
    public void A_message_is_measured_in_runes(string letter, int count, bool fits) =>
        MessageValidator.Check(PostContent.Text(string.Concat(Enumerable.Repeat(letter, count)))).Count.ShouldBe(fits ? 0 : 1);

    [Fact]
    public void All_problems_are_told_at_once_with_place_limit_and_length()
    {
        var content = new PostContent
        {
            Message = new string('x', 16_400),
            FileIds = ["nope"],
            Attachments =
            [
                new Attachment
                {
                    Color = "red",
                    Actions = [Button("my-id"), Button("a"), Button("a"), Button("b") with { Integration = null }],
                },
            ],
        };
        var failure = Should.Throw<InvalidMessageException>(() => MessageValidator.Require(content));
        failure.Problems.Select(problem => problem.Path).ShouldBe(
        [
            "message", "file_ids[0]", "attachments[0].color", "attachments[0].actions[0].id", "attachments[0].actions[2].id",
            "attachments[0].actions[3].integration",
        ]);
        failure.Problems[0].ShouldBe(new MessageProblem("message", "too long", 16_383, 16_400));
        failure.Message.ShouldContain("message: too long (16400 of at most 16383); ");
    }

    [Theory]
    [InlineData("join", true), InlineData("Join2", true), InlineData("", false), InlineData("a_b", false), InlineData("a-b", false), InlineData("ä", false)]
    public void Ids_of_actions_have_letters_and_digits_only(string id, bool good) => Problems(Button(id)).Count.ShouldBe(good ? 0 : 1);

    [Theory]
    [InlineData("http://sidecar:8080/act", true), InlineData("https://x.example/act", true), InlineData("/act", false)]
    [InlineData("javascript:alert(1)", false), InlineData("", false)]
    public void Clicks_go_to_absolute_web_addresses(string url, bool good) =>
        Problems(Button("a") with { Integration = new Integration { Url = url } }).Count.ShouldBe(good ? 0 : 1);

    [Theory]
    [InlineData("primary", true), InlineData("danger", true), InlineData("#ff8800", true), InlineData("red", false), InlineData("#ff88", false)]
    public void Styles_are_named_or_a_colour(string style, bool good) => Problems(Button("a") with { Style = style }).Count.ShouldBe(good ? 0 : 1);

    [Fact]
    public void A_menu_has_options_or_a_source_and_not_both()
    {
        var menu = new Menu { Id = "m", Label = "Pick", Integration = new Integration { Url = "http://x/" } };
        var options = new[] { new MenuOption { Text = "A", Value = "a" } };
        Problems(menu).ShouldBe(["attachments[0].actions[0].options"]);
        Problems(menu with { Options = options }).ShouldBeEmpty();
        Problems(menu with { DataSource = MenuSource.Users }).ShouldBeEmpty();
        Problems(menu with { DataSource = MenuSource.Users, Options = options }).ShouldBe(["attachments[0].actions[0].options"]);
        Problems(menu with { Options = options, DefaultOption = "b" }).ShouldBe(["attachments[0].actions[0].default"]);
        Problems(menu with { DataSource = "bots" }).ShouldBe(["attachments[0].actions[0].data_source"]);
    }

    [Fact]
    public void Props_are_measured_as_the_server_writes_them()
    {
        var under = PostContent.Text("x").WithProp("p", new string('ä', 7_500));
        MessageValidator.Check(under).ShouldBeEmpty();
        MessageValidator.Check(PostContent.Text("x").WithProp("p", string.Concat(Enumerable.Repeat("👋", 7_500)))).ShouldBeEmpty();
        var angled = PostContent.Text("x").WithProp("p", new string('<', 1_300)); // six runes each
        MessageValidator.Check(angled).Single().Path.ShouldBe("props");
    }

    [Fact]
    public void Nothing_at_all_is_no_post() => MessageValidator.Check(new PostContent()).Single().Path.ShouldBe("message");

    [Fact]
    public void Half_a_character_is_refused() => MessageValidator.Check(PostContent.Text("cut \ud83d")).Single().What.ShouldContain("surrogate");

    public static TheoryData<string, Dialog, string> Dialogs => new()
    {
        { "a title of 24", Form(new string('t', 24)), "" },
        { "a title of 25", Form(new string('t', 25)), "title" },
        { "six elements", Form("t", [.. Enumerable.Range(0, 6).Select(i => Text($"e{i}"))]), "elements" },
        { "a label of 25", Form("t", Text("a") with { DisplayName = new string('l', 25) }), "elements[0].display_name" },
        { "help of 151", Form("t", Text("a") with { HelpText = new string('h', 151) }), "elements[0].help_text" },
        { "a name of 301", Form("t", Text(new string('n', 301))), "elements[0].name" },
        { "the same name twice", Form("t", Text("a"), Text("a")), "elements[1].name" },
        { "a text of 151", Form("t", Text("a") with { MaxLength = 151 }), "elements[0].max_length" },
        { "a preset longer than it may be", Form("t", Text("a") with { MaxLength = 2, Default = "abc" }), "elements[0].default" },
        { "least above most", Form("t", Text("a") with { MinLength = 5, MaxLength = 4 }), "elements[0].min_length" },
        { "an unknown subtype", Form("t", Text("a") with { Subtype = "colour" }), "elements[0].subtype" },
        { "radio without options", Form("t", new RadioElement { Name = "a", DisplayName = "A" }), "elements[0].options" },
        { "a checkbox preset maybe", Form("t", new BoolElement { Name = "a", DisplayName = "A", Default = "maybe" }), "elements[0].default" },
        { "dates on an old server", Form("t", new DateElement { Name = "a", DisplayName = "A" }), "elements[0].type" },
        {
            "several values on an old server",
            Form("t", new SelectElement { Name = "a", DisplayName = "A", DataSource = MenuSource.Users, Multiple = true }),
            "elements[0].multiselect"
        },
    };

    [Theory, MemberData(nameof(Dialogs))]
    public void Dialogs_are_checked(string what, Dialog dialog, string path) =>
        string.Join(',', MessageValidator.Check(dialog).Select(problem => problem.Path)).ShouldBe(path, what);

    [Fact]
    public void A_newer_server_takes_more()
    {
        var limits = MessageLimits.For(new Version(11, 1), maxPostSize: 20_000);
        limits.MessageRunes.ShouldBe(20_000);
        MessageValidator.Check(Form("t", new DateElement { Name = "a", DisplayName = "A" }), limits).ShouldBeEmpty();
    }

    [Fact]
    public void Cutting_keeps_whole_characters() => MessageLimits.Cut("👋👋👋", 2).ShouldBe("👋…");

    private static Button Button(string id) => new() { Id = id, Label = "Go", Integration = new Integration { Url = "http://sidecar/act" } };

    private static TextElement Text(string name) => new() { Name = name, DisplayName = "Label" };

    private static Dialog Form(string title, params DialogElement[] elements) => new() { Title = title, Elements = elements };

    private static List<string> Problems(PostAction action) => MessageValidator
        .Check(new PostContent { Message = "m", Attachments = [new Attachment { Actions = [action] }] })
        .Select(problem => problem.Path).ToList();
}
