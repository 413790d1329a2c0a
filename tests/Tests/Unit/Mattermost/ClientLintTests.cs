using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Tests.Unit.Mattermost;

public sealed class ClientLintTests
{
    public static TheoryData<Type> Areas => new(typeof(MattermostClient).GetProperties()
        .Select(property => property.PropertyType).Where(type => type.IsInterface));

    [Fact]
    public void Every_area_of_the_namespace_hangs_on_the_client() =>
        typeof(MattermostClient).Assembly.GetTypes()
            .Where(type => type.IsInterface && type.Namespace == typeof(MattermostClient).Namespace)
            .ShouldBe(Areas.Select(row => row.Data), ignoreOrder: true);

    [Theory, MemberData(nameof(Areas))]
    public void Every_method_can_be_cancelled_and_says_that_it_is_asynchronous(Type area)
    {
        var methods = area.GetMethods();
        methods.ShouldNotBeEmpty();
        foreach (var method in methods)
        {
            method.GetParameters().LastOrDefault()?.ParameterType.ShouldBe(typeof(CancellationToken), $"{area.Name}.{method.Name}");
            method.GetParameters().ShouldNotBeEmpty($"{area.Name}.{method.Name}");
            method.GetParameters()[^1].HasDefaultValue.ShouldBeFalse($"{area.Name}.{method.Name}");
            method.Name.ShouldEndWith("Async");
            IsAsynchronous(method.ReturnType).ShouldBeTrue($"{area.Name}.{method.Name}");
        }
    }

    [Theory, MemberData(nameof(Areas))]
    public void Methods_give_read_only_collections(Type area)
    {
        foreach (var method in area.GetMethods())
        {
            var result = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : method.ReturnType;
            if (!result.IsGenericType) continue;
            new[] { typeof(IReadOnlyList<>), typeof(IReadOnlyDictionary<,>) }
                .ShouldContain(result.GetGenericTypeDefinition(), $"{area.Name}.{method.Name}");
        }
    }

    [Fact]
    public void Objects_of_the_api_do_not_print_what_they_hold()
    {
        new User { Username = "anna", Email = "anna@example.org" }.ToString().ShouldBe("User");
        new AccessToken { Token = "secret" }.ToString().ShouldBe("AccessToken");
        typeof(MattermostObject).GetMethod(nameof(ToString))!.IsFinal.ShouldBeTrue();
    }

    private static bool IsAsynchronous(Type type) =>
        type == typeof(Task)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is { } open && (open == typeof(Task<>) || open == typeof(IAsyncEnumerable<>)));
}
