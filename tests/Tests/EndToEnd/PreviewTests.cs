using MattermostLearning.Sidecar.Options;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Every message of an activity, before anybody else sees it.</summary>
public sealed class PreviewTests : IDisposable
{
    private readonly Unit.Host.Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_activity_previewed_reads_like_this() =>
        Snapshot.Verify(await RehearsalTests.RunAsync("preview", Write(("schedule", "once on 2020-02-03 at 09:00"), ("rounds", null))), "preview");

    [Fact]
    public async Task A_learner_sees_what_comes_to_all_and_to_them_and_a_facilitator_what_comes_to_hosts()
    {
        var file = Write();

        var learner = await RehearsalTests.RunAsync("preview", file, "--as", "learner");
        var facilitator = await RehearsalTests.RunAsync("preview", file, "--as", "facilitator");

        foreach (var both in new[] { learner, facilitator })
        {
            both.ShouldContain("Ask somebody **one question**.");
            both.ShouldContain("This round of One good question is closed.");
            both.ShouldContain("The same begins anew with the next round, on Monday ");
        }

        learner.ShouldContain("You're in for this round");
        learner.ShouldContain("[Not this time]  [No more reminders]");
        learner.ShouldNotContain("[Start]  [Cancel]");
        facilitator.ShouldContain("[Start]  [Cancel]");
        facilitator.ShouldContain("replied: "); // what a host reads after the close
        facilitator.ShouldNotContain("[Not this time]");
    }

    [Theory]
    [InlineData("quizzes/markdown-and-shortcuts.md", "question 1 of ")]
    [InlineData("quizzes/security-basics.md", "question 1 of 5")]
    [InlineData("quizzes/giving-feedback.md", "Vote alone first")]
    [InlineData("prompt-series/twelve-mondays.md", "learn last week by accident")]
    public async Task Whatever_its_kind_an_activity_of_the_library_is_previewed(string file, string says) =>
        (await RehearsalTests.RunAsync("preview", Path.Combine(Repository.Root, "content", file))).ShouldContain(says);

    [Fact]
    public async Task A_file_whose_folder_says_of_which_kind_it_is_is_previewed_by_itself()
    {
        var file = _folder.Write("content/challenges/one-good-question.md", Stage.Challenge(("host", null), ("kind", null)));

        (await RehearsalTests.RunAsync("preview", file)).ShouldContain("Ask somebody **one question**.");
    }

    [Theory]
    [InlineData("every Monday at 09:00", null, "2020-02-17", "Monday 19 August, 09:00 London")]
    [InlineData("every Monday at 09:00", "2020-02-04", "2020-02-17", "Monday 10 February, 09:00 London")]
    public async Task What_has_ended_is_previewed_as_it_was(string schedule, string? from, string until, string opens) =>
        (await RehearsalTests.RunAsync("preview", Write(("schedule", schedule), ("from", from), ("until", until), ("rounds", null)))).ShouldContain(opens);

    [Fact]
    public async Task A_translation_is_no_activity_of_its_own_and_its_original_is_named()
    {
        Write();
        var file = _folder.Write("content/one-good-question.de.md", "---\ntitle: Eine gute Frage\n---\nStell **eine Frage**.\n\n## Hint after 1 day\nFrag.\n\n## Wrap-up\nWen?\n");

        (await Should.ThrowAsync<CannotStartException>(() => RehearsalTests.RunAsync("preview", file))).Message.ShouldContain("is a translation, and is shown to those who read `de`. Name its original: ");
    }

    [Theory]
    [InlineData("### Do: start a thread with a question")]
    [InlineData("### Do: start a thread in ~learning")]
    public async Task A_learner_does_what_a_lesson_asks_for_where_no_thread_is_there_yet(string check)
    {
        var file = _folder.Write("content/courses/asking.md", $"---\ntitle: Asking\nchannel: learning\n---\nAsk.\n\n## Lesson 1: One thing\nSay it.\n\n{check}\n\n## Wrap-up\nWhom will you ask?\n");

        (await RehearsalTests.RunAsync("preview", file, "--as", "learner")).ShouldContain("**Asking**: you are through.");
    }

    [Fact]
    public async Task A_draft_is_seen_before_it_is_offered_and_its_file_stays_one()
    {
        var file = Write(("draft", "yes"));

        (await RehearsalTests.RunAsync("preview", file)).ShouldContain("Ask somebody **one question**.");

        File.ReadAllText(file).ShouldContain("draft: yes");
    }

    [Fact]
    public async Task The_page_looks_like_the_conversation_and_is_one_file()
    {
        var page = Path.Combine(_folder.Path, "preview.html");

        (await RehearsalTests.RunAsync("preview", Write(), "--html", page)).ShouldStartWith($"Written: {page}.");

        var html = File.ReadAllText(page);
        html.ShouldContain("<h1>Preview of One good question</h1>");
        html.ShouldContain("<strong>one question</strong>");
        html.ShouldContain("<span class=\"button primary\">I&#39;m in</span>");
        html.ShouldContain("<span class=\"badge\">BOT</span>");
        html.ShouldNotContain("<script");
    }

    [Fact]
    public async Task What_stands_beside_the_file_is_shown_where_it_hangs_and_a_folder_with_an_activity_is_one()
    {
        _folder.Write("content/tour/activity.md", Stage.Challenge(("host", null), ("body", "Find the corner on ![the map](pictures/map.png), as [the plan](plan.pdf) says.")));
        var folder = Path.Combine(_folder.Path, "content", "tour");
        Directory.CreateDirectory(Path.Combine(folder, "pictures"));
        File.WriteAllBytes(Path.Combine(folder, "pictures", "map.png"), [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(folder, "plan.pdf"), [4, 5, 6]);
        var page = Path.Combine(_folder.Path, "preview.html");

        var text = await RehearsalTests.RunAsync("preview", folder);
        await RehearsalTests.RunAsync("preview", folder, "--html", page);

        text.ShouldContain("Find the corner on _the map_");
        text.Split("       Attached: map.png\n       Attached: plan.pdf\n").Length.ShouldBe(2);
        text.ShouldContain("`/learn stop tour` stops it.");
        var html = File.ReadAllText(page);
        html.ShouldContain("<img class=\"picture\" alt=\"map.png\" src=\"data:image/png;base64,AQID\">");
        html.ShouldContain("<p class=\"file\">plan.pdf</p>");
    }

    [Fact]
    public async Task A_folder_or_an_unknown_reader_is_said_in_a_sentence()
    {
        var file = Write();

        (await Should.ThrowAsync<UsageException>(() => RehearsalTests.RunAsync("preview", Path.GetDirectoryName(file)!))).Message.ShouldContain("is a folder, and `preview` takes one file.");
        (await Should.ThrowAsync<UsageException>(() => RehearsalTests.RunAsync("preview", file, "--as", "admin"))).Message.ShouldBe("`--as` takes learner or facilitator, and `admin` is neither.");
    }

    private string Write(params (string Key, string? Value)[] changes) => _folder.Write("content/one-good-question.md", Stage.Challenge([("host", null), .. changes]));
}
