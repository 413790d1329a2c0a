using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

public sealed record Role : MattermostObject
{
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>As it stands in the roles of a person or a member.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Such as <c>create_post</c>.</summary>
    public IReadOnlyList<string> Permissions { get; init => field = value ?? []; } = [];
}

/// <summary>What roles allow. Every account may read them.</summary>
public interface IRolesApi
{
    /// <summary>The roles of these names; unknown ones are missing from the answer.</summary>
    Task<IReadOnlyList<Role>> GetByNamesAsync(IEnumerable<string> names, CancellationToken cancellationToken);
}

internal sealed class RolesApi(MattermostTransport http) : IRolesApi
{
    public async Task<IReadOnlyList<Role>> GetByNamesAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        var asked = names.Distinct(StringComparer.Ordinal).ToArray();
        return asked.Length == 0
            ? []
            : await http.QueryAsync("roles/names", asked, MattermostJson.Wire.StringArray, MattermostJson.Wire.ListRole, cancellationToken);
    }
}
