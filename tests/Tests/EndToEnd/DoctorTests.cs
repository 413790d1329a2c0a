using MattermostLearning.Sidecar.Doctor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>`doctor` says what is wrong and what to do, in the order in which a person would put it right.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task After_setup_all_is_well()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync();

        var report = await town.DoctorAsync();

        report.Findings.Where(finding => finding.Verdict != Verdict.Ok && finding.Check is not ("sidecar" or "disk" or "facilitators")).ShouldBeEmpty();
        report.Findings.Select(finding => finding.Check).ShouldBe(
        [
            "settings", "data folder", "address", "version", "token", "teams", "owner", "command", "callback", "WebSocket", "sidecar", "clock", "SiteURL", "rate limits", "facilitators", "content",
            "store", "time zones", "disk",
        ]);
        Of(report, "token").Seen.ShouldBe("is that of the bot @learning, which is on; no end is set for it");
        Of(report, "teams").Seen.ShouldBe("acme (~off-topic, ~town-square)");
        Of(report, "sidecar").Verdict.ShouldBe(Verdict.Warning, "nothing runs");
        Rendering.Text(report).ShouldEndWith("Nothing failed, but no sidecar runs here: start it with `run`.");
        report.ExitCode.ShouldBe(0);
        foreach (var secret in new[] { town.AdminToken, town.Stored.BotToken!, town.Stored.CommandTokens.Single() })
            Rendering.Json(report).ShouldNotContain(secret);
    }

    [Fact]
    public async Task Without_an_admin_what_bots_may_not_see_is_not_checked()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync();

        var report = await town.DoctorAsync(asAdmin: false);

        Of(report, "command").Verdict.ShouldBe(Verdict.NotChecked);
        Of(report, "callback").Advice.ShouldBe("Give --admin-token for this run, or type /learn help in Mattermost.");
        Rendering.Text(report).ShouldEndWith("Nothing failed, but whether Mattermost's calls arrive was not seen. No sidecar runs here.");
        report.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_token_that_is_refused_comes_before_all_that_needs_it()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync();
        town.Mattermost.Seed.Revoke(town.Stored.BotToken!);

        var report = await town.DoctorAsync();

        Of(report, "token").Verdict.ShouldBe(Verdict.Failed);
        new[] { "command", "callback", "WebSocket" }.Select(check => Of(report, check).Verdict).ShouldAllBe(verdict => verdict == Verdict.NotChecked);
        report.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task An_address_that_answers_HTML_is_not_Mattermosts()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseKestrelCore();
        await using var proxy = builder.Build();
        proxy.Run(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync("<html>Please sign in</html>", TestContext.Current.CancellationToken);
        });
        await proxy.StartAsync(TestContext.Current.CancellationToken);
        town.Environment["Mattermost__Url"] = proxy.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

        var finding = Of(await town.DoctorAsync(), "address");

        finding.Verdict.ShouldBe(Verdict.Failed);
        finding.Seen.ShouldEndWith("answers text/html (200), not Mattermost's JSON.");
    }

    [Fact]
    public async Task A_command_with_another_token_is_found_and_its_call_too()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync();
        town.Environment["Mattermost__CommandTokens"] = "abcdefghijklmnopqrstuvwxy1";

        var report = await town.DoctorAsync();

        Of(report, "command").Seen.ShouldBe("The token of /learn in the team acme is not among Mattermost__CommandTokens.");
        Of(report, "callback").Seen.ShouldBe("The call arrives, with a token that is not known here.");
        report.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Where_only_the_command_is_gone_the_network_is_not_blamed()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync();
        town.Mattermost.Seed.RemoveCommand("acme", "learn");

        var report = await town.DoctorAsync();

        Of(report, "command").Seen.ShouldBe("The team acme has no /learn.");
        Of(report, "callback").ShouldBe(Finding.Fail("callback", "Mattermost knows no /learn in the team acme, so it calls nobody.", "Run setup --team acme: it makes the command."));
    }

    [Fact]
    public async Task Slips_in_the_facilitators_settings_are_found()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync("--facilitators-channel", "facilitators");
        Of(await town.DoctorAsync(), "facilitators").ShouldBe(Finding.Ok("facilitators", "the members of ~facilitators"));

        town.Environment["Facilitators__People"] = "ann,hanna.lead";
        town.Environment["Facilitators__Channel"] = "facilitator";
        var findings = (await town.DoctorAsync()).Findings.Where(finding => finding.Check == "facilitators").Select(finding => finding.Seen).ToList();

        findings.ShouldBe(
        [
            "Nobody has the username hanna.lead that stands in Facilitators__People.",
            "The bot is in no private channel ~facilitator, so alerts reach nobody and its members may not run activities.",
        ]);
    }

    [Fact]
    public async Task A_sidecar_that_runs_is_asked_through_its_socket_and_its_store_is_left_alone()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync();
        await using var sidecar = await town.RunAsync();

        var report = await town.DoctorAsync(asAdmin: false, deep: true);

        Of(report, "store").Seen.ShouldEndWith("all of it was read, and nothing is damaged");
        Of(report, "callback").Seen.ShouldBe("Mattermost has not called since the sidecar was started, and bots may not run commands.");
        Of(report, "sidecar").Seen.ShouldStartWith($"runs as process {Environment.ProcessId} at ");

        // A call is counted once its answer has gone out, which whoever called may notice first.
        await SetupTown.CallAsync(sidecar, town.Stored.CommandTokens.Single());
        await SetupTown.UntilAsync(async () => Of(await town.DoctorAsync(asAdmin: false), "callback").Verdict == Verdict.Ok);
        var called = await town.DoctorAsync(asAdmin: false);
        Of(called, "callback").Seen.ShouldMatch("^Mattermost called [0-9]+ seconds ago and was answered$");
        Rendering.Text(called).ShouldEndWith(called.Findings.Count(finding => finding.Verdict == Verdict.Warning) == 1 ? "It works; one warning." : "warnings.");

        await SetupTown.CallAsync(sidecar, "abcdefghijklmnopqrstuvwxy1");
        await SetupTown.UntilAsync(async () => Of(await town.DoctorAsync(asAdmin: false), "callback").Verdict == Verdict.Warning);
    }

    [Fact]
    public async Task Without_an_address_nobody_is_said_not_to_answer()
    {
        await using var town = await SetupTown.StartAsync();
        (await town.DoctorAsync(asAdmin: false)).Findings.ShouldAllBe(finding => !finding.Seen.Contains("does not answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_sidecar_for_the_team_is_named()
    {
        await using var town = await SetupTown.StartAsync();
        town.Mattermost.Seed.AddCommand("acme", "learn", new Uri("http://other.example/mattermost/command"));
        var (_, token) = town.Mattermost.Seed.AddBot("learning", "Learning", "acme");
        town.Environment["Mattermost__Url"] = town.Mattermost.Address.ToString();
        town.Environment["Mattermost__BotToken"] = token;
        town.Environment["Mattermost__CommandTokens"] = "abcdefghijklmnopqrstuvwxy1";
        town.Environment["Sidecar__CallbackUrl"] = SetupTown.Callback;

        Of(await town.DoctorAsync(), "command").Advice!.ShouldStartWith("Is a second sidecar registered for this team?");
    }

    [Fact]
    public async Task A_bot_that_was_removed_from_its_team_is_told_where_to_go()
    {
        await using var town = await SetupTown.StartAsync();
        var (_, token) = town.Mattermost.Seed.AddBot("learning", "Learning");
        await town.SetupExactlyAsync("--manual", "--url", town.Mattermost.Address.ToString(), "--callback-url", SetupTown.Callback, "--bot-token", token, "--command-token", "abcdefghijklmnopqrstuvwxy1");

        Of(await town.DoctorAsync(), "teams").ShouldBe(Finding.Fail("teams", "@learning is in no team.", "Run setup with --team, or invite the bot: /invite @learning"));
    }

    [Fact]
    public async Task A_blocked_callback_names_the_setting_and_its_whole_value()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync();
        town.IsBlocked = true;

        var finding = Of(await town.DoctorAsync(), "callback");

        finding.Seen.ShouldBe("Mattermost cannot call http://127.0.0.9:8090/.");
        finding.Advice!.ShouldContain("\"127.0.0.1 localhost 127.0.0.9\" (ServiceSettings.AllowedUntrustedInternalConnections)");
    }

    [Fact]
    public async Task Nothing_set_up_is_told_with_every_missing_setting()
    {
        await using var town = await SetupTown.StartAsync();

        var report = await town.DoctorAsync(asAdmin: false);

        report.Findings.Where(finding => finding is { Check: "settings", Verdict: Verdict.Failed }).Select(finding => finding.Seen).ShouldBe(
            ["Mattermost__Url is missing.", "Mattermost__BotToken is missing.", "Mattermost__CommandTokens is missing.", "Sidecar__CallbackUrl is missing."]);
        report.Findings.Where(finding => finding is { Check: "settings", Verdict: Verdict.Failed }).ShouldAllBe(finding => finding.Advice!.StartsWith("Run `setup`: it writes this."));
        report.ExitCode.ShouldBe(1);
    }

    private static Finding Of(Report report, string check) => report.Findings.Single(finding => finding.Check == check);
}
