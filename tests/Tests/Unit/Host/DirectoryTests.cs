using System.Net;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;
using MattermostLearning.Sidecar.Adapters;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.Unit.Host;

public sealed class DirectoryTests : IAsyncDisposable
{
    private readonly Folder _folder = new();
    private readonly VirtualTime _time = new(new DateTimeOffset(2027, 1, 11, 9, 0, 0, TimeSpan.Zero));
    private Func<HttpRequestMessage, Task<HttpResponseMessage>> _answer = _ => Task.FromResult(Ann());
    private readonly Answers _answers;
    private WebApplication? _app;

    public DirectoryTests() => _answers = new Answers(request => _answer(request));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private MattermostDirectory Directory
    {
        get
        {
            _app ??= Sidecars.Build(Sidecars.Settings(_folder), setup =>
            {
                setup.UseVirtualTime(_time);
                setup.Transport = () => _answers;
                setup.Client += client => client.MaxRetries = 0;
            });
            return _app.Services.GetRequiredService<MattermostDirectory>();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_person_is_asked_for_once_a_minute()
    {
        await Directory.PersonAsync(Answers.PersonId, Cancel);
        _time.Advance(TimeSpan.FromSeconds(59));
        await Directory.PersonAsync(Answers.PersonId, Cancel);
        _answers.Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(2));
        await Directory.PersonAsync(Answers.PersonId, Cancel);
        _answers.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Many_who_ask_at_once_share_one_call()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _answer = _ => answer.Task;
        var asked = Enumerable.Range(0, 20).Select(_ => Directory.PersonAsync(Answers.PersonId, Cancel).AsTask()).ToList();
        answer.SetResult(Ann());
        (await Task.WhenAll(asked)).ShouldAllBe(person => person!.Username == "ann");
        _answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_a_second_and_gets_what_was_known()
    {
        (await Directory.PersonAsync(Answers.PersonId, Cancel))!.DisplayName.ShouldBe("Ann Lee");
        _time.Advance(TimeSpan.FromMinutes(5));
        _answer = _ => new TaskCompletionSource<HttpResponseMessage>().Task;

        var asked = Directory.PersonAsync(Answers.PersonId, Cancel).AsTask();
        asked.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await asked)!.DisplayName.ShouldBe("Ann Lee");
    }

    [Fact]
    public async Task Where_nothing_is_known_silence_is_told()
    {
        await Directory.SiteAddressAsync(Cancel);
        _answer = _ => new TaskCompletionSource<HttpResponseMessage>().Task;
        var asked = Directory.PersonAsync(Answers.PersonId, Cancel).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<DirectoryUnavailableException>(asked);

        // The next one does not wait as long: all of them together must leave time to answer the person.
        var next = Directory.ChannelAsync(Answers.PersonId, Cancel).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(200));
        await Should.ThrowAsync<DirectoryUnavailableException>(next);
    }

    [Fact]
    public async Task An_answer_that_comes_late_serves_whoever_asks_next()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _answer = _ => answer.Task;
        var asked = Directory.PersonAsync(Answers.PersonId, Cancel).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<DirectoryUnavailableException>(asked);

        var next = Directory.PersonAsync(Answers.PersonId, Cancel).AsTask();
        answer.SetResult(Ann());
        (await next)!.Username.ShouldBe("ann");
        _answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_that_was_told_is_asked_for_at_once()
    {
        await Directory.PersonAsync(Answers.PersonId, Cancel);
        Directory.Invalidate(new UserUpdated { User = new User { Id = Answers.PersonId, Username = "ann" } });
        _answer = _ => Task.FromResult(Ann(first: "Anna"));
        (await Directory.PersonAsync(Answers.PersonId, Cancel))!.DisplayName.ShouldBe("Anna Lee");
    }

    [Fact]
    public async Task An_answer_from_before_a_change_is_not_kept_as_fresh()
    {
        var early = new TaskCompletionSource<HttpResponseMessage>();
        _answer = _ => early.Task;
        var asked = Directory.PersonAsync(Answers.PersonId, Cancel).AsTask();
        Directory.Invalidate(new UserUpdated { User = new User { Id = Answers.PersonId, Username = "ann" } });
        early.SetResult(Ann());
        (await asked)!.DisplayName.ShouldBe("Ann Lee");

        _answer = _ => Task.FromResult(Ann(first: "Anna"));
        (await Directory.PersonAsync(Answers.PersonId, Cancel))!.DisplayName.ShouldBe("Anna Lee");
    }

    [Fact]
    public async Task A_right_is_never_served_from_what_was_known()
    {
        _answer = _ => Task.FromResult(Answers.Json($$"""{"team_id":"{{Answers.BotId}}","user_id":"{{Answers.PersonId}}","scheme_admin":true}"""));
        (await Directory.IsTeamAdminAsync(Answers.BotId, Answers.PersonId, Cancel)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromMinutes(2));
        _answer = _ => Task.FromResult(Answers.Error(HttpStatusCode.InternalServerError, "down"));
        await Should.ThrowAsync<DirectoryUnavailableException>(async () => await Directory.IsTeamAdminAsync(Answers.BotId, Answers.PersonId, Cancel));
    }

