using System.Text.Json.Serialization;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Kinds.Quiz;

/// <summary>What a quiz remembers beyond its rounds: how hard its questions have turned out, and which of them have come. As large as the bank, never as the community.</summary>
public sealed record QuizRunState
{
    /// <summary>By the question's id.</summary>
    public IReadOnlyDictionary<string, Asked> Questions { get; init; } = new Dictionary<string, Asked>();

    /// <summary>Asked to a whole round since all of them had been asked.</summary>
    public IReadOnlyList<string> Used { get; init; } = [];
}

/// <param name="Times">How often it was answered.</param>
/// <param name="Points">What these answers were worth together.</param>
public sealed record Asked(long Times, long Points)
{
    /// <summary>One answer more.</summary>
    public Asked And(int points) => new(Times + 1, Points + points);
}

/// <summary>What a quiz remembers of one round.</summary>
public sealed record QuizRoundState
{
    /// <summary>The questions that everybody is asked in it, by id; empty where everybody has their own.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>In peer instruction: people have begun to talk, and vote again.</summary>
    public bool IsSecondVote { get; init; }

    /// <summary>After the close: who is named in the ranking, place by place; empty where there is none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Ranking { get; init; } = [];

    /// <summary>The post of the scorecard; null while there is none.</summary>
    public string? ScorecardRowId { get; init; }
}

/// <summary>Where one person is in a round, and what they answered: which options, never what was typed.</summary>
public sealed record QuizPart
{
    /// <summary>Counts from one each time they begin anew.</summary>
    public int Attempt { get; init; }

    /// <summary>What they are asked this time, in their order, by id.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>To as many of these as they have answered.</summary>
    public IReadOnlyList<Given> Answers { get; init; } = [];

    /// <summary>Counts the messages that asked the present question.</summary>
    public int Sent { get; init; }

    /// <summary>Asked to them since all of them had been asked.</summary>
    public IReadOnlyList<string> Used { get; init; } = [];

    /// <summary>In peer instruction: the option voted for alone, and the one after the talk.</summary>
    public int? FirstVote { get; init; }

    public int? SecondVote { get; init; }

    /// <summary>After the close: their own answers have been sent to them.</summary>
    public bool HasMine { get; init; }

    /// <summary>What they did not answer right so far, by id.</summary>
    [JsonIgnore]
    public IEnumerable<string> Missed => Questions.Zip(Answers).Where(each => each.Second.Points < Grade.Whole).Select(each => each.First);

    [JsonIgnore]
    public bool IsUnderWay => Attempt > 0 && Answers.Count < Questions.Count;
}

/// <param name="Points">Of 100.</param>
/// <param name="Picked">The options, or known answers, that it was.</param>
public sealed record Given(int Points, IReadOnlyList<int> Picked);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QuizRunState))]
[JsonSerializable(typeof(QuizRoundState))]
[JsonSerializable(typeof(QuizPart))]
internal sealed partial class QuizJson : JsonSerializerContext;
