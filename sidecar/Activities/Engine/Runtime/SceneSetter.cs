using System.Collections.Frozen;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>Gathers what a decision may look at: of everybody in the round where the kind asks for it, else of who acted.</summary>
public sealed class SceneSetter(Definitions definitions, Surroundings surroundings, IDirectory directory, Catalogue catalogue, RunCalendar calendar)
{
    /// <summary>Asks Mattermost about people ahead of time, in one call; what it does not tell in time is done without.</summary>
    internal async ValueTask WarmAsync(IReadOnlyCollection<string> personIds, CancellationToken cancellationToken)
    {
        if (personIds.Count > 0)
            await ProfilesAsync(personIds, cancellationToken);
    }

    /// <summary>Null when the event names a round that is not there.</summary>
    internal async ValueTask<Scene?> SetAsync(
        StateView view, Run run, string? occurrenceId, ActivityEvent happened, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var round = occurrenceId is null ? null : await view.GetAsync<Occurrence>(occurrenceId, cancellationToken);
        if (occurrenceId is not null && round is null)
            return null;
        var current = await definitions.CurrentOfAsync(run, cancellationToken);
        var definition = round switch
        {
            null => current,
            { StaysOpen: true } => await TogetherAsync(round, cancellationToken) ?? await OwnAsync(view, round, happened, cancellationToken) ?? current,
            _ => await definitions.StoredAsync(round.DefinitionHash, cancellationToken),
        };
        return await SetAsync(view, run, round, definition, current, happened, now, cancellationToken);
    }

    internal async ValueTask<Scene> SetAsync(
        StateView view, Run run, Occurrence? round, ActivityDefinition definition, ActivityDefinition current,
        ActivityEvent happened, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var everybody = definitions.KindOf(run).LooksAtEverybody(happened);
        IReadOnlyList<Suggestion> suggestions = definitions.KindOf(run).IsMadeByMembers && happened is not (Replied or ReplyRemoved or Reacted or ReactionRemoved)
            ? await view.FindAsync(Suggestion.ByRun, run.Id, cancellationToken)
            : [];
        var personId = happened is Acted or MomentCame or Did ? happened.ActorId ?? (happened as MomentCame)?.PersonId : null;
        IReadOnlyList<Enrollment> enrolled = everybody ? await view.FindAsync(Enrollment.ByRun, run.Id, cancellationToken) : [];
        return new Scene
        {
            Now = now,
            Definition = definition,
            Run = run,
            Round = round,
            Calendar = calendar,
            Next = () => calendar.After(run, current, round?.Instant > run.DecidedThrough ? round.Instant : run.DecidedThrough),
            IsByTheClock = happened is MomentCame || (happened is RoundOpened && definition.Schedule is not null),
            Held = happened is MomentCame ? await HeldAsync(view, run, now, cancellationToken) : null,
            Speech = catalogue.For(definition.Settings.Language),
            SpeechFor = catalogue.For,
            People = everybody
                ? await EverybodyAsync(view, run, round, happened, enrolled, cancellationToken)
                : await FewAsync(view, run, round, happened, suggestions, cancellationToken),
            Enrolled = enrolled,
            Suggestions = suggestions,
            Contributions = round is null ? [] : await ContributionsAsync(view, round, happened, everybody, cancellationToken),
            Reactions = round is null ? [] : await ReactionsAsync(view, round, happened, everybody, cancellationToken),
            Refused = round is null || !everybody ? [] : await view.FindAsync(OutboxRow.ByRefusedOf, round.Id, cancellationToken),
            OutOfReach = personId is null || definition.Places.Length == 0 ? FrozenSet<string>.Empty : await surroundings.OutOfReachAsync(definition, run, personId, cancellationToken),
            StillToDo = personId is null || definition.Requires.Length == 0 ? [] : await Surroundings.StillToDoAsync(view, definition, personId, cancellationToken),
            IsUnseen = round is not null && everybody && await view.GetAsync<PostedMessage>(round.RootRowId, cancellationToken) is null,
        };
    }

