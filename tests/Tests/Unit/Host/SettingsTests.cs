using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Adapters;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;
using MattermostLearning.Sidecar.Verbs;
using MattermostLearning.Storage.InMemory;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.Unit.Host;

public sealed class SettingsTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_what_is_good()
    {
        var settings = Sidecars.Settings(
            _folder,
            ("Mattermost__Url", "chat"), ("Mattermost__BotToken", null), ("Mattermost__CommandTokens", "tooshort"), ("Sidecar__Listen", "https://0.0.0.0:1"),
            ("Sidecar__SealingKeys", "QUJD"), ("Storage__Provider", "Oracle"), ("Content__Path", "/not/there"), ("Facilitators__Channel", "a/b/c"),
            ("Facilitators__TeamAdmins", "perhaps"), ("Privacy__RetentionDays", "0"), ("Calendar__Holidays", "/not/there.ics"),
            ("Sidecar__AdminListen", "http://127.0.0.1:8091/metrics"), ("Sidecar__LogFormat", "xml"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"));

        var failures = Should.Throw<InvalidSettingsException>(() => Sidecars.Build(settings)).Failures;

        failures.Select(failure => failure.Setting).ShouldBe(
        [
            "Mattermost__Url", "Mattermost__BotToken", "Mattermost__CommandTokens", "Sidecar__Listen", "Sidecar__SealingKeys", "Sidecar__AdminListen", "Sidecar__LogFormat", "Content__Path",
            "Storage__Provider", "Facilitators__Channel", "Facilitators__TeamAdmins", "Privacy__RetentionDays", "Calendar__Holidays",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
        ]);
        failures.ShouldAllBe(failure => failure.Good.Length > 0);
    }

    [Fact]
    public void A_calendar_that_cannot_be_read_is_told_with_its_file_and_the_reason()
    {
        var (good, bad) = (Path.Combine(_folder.Path, "good.ics"), Path.Combine(_folder.Path, "bad.ics"));
        File.WriteAllText(good, Content.HolidayTests.Ics(("New Year", "DTSTART;VALUE=DATE:20270101\nRRULE:FREQ=YEARLY")));
        File.WriteAllText(bad, Content.HolidayTests.Ics(("Stand-up", "DTSTART:20270101T090000Z")));

        Read(("Calendar__Holidays", good)).Holidays.NameOn(new DateOnly(2031, 1, 1)).ShouldBe("New Year");
        var told = Should.Throw<InvalidSettingsException>(() => Read(("Calendar__Holidays", $"{good}, {bad},/not/there.ics"))).Failures;

        told.Select(failure => failure.Setting).ShouldBe(["Calendar__Holidays", "Calendar__Holidays"]);
        told[0].Problem.ShouldBe($"is \"{bad}\"");
        told[0].Good.ShouldContain($"{bad} holds no all-day event");
        told[1].Good.ShouldContain("/not/there.ics cannot be read");
    }

    [Fact]
    public void No_secret_is_repeated_in_what_is_told()
    {
        const string secret = "hunter2hunter2";
        var settings = Sidecars.Settings(
            _folder, ("Mattermost__BotToken", secret), ("Mattermost__CommandTokens", secret), ("Mattermost__WebhookTokens", secret), ("Sidecar__SealingKeys", secret),
            ("Mattermost__Url", $"https://me:{secret}@chat.example.org"), ("Sidecar__CallbackUrl", $"ftp://me:{secret}@x"));

        var told = Should.Throw<InvalidSettingsException>(() => Sidecars.Build(settings));

        told.Failures.Count.ShouldBe(6);
        told.Message.ShouldNotContain(secret);
    }

    [Theory]
    [InlineData("de", true)]
    [InlineData("EN", true)]
    [InlineData("fr", false)]
    public void Only_a_language_that_ships_can_be_chosen(string language, bool isGood) =>
        Failures(("Sidecar__Language", language)).ShouldBe(isGood ? [] : ["Sidecar__Language"]);

    [Theory]
    [InlineData("http://127.0.0.1:8090", true)]
    [InlineData("http://0.0.0.0:8090", true)]
    [InlineData("http://[::1]:8090", true)]
    [InlineData("http://+:8090", true)]
    [InlineData("https://127.0.0.1:8090", false)]
    [InlineData("http://127.0.0.1:8090/path", false)]
    [InlineData("http://127.0.0.1:99999", false)]
    [InlineData("8090", false)]
    [InlineData("http://unix:/run/sidecar.sock", false)]
    public void An_address_to_listen_on_is_checked(string listen, bool isGood) => Failures(("Sidecar__Listen", listen)).ShouldBe(isGood ? [] : ["Sidecar__Listen"]);

    [Theory]
    [InlineData("http://127.0.0.1:8091", true)]
    [InlineData("http://127.0.0.1:8090", false)]
    [InlineData("http://0.0.0.0:8090", false)]
    [InlineData("https://127.0.0.1:8091", false)]
    public void The_admin_address_has_a_port_of_its_own(string admin, bool isGood) =>
        Failures(("Sidecar__Listen", "http://127.0.0.1:8090"), ("Sidecar__AdminListen", admin)).ShouldBe(isGood ? [] : ["Sidecar__AdminListen"]);

    [Fact]
    public void On_one_machine_the_callback_address_is_the_one_listened_on()
    {
        var settings = Read(("Sidecar__Listen", null), ("Sidecar__CallbackUrl", null));
        settings.Sidecar.CallbackUrl.ShouldBe(new Uri("http://127.0.0.1:8090"));
        Failures(("Sidecar__Listen", "http://0.0.0.0:8090"), ("Sidecar__CallbackUrl", null)).ShouldBe(["Sidecar__CallbackUrl"]);
    }

    [Fact]
    public void Lists_are_separated_by_commas_and_names_need_no_sign()
    {
        var settings = Read(("Facilitators__People", "@Maya, learning.lead"), ("Facilitators__Channel", "acme/~facilitators"), ("Facilitators__TeamAdmins", "True"));
        settings.Facilitators.People.ShouldBe(["maya", "learning.lead"]);
        settings.Facilitators.Channel!.Team.ShouldBe("acme");
        settings.Facilitators.Channel.Name.ShouldBe("facilitators");
        settings.Facilitators.TeamAdmins.ShouldBeTrue();
    }

    [Fact]
    public void Waiting_for_setup_needs_no_tokens_but_good_ones()
    {
        Failures(("Sidecar__WaitForSetup", "true"), ("Mattermost__Url", null), ("Mattermost__BotToken", null), ("Mattermost__CommandTokens", null)).ShouldBeEmpty();
        Failures(("Sidecar__WaitForSetup", "true"), ("Sidecar__Listen", "http://0.0.0.0:8090"), ("Sidecar__CallbackUrl", null)).ShouldBeEmpty();
        Failures(("Sidecar__WaitForSetup", "true"), ("Mattermost__BotToken", "short")).ShouldBe(["Mattermost__BotToken"]);
    }

    [Fact]
    public async Task The_command_line_comes_before_the_environment_and_that_before_the_file()
    {
        _folder.Write("data/mattermost.json", $$$"""
            {"Mattermost": {"Url": "http://file", "BotToken": "{{{Sidecars.OtherToken}}}", "CommandTokens": ["{{{Sidecars.OtherToken}}}", "{{{Sidecars.Token}}}"]}}
            """);
        var environment = Sidecars.Settings(_folder, ("Mattermost__BotToken", null), ("Mattermost__CommandTokens", null), ("Mattermost__Url", "http://environment"));
        foreach (var unset in environment.Where(one => one.Value is null).Select(one => one.Key).ToList())
            environment.Remove(unset);

        await using var app = Build(environment, "--Mattermost:Url=http://line", "--Sidecar__CallbackUrl", "http://also-line:1");

        var access = app.Services.GetRequiredService<MattermostAccess>();
        access.BaseAddress.ShouldBe(new Uri("http://line"));
        access.Token.ShouldBe(Sidecars.OtherToken);
        access.AcceptsCommand(Sidecars.Token).ShouldBeTrue();
        access.AcceptsCommand(Sidecars.OtherToken).ShouldBeTrue();
        access.AcceptsCommand("").ShouldBeFalse();
        access.AcceptsWebhook(Sidecars.Token).ShouldBeFalse();

        await using var other = Build(environment);
        other.Services.GetRequiredService<MattermostAccess>().BaseAddress.ShouldBe(new Uri("http://environment"));
    }

    [Fact]
    public void A_file_that_is_no_JSON_says_where()
    {
        _folder.Write("data/mattermost.json", "{\n \"Mattermost\": {\n");
        Should.Throw<CannotStartException>(() => Sidecars.Build(Sidecars.Settings(_folder))).Message.ShouldContain("mattermost.json is not JSON (line ");
    }

    [Theory]
    [InlineData("run more", "`more` is one word too many behind `run`. Settings begin with two hyphens.")]
    [InlineData("--Mattermost:Ulr=x", "There is no setting `Mattermost__Ulr`. Did you mean `Mattermost__Url`?")]
    [InlineData("--Data:Path", "`--Data__Path` needs a value.")]
    [InlineData("run --yes", "There is no setting `yes`. `--help` lists them.")]
    [InlineData("setup --team", "`--team` needs NAME.")]
    [InlineData("doctor --json=1", "`--json` takes no value.")]
    [InlineData("backup", "`backup` needs a file: `backup learning-backup.db`.")]
    [InlineData("restore a.db b.db", "`b.db` is one word too many behind `restore`. Settings begin with two hyphens.")]
    public async Task A_command_line_that_cannot_be_understood_says_why(string line, string expected) =>
        (await Should.ThrowAsync<UsageException>(() => CommandLine.RunAsync(line.Split(' '), new Terminal(TextWriter.Null, false), new SidecarSetup(), default))).Message.ShouldBe(expected);

    [Fact]
    public void The_key_is_made_once_for_its_owner_alone()
    {
        var made = SealingKeyFile.ReadOrMake(_folder.Path).ShouldHaveSingleItem();
        var path = Path.Combine(_folder.Path, SealingKeyFile.Name);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        SealingKeyFile.ReadOrMake(_folder.Path).ShouldHaveSingleItem().Id.ShouldBe(made.Id);

        File.WriteAllText(path, "nonsense\n");
        Should.Throw<CannotStartException>(() => SealingKeyFile.ReadOrMake(_folder.Path)).Message.ShouldNotContain("nonsense");
    }

    [Fact]
    public async Task A_token_replaced_in_the_file_counts_at_once_and_a_malformed_one_never()
    {
        var cancel = TestContext.Current.CancellationToken;
        _folder.Write("data/mattermost.json", File(Sidecars.Token));
        var settings = Sidecars.Settings(_folder);
        settings.Remove("Mattermost__BotToken");
        settings.Remove("Mattermost__CommandTokens");
        await using var app = Sidecars.Build(settings, setup => setup.Transport = () => new Answers(_ => new TaskCompletionSource<HttpResponseMessage>().Task));
        var access = app.Services.GetRequiredService<MattermostAccess>();
        var watch = app.Services.GetRequiredService<SetupFileWatch>();
        var changed = new TaskCompletionSource();
        access.Changed += () => changed.TrySetResult();
        await watch.StartAsync(cancel);

        _folder.Write("data/mattermost.json", File("broken token"));
        watch.LookNow();
        _folder.Write("data/mattermost.json", File(Sidecars.OtherToken));
        watch.LookNow();
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, cancel);

        access.Token.ShouldBe(Sidecars.OtherToken);
        access.AcceptsCommand(Sidecars.OtherToken).ShouldBeTrue();
        access.AcceptsCommand(Sidecars.Token).ShouldBeFalse();
        await watch.StopAsync(cancel);

        static string File(string token) => $$$"""{"Mattermost": {"BotToken": "{{{token}}}", "CommandTokens": "{{{token}}}"}}""";
    }

    private static WebApplication Build(Dictionary<string, string?> environment, params string[] args) => SidecarApp.Build(args, setup =>
    {
        setup.Environment = environment;
        setup.Store = new InMemoryStore();
    });

    private Settings Read(params (string Name, string? Value)[] others) =>
        Settings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(Sidecars.Settings(_folder, others).Select(one => KeyValuePair.Create(one.Key.Replace("__", ":", StringComparison.Ordinal), one.Value)))
            .Build());

    private IEnumerable<string> Failures(params (string Name, string? Value)[] others)
    {
        try
        {
            Read(others);
            return [];
        }
        catch (InvalidSettingsException e)
        {
            return e.Failures.Select(failure => failure.Setting);
        }
    }
}
