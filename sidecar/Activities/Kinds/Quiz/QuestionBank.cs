using System.Collections.Immutable;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Kinds.Quiz;

/// <summary>Draws questions: none again before all were asked, and together about as hard as the author wants them.</summary>
public static class QuestionBank
{
    /// <summary>A question that nobody has answered is taken to be as hard as is aimed for, as surely as if so many people had shown it.</summary>
    private const int Assumed = 5;

    /// <param name="definition">The bank, and how many to draw.</param>
    /// <param name="used">Those that were asked since all of them had been asked.</param>
    /// <param name="asked">How hard they have turned out.</param>
    /// <param name="seed">For whom and for which time: the same draw whenever it is asked for.</param>
    /// <returns>The questions, in the order to ask them in, and what is used then.</returns>
    public static (ImmutableArray<string> Drawn, ImmutableArray<string> Used) Draw(
        QuizDefinition definition, IReadOnlyCollection<string> used, IReadOnlyDictionary<string, Asked> asked, string seed)
    {
        ImmutableArray<Question> bank = [.. Shuffle.Of(definition.Questions.Length, seed).Select(index => definition.Questions[index])];
        var fresh = bank.Where(question => !used.Contains(question.Id)).ToList();
        List<Question> drawn = [], ofThisPass = [];
        if (fresh.Count < definition.Draw)
        {
            // What is left of this pass comes first, however hard it is; then the next pass begins.
            drawn = fresh;
            fresh = [.. bank.Except(drawn)];
            used = [];
        }

        while (drawn.Count + ofThisPass.Count < definition.Draw)
        {
            var next = fresh.MinBy(question => Math.Abs(drawn.Concat(ofThisPass).Append(question).Average(each => ShareOf(each, definition, asked)) - definition.Aim))!;
            ofThisPass.Add(next);
            fresh.Remove(next);
        }

        drawn = [.. drawn, .. ofThisPass];
        ImmutableArray<string> ids = [.. (definition.IsShuffled ? bank : definition.Questions).Where(drawn.Contains).Select(question => question.Id)];
        var usedNow = bank.Select(question => question.Id).Where(id => used.Contains(id) || ofThisPass.Any(question => question.Id == id)).ToImmutableArray();
        return (ids, usedNow.Length == bank.Length ? [] : usedNow);
    }

    /// <summary>In percent.</summary>
    private static double ShareOf(Question question, QuizDefinition definition, IReadOnlyDictionary<string, Asked> asked)
    {
        var known = asked.GetValueOrDefault(question.Id) ?? new Asked(0, 0);
        return (known.Points + (Assumed * definition.Aim)) / (double)(known.Times + Assumed);
    }
}