    /// <summary>The same for what somebody has for themselves.</summary>
    internal async ValueTask<PersonalScene> SetPersonalAsync(
        StateView view, IPersonalActivity own, ActivityEvent happened, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var personId = happened.ActorId ?? (happened as MomentCame)?.PersonId ?? throw new InvalidOperationException($"{happened.GetType().Name} is nobody's.");
        var who = new PersonInScene(
            personId, (await ProfilesAsync([personId], cancellationToken)).GetValueOrDefault(personId), null, null, await view.GetAsync<PersonSettings>(personId, cancellationToken))
        {
            Deck = await view.GetAsync<RecallDeck>(personId, cancellationToken),
        };
        var isHeld = happened is MomentCame && await view.GetAsync<Hold>(Hold.Everything, cancellationToken) is { } hold && hold.Covers(now);
        return new PersonalScene(now, who, catalogue.For(who.Language), definitions.Library, isHeld) { Subject = own.Subject };
    }

    /// <summary>What silences a run at a moment; null when nothing does.</summary>
    internal static async ValueTask<Hold?> HeldAsync(StateView view, Run run, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var scope in Hold.ScopesOf(run))
        {
            if (await view.GetAsync<Hold>(scope, cancellationToken) is { } hold && hold.Covers(at))
                return hold;
        }

