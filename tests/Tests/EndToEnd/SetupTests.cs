using System.Text.Json;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>`setup` brings a bare Mattermost to a first /learn, changes only what differs, and takes it all away again.</summary>
public sealed class SetupTests
{
    [Fact]
    public async Task From_nothing_to_an_answered_command()
    {
        await using var town = await SetupTown.StartAsync();

        var (code, text) = await town.SetupAsync("--tips", "--learning-channel", "learning", "--facilitators-channel", "facilitators");

        text.ShouldContain("""
              done: make the bot @learning, shown as Learning
              done: give the bot @learning a picture
              done: make an access token for @learning
              done: add the bot to the team acme
              done: make /learn in the team acme, calling http://127.0.0.9:8090/mattermost/command
              done: make the outgoing webhook for tips in the team acme (#til #TIL #Til)
              done: make the public channel ~learning in the team acme, with the bot in it and nobody else but you
              done: make the private channel ~facilitators in the team acme, with the bot in it and nobody else but you
              done: make the incoming webhook for alerts into ~facilitators of the team acme
              done: write the address, the callback address, Sidecar__Listen, the bot's token, the token of /learn, the webhook's token, Tips__Enabled, Facilitators__Channel, the address of the webhook for alerts, what setup made into mattermost.json
            /learn help arrived here: Mattermost reaches http://127.0.0.9:8090/. The sidecar does not run yet;
            """.ReplaceLineEndings("\n"));
        text.ShouldNotContain("Warning");
        text.ShouldNotContain(town.AdminToken);
        code.ShouldBe(0);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(town.ConnectionFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.ReadAllText(town.ConnectionFile).ShouldNotContain(town.AdminToken);
        Directory.GetFiles(town.DataFolder).ShouldBe([town.ConnectionFile]);
        town.Stored.BotToken.ShouldNotBeNull();
        town.Stored.CommandTokens.Count.ShouldBe(1);
        town.Stored.FacilitatorsChannel.ShouldBe("acme/facilitators");
        town.Stored.Listen.ShouldBe("http://127.0.0.1:0");
        (town.Stored.BotName, town.Stored.LearningChannel).ShouldBe(("learning", "learning"));
        town.Stored.Teams.ShouldBe(["acme"]);
        town.Stored.AlertWebhook!.ShouldStartWith($"{town.Mattermost.Address}hooks/");
        text.ShouldNotContain(town.Stored.AlertWebhook!);
    }

    [Fact]
    public async Task What_the_environment_says_besides_is_a_warning_only_where_it_says_something_else()
    {
        await using var town = await SetupTown.StartAsync();
        town.Environment["Mattermost__Url"] = town.Mattermost.Address.ToString().TrimEnd('/');
        town.Environment["Sidecar__CallbackUrl"] = "http://127.0.0.7:8090";

        (await town.SetupAsync()).Text.Split('\n').Where(line => line.StartsWith("Warning", StringComparison.Ordinal))
            .ShouldBe(["Warning: Sidecar__CallbackUrl of the environment or command line hides what was written into mattermost.json. Take it away."]);
    }

    [Fact]
    public async Task A_second_time_there_is_nothing_to_change()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync("--tips", "--learning-channel", "learning");
        var before = File.ReadAllText(town.ConnectionFile);

        var (code, text) = await town.SetupAsync("--tips", "--learning-channel", "learning");

        text.ShouldContain("Nothing to change: everything is as it should be.");
        text.ShouldNotContain("done:");
        File.ReadAllText(town.ConnectionFile).ShouldBe(before);
        code.ShouldBe(0);
    }

