using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Activities.Words;
using MattermostLearning.Playground.Time;
using MattermostLearning.Sidecar.Endpoints;
using MattermostLearning.Storage.InMemory;
using MattermostLearning.TestKit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace MattermostLearning.Tests.Unit.Host;

/// <summary>A message that somebody pressed becomes another one, or stays as it is.</summary>
public sealed class CallbackRepliesTests
{
    private const string Workshop = "workshop-id";

    [Theory]
    [InlineData(false, true, "Reply in ~workshop.")]
    [InlineData(true, false, "That has reached me. Mattermost is slow to answer me just now, so I can't show you what came of it; `/learn` shows where you stand.")]
    public async Task It_gives_way_only_to_what_can_be_put_into_words(bool isSilent, bool replaces, string says)
    {
        var directory = new FixedDirectory { IsSilent = isSilent };
        directory.Channels[Workshop] = new ChannelProfile(Workshop, "workshop", "Workshop", "team", ChannelType.Public);
        await using var store = new InMemoryStore();
        var renderer = new DraftRenderer(directory, new Sealer([SealingKey.Of(new byte[32])]), new PostedMessages(store), new CallbackAddress(new Uri("http://127.0.0.1:1")));
        using var replies = new CallbackReplies(
            renderer, new Listeners(store, directory, Catalogue.Shipped), Substitute.For<IHostApplicationLifetime>(), new StopTime(TimeProvider.System), new VirtualTime(DateTimeOffset.UnixEpoch),
            NullLogger<CallbackReplies>.Instance);
        var answered = await replies.AnswerAsync("ann", "team", _ => Task.FromResult(Reply.Instead($"Reply in {Token.Channel(Workshop)}.")));
        (answered.Replaces, answered.Text).ShouldBe((replaces, says));
    }
}
