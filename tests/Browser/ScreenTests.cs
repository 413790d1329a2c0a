using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MattermostLearning.Browser;

/// <summary>The page on screens of several widths, and as axe sees it: names, roles, contrast.</summary>
public sealed class ScreenTests(Chromium chromium) : PageTests(chromium)
{
    private static readonly RunOnlyOptions All = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
    private static readonly AxeRunOptions Rules = new() { RunOnly = All };

    /// <summary>Suggestions are walked through from the message box, so the list that scrolls need not be reached itself.</summary>
    private static readonly AxeRunOptions RulesOfSuggestions = new()
    {
        RunOnly = All,
        Rules = new Dictionary<string, RuleOptions> { ["scrollable-region-focusable"] = new() { Enabled = false } },
    };

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Nothing_on_the_page_is_hidden_from_assistive_technology_or_too_faint(int width)
    {
        await using var survey = await Survey.StartAsync(Town.Mattermost);
        var ann = await OpenAsync("ann", width, 844);
        await SayAsync(ann, "A [link](https://example.org), `code`, @ann @bilal ~off-topic\n\n> quoted\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |");
        await Button(Post(ann, "Which key"), "I'm in").ClickAsync();
        await Expect(Post(ann, "You're in for this round")).ToBeVisibleAsync();
        await ann.FillAsync("#message", "/learn ");
        await Expect(ann.Locator("#suggestions > [role=option]").First).ToBeVisibleAsync();
        await CheckAsync(ann, "channel with suggestions", RulesOfSuggestions);

        await AnswerAsync(ann, Post(ann, "Which key"), "Ctrl and D");
        await CheckAsync(ann, "thread");
        await Button(ann, "Close the thread").ClickAsync();

        await SayAsync(ann, "/survey");
        await Expect(ann.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Button(ann, "Send it").ClickAsync();
        await CheckAsync(ann, "dialog");
        await ann.Keyboard.PressAsync("Escape");

        if (width < 500)
        {
            await Button(ann, "Back to the channels").ClickAsync();
            await CheckAsync(ann, "channels");
        }
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(760)]
    [InlineData(1024)]
    [InlineData(1600)]
    public async Task Nothing_is_cut_off_at_any_width(int width)
    {
        var ann = await OpenAsync("ann", width);
        await SayAsync(ann, "https://example.org/" + new string('x', 300));
        await Expect(Post(ann, "https://example.org/")).ToBeVisibleAsync();
        await FitsAsync(ann);
        await AnswerAsync(ann, Post(ann, "Which key"), "```\n" + new string('y', 300) + "\n```", shownAs: new string('y', 300));
        await FitsAsync(ann);
    }

    [Fact]
    public async Task A_phone_shows_channels_messages_and_a_thread_one_at_a_time()
    {
        var ann = await OpenAsync("ann", 390, 844);
        await Expect(ann.Locator("#sidebar")).ToBeHiddenAsync();
        await Button(ann, "Back to the channels").TapAsync();
        await Expect(ann.Locator("#centre")).ToBeHiddenAsync();
        await Button(ann, "Learning").First.TapAsync();
        await Expect(ann.Locator("#sidebar")).ToBeHiddenAsync();

        await Button(Post(ann, "Which key"), "Reply").TapAsync();
        await Expect(ann.Locator("#thread")).ToBeVisibleAsync();
        await Expect(ann.Locator("#centre")).ToBeHiddenAsync();
        await Button(ann, "Close the thread").TapAsync();
        await Expect(ann.Locator("#centre")).ToBeVisibleAsync();
    }

    private static async Task FitsAsync(IPage page) =>
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);

    private static async Task CheckAsync(IPage page, string what, AxeRunOptions? rules = null)
    {
        var result = await page.RunAxe(rules ?? Rules);
        result.Passes.Length.ShouldBeGreaterThan(10);
        var found = result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {rule.Help} {node.Target}: {node.Html}"));
        found.ShouldBeEmpty($"{what} at {page.ViewportSize!.Width}");
    }
}
