using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What somebody answered wrong comes again, if they said yes to that, until they know it. The transcript is kept beside this file and is meant to be read.</summary>
public sealed class RecallTests
{
    private const string AnyTime = "mode: any time\nshuffle: no";

    private const string Fruit = """
        ## Question: Which of these is red?
        - [ ] A plum
          > Plums are blue.
        - [x] A cherry
          > Ripe ones are.

        ## Question: Which of these are cities?
        - [x] Paris
        - [x] Lima
        - [ ] France
          > That is a country.
        """;

    private static readonly DateTimeOffset Monday = LearningTown.At("2027-01-11 09:00");

    [Fact]
    public async Task What_was_wrong_comes_again_until_it_is_known()
    {
        await using var world = await MissedBothAsync();
        var offer = await QuizStage.LastDirectAsync(world, "ann");
        await world.LetAsync(world.As("ann").ClickAsync(offer, "Yes, ask me again"));
        // Due on Saturday, on which nobody is written to.
        await world.AdvanceToAsync(Monday.AddMinutes(-1));
        (await QuizStage.LastDirectAsync(world, "ann")).Id.ShouldBe(offer.Id);
        foreach (var day in new[] { 0, 3, 10, 31 })
        {
            await world.AdvanceToAsync(Monday.AddDays(day).AddMinutes(2));
            await PressAsync(world, "ann", "Ask me now");
            await AnswerAsync(world, "ann", isRight: true);
            await AnswerAsync(world, "ann", isRight: true);
        }

        (await DeckAsync(world, "ann")).Cards.ShouldBeEmpty();
        await world.AdvanceToAsync(Monday.AddDays(90));
        (await QuizStage.LastDirectAsync(world, "ann")).Message.ShouldStartWith("**Recall**: 2 of 2 right.", customMessage: "what is known is not asked again");
        var facts = await world.Store.FindAsync(LearningEvent.ByPerson, world.As("ann").Id, TestContext.Current.CancellationToken);
        facts.Count(fact => fact is { Verb: Verbs.Recalled, RunId: "recall" } && fact.Result!.StartsWith($"{QuizStage.Slug}/", StringComparison.Ordinal) && fact.Result.EndsWith(":100", StringComparison.Ordinal)).ShouldBe(8);
        facts.Count(fact => fact.Verb == Verbs.Known).ShouldBe(2);
        facts.Count(fact => fact.Verb == Verbs.Reminded).ShouldBe(4);
        Snapshot.Verify(world.Mattermost.Transcript.ToString(), "recall");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_says_no_or_nothing_is_not_asked_again_and_nothing_is_kept()
    {
        await using var world = await MissedBothAsync();
        await MissBothAsync(world, "bilal");
        await PressAsync(world, "ann", "No, thanks");
        foreach (var person in new[] { "ann", "bilal" })
        {
            await PressAsync(world, person, "Once more");
            await AnswerAsync(world, person, isRight: false);
            await AnswerAsync(world, person, isRight: false);
            (await QuizStage.DirectAsync(world, person)).Count(post => post.Message.Contains("Shall I ask you") || post.Message == "All right, then not. `/learn recall on` changes that.").ShouldBe(1);
            (await world.Store.GetAsync<RecallDeck>(world.As(person).Id, TestContext.Current.CancellationToken)).ShouldBeNull();
        }

        var before = (await QuizStage.DirectAsync(world, "ann")).Count;
        await world.AdvanceToAsync(Monday.AddDays(30));
        (await QuizStage.DirectAsync(world, "ann")).Count.ShouldBe(before);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/learn recall off", true)]
    [InlineData("/learn settings recall off", true)]
    [InlineData("/learn settings pace daily", false)]
    public async Task Off_that_somebody_typed_before_they_were_asked_is_their_no(string typed, bool isNo)
    {
        await using var world = await QuizStage.StartedAsync(AnyTime, Fruit);
        await world.LetAsync(world.As("ann").CommandAsync(typed, "learning"));
        await MissBothAsync(world, "ann");
        (await QuizStage.DirectAsync(world, "ann")).Count(post => post.Message.Contains("Shall I ask you")).ShouldBe(isNo ? 0 : 1);
        var facts = await world.Store.FindAsync(LearningEvent.ByPerson, world.As("ann").Id, TestContext.Current.CancellationToken);
        facts.Count(fact => fact.Verb == Verbs.RecallOff).ShouldBe(isNo ? 1 : 0);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_answer_puts_it_back_to_the_beginning_and_a_partly_right_one_leaves_it_where_it_is()
    {
        await using var world = await OnAsync();
        await world.AdvanceToAsync(Monday.AddMinutes(2));
        await PressAsync(world, "ann", "Ask me now");
        await AnswerAsync(world, "ann", isRight: true);
        await AnswerAsync(world, "ann", isRight: true);
        await world.AdvanceToAsync(Monday.AddDays(3).AddMinutes(2));
        await PressAsync(world, "ann", "Ask me now");
        await AnswerAsync(world, "ann", isRight: false);
        var verdicts = await QuizStage.DirectAsync(world, "ann");
        verdicts[^2].Message.ShouldEndWith("_I ask you this again tomorrow, Friday._");
        // One of two cities, and no country.
        await world.LetAsync(world.As("ann").ClickAsync(await QuizStage.LastDirectAsync(world, "ann"), "Answer"));
        await world.LetAsync(world.As("ann").SubmitAsync(new JsonObject { ["o0"] = true, ["o1"] = false, ["o2"] = false }));
        (await DeckAsync(world, "ann")).Cards.Select(card => card.Box).Order().ShouldBe([0, 1]);
        (await QuizStage.LastDirectAsync(world, "ann")).Message.ShouldBe("**Recall**: 0 of 2 right.\nTwo questions are in your deck, the first of them due tomorrow, Friday.");
    }

    [Fact]
    public async Task A_wrong_answer_in_a_course_goes_into_the_same_deck()
    {
        await using var world = await CourseStage.StartedAsync();
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.AnswerAsync(world, "ann", "Three");
        // The offer does not come between the learner and the next card.
        var direct = await Stage.DirectAsync(world, "ann");
        direct[^2].Message.ShouldStartWith("**Good messages**: one of your answers was not quite right.");
        await CourseStage.PressAsync(world, "ann", "Yes, ask me again");
        await world.AdvanceToAsync(Monday);
        await world.LetAsync(world.As("ann").CommandAsync("/learn recall", "learning"));
        var asked = await CourseStage.LastAsync(world, "ann");
        asked.Message.ShouldStartWith("**Recall**, question 1 of 1, from **Good messages**\nHow many questions does a good message ask?");
        await CourseStage.AnswerAsync(world, "ann", "One");
        (await DeckAsync(world, "ann")).Cards.ShouldHaveSingleItem().Box.ShouldBe(1);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_wrong_in_a_window_goes_in_when_it_closes_for_who_has_said_yes()
    {
        await using var world = await QuizStage.StartedAsync("mode: window\nshuffle: no\nschedule: every Tuesday at 09:00\ntime-zone: Europe/London\nopen-for: 2 days\nrounds: 1", Fruit);
        await world.LetAsync(world.As("ann").CommandAsync("/learn settings recall on", "learning"));
        await world.AdvanceToAsync(QuizStage.Tuesday.AddMinutes(1));
        foreach (var person in new[] { "ann", "bilal" })
            await MissBothAsync(world, person);
        (await world.Store.GetAsync<RecallDeck>(world.As("ann").Id, TestContext.Current.CancellationToken)).ShouldBeNull("what is hidden is not asked about");
        await world.AdvanceToAsync(QuizStage.Tuesday.AddDays(2).AddMinutes(1));
        (await DeckAsync(world, "ann")).Cards.Count.ShouldBe(2);
        (await world.Store.GetAsync<RecallDeck>(world.As("bilal").Id, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await QuizStage.DirectAsync(world, "bilal")).ShouldNotContain(post => post.Message.Contains("Shall I ask you"), "a close is nobody's doing, so nobody is asked then");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_press_changes_nothing_and_whoever_lost_the_question_gets_it_again()
    {
        await using var world = await OnAsync();
        await world.AdvanceToAsync(Monday);
        await world.LetAsync(world.As("ann").CommandAsync("/learn recall", "learning"));
        var first = await QuizStage.LastDirectAsync(world, "ann");
        var seals = await SealsAsync(world, first.Message.Split('\n')[1]);
        await world.LetAsync(world.As("ann").CommandAsync("/learn recall", "learning"));
        var again = await QuizStage.LastDirectAsync(world, "ann");
        again.Id.ShouldNotBe(first.Id);
        again.Message.ShouldBe(first.Message);
        const string old = "You have answered this one, or it came once more further down. Nothing has changed.";
        (await Stage.PressAsync(world, "ann", first, seals[0])).Text.ShouldBe(old);

        var newSeals = await SealsAsync(world, first.Message.Split('\n')[1]);
        var told = await Task.WhenAll(Stage.PressAsync(world, "ann", again, newSeals[^1]), Stage.PressAsync(world, "ann", again, newSeals[^2]));
        told.Count(reply => reply.Text == old).ShouldBe(1);
        (await world.Store.FindAsync(LearningEvent.ByPerson, world.As("ann").Id, TestContext.Current.CancellationToken)).Count(fact => fact.Verb == Verbs.Recalled).ShouldBe(1);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_fills_in_the_form_of_a_question_after_weeks_reads_what_is_said_to_it()
    {
        await using var world = await OnAsync();
        await world.AdvanceToAsync(Monday);
        await world.LetAsync(world.As("ann").CommandAsync("/learn recall", "learning"));
        await AnswerAsync(world, "ann", isRight: true);
        var cities = await QuizStage.LastDirectAsync(world, "ann");
        await world.AdvanceToAsync(Monday.AddDays(20));

        await world.LetAsync(world.As("ann").ClickAsync(cities, "Answer"));
        await world.LetAsync(world.As("ann").SubmitAsync(new JsonObject { ["o0"] = true, ["o1"] = false, ["o2"] = true }));

        (await QuizStage.DirectAsync(world, "ann")).ShouldContain(post => post.Id != cities.Id && post.Message.Contains("Which of these are cities?") && post.Message.Contains("That is a country."));
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_question_that_was_changed_while_it_was_asked_comes_anew_and_one_that_is_gone_leaves_the_deck()
    {
        await using var world = await OnAsync();
        await world.AdvanceToAsync(Monday);
        await world.LetAsync(world.As("ann").CommandAsync("/learn recall", "learning"));
        var asked = await QuizStage.LastDirectAsync(world, "ann");
        // What stood at B stands at A now: a press on the message as it was must not count for the other one.
        await EditAsync(world, Fruit.Replace("- [ ] A plum\n  > Plums are blue.\n- [x] A cherry\n  > Ripe ones are.", "- [x] A cherry\n  > Ripe ones are.\n- [ ] A plum\n  > Plums are blue.", StringComparison.Ordinal));
        await world.LetAsync(world.As("ann").ClickAsync(asked, QuizStage.LetterOf(asked, "A cherry")));
        world.As("ann").Look(asked.Id).Message.ShouldBe("This question has been changed since it was asked. What comes next is as it is now.");
        (await DeckAsync(world, "ann")).Cards.ShouldAllBe(card => card.Box == 0);
        await AnswerAsync(world, "ann", isRight: true);
        (await DeckAsync(world, "ann")).Cards.Count(card => card.Box == 1).ShouldBe(1);

        await EditAsync(world, Fruit[..Fruit.IndexOf("## Question: Which of these are", StringComparison.Ordinal)]);
        var answer = await world.LetAsync(world.As("ann").CommandAsync("/learn recall", "learning"));
        answer.Text.ShouldStartWith("**Recall**: nothing is due. One question was changed or taken away since, so it has left your deck.");
        (await DeckAsync(world, "ann")).Cards.ShouldHaveSingleItem();
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_away_for_a_while_costs_nobody_their_deck()
    {
        await using var world = await OnAsync();
        await world.StopSidecarAsync();
        File.Delete(Path.Combine(world.ContentFolder, $"quizzes/{QuizStage.Slug}.md"));
        await world.StartSidecarAsync();
        await world.AdvanceToAsync(Monday);
        (await world.LetAsync(world.As("ann").CommandAsync("/learn recall", "learning"))).Text.ShouldStartWith("**Recall**: nothing is due.");
        (await DeckAsync(world, "ann")).Cards.Count.ShouldBe(2);
        await EditAsync(world, Fruit);
        await world.LetAsync(world.As("ann").CommandAsync("/learn recall", "learning"));
        (await QuizStage.LastDirectAsync(world, "ann")).Message.ShouldStartWith("**Recall**, question 1 of 2");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Three_reminders_without_an_answer_are_the_last_ones_until_there_is_one()
    {
        await using var world = await OnAsync();
        await world.AdvanceToAsync(Monday.AddDays(60));
        var reminders = (await QuizStage.DirectAsync(world, "ann")).Where(post => post.Message.Contains("to recall, in about")).ToList();
        reminders.Count.ShouldBe(3);
        reminders[1].Message.ShouldNotContain("last time");
        reminders[2].Message.ShouldContain("This is the last time that I remind you until you answer one.");
        await world.LetAsync(world.As("ann").ClickAsync(reminders[2], "Ask me now"));
        // It takes the place of the reminder, however long ago that was sent.
        world.As("ann").Look(reminders[2].Id).Message.ShouldBe("**Recall**: 2 questions, in your direct messages, one after the other.");
        await AnswerAsync(world, "ann", isRight: false);
        await AnswerAsync(world, "ann", isRight: false);
        await world.AdvanceToAsync(Monday.AddDays(64));
        (await QuizStage.DirectAsync(world, "ann")).Count(post => post.Message.Contains("to recall, in about")).ShouldBe(3);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_pauses_or_has_reminders_off_is_not_reminded()
    {
        await using var world = await OnAsync();
        await world.LetAsync(world.As("ann").CommandAsync("/learn pause 2 weeks", "learning"));
        await world.AdvanceToAsync(Monday.AddDays(10));
        (await RemindersAsync(world)).ShouldBe(0);
        await world.AdvanceToAsync(Monday.AddDays(17));
        (await RemindersAsync(world)).ShouldBe(1);
        await world.LetAsync(world.As("ann").CommandAsync("/learn reminders off", "learning"));
        await world.AdvanceToAsync(Monday.AddDays(60));
        (await RemindersAsync(world)).ShouldBe(1);
        (await world.LetAsync(world.As("ann").CommandAsync("/learn", "learning"))).Text.ShouldContain("- **Recall**: 2 questions to recall");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_comes_in_one_message_with_what_else_is_due_that_day()
    {
        await using var world = await QuizStage.StartedAsync(AnyTime, Fruit);
        world.WriteContent("challenges/one.md", Stage.Challenge(("schedule", "every Sunday at 10:00"), ("open-for", "2 days"), ("remind", "1 day before close")));
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        await Stage.StartRunAsync(world, "one");
        await world.LetAsync(world.As("ann").CommandAsync("/learn recall on", "learning"));
        await MissBothAsync(world, "ann");
        await world.AdvanceToAsync(Monday.AddDays(-1).AddHours(2));
        await world.LetAsync(world.As("ann").CommandAsync("/learn join one", "learning"));
        await world.AdvanceToAsync(Monday.AddHours(8));
        var together = (await QuizStage.DirectAsync(world, "ann")).Where(post => post.Message.Contains("are waiting for you")).ShouldHaveSingleItem();
        together.Message.ShouldContain("- **Recall**: 2 questions, `/learn recall`");
        together.Message.ShouldContain("- **One good question** closes");
        (await RemindersAsync(world)).ShouldBe(0);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_switched_emptied_and_shown_where_people_look()
    {
        await using var world = await OnAsync();
        var ann = world.As("ann");
        (await world.LetAsync(ann.CommandAsync("/learn recall", "learning"))).Text.ShouldBe("**Recall**: nothing is due.\nTwo questions are in your deck, the first of them due tomorrow, Saturday.");
        (await world.LetAsync(ann.CommandAsync("/learn", "learning"))).Text.ShouldNotContain("Recall");
        await world.AdvanceToAsync(Monday.AddHours(1));
        var overview = await world.LetAsync(ann.CommandAsync("/learn", "learning"));
        overview.Text.ShouldStartWith("**Waiting for you**\n- **Recall**: 2 questions to recall");
        (await world.LetAsync(ann.ClickAsync(overview.Post!, "Recall"))).Text.ShouldBe("**Recall**: 2 questions, in your direct messages, one after the other.");
        (await QuizStage.LastDirectAsync(world, "ann")).Message.ShouldStartWith("**Recall**, question 1 of 2");

        (await world.LetAsync(ann.CommandAsync("/learn settings recall off", "learning"))).Text.ShouldBe("Recall is off: nothing is asked again. What is in your deck stays there, and `/learn recall empty` takes it out.");
        (await world.LetAsync(ann.CommandAsync("/learn", "learning"))).Text.ShouldNotContain("Recall");
        await world.LetAsync(ann.CommandAsync("/learn settings", "learning"));
        ann.Dialog.ShouldNotBeNull().Json["dialog"]!["introduction_text"]!.GetValue<string>().ShouldContain("Recall is off (`/learn settings recall on`");
        (await world.LetAsync(ann.CommandAsync("/learn recall on", "learning"))).Text.ShouldEndWith("Two questions are in your deck, the first of them due today, Monday.");
        (await world.LetAsync(ann.CommandAsync("/learn recall empty", "learning"))).Text.ShouldBe("Your deck is empty: 2 questions are out of it.");
        (await DeckAsync(world, "ann")).Cards.ShouldBeEmpty();
        (await world.LetAsync(ann.CommandAsync("/learn recall never", "learning"))).Text.ShouldStartWith("`/learn recall` asks what is due.");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restart_between_question_and_answer_loses_nothing()
    {
        await using var world = await OnAsync();
        await world.AdvanceToAsync(Monday.AddMinutes(2));
        await PressAsync(world, "ann", "Ask me now");
        await world.StopSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromHours(3));
        await world.StartSidecarAsync();
        await AnswerAsync(world, "ann", isRight: true);
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        await AnswerAsync(world, "ann", isRight: true);
        (await QuizStage.LastDirectAsync(world, "ann")).Message.ShouldStartWith("**Recall**: 2 of 2 right.");
        (await DeckAsync(world, "ann")).Cards.ShouldAllBe(card => card.Box == 1);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_part_of_my_data_and_goes_with_me()
    {
        await using var world = await OnAsync();
        var ann = world.As("ann");
        (await world.LetAsync(ann.CommandAsync("/learn privacy", "learning"))).Text.ShouldContain("- 2 questions in your recall deck: which ones, and when they come again");
        await world.LetAsync(ann.CommandAsync("/learn privacy data", "learning"));
        var rows = await world.Store.FindAsync(OutboxRow.ByPerson, ann.Id, TestContext.Current.CancellationToken);
        rows.ShouldContain(row => row.Draft!.Text.Contains("my-learning-data.json"));
        await world.LetAsync(ann.CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceToAsync(Monday.AddDays(30));
        (await world.Store.GetAsync<RecallDeck>(ann.Id, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await world.Store.GetAsync<PersonSettings>(ann.Id, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await world.Store.FindAsync(DueTime.ByPerson, ann.Id, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await RemindersAsync(world)).ShouldBe(0);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_button_of_somebody_else_s_deck_does_nothing()
    {
        await using var world = await OnAsync();
        var bilal = world.As("bilal");
        var post = await QuizStage.LastDirectAsync(world, "ann");
        var seal = Stage.Seal(world, new ActionReference(ActionReference.Activity, "empty", "recall", "open", world.As("ann").Id));
        (await Stage.PressAsync(world, "bilal", post, seal)).Text.ShouldStartWith("That button is somebody else's");
        (await DeckAsync(world, "ann")).Cards.Count.ShouldBe(2);
        (await world.Store.GetAsync<RecallDeck>(bilal.Id, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    /// <summary>Ann has answered both questions wrong, and is asked whether she wants them again.</summary>
    private static async Task<SidecarWorld> MissedBothAsync()
    {
        var world = await QuizStage.StartedAsync(AnyTime, Fruit);
        await MissBothAsync(world, "ann");
        return world;
    }

    /// <summary>...and has said yes.</summary>
    private static async Task<SidecarWorld> OnAsync()
    {
        var world = await MissedBothAsync();
        await PressAsync(world, "ann", "Yes, ask me again");
        return world;
    }

    private static async Task MissBothAsync(SidecarWorld world, string person)
    {
        await world.LetAsync(world.As(person).ClickAsync(QuizStage.Opening(world), "Start"));
        await AnswerAsync(world, person, isRight: false);
        await AnswerAsync(world, person, isRight: false);
    }

    /// <summary>Answers what they are asked now.</summary>
    private static async Task AnswerAsync(SidecarWorld world, string person, bool isRight)
    {
        var who = world.As(person);
        var post = (await QuizStage.DirectAsync(world, person)).Last(one => one.Buttons.Any(button => button.Label is "A" or "Answer"));
        if (post.Message.Contains("Which of these is red?"))
        {
            await world.LetAsync(who.ClickAsync(post, QuizStage.LetterOf(post, isRight ? "A cherry" : "A plum")));
            return;
        }

        await world.LetAsync(who.ClickAsync(post, "Answer"));
        (await world.LetAsync(who.SubmitAsync(new JsonObject { ["o0"] = isRight, ["o1"] = isRight, ["o2"] = !isRight }))).IsClosed.ShouldBeTrue();
    }

    private static async Task<Playground.StandIn.Reply> PressAsync(SidecarWorld world, string person, string label)
    {
        var post = (await QuizStage.DirectAsync(world, person)).Last(one => one.Buttons.Any(button => button.Label == label));
        return await world.LetAsync(world.As(person).ClickAsync(post, label));
    }

    private static async Task EditAsync(SidecarWorld world, string body)
    {
        await world.StopSidecarAsync();
        world.WriteContent($"quizzes/{QuizStage.Slug}.md", $"---\nkind: quiz\ntitle: All kinds\nchannel: learning\nhost: hana.lead\n{AnyTime}\n---\n{body}\n");
        await world.StartSidecarAsync();
    }

    private static async Task<RecallDeck> DeckAsync(SidecarWorld world, string person) =>
        (await world.Store.GetAsync<RecallDeck>(world.As(person).Id, TestContext.Current.CancellationToken)).ShouldNotBeNull();

    private static async Task<int> RemindersAsync(SidecarWorld world) =>
        (await QuizStage.DirectAsync(world, "ann")).Count(post => post.Message.Contains("to recall, in about"));

    /// <summary>What Mattermost would pass on for each letter of the latest message that asks this.</summary>
    private static async Task<string[]> SealsAsync(SidecarWorld world, string question)
    {
        var rows = await world.Store.FindAsync(OutboxRow.ByPerson, world.As("ann").Id, TestContext.Current.CancellationToken);
        var asked = rows.Where(row => row.Draft?.Text.Contains(question) == true && row.Draft.Buttons.Count > 1).OrderBy(row => row.Order).Last();
        return [.. asked.Draft!.Buttons.Select(button => Stage.Seal(world, button.Action))];
    }
}
