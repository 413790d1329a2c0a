using System.Globalization;
using System.Text.RegularExpressions;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Sidecar.Rehearsal;

namespace MattermostLearning.Simulation;

/// <summary>Which calls to Mattermost fail while the weather is bad, and how: drawn for the call itself, whatever else goes on.</summary>
internal sealed partial class Weather(Draws draws)
{
    private readonly Dictionary<string, int> _calls = [];

    public int Struck { get; private set; }

    public Fault? Strike(FaultTarget target)
    {
        // Who one is, is asked by every start first: that has tests of its own.
        if (target.Path == "/users/me")
            return null;
        var call = $"{target.Method} {Id().Replace(target.Path, "*")}";
        _calls[call] = _calls.GetValueOrDefault(call) + 1;
        var dice = draws.For(string.Create(CultureInfo.InvariantCulture, $"{call} {_calls[call]}"));
        if (dice.Next(5) > 0)
            return null;
        Struck++;
        return dice.Next(8) switch
        {
            0 => Fault.TooMany(dice.Next(1, 5)),
            1 => Fault.Answer(500),
            2 => Fault.Answer(503),
            3 => Fault.LostRequest,
            4 => Fault.LostReply,
            5 => Fault.HalfReply,
            6 => new Fault { SaveTakes = TimeSpan.FromSeconds(dice.Next(1, 20)) },
            // Beyond Mattermost's own memory of a pending id, a request that was given up and arrives all the same cannot be told from a new one.
            _ => Fault.Slow(TimeSpan.FromSeconds(dice.Next(1, 20))),
        };
    }

    [GeneratedRegex("[a-z0-9]{26}")]
    private static partial Regex Id();
}
