using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

public sealed record AccessToken : MattermostObject
{
    /// <summary>Names the token, for revoking it; not a secret.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>The secret; only in the answer to its creation.</summary>
    public string Token { get; init => field = value ?? ""; } = "";

    public string UserId { get; init => field = value ?? ""; } = "";

    public string Description { get; init => field = value ?? ""; } = "";

    public bool IsActive { get; init; }
}

public interface ITokensApi
{
    Task<AccessToken> CreateAsync(string userId, string description, CancellationToken cancellationToken);

    IAsyncEnumerable<AccessToken> OfUserAsync(string userId, CancellationToken cancellationToken);

    Task RevokeAsync(string tokenId, CancellationToken cancellationToken);
}

internal sealed class TokensApi(MattermostTransport http) : ITokensApi
{
    public Task<AccessToken> CreateAsync(string userId, string description, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Post,
        $"users/{MattermostId.Require(userId)}/tokens",
        new TokenDescriptionWire(description),
        MattermostJson.Wire.TokenDescriptionWire,
        MattermostJson.Wire.AccessToken,
        cancellationToken);

    public IAsyncEnumerable<AccessToken> OfUserAsync(string userId, CancellationToken cancellationToken)
    {
        MattermostId.Require(userId);
        return Paging.EachAsync(
            (page, cancel) => http.GetAsync(
                $"users/{userId}/tokens?page={page}&per_page={Paging.PerPage}", MattermostJson.Wire.ListAccessToken, cancel),
            cancellationToken);
    }

    public Task RevokeAsync(string tokenId, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Post,
        "users/tokens/revoke",
        new TokenIdWire(MattermostId.Require(tokenId)),
        MattermostJson.Wire.TokenIdWire,
        cancellationToken);
}

internal sealed record TokenDescriptionWire(string Description);

internal sealed record TokenIdWire(string TokenId);
