using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Sidecar.Admin;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Storage;
using MattermostLearning.Storage.LiteDb;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Tests.Unit.Host;

/// <summary>`backup` and `restore` on the store as it stands on the disk.</summary>
public sealed class StoreFilesTests : IDisposable
{
    private const string Ann = "annannannannannannannannan";

    private readonly Folder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Backup => Path.Combine(_folder.Path, "backup.db");

    private string Data => Path.Combine(_folder.Path, "data");

    private StoreFiles Files => new(Data);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_of_a_running_sidecar_holds_a_beginning_of_what_was_acknowledged()
    {
        const int asked = 150, all = 400;
        await using (var app = await RunAsync())
        {
            var store = app.Services.GetRequiredService<ILearningStore>();
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var writing = Task.Run(
                async () =>
                {
                    for (var i = 0; i < all; i++)
                    {
                        (await store.CommitAsync(new ChangeSet().Save(Known(i)), Cancel)).ShouldBe(CommitOutcome.Committed);
                        if (i == asked)
                            reached.SetResult();
                    }
                },
                Cancel);
            await reached.Task;
            (await Files.BackupAsync(Backup, Cancel)).ShouldBe($"The store is backed up in {Backup}.");
            await writing;
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(Path.Combine(Data, AdminSocket.Name)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
                File.GetUnixFileMode(Backup).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            Should.Throw<CannotStartException>(() => Files.Restore(Backup)).Message.ShouldBe($"A sidecar runs on {Path.Combine(Data, StoreFiles.Name)}. Stop it, then restore. Nothing was changed.");
            await app.StopAsync(Cancel);
        }

        File.Exists(Path.Combine(Data, AdminSocket.Name)).ShouldBeFalse();
        var before = await File.ReadAllBytesAsync(Path.Combine(Data, StoreFiles.Name), Cancel);
        Files.Restore(Backup).ShouldContain("is kept as ");

        (await File.ReadAllBytesAsync(Directory.GetFiles(Data, "*.before-restore-*").ShouldHaveSingleItem(), Cancel)).ShouldBe(before);
        await using var restored = Open();
        var held = (await restored.FindAsync(Acquaintance.ByRun, "run", Cancel)).Select(one => one.OccurrenceId).Order(StringComparer.Ordinal).ToList();
        held.Count.ShouldBeGreaterThan(asked);
        held.ShouldBe(Enumerable.Range(0, held.Count).Select(i => Known(i).OccurrenceId), "nothing is missing in between");
    }

    [Fact]
    public async Task Of_a_stopped_sidecar_the_store_itself_is_opened_also_beside_a_socket_that_a_kill_left()
    {
        await using (var store = Open())
            await store.CommitAsync(new ChangeSet().Save(Known(1)), Cancel);
        using (var left = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified))
            left.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Path.Combine(Data, AdminSocket.Name)));

        await Files.BackupAsync(Backup, Cancel);

        File.Delete(Path.Combine(Data, StoreFiles.Name));
        Files.Restore(Backup).ShouldBe($"{Backup} is restored to {Path.Combine(Data, StoreFiles.Name)}.");
        await using var restored = Open();
        (await restored.FindAsync(Acquaintance.ByRun, "run", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Who_was_forgotten_since_the_backup_is_forgotten_again_at_the_next_start()
    {
        await using (var app = await RunAsync())
        {
            var store = app.Services.GetRequiredService<ILearningStore>();
            await store.CommitAsync(new ChangeSet().Save(Known(1) with { PersonId = Ann }), Cancel);
            await Files.BackupAsync(Backup, Cancel);
            await app.Services.GetRequiredService<Forgetting>().ForgetAsync(Ann);
            (await store.FindAsync(Acquaintance.ByPerson, Ann, Cancel)).ShouldBeEmpty();
            await app.StopAsync(Cancel);
        }

        Files.Restore(Backup);
        await using (var store = Open())
            (await store.FindAsync(Acquaintance.ByPerson, Ann, Cancel)).ShouldHaveSingleItem("the backup still knows them");

        await using var again = await RunAsync();
        (await again.Services.GetRequiredService<ILearningStore>().FindAsync(Acquaintance.ByPerson, Ann, Cancel)).ShouldBeEmpty();
        await again.StopAsync(Cancel);
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_and_changes_nothing()
    {
        (await BackupProblemAsync(Backup)).ShouldStartWith("There is no store ");
        await using (var store = Open())
        {
            await store.CommitAsync(new ChangeSet().Save(Known(1)), Cancel);
            (await Should.ThrowAsync<StoreInUseException>(() => Files.BackupAsync(Backup, Cancel))).Message.ShouldContain("is in use by process");
        }

        var present = await File.ReadAllBytesAsync(Path.Combine(Data, StoreFiles.Name), Cancel);
        var there = _folder.Write("there.db", "mine");
        (await BackupProblemAsync(there)).ShouldBe($"{there} is there already, and a backup overwrites nothing. Choose another name.");
        (await File.ReadAllTextAsync(there, Cancel)).ShouldBe("mine");
        (await BackupProblemAsync(Path.Combine(_folder.Path, "no", "such.db"))).ShouldStartWith("There is no folder ");
        Should.Throw<CannotStartException>(() => Files.Restore(Backup)).Message.ShouldBe($"There is no backup {Backup}.");
        Should.Throw<StoreDamagedException>(() => Files.Restore(there)).Message.ShouldContain("is no backup");
        var text = _folder.Write("text.db", new string('x', 50_000));
        Should.Throw<StoreDamagedException>(() => Files.Restore(text)).Message.ShouldBe($"{text} is no backup of this sidecar, or is damaged. Nothing was changed.");
        (await File.ReadAllBytesAsync(Path.Combine(Data, StoreFiles.Name), Cancel)).ShouldBe(present);
    }

    [Fact]
    public async Task A_running_sidecar_tells_why_a_backup_cannot_be_made()
    {
        await using var app = await RunAsync();
        (await BackupProblemAsync(_folder.Write("there.db", "mine"))).ShouldContain("is there already");
        (await new AdminCaller(Data).BackupAsync(_folder.Write("there.db", "mine"), Cancel))!.ShouldContain("is there already");
        await Files.BackupAsync(Backup, Cancel);
        await app.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_backup_of_a_newer_build_is_refused()
    {
        await using (var store = Open())
            await store.CommitAsync(new ChangeSet().Save(Known(1)), Cancel);
        await Files.BackupAsync(Backup, Cancel);

        var older = new Older();
        Should.Throw<StoreDamagedException>(() => LiteDbStore.Restore(Backup, Path.Combine(Data, StoreFiles.Name), TimeProvider.System, [older.Kind]))
            .Message.ShouldContain("it was written by a newer version (acquaintances of schema 1; this build reads up to 0)");
    }

    private static Acquaintance Known(int i) => new() { RunId = "run", PersonId = $"person{i}", OccurrenceId = $"round{i:0000}" };

    private async Task<string> BackupProblemAsync(string file) =>
        (await Should.ThrowAsync<CannotStartException>(() => Files.BackupAsync(file, Cancel))).Message;

    private async Task<WebApplication> RunAsync()
    {
        var app = Sidecars.Build(Sidecars.Settings(_folder), setup =>
        {
            setup.Store = null;
            setup.Transport = () => new Answers(_ => Task.FromResult(Answers.Json("[]")));
        });
        await app.StartAsync(Cancel);
        return app;
    }

    private LiteDbStore Open() =>
        LiteDbStore.Open(new LiteDbOptions { Path = Path.Combine(Data, StoreFiles.Name) }, TimeProvider.System, NullLogger<LiteDbStore>.Instance);

    private sealed class Older
    {
        public DocumentKind Kind { get; } = new DocumentKind<Acquaintance>("acquaintances", 0, one => one.PersonId, LearningJson.Default.Acquaintance);
    }
}
