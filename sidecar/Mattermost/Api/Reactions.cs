using System.Text.Json.Serialization;
using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

/// <summary>One person's emoji on one post. It has no id: the three together are its key.</summary>
public sealed record Reaction : MattermostObject
{
    public string UserId { get; init => field = value ?? ""; } = "";

    public string PostId { get; init => field = value ?? ""; } = "";

    /// <summary>The emoji's name without colons, such as <c>+1</c>.</summary>
    public string EmojiName { get; init => field = value ?? ""; } = "";

    public long CreateAt { get; init; }

    [JsonIgnore]
    public DateTimeOffset? CreatedAt => Time(CreateAt);
}

public interface IReactionsApi
{
    /// <summary>Adds a reaction in the token's account's name; adding it again changes nothing.</summary>
    Task<Reaction> AddAsync(string userId, string postId, string emojiName, CancellationToken cancellationToken);

    Task RemoveAsync(string userId, string postId, string emojiName, CancellationToken cancellationToken);

    Task<IReadOnlyList<Reaction>> OfPostAsync(string postId, CancellationToken cancellationToken);

    /// <summary>The reactions of many posts by post id, fetched 200 posts at a time; a post without any is missing.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<Reaction>>> OfPostsAsync(IEnumerable<string> postIds, CancellationToken cancellationToken);
}

internal sealed class ReactionsApi(MattermostTransport http) : IReactionsApi
{
    public Task<Reaction> AddAsync(string userId, string postId, string emojiName, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Post,
        "reactions",
        new ReactionWire(MattermostId.Require(userId), MattermostId.Require(postId), Emoji(emojiName)),
        Json.ReactionWire,
        Json.Reaction,
        cancellationToken);

    public Task RemoveAsync(string userId, string postId, string emojiName, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Delete,
        $"users/{MattermostId.Require(userId)}/posts/{MattermostId.Require(postId)}/reactions/{Uri.EscapeDataString(Emoji(emojiName))}",
        cancellationToken);

    public async Task<IReadOnlyList<Reaction>> OfPostAsync(string postId, CancellationToken cancellationToken) =>
        await http.GetAsync($"posts/{MattermostId.Require(postId)}/reactions", Json.ListReaction, cancellationToken) ?? [];

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Reaction>>> OfPostsAsync(
        IEnumerable<string> postIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IReadOnlyList<Reaction>>(StringComparer.Ordinal);
        foreach (var ids in Paging.Chunks(postIds).ToList())
        {
            var answer = await http.QueryAsync(
                "posts/ids/reactions", ids, Json.StringArray, Json.DictionaryStringListReaction, cancellationToken);
            foreach (var (postId, reactions) in answer)
            {
                if (reactions is { Count: > 0 }) found[postId] = reactions;
            }
        }
        return found;
    }

    /// <summary>Names of emoji are letters, digits, +, - and _, at most 64.</summary>
    private static string Emoji(string name) =>
        name is { Length: > 0 and <= 64 } && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '-' or '_')
            ? name
            : throw new ArgumentException("An emoji's name has 1 to 64 letters, digits, +, - or _, and no colons.", nameof(name));

    private static MattermostJson Json => MattermostJson.Wire;
}

internal sealed record ReactionWire(string UserId, string PostId, string EmojiName);
