using MattermostLearning.Mattermost.Api;
using MattermostLearning.Sidecar.Doctor;

namespace MattermostLearning.Tests.Unit.Setup;

public sealed class DoctorTableTests
{
    private static readonly Finding Fine = Finding.Ok("version", "Mattermost 10.5.0");
    private static readonly Finding Warned = Finding.Warn("disk", "90 MiB free", "Make room.");
    private static readonly Finding Bad = Finding.Fail("token", "It is refused.", "Run setup.");
    private static readonly Finding Skipped = Finding.Skip("callback", "Bots may not run commands.", "Give --admin-token.");

    [Fact]
    public void A_report_reads_as_a_list_with_what_to_do() => Rendering.Text(new Report([Fine, Warned, Bad, Skipped])).ShouldBe("""
        ok          version       Mattermost 10.5.0
        warning     disk          90 MiB free
                    -> Make room.
        failed      token         It is refused.
                    -> Run setup.
        not checked callback      Bots may not run commands.
                    -> Give --admin-token.

        One check failed. Begin with it.
        """.ReplaceLineEndings("\n"));

    [Fact]
    public void For_programs_it_is_JSON() => Rendering.Json(new Report([Bad])).ReplaceLineEndings("\n").ShouldBe("""
        {
          "healthy": false,
          "findings": [
            {
              "check": "token",
              "verdict": "Failed",
              "seen": "It is refused.",
              "advice": "Run setup."
            }
          ],
          "exitCode": 1
        }
        """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("cr", "All is well.", 0)]
    [InlineData("crw", "It works; one warning.", 0)]
    [InlineData("crww", "It works; 2 warnings.", 0)]
    [InlineData("c", "Nothing failed, but no sidecar runs here: start it with `run`.", 0)]
    [InlineData("rs", "Nothing failed, but whether Mattermost's calls arrive was not seen.", 0)]
    [InlineData("s", "Nothing failed, but whether Mattermost's calls arrive was not seen. No sidecar runs here.", 0)]
    [InlineData("wb", "One check failed. Begin with it.", 1)]
    [InlineData("crbb", "2 checks failed. Begin with the first.", 1)]
    public void The_last_line_sums_up(string kinds, string expected, int exitCode)
    {
        var report = new Report([.. kinds.Select(kind => kind switch
        {
            'w' => Warned,
            'b' => Bad,
            'c' => Finding.Ok("callback", "arrives"),
            'r' => Finding.Ok("sidecar", "runs"),
            _ => Skipped,
        })]);
        Rendering.Text(report).Split('\n')[^1].ShouldBe(expected);
        report.ExitCode.ShouldBe(exitCode);
    }

    [Theory]
    [InlineData(null, "Ok", "no end is set for it")]
    [InlineData(36500, "Ok", "no end is set for it")]
    [InlineData(100, "Ok", "the first of the bot's tokens ends on 2027-04-11")]
    [InlineData(10, "Warning", "the first of the bot's tokens ends on 2027-01-11")]
    public void Until_when_the_token_lives_is_told(int? days, string verdict, string end)
    {
        var now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var finding = BotChecks.Lived(new User { Username = "learning" }, days is { } left ? now.AddDays(left) : null, now);
        (finding.Verdict.ToString(), finding.Seen).ShouldBe((verdict, $"is that of the bot @learning, which is on; {end}"));
    }

    [Fact]
    public void A_certificate_that_ends_soon_is_a_warning()
    {
        var now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        AddressCheck.Certificate(now.AddDays(90), now).ShouldBe(Finding.Ok("TLS", "its certificate is trusted, until 2027-04-01"));
        AddressCheck.Certificate(now.AddDays(13), now).Verdict.ShouldBe(Verdict.Warning);
    }

    [Theory]
    [InlineData(null, "Ok")]
    [InlineData("101", "Ok")]
    [InlineData("5", "Warning")]
    public void Narrow_rate_limits_are_a_warning(string? burst, string expected) => AddressCheck.RateLimits(burst).Verdict.ToString().ShouldBe(expected);

    [Theory]
    [InlineData(5, "Ok")]
    [InlineData(-29, "Ok")]
    [InlineData(45, "Warning")]
    [InlineData(-3600, "Warning")]
    public void A_clock_that_is_off_is_a_warning(int seconds, string expected) => AddressCheck.Clock(TimeSpan.FromSeconds(seconds)).Verdict.ToString().ShouldBe(expected);

    [Theory]
    [InlineData(null, "Warning")]
    [InlineData("5.4.0", "Failed")]
    [InlineData("12.1.0", "Ok")]
    public void A_server_that_is_too_old_fails(string? version, string expected) =>
        AddressCheck.VersionOf(version is null ? null : Version.Parse(version)).Verdict.ToString().ShouldBe(expected);

    [Theory]
    [InlineData(10, "Failed")]
    [InlineData(100, "Warning")]
    [InlineData(1000, "Ok")]
    public void A_full_disk_is_told(int megabytes, string expected) => MachineChecks.Disk("/data", megabytes * 1024L * 1024).Verdict.ToString().ShouldBe(expected);
}
