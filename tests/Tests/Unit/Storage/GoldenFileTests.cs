using System.IO.Compression;
using System.Reflection;
using LiteDB;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Storage.LiteDb;
using MattermostLearning.Tests.Contract.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Tests.Unit.Storage;

/// <summary>
/// Data files that earlier builds wrote in use, kept as they were: every later build reads them. When a schema number is raised, a file of
/// the schema before is added here and none is taken away.
/// </summary>
public sealed class GoldenFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Files { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.EndsWith(".db.gz", StringComparison.Ordinal))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_document_in_it_is_read_and_stands_under_the_same_keys(string golden)
    {
        var kinds = Kinds();
        using var database = new LiteDatabase($"Filename={Unpacked(golden)};ReadOnly=true;Collation=/Ordinal");
        var names = database.GetCollectionNames().ToList();
        names.ShouldBeSubsetOf(kinds.Keys);
        foreach (var name in names)
        {
            var documents = database.GetCollection(name).FindAll().ToList();
            documents.ShouldNotBeEmpty(name);
            foreach (var document in documents)
            {
                var keys = kinds[name].KeysOf(document["_id"].AsString, document["s"].AsInt32, document["j"].AsString);
                foreach (var (index, key) in kinds[name].IndexNames.Zip(keys))
                {
                    if (document.TryGetValue("k_" + index, out var kept))
                        kept.AsString.ShouldBe($"{key}\0{document["_id"].AsString}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_store_opens_it_and_goes_on_with_it(string golden)
    {
        await using var store = LiteDbStore.Open(new LiteDbOptions { Path = Unpacked(golden) }, TimeProvider.System, NullLogger<LiteDbStore>.Instance);
        var run = (await store.FindAsync(Run.ByStatus, nameof(RunStatus.Running), Cancel))[0];

        (await store.CommitAsync(new ChangeSet().Save(run with { Status = RunStatus.Stopped }), Cancel)).ShouldBe(CommitOutcome.Committed);

        (await store.FindAsync(Run.ByStatus, nameof(RunStatus.Stopped), Cancel)).ShouldContain(one => one.Id == run.Id);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Unpacked(string golden)
    {
        var path = _folder.File("learning.db");
        using var packed = new GZipStream(Assembly.GetExecutingAssembly().GetManifestResourceStream(golden)!, CompressionMode.Decompress);
        using var file = System.IO.File.Create(path);
        packed.CopyTo(file);
        return path;
    }

    private static Dictionary<string, DocumentKind> Kinds() => typeof(Document).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(Document)))
        .Select(type => (DocumentKind)type.GetProperty("Stored", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)
        .ToDictionary(kind => kind.Name, StringComparer.Ordinal);
}
