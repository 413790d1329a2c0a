using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Kinds.Course;

namespace MattermostLearning.Tests.Unit.Course;

/// <summary>What people are to do in Mattermost: how it is written, and what counts as it.</summary>
public sealed class DeedTaskTests
{
    private const string Own = "own";

    [Theory]
    [InlineData("reply in ~learning with a code block", DeedKind.Reply, "learning", MessageTraits.CodeBlock, null)]
    [InlineData("Reply with a question and a list.", DeedKind.Reply, null, MessageTraits.Question | MessageTraits.List, null)]
    [InlineData("react with :eyes: to a message in ~learning", DeedKind.Reaction, "learning", MessageTraits.None, "eyes")]
    [InlineData("react with :+1: to somebody's reply", DeedKind.Reaction, null, MessageTraits.None, "+1")]
    [InlineData("react to a message", DeedKind.Reaction, null, MessageTraits.None, null)]
    [InlineData("mention", null, null, MessageTraits.Mention, null)]
    [InlineData("mention somebody in ~sales-team", null, "sales-team", MessageTraits.Mention, null)]
    [InlineData("post a link", null, null, MessageTraits.Link, null)]
    [InlineData("attach a file", null, null, MessageTraits.File, null)]
    [InlineData("attach a screenshot in ~help", null, "help", MessageTraits.Picture, null)]
    [InlineData("start a thread", DeedKind.Message, null, MessageTraits.None, null)]
    [InlineData("start a thread in ~help with a question", DeedKind.Message, "help", MessageTraits.Question, null)]
    [InlineData("write a message with inline code", null, null, MessageTraits.Code, null)]
    public void A_deed_is_read_from_words(string written, DeedKind? what, string? channel, MessageTraits traits, string? emoji)
    {
        DeedTask.Read(written).TryGet(out var task).ShouldBeTrue();
        task.ShouldBe(new DeedTask(what, channel, traits, emoji));
    }

    [Theory]
    [InlineData("think about it", "does not say what people are to do")]
    [InlineData("attach", "does not say what people are to do")]
    [InlineData("start", "does not say what people are to do")]
    [InlineData("reply with enthusiasm", "`enthusiasm` is nothing that can be seen")]
    [InlineData("reply with a code blok", "`blok` is nothing that can be seen")]
    [InlineData("reply with :eyes:", "does not say what people are to do")]
    [InlineData("react with 👍 to a message", "`👍` is not the name of an emoji")]
    [InlineData("react with thumbs up", "`thumbs up` is not the name of an emoji")]
    [InlineData("react to two messages", "`two` is nothing that can be seen")]
    [InlineData("", "does not say what people are to do")]
    public void What_cannot_be_seen_is_refused_with_examples(string written, string because)
    {
        var reading = DeedTask.Read(written);
        reading.TryGet(out _).ShouldBeFalse();
        reading.Refusal!.Code.ShouldBe("MLC602");
        reading.Refusal.Message.ShouldContain(because);
        reading.Refusal.Help!.ShouldContain("`Do: ");
    }

    [Theory]
    [InlineData("reply with a code block", DeedKind.Reply, Own, "learning", MessageTraits.CodeBlock | MessageTraits.Link, null, DeedFit.Done)]
    [InlineData("reply with a code block", DeedKind.Reply, Own, "learning", MessageTraits.Code, null, DeedFit.Nearly)]
    [InlineData("reply with a code block", DeedKind.Message, Own, "learning", MessageTraits.CodeBlock, null, DeedFit.Nearly)]
    [InlineData("reply with a code block", DeedKind.Reply, "other", "other", MessageTraits.CodeBlock, null, DeedFit.SomethingElse)]
    [InlineData("reply with a code block", DeedKind.Reaction, Own, "learning", MessageTraits.None, "eyes", DeedFit.SomethingElse)]
    [InlineData("reply in ~help", DeedKind.Reply, "other", "Help", MessageTraits.None, null, DeedFit.Done)]
    [InlineData("reply in ~help", DeedKind.Reply, Own, "learning", MessageTraits.None, null, DeedFit.SomethingElse)]
    [InlineData("react with :thumbsup:", DeedKind.Reaction, Own, "learning", MessageTraits.None, "+1", DeedFit.Done)]
    [InlineData("react with :eyes:", DeedKind.Reaction, Own, "learning", MessageTraits.None, "tada", DeedFit.Nearly)]
    [InlineData("react with :eyes:", DeedKind.Reply, Own, "learning", MessageTraits.None, null, DeedFit.SomethingElse)]
    [InlineData("mention", DeedKind.Reply, Own, "learning", MessageTraits.Mention, null, DeedFit.Done)]
    [InlineData("mention", DeedKind.Message, Own, "learning", MessageTraits.Mention, null, DeedFit.Done)]
    [InlineData("start a thread", DeedKind.Reply, Own, "learning", MessageTraits.None, null, DeedFit.Nearly)]
    public void What_was_done_is_it_or_comes_near_it_or_is_something_else(
        string written, DeedKind what, string channelId, string channelName, MessageTraits traits, string? emoji, DeedFit fit)
    {
        DeedTask.Read(written).TryGet(out var task).ShouldBeTrue();
        task!.FitOf(new Deed(what, "post", channelId, channelName, DateTimeOffset.UnixEpoch) { Traits = traits, Emoji = emoji }, Own).ShouldBe(fit);
    }

    [Theory]
    [InlineData("Look:\n```\nls -l\n```", MessageTraits.CodeBlock)]
    [InlineData("```sh\n# not a heading\n- no list @nobody https://no.link **no**?\n```", MessageTraits.CodeBlock)]
    [InlineData("~~~\nx\n~~~", MessageTraits.CodeBlock)]
    [InlineData("``` is how it begins", MessageTraits.None)]
    [InlineData("Try `git status`", MessageTraits.Code)]
    [InlineData("See https://example.com/a?b=c", MessageTraits.Link)]
    [InlineData("See [this](/team/pl/x)", MessageTraits.Link)]
    [InlineData("- one\n- two", MessageTraits.List)]
    [InlineData("3 - 2 = 1", MessageTraits.None)]
    [InlineData("> said before\nI agree", MessageTraits.Quote)]
    [InlineData("this **matters**", MessageTraits.Bold)]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", MessageTraits.Table)]
    [InlineData("What do you say, @ann.berg", MessageTraits.Mention)]
    [InlineData("@here @all @channel", MessageTraits.None)]
    [InlineData("write to ann@example.com", MessageTraits.None)]
    [InlineData("Who knows?", MessageTraits.Question)]
    [InlineData("# Title", MessageTraits.Heading)]
    public void What_a_message_has_in_it_is_seen_and_code_hides_the_rest(string message, MessageTraits traits) =>
        TraitsOf.Message(message, []).ShouldBe(traits);

    [Fact]
    public void A_picture_is_a_file_too()
    {
        TraitsOf.Message("", ["image/png"]).ShouldBe(MessageTraits.File | MessageTraits.Picture);
        TraitsOf.Message("", ["text/plain"]).ShouldBe(MessageTraits.File);
        TraitsOf.Message("", [""]).ShouldBe(MessageTraits.File);
    }
}
