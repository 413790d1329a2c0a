using System.Text.Json.Serialization;

namespace MattermostLearning.Activities.Kinds.PromptSeries;

/// <summary>What a series remembers from round to round: ids of starters, never their text.</summary>
public sealed record PromptSeriesRunState
{
    /// <summary>The starters of the file as the latest round knew it, in order: by it one is known again that was mended in its place.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>Those that have come since all had come for the last time.</summary>
    public IReadOnlyList<string> Used { get; init; } = [];

    /// <summary>The latest one.</summary>
    public string? Last { get; init; }

    /// <summary>How often all have come.</summary>
    public int Pass { get; init; }

    /// <summary>Rounds in a row without any reply.</summary>
    public int SilentRounds { get; init; }
}

/// <summary>What a series remembers of one round beyond what every round has.</summary>
public sealed record PromptSeriesRoundState
{
    /// <summary>The starter or the suggestion that it is about.</summary>
    public string PromptId { get; init; } = "";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PromptSeriesRunState))]
[JsonSerializable(typeof(PromptSeriesRoundState))]
internal sealed partial class PromptSeriesJson : JsonSerializerContext;
