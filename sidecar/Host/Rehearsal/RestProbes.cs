using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>The parts of a sidecar and of the stand-in beside it, as the driver of virtual time sees them.</summary>
public static class RestProbes
{
    /// <param name="services">Of the sidecar.</param>
    /// <param name="mattermost">What it is connected to.</param>
    /// <param name="bot">The name of its bot account.</param>
    public static IReadOnlyList<RestProbe> Of(IServiceProvider services, MattermostStandIn mattermost, string bot)
    {
        return [.. services.GetServices<IWorkSource>()
            .Select(source => new RestProbe(source.GetType().Name, source.IsAtRestAsync, () => source.NextMoment))
            .Append(new RestProbe("Mattermost", _ => new ValueTask<bool>(mattermost.Busy == 0), () => null))
            .Append(new RestProbe("WebSocket", _ => new ValueTask<bool>(HasHeardEverything()), () => null))];

        // Where its connection was cut, the sidecar has noticed: until then it would sleep through what is told to nobody.
        bool HasHeardEverything()
        {
            var state = services.GetRequiredService<MattermostSocket>().State;
            return mattermost.Faults.AreSocketsStalled
                || (mattermost.ClientsOf(bot) == 0 ? state.Phase != SocketPhase.Up : state.LastHandledSeq >= mattermost.LastSeq(bot));
        }
    }
}
