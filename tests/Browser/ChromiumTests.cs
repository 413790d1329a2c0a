namespace MattermostLearning.Browser;

public sealed class ChromiumTests
{
    [Theory]
    [InlineData("", "/usr/bin:/opt/bin", "/opt/bin/chromium", "/opt/bin/chromium")]
    [InlineData("", "/usr/bin:/opt/bin", "/usr/bin/google-chrome /opt/bin/chromium", "/opt/bin/chromium")]
    [InlineData("", "/usr/bin:/opt/bin", "/sbin/chromium", null)]
    [InlineData("", null, "/usr/bin/chromium", null)]
    [InlineData("/my/chrome", "/usr/bin", "/usr/bin/chromium /my/chrome", "/my/chrome")]
    public void The_browser_is_the_one_that_is_named_or_else_one_on_the_path(string named, string? path, string there, string? found)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Paths are written otherwise there.");
        Chromium.Find(name => name == Chromium.Variable ? named : path, there.Split(' ').Contains).ShouldBe(found);
    }

    [Fact]
    public void A_named_browser_that_is_not_there_is_no_reason_to_skip() =>
        Should.Throw<FileNotFoundException>(() => Chromium.Find(_ => "/nowhere/chrome", _ => false)).Message
            .ShouldBe("MATTERMOST_LEARNING_CHROMIUM names /nowhere/chrome, which is not there.");
}
