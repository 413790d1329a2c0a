using Microsoft.Playwright;

namespace MattermostLearning.Browser;

/// <summary>The page without a mouse.</summary>
public sealed class KeyboardTests(Chromium chromium) : PageTests(chromium)
{
    [Fact]
    public async Task A_round_is_found_joined_and_answered_with_keys_alone()
    {
        var ann = await OpenAsync("ann");
        await Expect(ann.Locator("#message")).ToBeFocusedAsync();

        await ann.Keyboard.PressAsync("Shift+Tab");
        for (var step = 0; step < 20 && !await IsFocusedAsync(ann.Locator("#posts")); step++)
            await ann.Keyboard.PressAsync("Shift+Tab");
        await Expect(ann.Locator("#posts")).ToBeFocusedAsync();
        await ann.Keyboard.PressAsync("End");
        var round = Post(ann, "Which key saves you a minute");
        await Expect(round).ToBeFocusedAsync();
        await ann.Keyboard.PressAsync("Tab");
        await Expect(Button(round, "I'm in")).ToBeFocusedAsync();
        await ann.Keyboard.PressAsync("Enter");
        await Expect(Post(ann, "You're in for this round")).ToBeVisibleAsync();

        await round.FocusAsync();
        for (var step = 0; step < 20 && !await IsFocusedAsync(Button(round, "Reply")); step++)
            await ann.Keyboard.PressAsync("Tab");
        await ann.Keyboard.PressAsync("Enter");
        await Expect(ann.Locator("#reply")).ToBeFocusedAsync();
        await ann.Keyboard.TypeAsync("Ctrl and D");
        await ann.Keyboard.PressAsync("Enter");
        await Expect(Reply(ann, "Ctrl and D")).ToBeVisibleAsync();
        await ann.Keyboard.PressAsync("Escape");
        await Expect(ann.Locator("#thread")).ToBeHiddenAsync();
        await Expect(Button(round, "1 reply")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_first_stop_leads_to_the_message_box()
    {
        var ann = await OpenAsync("ann");
        var skip = ann.GetByText("Skip to the message box");
        for (var step = 0; step < 40 && !await IsFocusedAsync(skip); step++)
            await ann.Keyboard.PressAsync("Shift+Tab");
        await Expect(skip).ToBeFocusedAsync();
        await ann.Keyboard.PressAsync("Shift+Tab");
        (await IsFocusedAsync(ann.Locator("body"))).ShouldBeTrue("it is the first");
        await ann.Keyboard.PressAsync("Tab");
        await ann.Keyboard.PressAsync("Enter");
        await Expect(ann.Locator("#message")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Suggestions_are_walked_through_and_put_away_without_losing_what_was_typed()
    {
        var ann = await OpenAsync("ann");
        await ann.Keyboard.TypeAsync("/learn pr");
        await Expect(ann.Locator("#suggestions > [role=option]")).ToHaveCountAsync(2);
        await Expect(ann.Locator("#said")).ToHaveTextAsync("2 commands: arrow keys choose, Tab takes.");
        await ann.Keyboard.PressAsync("ArrowUp");
        await Expect(ann.Locator("#message")).ToHaveAttributeAsync("aria-activedescendant", "suggestions-1");
        await ann.Keyboard.PressAsync("Escape");
        await Expect(ann.Locator("#suggestions")).ToBeHiddenAsync();
        await Expect(ann.Locator("#message")).ToHaveValueAsync("/learn pr");
        await ann.Keyboard.TypeAsync("ivacy ");
        await Expect(ann.Locator("#usage")).ToContainTextAsync("/learn privacy [data|forget]");
    }

    [Fact]
    public async Task Whoever_walks_through_the_channels_keeps_their_place_while_others_write()
    {
        var (ann, bilal) = (await OpenAsync("ann"), await OpenAsync("bilal"));
        var offTopic = ann.Locator("#channels button").Filter(new LocatorFilterOptions { HasText = "Off-Topic" });
        await offTopic.FocusAsync();
        await Button(bilal, "Off-Topic").ClickAsync();
        await SayAsync(bilal, "Anybody for lunch?");
        await Expect(offTopic.Locator(".count")).ToHaveAttributeAsync("aria-label", "1 unread");
        await Expect(offTopic).ToBeFocusedAsync();
        await ann.Keyboard.PressAsync("Enter");
        await Expect(Post(ann, "Anybody for lunch?")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task To_be_somebody_else_is_chosen_and_not_passed_through()
    {
        var ann = await OpenAsync("ann");
        await ann.FocusAsync("#as");
        await ann.Keyboard.PressAsync("ArrowDown");
        ann.Url.ShouldEndWith("?as=ann");
        await ann.SelectOptionAsync("#as", "bilal");
        await Expect(ann.Locator("#now")).ToHaveTextAsync("Mon 15 Mar, 05:05 New York");
    }

    private static Task<bool> IsFocusedAsync(ILocator locator) => locator.EvaluateAsync<bool>("element => element === document.activeElement");
}
