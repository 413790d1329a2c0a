using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// What several activities bring to one person at one moment, as they asked for, comes in one message: a line for each, and a button that brings it. It belongs to
/// the commit that decides the later of them.
/// </summary>
internal static class ItemsOfAMoment
{
    /// <summary>More than a phone shows in one row are typed.</summary>
    private const int MostButtons = 3;

    /// <summary>What else is due now is decided meanwhile.</summary>
    private static readonly TimeSpan ForTheOthers = TimeSpan.FromMinutes(1);

    /// <param name="view">What is stored.</param>
    /// <param name="scene">What is known.</param>
    /// <param name="decision">What may hold an item.</param>
    /// <param name="moment">The moment that it is about.</param>
    /// <param name="happened">Whoever told it may know that there is nothing to gather: then nothing is read.</param>
    /// <param name="cancellationToken"></param>
    public static async ValueTask GatherAsync(
        StateView view, INudgeScene scene, Decision decision, DueTime? moment, ActivityEvent happened, CancellationToken cancellationToken)
    {
        if (happened is MomentCame { IsAllThatIsDue: true })
            return;
        foreach (var row in decision.Messages.Where(IsItem).ToList())
        {
            var personId = row.PersonId!;
            if ((await view.FindOfOthersAsync(OutboxRow.ByPerson, personId, cancellationToken)).FirstOrDefault(one =>
                    IsItem(one) && one is { Status: OutboxStatus.Waiting, AttemptedAt: null } && one.RunId != row.RunId) is { } waiting)
            {
                decision.Replace(row, null);
                decision.Save(Together(waiting, row, scene));
            }
            else if ((await view.FindOfOthersAsync(DueTime.ByPerson, personId, cancellationToken)).Any(one => one.WaitsUntil is null && one.RunId != moment?.RunId && one.At <= scene.Now))
                decision.Replace(row, row with { NotBefore = scene.Now + ForTheOthers });
        }
    }

    private static bool IsItem(OutboxRow row) => row is { Purpose: MessagePurpose.Asked, Operation: OutboxOperation.Post, PersonId: not null, Draft.Openers.Count: > 0 };

    private static OutboxRow Together(OutboxRow waiting, OutboxRow row, INudgeScene scene)
    {
        IReadOnlyList<string> briefs = [.. waiting.Draft!.Briefs, .. row.Draft!.Briefs];
        IReadOnlyList<DraftButton> openers = [.. waiting.Draft.Openers, .. row.Draft.Openers];
        return waiting.TakingIn(row, new Draft
        {
            Text = $"{scene.SpeechOf(row.PersonId!).Say("asked.together", ("count", briefs.Count))}\n{string.Join('\n', briefs.Select(brief => $"- {brief}"))}",
            Buttons = [.. openers.Take(MostButtons)],
            Briefs = briefs,
            Openers = openers,
        }) with { Files = null };
    }
}