    [Fact]
    public async Task What_setup_made_has_to_be_named_only_once()
    {
        await using var town = await SetupTown.StartAsync();
        town.Mattermost.Seed.AddTeam("labs", "Labs");
        await town.SetupAsync("--bot-name", "coach", "--team", "labs", "--tips", "--learning-channel", "study", "--facilitators-channel", "leads");
        var before = File.ReadAllText(town.ConnectionFile);

        (await AloneAsync("--yes")).ShouldContain("Nothing to change: everything is as it should be.");
        File.ReadAllText(town.ConnectionFile).ShouldBe(before);

        (await AloneAsync("--remove", "--yes")).ShouldStartWith($"""
            Mattermost 5.38.0 at {town.Mattermost.Address}, as @learning.service. Data folder: {town.DataFolder}.
            To do:
              - delete /learn in the team acme
              - delete /learn in the team labs
              - delete the outgoing webhook for tips in the team acme
              - delete the outgoing webhook for tips in the team labs
              - delete the incoming webhook for alerts in the team acme
              - switch the bot @coach off, in every team
              - revoke the access token that setup made for @coach
              done: delete /learn in the team acme
            """.ReplaceLineEndings("\n"));
        (await town.AskAsync("/bots")).ShouldBe("[]");
        (await AloneAsync("--remove", "--yes")).ShouldContain("There is nothing to remove in Mattermost.");

        (await AloneAsync("--yes")).ShouldContain("""
            To do:
              - switch the bot @coach on
              - make an access token for @coach
              - make /learn in the team acme, calling http://127.0.0.9:8090/mattermost/command
              - make the outgoing webhook for tips in the team acme (#til #TIL #Til)
              - make /learn in the team labs, calling http://127.0.0.9:8090/mattermost/command
              - make the outgoing webhook for tips in the team labs (#til #TIL #Til)
              - make the incoming webhook for alerts into ~leads of the team acme
              - write the bot's token, the token of /learn, the webhook's token, the address of the webhook for alerts into mattermost.json
            """.ReplaceLineEndings("\n"));

        async Task<string> AloneAsync(params string[] more) => (await town.SetupExactlyAsync(["--admin-token", town.AdminToken, .. more])).Text;
    }

    [Fact]
    public async Task A_team_that_is_no_more_does_not_keep_the_rest_from_being_removed()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync();
        (town.Stored with { Teams = ["labs", "acme"] }).Write(town.ConnectionFile);

        var (code, text) = await town.SetupExactlyAsync("--admin-token", town.AdminToken, "--remove", "--yes");

