using System.Reflection;

namespace MattermostLearning.Sidecar;

/// <summary>What is found by being there: the kinds and the subcommands need no list.</summary>
internal static class TypesOf<T>
{
    public static IEnumerable<Type> In(Assembly assembly) =>
        assembly.GetTypes().Where(type => type is { IsAbstract: false, IsClass: true } && typeof(T).IsAssignableFrom(type));
}
