using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Content.Library;
using MattermostLearning.Playground.Time;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Running;
using MattermostLearning.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.Unit.Host;

/// <summary>
/// The folder is looked at every hour of a clock that the test moves. What is heard sooner was told by the file system, in its own time, so a folder in
/// another's place is heard only where somebody listens to that one.
/// </summary>
public sealed class ContentWatchTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Folder _folder = new();
    private readonly VirtualTime _time = new(new DateTimeOffset(2027, 3, 15, 9, 0, 0, TimeSpan.Zero));
    private WebApplication? _app;

    private ContentWatch Watch => _app!.Services.GetRequiredService<ContentWatch>();

    private IEnumerable<string> Offered => _app!.Services.GetRequiredService<Definitions>().Library.Definitions.Keys.Order(StringComparer.Ordinal);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await Watch.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_that_is_saved_is_read_when_it_has_rested()
    {
        await StartAsync(_folder.Make("content"));
        Write("content/one.md");
        await IsHeardAsync();
        await PassAsync(2 * LibraryFolder.Rest);
        Offered.ShouldBe(["one"]);
    }

    [Fact]
    public async Task Where_a_link_leads_elsewhere_the_folder_there_is_listened_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        Write("first/one.md");
        Write("second/two.md");
        var link = Path.Combine(_folder.Path, "link");
        Directory.CreateSymbolicLink(link, Path.Combine(_folder.Path, "first"));
        await StartAsync(link);
        Offered.ShouldBe(["one"]);

        Directory.Delete(link);
        Directory.CreateSymbolicLink(link, Path.Combine(_folder.Path, "second"));
        await PassAsync(Hour + LibraryFolder.Rest);
        Offered.ShouldBe(["two"]);

        Write("second/three.md");
        await IsHeardAsync();
        await PassAsync(2 * LibraryFolder.Rest);
        Offered.ShouldBe(["three", "two"]);
    }

    [Fact]
    public async Task A_folder_that_was_away_for_a_while_is_listened_to_again()
    {
        var content = _folder.Make("content");
        Write("content/one.md");
        await StartAsync(content);

        Directory.Move(content, Path.Combine(_folder.Path, "aside"));
        await PassAsync(Hour + LibraryFolder.Rest);
        _folder.Make("content");
        Write("content/two.md");
        await PassAsync(Hour + LibraryFolder.Rest);
        Offered.ShouldBe(["two"]);

        Write("content/three.md");
        await IsHeardAsync();
    }

    private void Write(string path) => _folder.Write(path, LearningTown.Challenge);

    private async Task StartAsync(string content)
    {
        _app = Sidecars.Build(Sidecars.Settings(_folder, ("Content__Path", content)), setup =>
        {
            setup.UseVirtualTime(_time);
            setup.ContentWatching = new ContentWatching(Hour);
        });
        Watch.Load();
        await Watch.StartAsync(TestContext.Current.CancellationToken);
        await RestAsync();
    }

    /// <summary>The file system tells in its own time; the clock stands still meanwhile.</summary>
    private Task IsHeardAsync() => UntilAsync(() => ValueTask.FromResult(Watch.NextMoment <= _time.Now + LibraryFolder.Rest));

    private async Task PassAsync(TimeSpan time)
    {
        for (var end = _time.Now + time; ;)
        {
            await RestAsync();
            if (Watch.NextMoment is not { } next || next > end)
                return;
            _time.AdvanceTo(next);
        }
    }

    private Task RestAsync() => UntilAsync(() => Watch.IsAtRestAsync(_time.Now));

    private static async Task UntilAsync(Func<ValueTask<bool>> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMinutes(1));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
