using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Quizzes as people live through them, in each of their three ways. The transcripts are kept beside this file and are meant to be read.</summary>
public sealed class QuizTests
{
    /// <summary>A transcript is the same each time; runs, and so the orders that are drawn for them, are not.</summary>
    private const string AsWritten = "shuffle: no";

    private const string Rounds = "schedule: every Tuesday at 09:00\ntime-zone: Europe/London\nopen-for: 2 days\nremind: 20 hours before close\nrounds: 2";

    [Fact]
    public async Task A_quiz_at_any_time_goes_on_in_direct_messages()
    {
        await using var world = await QuizStage.StartedAsync($"mode: any time\n{AsWritten}");
        var ann = world.As("ann");
        await world.LetAsync(ann.ClickAsync(QuizStage.Opening(world), "Start"));
        for (var number = 0; number < 6; number++)
            await AnswerAsync(world, "ann", isRight: number % 2 == 0);
        var score = (await QuizStage.DirectAsync(world, "ann"))[^2];
        score.Message.ShouldStartWith("**All kinds**: 3 of 6 right.");
        (await QuizStage.LastDirectAsync(world, "ann")).Message.ShouldStartWith("**All kinds**: 3 of your answers were not quite right. Shall I ask you those again tomorrow");
        await world.LetAsync(ann.ClickAsync(score, "Once more"));
        (await QuizStage.LastDirectAsync(world, "ann")).Message.ShouldContain("question 1 of 6");
        await world.LetAsync(ann.CommandAsync("/learn", "learning"));
        Snapshot.Verify(world.Mattermost.Transcript.ToString(), "quiz-any-time");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_quiz_in_a_window_hides_all_answers_until_it_closes()
    {
        await using var world = await QuizStage.StartedAsync($"mode: window\n{AsWritten}\n{Rounds}");
        await world.AdvanceToAsync(QuizStage.Tuesday.AddMinutes(1));
        var opening = QuizStage.Opening(world);
        foreach (var (index, person) in QuizStage.Crowd.Index())
        {
            await world.LetAsync(world.As(person).ClickAsync(opening, "Start"));
            // The last one begins, and is reminded.
            for (var number = 0; number < (person == "fay" ? 2 : 6); number++)
                await AnswerAsync(world, person, isRight: (index + number) % 3 != 0);
        }

        (await QuizStage.DirectAsync(world, "ann")).ShouldAllBe(post => !post.Text.Contains("Right") && !post.Text.Contains("Not quite") && !post.Text.Contains("blue"));
        await world.AdvanceToAsync(QuizStage.Tuesday.AddDays(2).AddMinutes(1));
        var card = world.As("dev").Read("learning").Last(post => post.RootId == opening.Id);
        card.Message.ShouldStartWith("**All kinds is closed.** Six of you answered. Thank you.");
        (await PicturesOfAsync(world, card)).ShouldBe(1);
        await world.LetAsync(world.As("ann").ClickAsync(card, "My answers"));
        await world.LetAsync(world.As("ann").ClickAsync(card, "My answers"));
        (await QuizStage.LastDirectAsync(world, "ann")).Message.ShouldEndWith("_Only you see this._");
        (await QuizStage.DirectAsync(world, "ann")).Count(post => post.Message.Contains("_Only you see this._")).ShouldBe(1);
        Snapshot.Verify(world.Mattermost.Transcript.ToString(), "quiz-window");
        // Also after so long that what was sent is no longer known.
        await world.AdvanceAsync(TimeSpan.FromDays(9));
        var there = await world.LetAsync(world.As("ann").ClickAsync(card, "My answers"));
        there.Dialog!.Json.ToString().ShouldContain("Your answers are in your direct messages, and begin [here](");
        (await QuizStage.DirectAsync(world, "ann")).Count(post => post.Message.Contains("_Only you see this._")).ShouldBe(1);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Peer_instruction_is_voting_alone_talking_and_voting_again()
    {
        await using var world = await QuizStage.StartedAsync($"mode: peer instruction\nfirst-vote: 1 day\n{AsWritten}\n{Rounds}", """
            Vote for yourself first.

            ## Question: Which of these is red?
            - [ ] A plum
              > Plums are blue.
            - [x] A cherry
              > Ripe ones are.

            ## Wrap-up
            What made you think again?
            """);
        await world.AdvanceToAsync(QuizStage.Tuesday.AddMinutes(1));
        var opening = QuizStage.Opening(world);
        foreach (var person in QuizStage.Crowd)
            await world.LetAsync(world.As(person).ClickAsync(opening, QuizStage.LetterOf(opening, person == "ann" ? "A cherry" : "A plum")));
        await world.LetAsync(world.As("bilal").ClickAsync(opening, QuizStage.LetterOf(opening, "A cherry")));
        world.As("dev").Read("learning").ShouldNotContain(post => post.RootId == opening.Id);
        var (onScreen, plum) = (world.As("fay").Look(opening.Id), QuizStage.LetterOf(opening, "A plum"));

        await world.AdvanceToAsync(QuizStage.Tuesday.AddDays(1).AddMinutes(1));
        // Fay's screen still shows the first vote: what she presses there is no vote in the second one.
        await Should.ThrowAsync<StandInException>(() => world.LetAsync(world.As("fay").ClickAsync(onScreen, onScreen.Buttons.Single(button => button.Label == plum))));
        await world.LetAsync(world.As("ann").ReplyAsync(opening, "A cherry is the only fruit here that is red when it is ripe."));
        foreach (var person in QuizStage.Crowd.Where(person => person != "fay"))
            await world.LetAsync(world.As(person).ClickAsync(opening, QuizStage.LetterOf(opening, "A cherry")));
        await world.AdvanceToAsync(QuizStage.Tuesday.AddDays(2).AddMinutes(1));
        // Six voted first, two of them for the cherry; then five, all for it.
        var card = world.As("dev").Read("learning").Last(post => post.RootId == opening.Id);
        card.Message.ShouldContain("A cherry: a few, then everybody (right)");
        (await PicturesOfAsync(world, card)).ShouldBe(1);
        Snapshot.Verify(world.Mattermost.Transcript.ToString(), "quiz-peer-instruction");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_double_click_answers_once_and_an_old_button_says_so()
    {
        await using var world = await QuizStage.StartedAsync("mode: any time");
        var ann = world.As("ann");
        var opening = QuizStage.Opening(world);
        await world.LetAsync(ann.ClickAsync(opening, "Start"));
        var again = await world.LetAsync(ann.ClickAsync(opening, "Start"));
        again.Text.ShouldStartWith("You are at question 1 of 6 of **All kinds**");
        (await QuizStage.DirectAsync(world, "ann")).Count(post => post.Message.Contains("question 1 of 6")).ShouldBe(1);

        var (question, seals) = await AtRedAsync(world);
        await world.LetAsync(ann.ClickAsync(question, question.Buttons.First()));
        var answered = ann.Look(question.Id).Message;
        answered.ShouldContain("Your answer: ");
        // Mattermost finds no button any more; what it had passed on before that comes late.
        (await Should.ThrowAsync<StandInException>(() => ann.ClickAsync(question, question.Buttons.ElementAt(1)))).Status.ShouldBe(404);
        (await Stage.PressAsync(world, "ann", question, seals[1])).Text.ShouldBe("You have answered this one. Your first answer counts.");
        await world.AdvanceAsync(TimeSpan.FromSeconds(10));
        ann.Look(question.Id).Message.ShouldBe(answered);
        (await AnswersOf(world, "ann")).ShouldBe((await AnswersOf(world, "ann")).Distinct());
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_takes_the_place_of_a_question_of_which_we_do_not_know_yet_that_it_stands()
    {
        await using var world = await QuizStage.StartedAsync($"mode: any time\n{AsWritten}");
        var ann = world.As("ann");
        // Mattermost has the post and shows it, but its answer is lost.
        world.Mattermost.Faults.Plan("POST", "/posts", Fault.LostReply);
        world.Mattermost.Faults.Plan("POST", "/posts", Fault.Answer(500), times: 20);
        await world.LetAsync(ann.ClickAsync(QuizStage.Opening(world), "Start"));
        var question = (await QuizStage.DirectAsync(world, "ann")).Single(post => post.Buttons.Any());
        (await world.Store.FindAsync(PostedMessage.ByPost, question.Id)).ShouldBeEmpty();

        (await world.LetAsync(ann.ClickAsync(question, question.Buttons.First()))).Text.ShouldBeEmpty();

        ann.Look(question.Id).Message.ShouldContain("Your answer: ");
        world.Mattermost.Faults.Clear();
        await world.AdvanceAsync(TimeSpan.FromMinutes(10));
        (await QuizStage.DirectAsync(world, "ann")).Count(post => post.Message.Contains("question 1 of 6")).ShouldBe(1);
        ann.Look(question.Id).Message.ShouldContain("Your answer: ");
    }

    [Fact]
    public async Task Of_two_devices_at_the_same_moment_one_answers_and_the_other_is_told()
    {
        await using var world = await QuizStage.StartedAsync("mode: any time");
        await world.LetAsync(world.As("ann").ClickAsync(QuizStage.Opening(world), "Start"));
        var (question, seals) = await AtRedAsync(world);
        var before = (await AnswersOf(world, "ann")).Count;

        var told = await Task.WhenAll(Stage.PressAsync(world, "ann", question, seals[0]), Stage.PressAsync(world, "ann", question, seals[1]));

        told.Count(reply => reply.Text == "You have answered this one. Your first answer counts.").ShouldBe(1);
        (await AnswersOf(world, "ann")).Count.ShouldBe(before + 1);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_form_does_not_take_is_said_beside_its_field()
    {
        await using var world = await QuizStage.StartedAsync("mode: any time", "## How high is it?\n### Answer\n42");
        var ann = world.As("ann");
        await world.LetAsync(ann.ClickAsync(QuizStage.Opening(world), "Start"));
        await world.LetAsync(ann.ClickAsync(await QuizStage.LastDirectAsync(world, "ann"), "Answer"));
        var wrong = await world.LetAsync(ann.SubmitAsync(new JsonObject { ["answer"] = "high" }));
        wrong.Errors["answer"].ShouldBe("This is no number that I can read. Type it like 42 or 3.5.");
        (await world.LetAsync(ann.SubmitAsync(new JsonObject { ["answer"] = "42 m" }))).IsClosed.ShouldBeTrue();
        (await QuizStage.LastDirectAsync(world, "ann")).Message.ShouldStartWith("**All kinds**: 1 of 1 right.");
    }

    [Fact]
    public async Task Whoever_has_begun_goes_on_with_the_text_that_they_began_with()
    {
        await using var world = await QuizStage.StartedAsync("mode: any time\nshuffle: no", "## Is it one?\n- [x] Yes\n- [ ] No\n\n## Is it two?\n- [x] Yes\n- [ ] No");
        await world.LetAsync(world.As("ann").ClickAsync(QuizStage.Opening(world), "Start"));
        await world.StopSidecarAsync();
        world.WriteContent($"quizzes/{QuizStage.Slug}.md", "---\nkind: quiz\ntitle: All kinds\nchannel: learning\nmode: any time\nshuffle: no\n---\n## Is it three?\n- [x] Yes\n- [ ] No\n");
        await world.StartSidecarAsync();
        await world.LetAsync(world.As("ann").ClickAsync(await QuizStage.LastDirectAsync(world, "ann"), "A"));
        (await QuizStage.LastDirectAsync(world, "ann")).Message.ShouldContain("Is it two?");
        await world.LetAsync(world.As("bilal").ClickAsync(QuizStage.Opening(world), "Start"));
        (await QuizStage.LastDirectAsync(world, "bilal")).Message.ShouldContain("Is it three?");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_round_outlives_a_kill_and_closes_once_with_every_answer()
    {
        await using var world = await QuizStage.StartedAsync($"mode: window\n{AsWritten}\n{Rounds}", "## Is it one?\n- [x] Yes\n- [ ] No\n\n## Is it two?\n- [x] Yes\n- [ ] No");
        await world.AdvanceToAsync(QuizStage.Tuesday.AddMinutes(1));
        var opening = QuizStage.Opening(world);
        foreach (var person in QuizStage.Crowd)
        {
            await world.LetAsync(world.As(person).ClickAsync(opening, "Start"));
            await world.LetAsync(world.As(person).ClickAsync(await QuizStage.LastDirectAsync(world, person), "A"));
        }

        await world.KillSidecarAsync();
        await world.StartSidecarAsync();
        foreach (var person in QuizStage.Crowd)
            await world.LetAsync(world.As(person).ClickAsync(await QuizStage.LastDirectAsync(world, person), person == "ann" ? "B" : "A"));

        // Down while it should have closed: it closes when the sidecar is back, and another kill closes it no second time.
        await world.StopSidecarAsync();
        world.Time.AdvanceTo(QuizStage.Tuesday.AddDays(2).AddHours(3));
        await world.StartSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        await world.KillSidecarAsync();
        await world.StartSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        var cards = world.As("dev").Read("learning").Where(post => post.RootId == opening.Id && post.Message.Contains("is closed.")).ToList();
        cards.ShouldHaveSingleItem().Message.ShouldStartWith("**All kinds is closed.** Six of you answered. Thank you.");
        cards[0].Message.ShouldContain("- Yes: everybody (right)");
    }

    [Fact]
    public async Task Stopped_left_or_archived_it_says_so_and_sends_nothing_more()
    {
        await using var world = await QuizStage.StartedAsync("mode: any time");
        var (ann, bilal) = (world.As("ann"), world.As("bilal"));
        var opening = QuizStage.Opening(world);
        await world.LetAsync(ann.ClickAsync(opening, "Start"));
        await world.LetAsync(bilal.ClickAsync(opening, "Start"));
        var question = await QuizStage.LastDirectAsync(world, "ann");
        await world.LetAsync(ann.CommandAsync($"/learn leave {QuizStage.Slug}", "learning"));
        await world.LetAsync(ann.ClickAsync(question, question.Buttons.First()));
        (await AnswersOf(world, "ann")).ShouldBeEmpty();

        await world.LetAsync(world.As("root").CallAsync("DELETE", $"/channels/{opening.ChannelId}"));
        await world.LetAsync(world.As("root").CallAsync("POST", $"/channels/{opening.ChannelId}/restore"));
        await AnswerAsync(world, "bilal", isRight: true);
        (await AnswersOf(world, "bilal")).ShouldHaveSingleItem();

        await world.LetAsync(world.As("hana.lead").CommandAsync($"/learn stop {QuizStage.Slug}", "learning"));
        world.As("dev").Look(opening.Id).Text.ShouldContain("This quiz has ended.");
        var late = await QuizStage.LastDirectAsync(world, "bilal");
        await world.LetAsync(bilal.ClickAsync(late, late.Buttons.First()));
        (await AnswersOf(world, "bilal")).ShouldHaveSingleItem();
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_few_people_nothing_is_told_that_would_point_at_one()
    {
        await using var world = await QuizStage.StartedAsync($"mode: window\n{Rounds}");
        await world.AdvanceToAsync(QuizStage.Tuesday.AddMinutes(1));
        var opening = QuizStage.Opening(world);
        foreach (var person in new[] { "ann", "bilal", "chiara", "dev" })
        {
            await world.LetAsync(world.As(person).ClickAsync(opening, "Start"));
            for (var number = 0; number < 6; number++)
                await AnswerAsync(world, person, isRight: true);
        }

        await world.AdvanceToAsync(QuizStage.Tuesday.AddDays(2).AddMinutes(1));
        var card = world.As("dev").Read("learning").Last(post => post.RootId == opening.Id).Message;
        card.ShouldStartWith("**All kinds is closed.** Thank you to everybody who answered.");
        card.ShouldNotContain("in 10");
        card.ShouldNotContain("everybody (right)");
        card.ShouldContain("- A cherry (right)");
        (await PicturesOfAsync(world, world.As("dev").Read("learning").Last(post => post.RootId == opening.Id))).ShouldBe(0);
    }

    [Fact]
    public async Task Of_somebody_forgotten_no_answer_is_kept()
    {
        await using var world = await QuizStage.StartedAsync("mode: any time");
        var ann = world.As("ann");
        await world.LetAsync(ann.ClickAsync(QuizStage.Opening(world), "Start"));
        await AnswerAsync(world, "ann", isRight: true);
        await world.LetAsync(ann.CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        (await world.Store.FindAsync(Participation.ByPerson, ann.Id, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await world.Store.FindAsync(LearningEvent.ByPerson, ann.Id, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_somebody_forgotten_a_reply_is_counted_without_their_vote()
    {
        await using var world = await QuizStage.StartedAsync($"mode: peer instruction\n{AsWritten}\n{Rounds}", "## Question: Which of these is red?\n- [ ] A plum\n- [x] A cherry");
        await world.AdvanceToAsync(QuizStage.Tuesday.AddMinutes(1));
        var (ann, opening) = (world.As("ann"), QuizStage.Opening(world));
        await world.LetAsync(ann.ClickAsync(opening, QuizStage.LetterOf(opening, "A plum")));
        await world.LetAsync(ann.ReplyAsync(opening, "A plum is red inside."));
        var part = (await world.Store.FindAsync(Participation.ByPerson, ann.Id, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        part.State.ShouldNotBeNull();
        await world.LetAsync(ann.CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        var left = (await world.Store.FindAsync(Participation.ByOccurrence, part.OccurrenceId, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        (left.Contributions, left.State, left.FinishedAt).ShouldBe((1, null, null));
        left.PersonId.ShouldNotBe(ann.Id);
        world.Log.Problems.ShouldBeEmpty();
    }

    /// <summary>Answers what they are asked now, whichever of the six questions it is.</summary>
    private static async Task AnswerAsync(SidecarWorld world, string person, bool isRight)
    {
        var who = world.As(person);
        var post = await QuizStage.LastDirectAsync(world, person);
        if (post.Message.Contains("Which of these is red?"))
        {
            await world.LetAsync(who.ClickAsync(post, QuizStage.LetterOf(post, isRight ? "A cherry" : "A plum")));
            return;
        }

        await world.LetAsync(who.ClickAsync(post, "Answer"));
        JsonObject values = post.Message switch
        {
            var text when text.Contains("are cities") => new() { ["o0"] = true, ["o1"] = isRight, ["o2"] = false },
            var text when text.Contains("Switzerland") => new() { ["answer"] = isRight ? "bern" : "Zurich" },
            var text when text.Contains("Matterhorn") => new() { ["answer"] = isRight ? "4.450 m" : "5000" },
            var text when text.Contains("into order") => isRight ? new() { ["o0"] = "0", ["o1"] = "1", ["o2"] = "2" } : new() { ["o0"] = "2", ["o1"] = "1", ["o2"] = "0" },
            _ => isRight ? new() { ["o0"] = "0", ["o1"] = "1" } : new() { ["o0"] = "1", ["o1"] = "0" },
        };
        var sent = await world.LetAsync(who.SubmitAsync(values));
        sent.IsClosed.ShouldBeTrue($"{post.Message}: {sent.Error} {string.Join(", ", sent.Errors)}");
    }

    private static async Task<int> PicturesOfAsync(SidecarWorld world, SeenPost post) =>
        (await world.As("dev").CallAsync("GET", $"/posts/{post.Id}"))["file_ids"]?.AsArray().Count ?? 0;

    /// <summary>Ann has come to the question with buttons. With it comes what Mattermost would pass on for each of them.</summary>
    private static async Task<(SeenPost Question, string[] Seals)> AtRedAsync(SidecarWorld world)
    {
        const string red = "Which of these is red?";
        while (!(await QuizStage.LastDirectAsync(world, "ann")).Message.Contains(red))
            await AnswerAsync(world, "ann", isRight: true);
        var rows = await world.Store.FindAsync(OutboxRow.ByPerson, world.As("ann").Id, TestContext.Current.CancellationToken);
        var asked = rows.Select(row => row.Draft).OfType<Draft>().Single(draft => draft.Text.Contains(red));
        return (await QuizStage.LastDirectAsync(world, "ann"), [.. asked.Buttons.Select(button => Stage.Seal(world, button.Action))]);
    }

    private static async Task<List<string>> AnswersOf(SidecarWorld world, string person) =>
        [.. (await world.Store.FindAsync(LearningEvent.ByPerson, world.As(person).Id, TestContext.Current.CancellationToken)).Where(fact => fact.Verb == Verbs.Answered).Select(fact => fact.Result!)];
}
