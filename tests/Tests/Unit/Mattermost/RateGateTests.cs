using System.Net;
using System.Net.Http.Headers;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Transport;
using Microsoft.Extensions.Options;

namespace MattermostLearning.Tests.Unit.Mattermost;

public sealed class RateGateTests
{
    private readonly ManualTime time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_server_that_does_not_limit_is_not_slowed_down()
    {
        var gate = Gate();
        for (var i = 0; i < 1000; i++) gate.AcquireAsync(Cancel).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_set_rate_lets_the_burst_through_and_then_one_at_a_time_in_order()
    {
        var gate = Gate(rate: 2, burst: 3);
        for (var i = 0; i < 3; i++) gate.AcquireAsync(Cancel).IsCompletedSuccessfully.ShouldBeTrue();
        var (fourth, fifth) = (gate.AcquireAsync(Cancel), gate.AcquireAsync(Cancel));
        time.Advance(TimeSpan.FromMilliseconds(499));
        fourth.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        await fourth.WaitAsync(Cancel);
        fifth.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(500));
        await fifth.WaitAsync(Cancel);
    }

    [Fact]
    public void What_the_server_shows_switches_the_limit_on()
    {
        var gate = Gate();
        gate.Observe(Answer(200, limit: 101, remaining: 15));
        Immediate(gate).ShouldBeInRange(4, 6); // 15 are left, of which a tenth of 101 stays for the others
    }

    [Fact]
    public async Task A_429_pauses_everybody_until_the_time_told()
    {
        var gate = Gate();
        gate.Observe(Answer(429, retryAfter: 5));
        var waiting = Enumerable.Range(0, 3).Select(_ => gate.AcquireAsync(Cancel)).ToArray();
        time.Advance(TimeSpan.FromMilliseconds(4_999));
        waiting.ShouldAllBe(one => !one.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(waiting).WaitAsync(Cancel);
    }

    [Fact]
    public async Task A_pause_that_comes_while_others_wait_holds_them_too()
    {
        var gate = Gate(rate: 1, burst: 1);
        await gate.AcquireAsync(Cancel);
        var second = gate.AcquireAsync(Cancel);
        gate.Observe(Answer(429, retryAfter: 10));
        time.Advance(TimeSpan.FromSeconds(2));
        second.IsCompleted.ShouldBeFalse();
        await Eventually.TrueAsync(() => time.Pending > 0);
        time.Advance(TimeSpan.FromSeconds(8));
        await second.WaitAsync(Cancel);
    }

    [Fact]
    public async Task A_wait_that_is_given_up_gives_its_turn_back()
    {
        var gate = Gate(rate: 1, burst: 1);
        await gate.AcquireAsync(Cancel);
        using var impatient = new CancellationTokenSource();
        var second = gate.AcquireAsync(impatient.Token);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        var third = gate.AcquireAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(1));
        await third.WaitAsync(Cancel);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_a_call_may()
    {
        var gate = Gate();
        gate.Observe(Answer(429, retryAfter: 100_000));
        (await Should.ThrowAsync<RateGateClosedException>(gate.AcquireAsync(Cancel))).Wait.ShouldBe(TimeSpan.FromMinutes(10));
    }

    private static int Immediate(RateGate gate)
    {
        using var stop = new CancellationTokenSource();
        var count = 0;
        while (count < 500 && gate.AcquireAsync(stop.Token).IsCompletedSuccessfully) count++;
        stop.Cancel();
        return count;
    }

    private RateGate Gate(double? rate = null, int burst = 90) =>
        new(Options.Create(new MattermostClientOptions { RatePerSecond = rate, Burst = burst }), time);

    private static HttpResponseMessage Answer(int status, int? limit = null, int? remaining = null, int? retryAfter = null)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status);
        if (limit is not null) answer.Headers.Add("X-RateLimit-Limit", $"{limit}");
        if (remaining is not null) answer.Headers.Add("X-RateLimit-Remaining", $"{remaining}");
        if (retryAfter is not null) answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(retryAfter.Value));
        return answer;
    }
}
