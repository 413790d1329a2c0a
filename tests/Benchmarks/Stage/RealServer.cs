namespace MattermostLearning.Benchmarks.Stage;

/// <summary>A Mattermost that somebody runs, and a system admin of it. The variables are those of the contract tests.</summary>
internal sealed record RealServer(Uri Address, string Admin, string Password)
{
    /// <summary>Null where none is named.</summary>
    public static RealServer? FromEnvironment() =>
        Variable("URL") is { } url && Variable("ADMIN") is { } admin && Variable("PASSWORD") is { } password
            ? new RealServer(new Uri(url.TrimEnd('/') + "/"), admin, password)
            : null;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable($"MATTERMOST_TEST_{name}") is { Length: > 0 } value ? value : null;

    public override string ToString() => $"RealServer {Address}";
}
