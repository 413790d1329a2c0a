namespace MattermostLearning.Playground.StandIn;

/// <summary>Adds routes whose handlers run under the world's lock, and those that call out and so may not.</summary>
internal sealed class Routing(World world, Routes routes)
{
    public void Add(string method, string pattern, Func<Call, Answer> handler) => routes.Add(method, pattern, Locked(handler));

    public void Anonymous(string method, string pattern, Func<Call, Answer> handler) => routes.Add(method, pattern, Locked(handler), anonymous: true);

    public void CallingOut(string method, string pattern, Func<Call, Task<Answer>> handler, bool anonymous = false) => routes.Add(method, pattern, handler, anonymous);

    private Func<Call, Task<Answer>> Locked(Func<Call, Answer> handler) => call =>
    {
        lock (world.Gate)
            return Task.FromResult(handler(call));
    };
}