        return null;
    }

    /// <summary>The text of a standing round whose people go through it together; null where each goes by their own.</summary>
    private async ValueTask<ActivityDefinition?> TogetherAsync(Occurrence round, CancellationToken cancellationToken)
    {
        try
        {
            return await definitions.StoredAsync(round.DefinitionHash, cancellationToken) is { GoesTogether: true } together ? together : null;
        }
        catch (UnreadableDocumentException)
        {
            // What this build can no longer read keeps nobody from going by the file as it is now.
            return null;
        }
    }

    /// <summary>What somebody has begun with and goes on with, whatever the file says by now; null for who has begun nothing.</summary>
    private async ValueTask<ActivityDefinition?> OwnAsync(StateView view, Occurrence round, ActivityEvent happened, CancellationToken cancellationToken) =>
        (happened.ActorId ?? (happened as MomentCame)?.PersonId) is { } personId
        && await view.GetAsync<Participation>(Participation.IdOf(round.Id, personId), cancellationToken) is { DefinitionHash: { } hash }
            ? await definitions.StoredAsync(hash, cancellationToken)
            : null;

    private static async ValueTask<IReadOnlyList<Contribution>> ContributionsAsync(
        StateView view, Occurrence round, ActivityEvent happened, bool everybody, CancellationToken cancellationToken)
    {
        if (everybody)
            return await view.FindAsync(Contribution.ByOccurrence, round.Id, cancellationToken);
        if (happened is ReplyRemoved removed)
        {
            // The mark may have to move to another reply of the same person.
            var own = await view.FindAsync(Contribution.ByPerson, removed.PersonId, cancellationToken);
            return [.. own.Where(one => one.OccurrenceId == round.Id)];
        }

        var postId = happened switch
        {
            Replied replied => replied.PostId,
            Reacted reacted => reacted.PostId,
            ReactionRemoved removedReaction => removedReaction.PostId,
            _ => null,
        };
        return postId is not null && await view.GetAsync<Contribution>(postId, cancellationToken) is { } one ? [one] : [];
    }

    private static async ValueTask<IReadOnlyList<Reaction>> ReactionsAsync(
        StateView view, Occurrence round, ActivityEvent happened, bool everybody, CancellationToken cancellationToken)
    {
        if (everybody)
            return await view.FindAsync(Reaction.ByOccurrence, round.Id, cancellationToken);
        var id = happened switch
        {
            Reacted reacted => Reaction.IdOf(reacted.PostId, reacted.PersonId, reacted.Emoji),
            ReactionRemoved removed => Reaction.IdOf(removed.PostId, removed.PersonId, removed.Emoji),
            _ => null,
        };
        if (id is not null)
            return await view.GetAsync<Reaction>(id, cancellationToken) is { } one ? [one] : [];
        return happened is ReplyRemoved gone ? await view.FindAsync(Reaction.ByPost, gone.PostId, cancellationToken) : [];
    }

    private async ValueTask<IReadOnlyDictionary<string, PersonInScene>> EverybodyAsync(
        StateView view, Run run, Occurrence? round, ActivityEvent happened, IReadOnlyList<Enrollment> enrolled, CancellationToken cancellationToken)
    {
        IReadOnlyList<Participation> parts = round is null ? [] : await view.FindAsync(Participation.ByOccurrence, round.Id, cancellationToken);
        var byPerson = parts.ToDictionary(part => part.PersonId);
        var consents = enrolled.ToDictionary(one => one.PersonId);
        var ids = byPerson.Keys.Union(consents.Keys).Append(run.HostId).Distinct().ToList();
        var profiles = await ProfilesAsync(ids, cancellationToken);
        var people = new Dictionary<string, PersonInScene>(ids.Count);
        foreach (var id in ids)
        {
            var settings = await view.GetAsync<PersonSettings>(id, cancellationToken);
            people[id] = new PersonInScene(id, profiles.GetValueOrDefault(id), byPerson.GetValueOrDefault(id), consents.GetValueOrDefault(id), settings)
            {
                Deck = await DeckAsync(view, settings, happened, cancellationToken),
            };
        }

        return people;
    }

    /// <summary>Who acted, and whom they are answered about or who hears of it.</summary>
    private async ValueTask<IReadOnlyDictionary<string, PersonInScene>> FewAsync(
        StateView view, Run run, Occurrence? round, ActivityEvent happened, IReadOnlyList<Suggestion> suggestions, CancellationToken cancellationToken)
    {
        // Of what nobody did to the run, its host is told; and of what somebody sends in for it.
        var isForHost = happened is ChannelArchived or RoundPostGone;
        List<string> ids = isForHost ? [run.HostId] : [.. new[] { happened.ActorId ?? (happened as MomentCame)?.PersonId }.OfType<string>()];
        if (happened is Submitted)
            ids.Add(run.HostId);
        if (happened is Acted { Step: { } step })
            ids.AddRange(suggestions.Where(one => one.Id == step).Select(one => one.PersonId));
        ids = [.. ids.Distinct()];
        if (ids.Count == 0)
            return new Dictionary<string, PersonInScene>();
        // What people say in a thread is counted without asking who they are; only who is answered or written to is looked up.
        var profiles = happened is Acted or MomentCame or Did || isForHost ? await ProfilesAsync(ids, cancellationToken) : new Dictionary<string, PersonProfile>();
        var people = new Dictionary<string, PersonInScene>(ids.Count);
        foreach (var id in ids)
        {
            var settings = await view.GetAsync<PersonSettings>(id, cancellationToken);
            people[id] = new PersonInScene(
                id,
                profiles.GetValueOrDefault(id),
                round is null ? null : await view.GetAsync<Participation>(Participation.IdOf(round.Id, id), cancellationToken),
                await view.GetAsync<Enrollment>(Enrollment.IdOf(run.Id, id), cancellationToken),
                settings)
            {
                Deck = await DeckAsync(view, settings, happened, cancellationToken),
                Acquaintance = happened is Replied or ReplyRemoved
                    ? await view.GetAsync<Acquaintance>(Acquaintance.IdOf(run.Id, id), cancellationToken)
                    : null,
            };
        }

        return people;
    }

    private static async ValueTask<RecallDeck?> DeckAsync(StateView view, PersonSettings? settings, ActivityEvent happened, CancellationToken cancellationToken) =>
        settings is { Recall: RecallChoice.Yes } && happened is Acted or MomentCame ? await view.GetAsync<RecallDeck>(settings.PersonId, cancellationToken) : null;

    private async ValueTask<IReadOnlyDictionary<string, PersonProfile>> ProfilesAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        try
        {
            return await directory.PeopleAsync(ids, cancellationToken);
        }
        catch (DirectoryUnavailableException)
        {
            // Names are filled in on sending; without a zone the run's own is used, and it names its city.
            return new Dictionary<string, PersonProfile>();
        }
    }
}
