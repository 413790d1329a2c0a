using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;
using MattermostLearning.Sidecar.Verbs;

namespace MattermostLearning.Tests.Unit.Host;

public sealed class CommandLineTests
{
    public static TheoryData<string> Verbs => [.. CommandLine.Verbs().Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Each_verb_says_what_it_is_and_what_it_takes(string name)
    {
        var verb = CommandLine.Verbs().Single(one => one.Name == name);

        var help = await RunAsync(name, "--help");

        help.ShouldContain(verb.Description!);
        help.ShouldContain($"{name} ");
        foreach (var option in verb.Options)
        {
            help.ShouldContain(option.Name);
            option.Description.ShouldNotBeNullOrEmpty();
        }

        foreach (var argument in verb.Arguments)
            help.ShouldContain($"<{argument.Name}>");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public async Task Help_without_a_verb_lists_verbs_and_settings(string asked)
    {
        var help = await RunAsync(asked);

        CommandLine.Verbs().ShouldAllBe(verb => help.Contains($"  {verb.Name} ") && help.Contains(verb.Description!));
        Settings.Known.ShouldAllBe(setting => help.Contains(setting.Name) && help.Contains(setting.Summary));
    }

    [Fact]
    public void A_verb_has_a_file_of_its_own_and_one_place_in_the_list() =>
        CommandLine.Verbs().SelectMany(verb => verb.Subcommands.Prepend(verb)).Where(verb => verb is Verb).Select(verb => verb.GetType()).ShouldBe(
            typeof(Verb).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Verb))), ignoreOrder: true);

    [Theory]
    [InlineData("--Data:Path=/x", "Data:Path", "/x")]
    [InlineData("--Data__Path /x", "Data:Path", "/x")]
    [InlineData("--data:path /x", "Data:Path", "/x")]
    [InlineData("--Mattermost__Url=http://a?b=c", "Mattermost:Url", "http://a?b=c")]
    [InlineData("--Data:Path --x", "Data:Path", "--x")]
    public void A_setting_is_taken_in_either_spelling_and_any_case(string line, string key, string value)
    {
        var (settings, others) = SettingArguments.Take(["backup", .. line.Split(' '), "a.db"]);

        settings.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(key, (string?)value));
        others.ShouldBe(["backup", "a.db"]);
    }

    [Theory]
    [InlineData("setup --yess", "`--yess` means nothing to `setup`. Did you mean `--yes`?")]
    [InlineData("setup --frobnicate", "`--frobnicate` means nothing to `setup`. `setup --help` lists what does.")]
    [InlineData("setup --url a --url b", "`--url` is there more than once, and takes one URL.")]
    [InlineData("backup --frobnicate", "There is no setting `frobnicate`. `--help` lists them.")]
    [InlineData("playground --port seven", "`seven` is no port: a number from 1 to 65535 is, and 0 takes a free one.")]
    [InlineData("run --Mattermost:Ulr=x", "There is no setting `Mattermost__Ulr`. Did you mean `Mattermost__Url`?")]
    public async Task A_slip_is_told_with_what_may_have_been_meant(string line, string expected) =>
        (await Should.ThrowAsync<UsageException>(() => RunAsync(line.Split(' ')))).Message.ShouldBe(expected);

    [Fact]
    public async Task A_word_that_is_no_verb_gets_the_list_of_them() =>
        (await Should.ThrowAsync<UsageException>(() => RunAsync("bogus"))).Message
            .ShouldBe($"There is no verb `bogus`. There is: {string.Join(", ", CommandLine.Verbs().Select(verb => verb.Name))}.");

    private static async Task<string> RunAsync(params string[] args)
    {
        await using var text = new StringWriter();
        (await CommandLine.RunAsync(args, new Terminal(text, isInteractive: false), new SidecarSetup(), TestContext.Current.CancellationToken)).ShouldBe(0);
        return text.ToString().ReplaceLineEndings(" ");
    }

    [Fact]
    public void Every_setting_may_stand_on_the_command_line()
    {
        foreach (var (name, _) in Settings.Known)
        {
            var (settings, others) = SettingArguments.Take([$"--{name}=value"]);
            settings.ShouldHaveSingleItem().Key.ShouldBe(name.Replace("__", ":", StringComparison.Ordinal));
            others.ShouldBeEmpty(name);
        }
    }
}
