using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Live;

/// <summary>
/// Each kind from its start to its end, on real time: the real sidecar, and people who click, write and fill in forms through Mattermost's own API. On the stand-in
/// always, on a real server when one is given. Challenges: see <see cref="LivePromises"/>.
/// </summary>
public abstract class LiveKinds(ContractServer server) : IAsyncLifetime
{
    /// <summary>Schedules name full minutes, and people have working hours: the sidecar's clock shows shortly before ten in the morning of a working day.</summary>
    private static readonly TimeSpan UntilTen = TimeSpan.FromSeconds(15);

    private static int _people;

    private LiveSidecar? _sidecar;
    private string _channelId = "";
    private string _channelName = "";
    private Client _ann = null!;
    private Client _ben = null!;

    private LiveSidecar Sidecar => _sidecar!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await server.ReadyAsync();
        _sidecar = await LiveSidecar.MakeAsync(server);
        _ann = await NewPersonAsync();
        _ben = await NewPersonAsync();
        _channelId = await server.NewChannelAsync("O", _ann, _ben, server.Admin);
        _channelName = (await server.Ann.Get($"/channels/{_channelId}")).Json.Text("name");
        (await server.Ann.Post($"/channels/{_channelId}/members", new { user_id = _sidecar.Bot.Id })).Status.ShouldBe(HttpStatusCode.Created);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sidecar is not null)
            await _sidecar.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_quiz_is_asked_answered_and_scored()
    {
        await StartAsync("quiz", "", """
            ## Question: Which is red?
            - [x] A cherry
              > Ripe ones.
            - [ ] A plum
            """);
        await PressAsync(_ann, await OpeningAsync(), "Start");
        var question = await ToldAsync(_ann, "Which is red?");
        var letter = question.Text("message").Contains("**A.** A cherry", StringComparison.Ordinal) ? "A" : "B";
        await PressAsync(_ann, question, letter);
        (await ToldAsync(_ann, "1 of 1 right")).ShouldNotBeNull();
        (await PartAsync(_ann)).FinishedAt.ShouldNotBeNull();
        await StopAsync();
    }

    [Fact]
    public async Task A_wrong_answer_comes_again_on_the_next_working_day()
    {
        var ten = TenOnAWorkingDay();
        await StartAsync("quiz", "shuffle: no", "## Question: Which is red?\n- [x] A cherry\n- [ ] A plum\n", PreviousWorkingDay(ten));
        await PressAsync(_ann, await OpeningAsync(), "Start");
        await PressAsync(_ann, await ToldAsync(_ann, "Which is red?"), "B");
        await PressAsync(_ann, await ToldAsync(_ann, "Shall I ask you that one again tomorrow"), "Yes, ask me again");
        await ToldAsync(_ann, "Recall is on");
        await Sidecar.StopAsync();
        await StartAtAsync(ten);
        await PressAsync(_ann, await ToldAsync(_ann, "One question to recall"), "Ask me now");
        await PressAsync(_ann, await ToldAsync(_ann, "**Recall**, question 1 of 1"), "A");
        await ToldAsync(_ann, "**Recall**: 1 of 1 right");
        (await Sidecar.Store.FindAsync(LearningEvent.ByPerson, _ann.Id)).ShouldContain(fact => fact.Verb == Verbs.Recalled);
        await StopAsync();
    }

    [Fact]
    public async Task A_window_closes_with_a_picture_of_the_answers_and_names_the_first_of_those_who_want_it()
    {
        var ten = TenOnAWorkingDay();
        List<Client> people = [_ann, _ben];
        while (people.Count < 5) // of fewer, the answers would tell who gave them
        {
            people.Add(await NewPersonAsync());
            (await server.Ann.Post($"/channels/{_channelId}/members", new { user_id = people[^1].Id })).Status.ShouldBe(HttpStatusCode.Created);
        }

        await StartAsync("quiz", "mode: window\nshuffle: no\nranking: yes\nschedule: once on {date} at 10:00\nopen-for: 4 hours", "## Question: Which is red?\n- [x] A cherry\n- [ ] A plum\n", PreviousWorkingDay(ten));
        var opening = await OpeningAsync();
        foreach (var who in people)
        {
            (await who.Post("/commands/execute", new { channel_id = _channelId, command = $"/{Sidecar.Trigger} settings ranking on" })).Status.ShouldBe(HttpStatusCode.OK);
            await PressAsync(who, opening, "Start");
            await PressAsync(who, await ToldAsync(who, "Which is red?"), who == _ben ? "B" : "A");
            await UntilAsync("it is answered", async () => (await PartAsync(who)).FinishedAt is not null);
        }

        await Sidecar.StopAsync();
        await StartAtAsync(ten);
        await UntilAsync("it is closed, with a picture and the first places", async () => await RepliesAsync(opening) is var replies
            && replies.Any(reply => reply["file_ids"] is JsonArray { Count: 1 }) && replies.Any(reply => reply.Text("message").StartsWith("**The first places**", StringComparison.Ordinal)));
        (await RoundAsync()).Status.ShouldBe(OccurrenceStatus.Closed);
        Sidecar.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_course_is_gone_through_checked_on_a_real_message_and_ends_with_a_certificate()
    {
        await StartAsync("course", "", """
            ## One
            ### Question: Is it one?
            - [x] Yes
            - [ ] No

            ### Reflect: What is it to you?

            ## Two
            ### Do: reply with a code block
            """);
        var opening = await OpeningAsync();
        await PressAsync(_ann, opening, "Start");
        var question = await ToldAsync(_ann, "Is it one?");
        await PressAsync(_ann, question, question.Text("message").Contains("**A.** Yes", StringComparison.Ordinal) ? "A" : "B");
        await WriteAsync(_ann, await ToldAsync(_ann, "What is it to you?"), "One of many.");
        await UntilAsync("it stands in the thread", async () => (await RepliesAsync(opening)).Any(reply => reply.Text("message").EndsWith("> One of many.", StringComparison.Ordinal)));
        await PressAsync(_ann, await ToldAsync(_ann, "**One** is done"), "Next lesson");
        await ToldAsync(_ann, "Reply in a thread");
        await _ann.Say(_channelId, "```\n1\n```", opening.Text("id"));
        (await ToldAsync(_ann, "**Certificate**"))["file_ids"]!.AsArray().Count.ShouldBe(1);
        await StopAsync();
    }

    [Fact]
    public async Task A_cohort_in_pairs_begins_together_and_each_reads_the_other_once_both_have_written()
    {
        await StartAsync("course", "cohort: pairs\nfrom: {date}\npace: weekdays at 10:00", "## One\n### Reflect: What is it to you?\n\n## Two\nRead this.\n");
        var opening = await OpeningAsync();
        await PressAsync(_ann, opening, "I'm in");
        await PressAsync(_ben, opening, "I'm in");
        var (anns, bens) = (await ToldAsync(_ann, "What is it to you?"), await ToldAsync(_ben, "What is it to you?"));
        var conversation = (await _ann.Post("/channels/group", new[] { Sidecar.Bot.Id, _ann.Id, _ben.Id })).Json.Text("id");
        await UntilAsync("they know with whom they go", async () => (await LiveStage.PostsAsync(_ann, conversation)).Any(post => post.Text("message").StartsWith("You go through", StringComparison.Ordinal)));
        await WriteAsync(_ann, anns, "Ann's.");
        await ToldAsync(_ann, "**One** is done");
        (await LiveStage.PostsAsync(_ben, conversation)).ShouldNotContain(post => post.Text("message").Contains("Ann's."));
        await WriteAsync(_ben, bens, "Ben's.");
        await UntilAsync("both are shown", async () =>
            (await LiveStage.PostsAsync(_ben, conversation)).Count(post => post.Text("message").EndsWith("> Ann's.", StringComparison.Ordinal) || post.Text("message").EndsWith("> Ben's.", StringComparison.Ordinal)) == 2);
        await StopAsync();
    }

    [Fact]
    public async Task A_series_asks_counts_who_talks_and_is_stopped()
    {
        await StartAsync("prompt-series", "schedule: once on {date} at 10:00\nopen-for: 1 day", "## Prompt\nWhat did you learn by accident?\n");
        var opening = await OpeningAsync();
        await PressAsync(_ben, opening, "Ask me sometimes");
        await _ann.Say(_channelId, "That it rains.", opening.Text("id"));
        await UntilAsync("the answer counts", async () => (await RoundAsync()).Contributors == 1);
        (await Sidecar.Store.FindAsync(Enrollment.ByPerson, _ben.Id)).Count.ShouldBe(1);
        await StopAsync();
    }

    private async Task<Client> NewPersonAsync()
    {
        var person = await server.NewPersonAsync(string.Create(CultureInfo.InvariantCulture, $"kinds{Interlocked.Increment(ref _people)}"));
        // While both sides make their conversation at once, Mattermost may remember that one of them is in no such channel, and refuse them for long.
        (await person.Post("/channels/direct", new[] { Sidecar.Bot.Id, person.Id })).Status.ShouldBe(HttpStatusCode.Created);
        return person;
    }

    /// <summary>Starts it as its file says, shortly before ten; the file may name that day.</summary>
    private async Task StartAsync(string kind, string keys, string body, DateTimeOffset? day = null)
    {
        var ten = day ?? TenOnAWorkingDay();
        var front = keys.Replace("{date}", ten.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Sidecar.WriteContent("live.md", $"---\nkind: {kind}\ntitle: Live\nchannel: {_channelName}\nhost: {server.Ann.Name}\nstart: when loaded\ntime-zone: UTC\n{front}\n---\n{body}\n");
        await StartAtAsync(ten);
    }

    private Task StartAtAsync(DateTimeOffset ten) => Sidecar.StartAsync(behind: TimeProvider.System.GetUtcNow() - (ten - UntilTen));

    /// <summary>By a system admin, who may; the post then says that it is over, and has no buttons.</summary>
    private async Task StopAsync()
    {
        (await server.Admin.Post("/commands/execute", new { channel_id = _channelId, command = $"/{Sidecar.Trigger} stop live" })).Status.ShouldBe(HttpStatusCode.OK);
        await UntilAsync("it is over", async () => (await LiveStage.PostsAsync(server.Ann, _channelId)).All(post => (post["props"]?["attachments"] as JsonArray ?? []).All(one => one!["actions"] is not JsonArray { Count: > 0 })));
        (await RoundAsync()).Status.ShouldBe(OccurrenceStatus.Cancelled);
        Sidecar.Log.Problems.ShouldBeEmpty();
    }

    private static DateTimeOffset TenOnAWorkingDay() => PreviousWorkingDay(new DateTimeOffset(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero).AddHours(10));

    private static DateTimeOffset PreviousWorkingDay(DateTimeOffset day)
    {
        do
            day = day.AddDays(-1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        return day;
    }

    private async Task<JsonNode> OpeningAsync()
    {
        JsonNode? opening = null;
        await UntilAsync("it is open", async () => (opening = (await LiveStage.PostsAsync(server.Ann, _channelId)).FirstOrDefault(post => post.Text("user_id") == Sidecar.Bot.Id && post["props"]?["attachments"] is not null)) is not null);
        return opening!;
    }

    private async Task<List<JsonNode>> RepliesAsync(JsonNode opening) =>
        [.. (await server.Ann.Get($"/posts/{opening.Text("id")}/thread")).Json["posts"]!.AsObject().Select(one => one.Value!).Where(post => post.Text("root_id") == opening.Text("id"))];

    /// <summary>The latest of the bot's messages to somebody that says this, once it is there.</summary>
    private async Task<JsonNode> ToldAsync(Client who, string words)
    {
        JsonNode? told = null;
        await UntilAsync($"the bot says: {words}", async () =>
        {
            var channel = (await who.Post("/channels/direct", new[] { Sidecar.Bot.Id, who.Id })).Json.Text("id");
            told = (await LiveStage.PostsAsync(who, channel)).LastOrDefault(post => post.Text("user_id") == Sidecar.Bot.Id && post.Text("message").Contains(words, StringComparison.Ordinal));
            return told is not null;
        });
        return told!;
    }

    private static async Task PressAsync(Client who, JsonNode post, string label)
    {
        var pressed = await LiveStage.PressAsync(who, post, label);
        pressed.Status.ShouldBe(HttpStatusCode.OK, pressed.Body);
    }

    /// <summary>Opens the form behind `Write`, as a client is told of it, and sends it in shared.</summary>
    private async Task WriteAsync(Client who, JsonNode post, string text)
    {
        await using var screen = await Listener.OpenAsync(who);
        await PressAsync(who, post, "Write");
        var opened = await screen.AnyAsync("a form", one => one["event"]?.GetValue<string>() == "open_dialog");
        var form = JsonNode.Parse(opened["data"]!.Text("dialog"))!;
        var sent = await who.Post("/actions/dialogs/submit", new
        {
            type = "dialog_submission", url = form.Text("url"), callback_id = form["dialog"]!.Text("callback_id"), state = form["dialog"]!.Text("state"),
            channel_id = post.Text("channel_id"), team_id = server.TeamId, submission = new { text, share = true },
        });
        (sent.Status, sent.Json["errors"]).ShouldBe((HttpStatusCode.OK, null), sent.Body);
    }

    private async Task<Participation> PartAsync(Client who) => (await Sidecar.Store.FindAsync(Participation.ByPerson, who.Id)).ShouldHaveSingleItem();

    private async Task<Occurrence> RoundAsync()
    {
        var run = (await Sidecar.Store.FindAsync(Run.ByChannel, _channelId)).ShouldHaveSingleItem();
        return (await Sidecar.Store.FindAsync(Occurrence.ByRun, run.Id)).ShouldHaveSingleItem();
    }

    private static Task UntilAsync(string what, Func<Task<bool>> isSo) => LiveSidecar.UntilAsync(what, isSo);
}

public sealed class LiveKindsOnStandIn(StandInServer server) : LiveKinds(server);

public sealed class LiveKindsOnRealServer(RealServer server) : LiveKinds(server);
