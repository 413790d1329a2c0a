using Microsoft.Playwright;

namespace MattermostLearning.Browser;

/// <summary>What people do on the page, seen in their own window and in those of others.</summary>
public sealed class ConversationTests(Chromium chromium) : PageTests(chromium)
{
    private const string Walk = """
        ---
        kind: challenge
        title: Take a walk
        channel: learning
        schedule: every Tuesday at 10:00
        time-zone: Europe/London
        open-for: 1 day
        host: learning.lead
        ---
        Walk for ten minutes, and tell us what you saw.

        ## Wrap-up
        Where will you walk next?
        """;

    [Fact]
    public async Task A_new_challenge_is_started_by_a_facilitator_joined_by_learners_and_wrapped_up_when_its_time_has_come()
    {
        var (hana, ann, bilal) = (await OpenAsync("learning.lead"), await OpenAsync("ann"), await OpenAsync("bilal"));
        Write("take-a-walk.md", Walk);
        await Expect(hana.Locator("#note")).ToContainTextAsync("Read anew: take-a-walk.md.");

        await hana.FillAsync("#message", "/learn st");
        await Expect(hana.Locator("#suggestions > [role=option]")).ToHaveTextAsync(["/learn start <activity> [in ~channel]start an activity in a channel", "/learn stop <activity> [in ~channel]stop an activity"]);
        await hana.Keyboard.PressAsync("ArrowDown");
        await hana.Keyboard.PressAsync("Tab");
        await Expect(hana.Locator("#message")).ToHaveValueAsync("/learn start ");
        await hana.Keyboard.TypeAsync("take-a-walk in ~learning");
        await hana.Keyboard.PressAsync("Enter");
        await Button(hana, "Start").ClickAsync();
        await Expect(Button(hana, "Start")).ToBeEnabledAsync(); // again: it is answered, so the clock may go on
        await Expect(Post(hana, "Take a walk")).ToContainTextAsync("(Only visible to you)");

        await Button(hana, "+1 day").ClickAsync();
        await Expect(hana.Locator("#now")).ToHaveTextAsync("Tue 16 Mar, 09:05 London");
        await Button(hana, "Next thing that happens").ClickAsync();
        await Expect(ann.Locator("#now")).ToHaveTextAsync("Tue 16 Mar, 11:00 Berlin");
        var walk = Post(ann, "Walk for ten minutes");
        await Expect(walk).ToContainTextAsync("Open until Wednesday 17 March, 10:00 London. Your host is Hana Lead.");
        await Button(walk, "I'm in").ClickAsync();
        await Expect(Post(ann, "You're in for this round of Take a walk.")).ToContainTextAsync("(Only visible to you)");
        await Expect(Post(bilal, "Walk for ten minutes")).ToContainTextAsync("In so far: Ann Berg");
        await Expect(Post(bilal, "You're in for this round")).ToHaveCountAsync(0);

        await AnswerAsync(ann, walk, "I saw a **heron**.", shownAs: "I saw a heron.");
        await Expect(Post(bilal, "I saw a heron.").Locator("strong")).ToHaveTextAsync("heron");
        await AnswerAsync(bilal, Post(bilal, "Walk for ten minutes"), "Rain :eyes:", shownAs: "Rain 👀");
        await Expect(Reply(ann, "Rain 👀")).ToBeVisibleAsync();
        await Expect(Button(walk, "2 replies")).ToBeVisibleAsync();

        await Button(hana, "+1 day").ClickAsync();
        await Expect(Reply(ann, "This round of Take a walk is closed.")).ToContainTextAsync("Where will you walk next?");
        await Expect(Button(walk, "I'm in")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_message_is_edited_reacted_to_and_deleted_and_an_edit_can_be_given_up()
    {
        var (ann, bilal) = (await OpenAsync("ann"), await OpenAsync("bilal"));
        await SayAsync(ann, "A frist line");
        await Expect(Post(ann, "A frist line")).ToBeVisibleAsync();
        var mine = ann.Locator($"#posts [data-post=\"{await Post(ann, "A frist line").GetAttributeAsync("data-post")}\"]");
        await mine.HoverAsync();
        await Button(mine, "Edit").ClickAsync();
        await Button(mine, "Cancel").ClickAsync();
        await Expect(mine.Locator(".text")).ToHaveTextAsync("A frist line");
        await Button(mine, "Edit").ClickAsync();
        await ann.GetByLabel("Edit the message").FillAsync("A first line");
        await Button(Post(bilal, "A frist line"), "React with eyes").DispatchEventAsync("click");
        await Expect(Button(Post(bilal, "A frist line"), "eyes, 1, by Bilal Khan")).ToBeVisibleAsync();
        await SayAsync(bilal, "What comes meanwhile");
        await Expect(Post(ann, "What comes meanwhile")).ToBeVisibleAsync();
        await Expect(ann.GetByLabel("Edit the message")).ToHaveValueAsync("A first line");
        await ann.GetByLabel("Edit the message").FocusAsync();
        await ann.Keyboard.PressAsync("Enter");
        await Expect(Post(bilal, "A first line")).ToContainTextAsync("(edited)");

        await Expect(Button(mine, "eyes, 1, by Bilal Khan")).ToBeVisibleAsync();
        await Post(bilal, "A first line").HoverAsync();
        await Button(Post(bilal, "A first line"), "React with tada").ClickAsync();
        await Expect(Button(mine, "tada, 1, by Bilal Khan")).ToBeVisibleAsync();

        ann.Dialog += (_, question) => question.AcceptAsync();
        await mine.HoverAsync();
        await Button(mine, "Delete").ClickAsync();
        await Expect(Post(bilal, "A first line")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_said_elsewhere_is_marked_unread_until_one_looks()
    {
        var (ann, bilal) = (await OpenAsync("ann"), await OpenAsync("bilal"));
        await Button(ann, "Off-Topic").ClickAsync();
        await SayAsync(ann, "Anybody for lunch?");
        var offTopic = bilal.Locator("#channels button").Filter(new LocatorFilterOptions { HasText = "Off-Topic" });
        await Expect(offTopic.Locator(".count")).ToHaveAttributeAsync("aria-label", "1 unread");

        await offTopic.ClickAsync();

        await Expect(bilal.GetByText("New messages")).ToBeVisibleAsync();
        await Expect(Post(bilal, "Anybody for lunch?")).ToBeVisibleAsync();
        await Expect(offTopic.Locator(".count")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_window_opens_when_it_hears_what_comes_and_knows_what_was_said_before()
    {
        var ann = await OpenAsync("ann");
        var mayConnect = new TaskCompletionSource();
        var bilal = await NewWindowAsync();
        await bilal.RouteWebSocketAsync("**/play/socket*", async socket =>
        {
            await mayConnect.Task;
            socket.ConnectToServer();
        });
        await bilal.GotoAsync($"{Town.Address}?as=bilal");
        await Expect(bilal.Locator("#as")).ToHaveValueAsync("bilal");
        await Button(ann, "Off-Topic").ClickAsync();
        await SayAsync(ann, "Anybody for lunch?");
        await Expect(Post(ann, "Anybody for lunch?")).ToBeVisibleAsync();
        await Expect(bilal.Locator("#posts article")).ToHaveCountAsync(0);

        mayConnect.SetResult();

        await Expect(Post(bilal, "Show your shortcut")).ToBeVisibleAsync();
        await Expect(bilal.Locator("#channels .unread .count")).ToHaveAttributeAsync("aria-label", "1 unread");
    }

    [Fact]
    public async Task An_answer_to_a_command_stands_below_what_was_said_before()
    {
        var ann = await OpenAsync("ann");
        await SayAsync(ann, "One");
        await SayAsync(ann, "Two");
        await Expect(Post(ann, "Two")).ToBeVisibleAsync();
        await SayAsync(ann, "/learn");
        await Expect(ann.Locator("#posts article").Last).ToContainTextAsync("(Only visible to you)");
        await SayAsync(ann, "Three");
        await Expect(ann.Locator("#posts article").Last).ToContainTextAsync("Three");
    }
}
