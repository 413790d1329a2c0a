using CsCheck;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Mattermost;

public sealed class StreamOrderTests
{
    private readonly StreamOrder order = new();

    [Fact]
    public void The_first_greeting_asks_to_read_back_since_nothing_was_heard_before() =>
        Take(Hello(0, "one")).ShouldBe(["gap FirstConnection 0"]);

    [Fact]
    public void Events_in_order_come_as_they_are()
    {
        Take(Hello(0, "one"));
        Take(Event(1), Event(2)).ShouldBe(["event 1", "event 2"]);
        order.LastReceived.ShouldBe(2);
    }

    [Fact]
    public void A_skipped_number_is_told_before_the_event_behind_it()
    {
        Take(Hello(0, "one"), Event(1));
        Take(Event(4), Event(5)).ShouldBe(["gap MissingSequence 3", "event 4", "event 5"]);
    }

    [Fact]
    public void A_resumed_connection_goes_on_without_a_gap_and_leaves_out_what_came_before()
    {
        Take(Hello(0, "one"), Event(1), Event(2));
        Reopen().ShouldBe("?connection_id=one&sequence_number=3");
        Take(Event(2), Event(3), new Frame.Reply()).ShouldBe(["fine 2", "event 3"]);
    }

    [Fact]
    public void A_resumed_connection_where_nothing_happened_is_known_by_the_servers_answer()
    {
        Take(Hello(0, "one"), Event(1));
        Reopen();
        Take(new Frame.Reply(), Event(2)).ShouldBe(["fine 1", "event 2"]);
    }

    [Fact]
    public void Another_connection_id_is_a_gap_and_counts_from_anew()
    {
        Take(Hello(0, "one"), Event(1), Event(2));
        Reopen();
        Take(Hello(0, "two"), Event(1)).ShouldBe(["gap NewConnection 0", "event 1"]);
    }

    [Fact]
    public void Another_connection_id_after_the_answer_is_still_a_gap()
    {
        Take(Hello(0, "one"), Event(1));
        Reopen();
        Take(new Frame.Reply(), Hello(0, "two")).ShouldBe(["fine 1", "gap NewConnection 0"]);
    }

    [Fact]
    public void A_server_that_keeps_nothing_is_a_gap_every_time()
    {
        Take(Hello(0, ""), Event(1));
        Reopen().ShouldBeNull();
        Take(Hello(0, ""), Event(1)).ShouldBe(["gap NewConnection 0", "event 1"]);
    }

    [Fact]
    public void A_resume_with_events_missing_is_a_gap()
    {
        Take(Hello(0, "one"), Event(1));
        Reopen();
        Take(Event(9)).ShouldBe(["gap MissingSequence 8", "event 9"]);
    }

    [Fact]
    public void A_resume_that_the_server_hangs_up_on_is_tried_as_a_new_connection_next()
    {
        Take(Hello(0, "one"), Event(1));
        Reopen().ShouldNotBeNull();
        order.Closed(heardAnything: false);
        order.ResumeQuery.ShouldBeNull();
        order.Opened();
        Take(Hello(0, "two")).ShouldBe(["gap NewConnection 0"]);
    }

    [Fact]
    public void A_frame_that_cannot_be_read_is_one_gap_whether_its_number_is_known_or_not()
    {
        Take(Hello(0, "one"), Event(1));
        Take(new Frame.Malformed(2), Event(3)).ShouldBe(["gap MalformedFrame 2", "event 3"]);
        Take(new Frame.Malformed(null), Event(5), Event(6)).ShouldBe(["gap MalformedFrame 3", "event 5", "event 6"]);
    }

    [Fact]
    public void However_frames_are_lost_or_repeated_each_event_comes_once_in_order_and_every_loss_is_told() =>
        Gen.Int[0, 9].Array[0, 40].Always(
            times: 2_000,
            faults =>
            {
                var stream = new StreamOrder();
                var taken = stream.Take(Hello(0, "one")).ToList();
                var lost = new HashSet<long>();
                for (var i = 0; i < faults.Length; i++)
                {
                    var seq = i + 1L;
                    if (faults[i] == 0) lost.Add(seq);
                    else taken.AddRange(stream.Take(Event(seq)));
                    if (faults[i] == 1) taken.AddRange(stream.Take(Event(seq)));
                    if (faults[i] == 2)
                    {
                        stream.Closed(true);
                        stream.Opened();
                    }
                }
                var events = taken.OfType<UnknownEvent>().Select(happened => happened.Seq).ToList();
                events.ShouldBe(events.Distinct().Order().ToList());
                foreach (var seq in lost.Where(seq => events.Any(later => later > seq)))
                    taken.OfType<Reconnected>().ShouldContain(told => told.Gap && told.Seq >= seq);
            });

    private string? Reopen()
    {
        order.Closed(heardAnything: true);
        order.Opened();
        return order.ResumeQuery;
    }

    private List<string> Take(params Frame[] frames) => frames.SelectMany(frame => order.Take(frame).ToList()).Select(happened => happened switch
    {
        Reconnected { Gap: true } gap => $"gap {gap.Reason} {gap.Seq}",
        Reconnected fine => $"fine {fine.Seq}",
        _ => $"event {happened.Seq}",
    }).ToList();

    private static Frame.Hello Hello(long seq, string connection) => new(seq, connection, new Version(10, 5, 1));

    private static Frame.Event Event(long seq) => new(new UnknownEvent { Name = "x", Data = default, Seq = seq });
}
