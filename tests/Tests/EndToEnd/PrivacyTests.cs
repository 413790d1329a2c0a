using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What is kept about somebody is theirs to read, to have and to have forgotten.</summary>
public sealed class PrivacyTests
{
    private const string Challenge = """
        ---
        kind: challenge
        title: One good question
        summary: Ask somebody outside your team one question that you really want answered.
        channel: learning
        schedule: every Monday at 09:00
        time-zone: Europe/London
        open-for: 4 days
        remind: 1 day before close
        host: hana.lead
        start: when loaded
        ---
        Ask somebody outside your team one question that you really want answered.
        """;

    [Fact]
    public async Task The_summary_says_in_ten_lines_what_is_kept_who_sees_it_and_how_long()
    {
        await using var world = await LivedInAsync();

        var answer = await world.LetAsync(world.As("ann").CommandAsync("/learn privacy", "learning"));

        Snapshot.Verify(answer.Text, "privacy-summary");
        answer.Text.Split('\n').Length.ShouldBeLessThanOrEqualTo(10);
        answer.Text.Length.ShouldBeLessThanOrEqualTo(600);
        (await DirectAsync(world, "ann")).Buttons.Select(button => button.Label).ShouldBe(["Send me my data", "Forget me"]);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task My_data_comes_as_two_files_in_the_direct_messages()
    {
        await using var world = await LivedInAsync();
        await world.LetAsync(world.As("ann").CommandAsync("/learn privacy", "learning"));

        await world.LetAsync(world.As("ann").ClickAsync(await DirectAsync(world, "ann"), "Send me my data"));

        var files = await FilesAsync(world, "ann");
        files.Keys.ShouldBe(["my-learning-data.txt", "my-learning-data.json"]);
        Snapshot.Verify(Scrub(world, files["my-learning-data.txt"]), "privacy-data");
        var json = JsonNode.Parse(files["my-learning-data.json"])!;
        json["personId"]!.GetValue<string>().ShouldBe(world.As("ann").Id);
        json["participations"]!.AsArray().Count.ShouldBe(2);
        json["contributions"]!.AsArray().Count.ShouldBe(1);
        json["learningEvents"]!.AsArray().ShouldNotBeEmpty();
        files["my-learning-data.json"].ShouldNotContain(world.As("bilal").Id, customMessage: "nothing of others");
        // Once sent, the row keeps no copy.
        Everything(world).ShouldNotContain("my-learning-data.json\",\"mimeType");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Typed_words_do_the_same()
    {
        await using var world = await LivedInAsync();
        var ann = world.As("ann");

        (await world.LetAsync(ann.CommandAsync("/learn privacy data", "learning"))).Text.ShouldContain("two files");
        (await FilesAsync(world, "ann")).Count.ShouldBe(2);
        (await world.LetAsync(ann.CommandAsync("/learn privacy forget", "learning"))).Text.ShouldContain("/learn privacy forget yes");
        Everything(world).ShouldContain(ann.Id, customMessage: "one confirmation");
        (await world.LetAsync(ann.CommandAsync("/learn privacy forget yes", "learning"))).Text.ShouldStartWith("You are forgotten");
        Everything(world).ShouldNotContain(ann.Id);
        (await world.LetAsync(ann.CommandAsync("/learn privacy everything", "learning"))).Text.ShouldContain("Nothing has changed");
    }

    [Fact]
    public async Task After_Forget_me_nothing_in_the_store_leads_to_them_and_the_counts_stand()
    {
        await using var world = await LivedInAsync();
        var ann = world.As("ann");
        await world.LetAsync(ann.CommandAsync("/learn privacy", "learning"));
        var before = await RoundsAsync(world);
        var factsBefore = world.Store.Everything()["learning_events"].Count;
        var openingBefore = Opening(world);
        openingBefore.Text.ShouldContain("Ann Berg");
        WrapUp(world).Text.ShouldContain("Ann Berg");

        await world.LetAsync(ann.ClickAsync(await DirectAsync(world, "ann"), "Forget me"));
        Everything(world).ShouldContain(ann.Id, customMessage: "it is asked once more first");
        await world.LetAsync(ann.ClickAsync(await DirectAsync(world, "ann"), "Yes, forget me"));
        await world.AdvanceAsync(TimeSpan.FromSeconds(5));

        Everything(world).ShouldNotContain(ann.Id);
        (await DirectAsync(world, "ann")).Text.ShouldStartWith("You are forgotten");
        var after = await RoundsAsync(world);
        after[0].Joined.ShouldBe(before[0].Joined, "a round that is over stays as it was");
        after[0].Contributors.ShouldBe(before[0].Contributors);
        after[1].Joined.ShouldBe(before[1].Joined - 1, "of the open round they are no longer part");
        world.Store.Everything()["learning_events"].Count.ShouldBe(factsBefore);
        Opening(world).Text.ShouldNotContain("Ann");
        Opening(world).Text.ShouldContain("In so far: Bilal Khan");
        WrapUp(world).Text.ShouldNotContain("Ann");
        WrapUp(world).Text.ShouldContain("is closed.");

        // Nor does Mattermost bring them back: the threads are read again at the next start.
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromDays(2));
        Everything(world).ShouldNotContain(ann.Id);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_forgotten_persons_reply_can_still_be_taken_back()
    {
        await using var world = await LivedInAsync();
        var ann = world.As("ann");
        var reply = ann.Read("learning").Single(post => post.Message.StartsWith("I asked Nia", StringComparison.Ordinal));
        await world.LetAsync(ann.CommandAsync("/learn privacy forget yes", "learning"));
        (await RoundsAsync(world))[0].Contributors.ShouldBe(2);

        await world.LetAsync(ann.DeleteAsync(reply));

        (await RoundsAsync(world))[0].Contributors.ShouldBe(1);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restored_backup_is_cleaned_at_the_next_start()
    {
        await using var world = await LivedInAsync();
        var ann = world.As("ann");
        var backup = world.Store.Copy();
        await world.LetAsync(ann.CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceAsync(TimeSpan.FromSeconds(5));

        await world.RestoreAsync(backup);
        await world.AdvanceAsync(TimeSpan.FromSeconds(5));

        Everything(world).ShouldNotContain(ann.Id);
        Everything(world).ShouldContain(world.As("bilal").Id);
        File.ReadAllText(Path.Combine(world.DataFolder, "forgotten.txt")).ShouldNotContain(ann.Id);

        // Who comes back afterwards is not forgotten again at every start.
        await world.LetAsync(ann.ClickAsync(Opening(world), "I'm in"));
        await world.AdvanceAsync(TimeSpan.FromSeconds(5));
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        Everything(world).ShouldContain(ann.Id);
        Opening(world).Text.ShouldContain("Ann Berg");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_is_asked_to_hand_over_first_and_then_leaves_the_posts()
    {
        await using var world = await LivedInAsync();
        var hana = world.As("hana.lead");

        var refused = await world.LetAsync(hana.CommandAsync("/learn privacy forget yes", "learning"));
        refused.Text.ShouldContain("`one-good-question` in ~learning");
        refused.Text.ShouldContain("/learn stop");
        Everything(world).ShouldContain(hana.Id);

        await world.LetAsync(hana.CommandAsync("/learn stop one-good-question", "learning"));
        await world.LetAsync(hana.CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceAsync(TimeSpan.FromSeconds(10));

        Everything(world).ShouldNotContain(hana.Id);
        world.As("ann").Read("learning").Where(post => post.UserId == world.As("learning").Id).ShouldAllBe(post => !post.Text.Contains("Hana"));
        WrapUp(world).Text.ShouldContain("Late replies are welcome here.");
        world.Log.Problems.ShouldBeEmpty();
    }

    /// <summary>One round that is over, with a wrap-up that shows Ann; and one that is open, with Ann and Bilal in.</summary>
    private static async Task<SidecarWorld> LivedInAsync()
    {
        var world = await SidecarWorld.StartAsync(
            At("2027-01-08 15:00"), "hana.lead", Everybody, new Dictionary<string, string> { ["challenges/one-good-question.md"] = Challenge });
        var (ann, bilal, chiara) = (world.As("ann"), world.As("bilal"), world.As("chiara"));
        await world.AdvanceToAsync(At("2027-01-11 09:05"));
        await world.LetAsync(ann.ClickAsync(Opening(world), "I'm in"));
        await world.LetAsync(bilal.ClickAsync(Opening(world), "I'm in"));
        await world.AdvanceToAsync(At("2027-01-11 11:00"));
        var annsReply = await world.LetAsync(ann.ReplyAsync(Opening(world), "I asked Nia from finance how she closes the books."));
        await world.LetAsync(bilal.ReactAsync(annsReply, "tada"));
        await world.LetAsync(chiara.ReactAsync(annsReply, "bulb"));
        var bilalsReply = await world.LetAsync(bilal.ReplyAsync(Opening(world), "I asked my neighbour team why they test on Fridays."));
        await world.LetAsync(ann.ReactAsync(bilalsReply, "tada"));
        await world.AdvanceToAsync(At("2027-01-18 09:05"));
        await world.LetAsync(ann.ClickAsync(Opening(world), "I'm in"));
        await world.LetAsync(bilal.ClickAsync(Opening(world), "I'm in"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        return world;
    }

    private static void Everybody(Seed seed)
    {
        seed.AddUser("hana.lead", "Hana Lead", "Europe/London", teams: SidecarWorld.Team);
        seed.AddUser("ann", "Ann Berg", "Europe/Berlin", teams: SidecarWorld.Team);
        seed.AddUser("bilal", "Bilal Khan", "America/New_York", teams: SidecarWorld.Team);
        seed.AddUser("chiara", "Chiara Rossi", "Asia/Tokyo", teams: SidecarWorld.Team);
        seed.AddChannel(SidecarWorld.Team, "learning", "Learning", members: ["hana.lead", "ann", "bilal", "chiara"]);
    }

    private static SeenPost Opening(SidecarWorld world) =>
        world.As("chiara").Read("learning").Last(post => post.RootId.Length == 0 && post.Message.StartsWith("**One good question**", StringComparison.Ordinal));

    private static SeenPost WrapUp(SidecarWorld world) =>
        world.As("chiara").Read("learning").Single(post => post.Message.StartsWith("**This round of One good question is closed.**", StringComparison.Ordinal));

    private static async Task<SeenPost> DirectAsync(SidecarWorld world, string person) =>
        world.As(person).Latest(await world.As(person).DirectAsync("learning"));

    private static async Task<IReadOnlyList<Occurrence>> RoundsAsync(SidecarWorld world)
    {
        var run = (await world.Store.FindAsync(Run.ByStatus, nameof(RunStatus.Running))).ShouldHaveSingleItem();
        return await world.Store.FindAsync(Occurrence.ByRun, run.Id);
    }

    private static string Everything(SidecarWorld world) =>
        string.Join('\n', world.Store.Everything().SelectMany(kind => kind.Value.Select(one => $"{kind.Key}/{one.Key}: {one.Value}")));

    private static string Scrub(SidecarWorld world, string text) => System.Text.RegularExpressions.Regex.Replace(
        text.Replace(world.Mattermost.Address.ToString(), "http://mattermost/", StringComparison.Ordinal), "[a-z0-9]{26}", "(id)");

    private static async Task<Dictionary<string, string>> FilesAsync(SidecarWorld world, string person)
    {
        var post = await world.As(person).CallAsync("GET", $"/posts/{(await DirectAsync(world, person)).Id}");
        using var http = new HttpClient { BaseAddress = world.Mattermost.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", world.BotToken);
        Dictionary<string, string> files = [];
        foreach (var id in post["file_ids"]!.AsArray().Select(node => node!.GetValue<string>()))
        {
            var info = await world.As(person).CallAsync("GET", $"/files/{id}/info");
            files[info["name"]!.GetValue<string>()] = await http.GetStringAsync(new Uri($"api/v4/files/{id}", UriKind.Relative));
        }

        return files;
    }

    private static DateTimeOffset At(string utc) => new(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
}
