using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.Activities.Kinds.Quiz;

/// <summary>
/// The first three places of a round, where its author wants that, among those who want it, too. Nobody else is in it, and nobody else's answers move anybody in it: not even
/// how many there are can be read off it.
/// </summary>
internal static class Ranking
{
    /// <summary>With fewer people who want it there is nothing to be ranked among.</summary>
    private const int Fewest = 3;

    private const int Places = 3;
    private const string RowName = "ranking";

    /// <summary>Who answered all questions of the round and may be named, with the same place for the same answers.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(QuizDefinition definition, Scene scene, QuizRoundState round)
    {
        if (!definition.HasRanking)
            return [];
        var entries = scene.People.Values
            .Where(person => person is { IsGone: false, Settings.WantsRanking: true, Participation.IsIn: true })
            .Select(person => (Person: person, QuizKind.PartOf(person.Participation).Answers))
            .Where(entry => entry.Answers.Count == round.Questions.Count).ToList();
        if (entries.Count < Fewest)
            return [];
        List<IReadOnlyList<string>> places = [];
        foreach (var same in entries.GroupBy(entry => entry.Answers.Sum(given => given.Points), entry => entry.Person).OrderByDescending(same => same.Key))
        {
            if (places.Sum(place => place.Count) >= Places)
                break;
            places.Add([.. same.OrderBy(person => person.Profile?.DisplayName, StringComparer.Ordinal).ThenBy(person => person.Id, StringComparer.Ordinal).Select(person => person.Id)]);
        }

        return places;
    }

    /// <summary>A message of its own, so that somebody can be taken out of it.</summary>
    public static void Post(Turn turn, QuizRoundState round)
    {
        if (round.Ranking.Count > 0)
            turn.PostInThread(RowName, Text(round, turn.Scene.Speech));
    }

    public static bool Names(QuizRoundState round, string personId) => round.Ranking.Any(place => place.Contains(personId));

    /// <summary>Somebody is forgotten: the others keep their places.</summary>
    public static QuizRoundState Without(Turn turn, QuizRoundState round, string personId)
    {
        round = round with { Ranking = [.. round.Ranking.Select(place => place.Where(id => id != personId).ToList()).Where(place => place.Count > 0)] };
        turn.Edit(turn.RowId(RowName), round.Ranking.Count > 0 ? Text(round, turn.Scene.Speech) : turn.Scene.Speech.Say("quiz.ranking-empty"));
        return round;
    }

    private static Draft Text(QuizRoundState round, Speech speech)
    {
        List<string> lines = [speech.Say("quiz.ranking")];
        var before = 0;
        foreach (var place in round.Ranking)
        {
            lines.Add($"{speech.Number(before + 1)}. {speech.List([.. place.Take(Turn.MostNamed).Select(Token.Person)], Math.Max(0, place.Count - Turn.MostNamed))}");
            before += place.Count;
        }

        lines.Add(speech.Say("quiz.ranking-why"));
        return string.Join('\n', lines);
    }
}