    [Fact]
    public async Task Nobody_is_no_failure_and_is_not_believed_for_long()
    {
        _answer = _ => Task.FromResult(Answers.Error(HttpStatusCode.NotFound, "app.user.missing"));
        (await Directory.FindPersonAsync("@ann", Cancel)).ShouldBeNull();
        (await Directory.FindPersonAsync("not a name!", Cancel)).ShouldBeNull();
        (await Directory.PersonAsync("not-an-id", Cancel)).ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(6));
        _answer = request => Task.FromResult(request.RequestUri!.AbsolutePath.Contains("/username/", StringComparison.Ordinal) ? Answers.Json(AnnJson()) : Ann());
        (await Directory.FindPersonAsync("ANN", Cancel))!.Id.ShouldBe(Answers.PersonId);
    }

    [Theory]
    [InlineData("""{"useAutomaticTimezone":"true","automaticTimezone":"Europe/Berlin","manualTimezone":"Asia/Tokyo"}""", "Europe/Berlin")]
    [InlineData("""{"useAutomaticTimezone":"false","automaticTimezone":"Europe/Berlin","manualTimezone":"Asia/Tokyo"}""", "Asia/Tokyo")]
    [InlineData("""{"useAutomaticTimezone":"true","automaticTimezone":"","manualTimezone":""}""", null)]
    [InlineData("""{"useAutomaticTimezone":"false","manualTimezone":"Middle/Earth"}""", null)]
    [InlineData("""{"useAutomaticTimezone":"false","manualTimezone":"../../etc/passwd"}""", null)]
    [InlineData("null", null)]
    public async Task A_zone_is_the_one_in_force_if_it_is_one(string timezone, string? expected)
    {
        _answer = _ => Task.FromResult(Ann(timezone: timezone));
        (await Directory.PersonAsync(Answers.PersonId, Cancel))!.Zone?.Id.ShouldBe(expected);
    }

    [Theory]
    [InlineData("Ann", "@all @channel", "Ann @\u2060all @\u2060channel")]
    [InlineData("", "", "ann")]
    [InlineData("\u202eevil\u0007", "Лиза 🎉", "evil Лиза 🎉")]
    public async Task A_name_has_no_powers(string first, string last, string expected)
    {
        _answer = _ => Task.FromResult(Ann(first, last));
        (await Directory.PersonAsync(Answers.PersonId, Cancel))!.DisplayName.ShouldBe(expected);
    }

    [Fact]
    public async Task What_is_kept_does_not_grow_without_bound()
    {
        var how = new Remembering { MostItems = 50 };
        await using var asking = new Asking(how, _time);
        var remembered = new Remembered<string>(
            (keys, _) => Task.FromResult<IReadOnlyDictionary<string, string>>(keys.ToDictionary(key => key)), TimeSpan.MaxValue, how, asking, _time);
        for (var i = 0; i < 500; i++)
            (await remembered.GetAsync($"{i}", Cancel)).ShouldBe($"{i}");
        remembered.Count.ShouldBeLessThanOrEqualTo(50);
    }

    [Fact]
    public async Task The_bot_enters_what_it_may()
    {
        await using var mattermost = await MattermostStandIn.StartAsync(cancellationToken: Cancel);
        var teamId = mattermost.Seed.AddTeam("acme");
        mattermost.Seed.AddTeam("other");
        mattermost.Seed.AddUser("ann", teams: ["acme"]);
        var (botId, token) = mattermost.Seed.AddBot("learnbot", "Learning", "acme");
        mattermost.Seed.AddChannel("acme", "learning", "Learning Corner", members: ["ann"]);
        mattermost.Seed.AddChannel("acme", "secret", isPrivate: true, members: ["ann"]);
        var invited = mattermost.Seed.AddChannel("acme", "invited", isPrivate: true, members: ["ann", "learnbot"]);
        await using var app = Sidecars.Build(Sidecars.Settings(
            _folder, ("Mattermost__Url", mattermost.Address.ToString()), ("Mattermost__BotToken", token)));
        var directory = app.Services.GetRequiredService<IDirectory>();

        var found = (await directory.FindChannelAsync(teamId, "learning corner", Cancel)).ShouldNotBeNull();
        (await directory.IsInChannelAsync(found.Id, botId, Cancel)).ShouldBeFalse();
        (await directory.EnterChannelAsync(found, Cancel)).ShouldBe(ChannelAccess.Granted);
        (await directory.IsInChannelAsync(found.Id, botId, Cancel)).ShouldBeTrue();
        (await directory.FindChannelAsync(teamId, "~secret", Cancel)).ShouldBeNull();
        (await directory.EnterChannelAsync((await directory.ChannelAsync(invited, Cancel))!, Cancel)).ShouldBe(ChannelAccess.Granted);
        (await directory.EnterChannelAsync(found with { IsArchived = true }, Cancel)).ShouldBe(ChannelAccess.Archived);
        (await directory.TeamsAsync(Cancel)).Select(team => team.Name).ShouldBe(["acme"]);
    }

    private static HttpResponseMessage Ann(string first = "Ann", string last = "Lee", string timezone = "null") => Answers.Json($"[{AnnJson(first, last, timezone)}]");

    private static string AnnJson(string first = "Ann", string last = "Lee", string timezone = "null") => $$"""
        {"id":"{{Answers.PersonId}}","username":"ann","first_name":{{System.Text.Json.JsonSerializer.Serialize(first)}},"last_name":{{System.Text.Json.JsonSerializer.Serialize(last)}},"locale":"en","timezone":{{timezone}}}
        """;
}
