using System.Diagnostics.Metrics;
using MattermostLearning.Activities.Engine.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.TestKit;

public static class Telemetries
{
    /// <summary>For parts of the engine that a test puts together by itself: nobody listens.</summary>
    public static LearningTelemetry Unheard() => new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
}
