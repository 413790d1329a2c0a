using MattermostLearning.Sidecar.Rehearsal;
using Microsoft.Playwright;

namespace MattermostLearning.Browser;

/// <summary>A playground for each test, on a Monday at 09:05 in London, when the first round has opened; and windows on it.</summary>
public abstract class PageTests(Chromium chromium) : IAsyncLifetime
{
    protected const string Shortcut = """
        ---
        kind: challenge
        title: Show your shortcut
        summary: Show one small trick that saves you time.
        channel: learning
        schedule: every Monday at 09:00
        time-zone: Europe/London
        open-for: 4 days
        host: learning.lead
        ---
        Which key saves you a minute every day?
        """;

    private static readonly DateTimeOffset ThatWeek = new(2027, 3, 17, 16, 0, 0, TimeSpan.Zero);

    private readonly string _content = Directory.CreateTempSubdirectory("content-").FullName;
    private readonly List<string> _errors = [];
    private readonly List<IBrowserContext> _windows = [];
    private PlaygroundTown? _town;

    private protected PlaygroundTown Town => _town!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(chromium.Missing is not null, chromium.Missing ?? "");
        Write("show-your-shortcut.md", Shortcut);
        _town = await PlaygroundTown.StartAsync(new PlaygroundLine(0, _content, null), ThatWeek);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var window in _windows)
            await window.DisposeAsync();
        if (_town is not null)
            await _town.DisposeAsync();
        Directory.Delete(_content, recursive: true);
        _errors.ShouldBeEmpty();
        GC.SuppressFinalize(this);
    }

    protected void Write(string name, string text) => File.WriteAllText(Path.Combine(_content, name), text);

    /// <summary>A window in which somebody is at home. What goes wrong in it fails the test.</summary>
    /// <param name="userName">Whom it plays.</param>
    /// <param name="width">In pixels; a narrow one is a phone, with a finger for a mouse.</param>
    /// <param name="height">In pixels.</param>
    protected async Task<IPage> OpenAsync(string userName, int width = 1280, int height = 800)
    {
        var page = await NewWindowAsync(width, height);
        await page.GotoAsync($"{Town.Address}?as={userName}");
        await Assertions.Expect(Post(page, "Show your shortcut")).ToBeVisibleAsync();
        // The page's own last act of opening: what is typed before it goes nowhere.
        await Assertions.Expect(page.Locator("#message")).ToBeFocusedAsync();
        return page;
    }

    /// <inheritdoc cref="OpenAsync"/>
    protected async Task<IPage> NewWindowAsync(int width = 1280, int height = 800)
    {
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            HasTouch = width < 500,
            IsMobile = width < 500,
        });
        _windows.Add(context);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Add(message.Text);
        };
        return page;
    }

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    /// <summary>The first message in the channel that says this.</summary>
    protected static ILocator Post(IPage page, string text) => page.Locator("#posts article").Filter(new LocatorFilterOptions { HasText = text }).First;

    protected static ILocator Reply(IPage page, string text) => page.Locator("#replies article").Filter(new LocatorFilterOptions { HasText = text }).First;

    protected static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true });

    protected static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    protected static async Task SayAsync(IPage page, string text)
    {
        await page.FillAsync("#message", text);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Enter");
    }

    protected static async Task AnswerAsync(IPage page, ILocator post, string text, string? shownAs = null)
    {
        await post.HoverAsync();
        await Button(post, "Reply").ClickAsync();
        await page.FillAsync("#reply", text);
        await page.Keyboard.PressAsync("Enter");
        await Expect(Reply(page, shownAs ?? text)).ToBeVisibleAsync();
    }
}
