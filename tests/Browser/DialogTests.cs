using Microsoft.Playwright;

namespace MattermostLearning.Browser;

/// <summary>Windows that an integration opens. The sidecar opens none yet, so another integration does.</summary>
public sealed class DialogTests(Chromium chromium) : PageTests(chromium)
{
    [Fact]
    public async Task A_dialog_says_what_is_missing_and_what_the_integration_refuses_and_closes_when_all_is_well()
    {
        await using var survey = await Survey.StartAsync(Town.Mattermost);
        var ann = await OpenAsync("ann");
        await SayAsync(ann, "/survey");
        var dialog = ann.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "A short survey" });
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog.GetByLabel("Your answer")).ToBeFocusedAsync();

        await Button(dialog, "Send it").ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert).First).ToHaveTextAsync("This field is required.");
        await Expect(dialog.GetByLabel("Your answer")).ToBeFocusedAsync();
        survey.Answers.ShouldBeEmpty();

        await ann.Keyboard.TypeAsync("41");
        await dialog.GetByLabel("Bad").CheckAsync();
        await ann.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Alert).First).ToHaveTextAsync("Nearly: one more.");
        await Expect(dialog.GetByLabel("Your answer")).ToHaveAttributeAsync("aria-invalid", "true");

        await dialog.GetByLabel("Your answer").FillAsync("42");
        await Button(dialog, "Send it").ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        survey.Answers.ShouldBe(["41 bad", "42 bad"]);
    }

    [Fact]
    public async Task Escape_puts_a_dialog_away()
    {
        await using var survey = await Survey.StartAsync(Town.Mattermost);
        var ann = await OpenAsync("ann");
        await SayAsync(ann, "/survey");
        await Expect(ann.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await ann.Keyboard.PressAsync("Escape");
        await Expect(ann.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        survey.Answers.ShouldBeEmpty();
    }
}