        text.ShouldContain("done: delete /learn in the team acme\n  done: switch the bot @learning off, in every team");
        code.ShouldBe(0);
    }

    [Fact]
    public async Task A_token_of_one_Mattermost_is_not_shown_to_another()
    {
        await using var town = await SetupTown.StartAsync();
        var (_, token) = town.Mattermost.Seed.AddBot("learning", "Learning", "acme");
        new StoredConnection { Url = "https://other.example.org", BotToken = token, CommandTokens = ["otherotherotherotherothero"], Teams = ["theirs"] }.Write(Directory.CreateDirectory(town.DataFolder).FullName + "/mattermost.json");

        (await town.SetupAsync()).Text.ShouldContain("done: make an access token for @learning"); // it would have worked here, and was not tried

        town.Stored.CommandTokens.ShouldNotContain("otherotherotherotherothero");
        town.Stored.Teams.ShouldBe(["acme"]);
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await using var town = await SetupTown.StartAsync();
        (await town.SetupAsync("--dry-run")).Text.ShouldContain("This would be done:\n  - make the bot @learning");
        File.Exists(town.ConnectionFile).ShouldBeFalse();
        (await town.AskAsync("/bots")).ShouldBe("[]");
    }

    [Fact]
    public async Task Another_callback_address_repairs_the_command_and_keeps_its_token()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync();
        var before = town.Stored.CommandTokens;

        var (_, text) = await town.SetupExactlyAsync(
            "--url", town.Mattermost.Address.ToString(), "--admin-token", town.AdminToken, "--callback-url", "http://127.0.0.8:8090", "--team", "acme", "--yes");

        text.ShouldContain("done: repair /learn in the team acme: URL http://127.0.0.9:8090/mattermost/command -> http://127.0.0.8:8090/mattermost/command");
        text.ShouldContain("done: write the callback address into mattermost.json");
        town.Stored.CommandTokens.ShouldBe(before);
    }

    [Fact]
    public async Task A_webhook_that_is_repaired_keeps_its_token()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync("--tips");
        var before = town.Stored.WebhookTokens.ShouldHaveSingleItem();

        var (_, text) = await town.SetupExactlyAsync("--admin-token", town.AdminToken, "--callback-url", "http://127.0.0.8:8090", "--yes");

        text.ShouldContain("done: repair the outgoing webhook for tips in the team acme: URL http://127.0.0.9:8090/mattermost/webhook -> http://127.0.0.8:8090/mattermost/webhook");
        town.Stored.WebhookTokens.ShouldBe([before]);
        (await town.AskAsync("/hooks/outgoing")).ShouldContain(before);
    }

    [Fact]
    public async Task A_token_that_no_longer_works_is_replaced()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync();
        var old = town.Stored.BotToken!;
        town.Mattermost.Seed.Revoke(old);

        (await town.SetupAsync()).Text.ShouldContain("done: make an access token for @learning\n  done: write the bot's token into mattermost.json");

        town.Stored.BotToken.ShouldNotBe(old);
    }

    [Fact]
    public async Task Other_settings_in_the_file_stay()
    {
        await using var town = await SetupTown.StartAsync();
        Directory.CreateDirectory(town.DataFolder);
        await File.WriteAllTextAsync(town.ConnectionFile, """{ "mattermost": { "bottoken": "x" }, "Mattermost__Url": "http://old", "Privacy": { "RetentionDays": 90 } }""", TestContext.Current.CancellationToken);

        await town.SetupAsync();

        var text = File.ReadAllText(town.ConnectionFile);
        text.ShouldContain("\"RetentionDays\": 90");
        text.ShouldNotContain("http://old");
        town.Stored.BotToken!.Length.ShouldBe(26);
    }

    [Fact]
    public async Task An_integration_that_has_the_word_keeps_it()
    {
        await using var town = await SetupTown.StartAsync();
        town.Mattermost.Seed.AddCommand("acme", "learn", new Uri("http://school.example/hook"));

        var (code, text) = await town.SetupAsync();

        text.ShouldContain("In the team acme /learn belongs to another integration, which is called at school.example.");
        code.ShouldBe(1);
        (await town.AskAsync("/bots")).ShouldBe("[]");
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_told_before_anything_is_made()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Whoever may do everything is refused nothing.");
        await using var town = await SetupTown.StartAsync();
        if (!OperatingSystem.IsWindows())
            Directory.CreateDirectory(town.DataFolder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        (await Should.ThrowAsync<CannotStartException>(() => town.SetupAsync())).Message.ShouldContain("cannot be written");
        (await town.AskAsync("/bots")).ShouldBe("[]");
    }

    [Fact]
    public async Task Another_sidecar_loses_its_command_only_when_that_is_asked_for()
    {
        await using var town = await SetupTown.StartAsync();
        town.Mattermost.Seed.AddCommand("acme", "learn", new Uri("http://other.example/mattermost/command"));

        var (code, text) = await town.SetupAsync();

        text.ShouldContain("In the team acme /learn leads to another sidecar, at other.example: its token is not known here.");
        code.ShouldBe(1);
        (await town.AskAsync("/bots")).ShouldBe("[]");
        (await town.SetupAsync("--remove")).Text.ShouldContain("- /learn in the team acme, which leads elsewhere: http://other.example/mattermost/command");

        (await town.SetupAsync("--take-over")).Text.ShouldContain("done: take over /learn in the team acme: URL http://other.example/mattermost/command -> ");
    }

    [Fact]
    public async Task An_address_that_only_this_machine_reaches_is_a_warning_when_Mattermost_is_elsewhere()
    {
        await using var town = await SetupTown.StartAsync();
        string[] line = ["--url", town.Mattermost.Address.ToString(), "--admin-token", town.AdminToken, "--callback-url", "http://learning.internal:8090", "--team", "acme", "--dry-run"];

        (await town.SetupExactlyAsync(line)).Text.ShouldContain("Warning: The sidecar listens on http://127.0.0.1:0, which only this machine reaches");

        var text = (await town.SetupExactlyAsync([.. line, "--listen", "http://0.0.0.0:8090"])).Text;
        text.ShouldNotContain("Warning");
        text.ShouldContain("Sidecar__Listen");
    }

    [Fact]
    public async Task A_call_that_does_not_arrive_is_explained_with_the_value_to_add()
    {
        await using var town = await SetupTown.StartAsync();
        town.IsBlocked = true;

        var (code, text) = await town.SetupAsync();

        text.ShouldContain("Mattermost forbids calls to 127.0.0.9, an internal address; add it: ");
        text.ShouldContain("= \"127.0.0.1 localhost 127.0.0.9\" (ServiceSettings.AllowedUntrustedInternalConnections).");
        code.ShouldBe(1);
    }

    [Fact]
    public async Task A_person_as_owner_is_a_warning()
    {
        await using var town = await SetupTown.StartAsync(admin: "hana.lead");
        (await town.SetupAsync()).Text.ShouldContain("Warning: @hana.lead will own the bot, and looks like a person.");
        (await town.SetupAsync()).Text.ShouldContain("Warning: @hana.lead owns the bot, /learn in the team acme, and looks like a person.");
    }

    [Fact]
    public async Task Whoever_signs_in_with_a_password_leaves_no_session_behind()
    {
        await using var town = await SetupTown.StartAsync();
        town.Environment["MATTERMOST_ADMIN_PASSWORD"] = "learning.service";

        var (code, text) = await town.SetupExactlyAsync("--url", town.Mattermost.Address.ToString(), "--admin-user", "learning.service", "--callback-url", SetupTown.Callback, "--team", "acme", "--yes");

        code.ShouldBe(0, text);
        town.Environment["MATTERMOST_ADMIN_PASSWORD"] = "wrong";
        (code, text) = await town.SetupExactlyAsync("--url", town.Mattermost.Address.ToString(), "--admin-user", "learning.service", "--callback-url", SetupTown.Callback, "--team", "acme", "--yes");
        text.ShouldStartWith("Mattermost does not let @learning.service in with this password.");
        code.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_is_no_admin_and_a_token_that_is_not_taken_are_told_what_to_do()
    {
        await using var town = await SetupTown.StartAsync();
        (await WithTokenAsync(town, town.Mattermost.Seed.TokenFor("ann"))).ShouldStartWith("@ann is no system admin");
        (await WithTokenAsync(town, "abcdefghijklmnopqrstuvwxyz")).ShouldStartWith("Mattermost refuses the admin's token: it is mistyped, revoked or expired.");

        static async Task<string> WithTokenAsync(SetupTown town, string token) => (await town.SetupExactlyAsync(
            "--url", town.Mattermost.Address.ToString(), "--admin-token", token, "--callback-url", SetupTown.Callback, "--team", "acme", "--yes")).Text;
    }

    [Fact]
    public async Task Without_a_terminal_all_that_is_missing_is_named()
    {
        await using var town = await SetupTown.StartAsync();
        (await Should.ThrowAsync<UsageException>(() => town.SetupExactlyAsync())).Message.ShouldBe("Nobody is here to be asked, and setup needs --url.");
        (await Should.ThrowAsync<UsageException>(() => town.SetupExactlyAsync("--url", "http://127.0.0.1:1"))).Message.ShouldBe(
            "Nobody is here to be asked, and setup needs --admin-token (or MATTERMOST_ADMIN_TOKEN, or --admin-user with MATTERMOST_ADMIN_PASSWORD); --team; --yes or --dry-run.");
    }

    [Fact]
    public async Task By_hand_the_steps_are_printed_and_the_tokens_are_tried_and_kept()
    {
        await using var town = await SetupTown.StartAsync();
        var (_, token) = town.Mattermost.Seed.AddBot("learning", "Learning", "acme");
        string[] args = ["--manual", "--url", town.Mattermost.Address.ToString(), "--callback-url", SetupTown.Callback, "--team", "acme"];

        var (_, steps) = await town.SetupExactlyAsync(args);
        steps.ShouldContain("  6. In acme: Integrations > Slash Commands > Add: trigger word learn, request method POST, request URL http://127.0.0.9:8090/mattermost/command");
        File.Exists(town.ConnectionFile).ShouldBeFalse();

        var (code, text) = await town.SetupExactlyAsync([.. args, "--bot-token", token, "--command-token", "abcdefghijklmnopqrstuvwxy1"]);
        text.ShouldContain("The token is that of the bot @learning.");
        code.ShouldBe(0);
        (town.Stored.BotToken, town.Stored.CommandTokens.Single()).ShouldBe((token, "abcdefghijklmnopqrstuvwxy1"));

        (_, text) = await town.SetupExactlyAsync([.. args, "--bot-token", town.AdminToken, "--command-token", "abcdefghijklmnopqrstuvwxy1"]);
        text.ShouldContain("This is the token of @learning.service, who is no bot. It is not kept.");
    }

    [Fact]
    public async Task Removing_disables_and_keeps_the_data_unless_they_are_asked_to_go()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync("--tips", "--facilitators-channel", "facilitators");
        var own = Path.Combine(town.DataFolder, "notes.txt");
        await File.WriteAllTextAsync(own, "mine", TestContext.Current.CancellationToken);

        var (code, text) = await town.SetupAsync("--remove");

        code.ShouldBe(0);
        text.ShouldContain("  done: delete /learn in the team acme\n  done: delete the outgoing webhook for tips in the team acme\n  done: delete the incoming webhook for alerts in the team acme\n  done: switch the bot @learning off, in every team\n  done: revoke the access token that setup made for @learning\nWhat stays:");
        text.ShouldContain($"the data in {town.DataFolder} (with --erase-data they go too)");
        (await town.AskAsync("/bots")).ShouldBe("[]");
        File.Exists(town.ConnectionFile).ShouldBeTrue();

        await town.SetupAsync("--remove", "--erase-data");
        Directory.GetFiles(town.DataFolder).ShouldBe([own]);

        (await town.SetupAsync()).Text.ShouldContain("done: switch the bot @learning on");
    }

    [Fact]
    public async Task A_token_that_setup_made_is_worth_nothing_even_when_somebody_switches_the_bot_on_again()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync();
        var (made, byHand) = (town.Stored.BotToken!, town.Mattermost.Seed.TokenFor("learning"));
        using var bot = JsonDocument.Parse(await town.AskAsync("/users/username/learning"));

        (await town.SetupAsync("--remove", "--dry-run")).Text.ShouldContain("  - revoke the access token that setup made for @learning\n");
        (await town.TakesAsync(made)).ShouldBeTrue();

        (await town.SetupAsync("--remove")).Text.ShouldContain("- access tokens of @learning that setup did not make");
        await town.PostAsync($"/bots/{bot.RootElement.GetProperty("id")}/enable");
        (await town.TakesAsync(made), await town.TakesAsync(byHand)).ShouldBe((false, true));
    }

    [Fact]
    public async Task Where_bots_may_not_be_made_and_commands_are_off_nothing_is_begun()
    {
        await using var town = await SetupTown.StartAsync(change: options => options with { EnableBotAccountCreation = false, EnableCommands = false, Version = "5.4.0" });

        var (code, text) = await town.SetupAsync();

        text.ShouldContain("Cannot: This is Mattermost 5.4.0; 5.12.0 is the oldest that works.");
        text.ShouldContain("(ServiceSettings.EnableBotAccountCreation)");
        text.ShouldContain("(ServiceSettings.EnableCommands)");
        code.ShouldBe(1);
    }
}
