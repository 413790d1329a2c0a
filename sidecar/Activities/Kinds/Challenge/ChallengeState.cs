using System.Text.Json.Serialization;

namespace MattermostLearning.Activities.Kinds.Challenge;

/// <summary>What a challenge remembers from round to round.</summary>
public sealed record ChallengeRunState
{
    /// <summary>Rounds in a row without any reply.</summary>
    public int SilentRounds { get; init; }

    /// <summary>Whose replies the last wrap-up showed: nobody is shown two rounds running.</summary>
    public IReadOnlyList<string> Featured { get; init; } = [];
}

/// <summary>What a challenge remembers of one round beyond what every round has.</summary>
public sealed record ChallengeRoundState
{
    /// <summary>What the wrap-up shows; null while there is none.</summary>
    public WrapUpState? WrapUp { get; init; }
}

/// <summary>Enough to make the wrap-up anew when something in it is taken back.</summary>
public sealed record WrapUpState
{
    public required string RowId { get; init; }

    /// <summary>The replies worth a look, in order of posting.</summary>
    public IReadOnlyList<FeaturedReply> Featured { get; init; } = [];

    /// <summary>How many people took part, as it says.</summary>
    public int Contributors { get; init; }

    /// <summary>The next round that it names.</summary>
    public DateTimeOffset? Next { get; init; }
}

public sealed record FeaturedReply(string PostId, string PersonId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChallengeRunState))]
[JsonSerializable(typeof(ChallengeRoundState))]
internal sealed partial class ChallengeJson : JsonSerializerContext;
