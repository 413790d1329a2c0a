using CsCheck;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Engine;

/// <summary>However many changes there are, a set of them is the same as a list that is looked through.</summary>
public sealed class ChangeSetTests
{
    [Fact]
    public void KeepsOrderAndTheVersionsThatWereReadFirst() => Gen.Select(Gen.Int[0, 11], Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 2]).List[1, 40].Always(200, draws =>
    {
        var (set, plain) = (new ChangeSet(), new List<(string Kind, string Id, long Expected, bool IsDelete)>());
        foreach (var (person, isNudge, dice, version) in draws)
        {
            if (isNudge)
                Change(new NudgeRecord { PersonId = $"{person}", Version = version }, isDelete: dice == 0);
            else
                Change(new Acquaintance { RunId = "run", PersonId = $"{person}", OccurrenceId = "round", Version = version }, isDelete: dice == 0);
        }

        set.Changes.Select(change => (change.Kind.Name, change.Id, change.ExpectedVersion, change.IsDelete)).ShouldBe(plain);
        set.IsEmpty.ShouldBe(plain.Count == 0);
        set.Saved<NudgeRecord>().Select(one => one.PersonId).ShouldBe(plain.Where(one => one.Kind == NudgeRecord.Stored.Name && !one.IsDelete).Select(one => one.Id));
        foreach (var number in Enumerable.Range(0, 12))
        {
            var found = set.Find<NudgeRecord>($"{number}");
            plain.Where(one => one.Kind == NudgeRecord.Stored.Name && one.Id == $"{number}").Select(one => (one.Expected, one.IsDelete))
                .ShouldBe(found is null ? [] : [(found.ExpectedVersion, found.IsDelete)]);
        }

        void Change<T>(T document, bool isDelete) where T : Document, IStored<T>
        {
            _ = isDelete ? set.Delete(document) : set.Save(document);
            var (kind, id) = (T.Stored.Name, T.Stored.IdOf(document));
            var at = plain.FindIndex(one => one.Kind == kind && one.Id == id);
            if (at < 0)
                plain.Add((kind, id, document.Version, isDelete));
            else if (plain[at].Expected == 0 && isDelete)
                plain.RemoveAt(at);
            else
                plain[at] = plain[at] with { IsDelete = isDelete };
        }
    });
}
