using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Content;

namespace MattermostLearning.Sidecar;

/// <summary>The kinds that this build has, for verbs that read content without a sidecar.</summary>
internal static class ShippedKinds
{
    public static IReadOnlyList<IKindContent> Contents { get; } =
        [.. TypesOf<IActivityKind>.In(typeof(IActivityKind).Assembly).Select(type => ((IActivityKind)Activator.CreateInstance(type)!).Content)];

    public static ContentReader Reader { get; } = new(Contents);
}
