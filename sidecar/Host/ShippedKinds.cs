using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Content;

namespace MattermostLearning.Sidecar;

/// <summary>The kinds that this build has, for verbs that read content without a sidecar.</summary>
internal static class ShippedKinds
{
    public static IReadOnlyList<IKindContent> Contents { get; } =
    [
        .. typeof(IActivityKind).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsClass: true } && typeof(IActivityKind).IsAssignableFrom(type))
            .Select(type => ((IActivityKind)Activator.CreateInstance(type)!).Content),
    ];

    public static ContentReader Reader { get; } = new(Contents);
}
