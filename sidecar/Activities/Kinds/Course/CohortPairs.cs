using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>
/// Who goes with whom. It is asked when the cohort begins, and again when somebody comes late, goes or is through: whoever is alone then gets a buddy, and
/// whoever has one keeps them for as long as both are on their way.
/// </summary>
internal static class CohortPairs
{
    public const string Comes = "pairs";

    /// <summary>Who comes or goes once the pairs are made changes them.</summary>
    public static void Await(CourseDefinition definition, Turn turn, CohortClock? clock)
    {
        if (definition.Cohort == CohortMode.Pairs && clock?.PairsMeet <= turn.Scene.Now)
            turn.Await(Comes, turn.Scene.Now);
    }

    public static void Form(CourseDefinition definition, Turn turn, bool isOpen)
    {
        var parts = turn.Scene.People.Values.Where(person => person is { IsGone: false, Participation.IsIn: true }).Select(person => person.Participation!)
            .OrderBy(part => OutboxRow.IdOf(turn.Round.Id, part.PersonId), StringComparer.Ordinal).ToList();
        var isIn = parts.Select(part => part.PersonId).ToHashSet(StringComparer.Ordinal);
        var buddies = parts.ToDictionary(part => part.PersonId, IReadOnlyList<string> (part) => [.. CourseKind.PartOf(part).Buddies.Where(isIn.Contains)], StringComparer.Ordinal);
        if (isOpen)
        {
            // Whoever is through is left in peace.
            foreach (var group in GroupsOf([.. parts.Where(part => part.FinishedAt is null).Select(part => part.PersonId)], buddies))
            {
                foreach (var former in group.SelectMany(one => buddies[one]).Except(group).ToList())
                    buddies[former] = [.. buddies[former].Except(group)];
                foreach (var one in group)
                    buddies[one] = [.. group.Where(other => other != one)];
                // Those who come together again are told again.
                var name = string.Create(CultureInfo.InvariantCulture, $"group/{string.Join('/', group.Order(StringComparer.Ordinal))}/{turn.Scene.Now.UtcTicks}");
                turn.PostInGroupAt(turn.Scene.Now, group, name, CourseView.Group(definition, turn.Scene, group));
            }
        }

        // Of whoever is no longer in, nothing stays with those who were their buddies.
        foreach (var part in turn.Scene.People.Values.Select(person => person.Participation).OfType<Participation>())
        {
            var (state, now) = (CourseKind.PartOf(part), buddies.GetValueOrDefault(part.PersonId, []));
            if (!state.Buddies.SequenceEqual(now))
                turn.Save(CourseKind.With(part, state with { Buddies = now }));
        }
    }

    /// <summary>New groups of those who are alone: two, and three where one is left over. A single one goes along with whoever was left by a buddy who is through, or with a pair.</summary>
    /// <param name="people">Who is on their way, in an order that is nobody's.</param>
    /// <param name="buddies">Who goes with whom until now.</param>
    internal static IReadOnlyList<IReadOnlyList<string>> GroupsOf(IReadOnlyList<string> people, IReadOnlyDictionary<string, IReadOnlyList<string>> buddies)
    {
        var alone = people.Where(one => buddies[one].Count == 0).ToList();
        if (alone is [var single])
        {
            return people.Where(one => one != single).Select(one => (One: one, With: buddies[one].Where(people.Contains).ToList())).Where(one => one.With.Count < 2)
                .OrderBy(one => one.With.Count).Select(IReadOnlyList<string> (one) => [one.One, .. one.With, single]).Take(1).ToList();
        }

        List<IReadOnlyList<string>> groups = [.. alone.Chunk(2)];
        return groups is [.., var pair, [var odd]] ? [.. groups[..^2], [.. pair, odd]] : groups;
    }
}
