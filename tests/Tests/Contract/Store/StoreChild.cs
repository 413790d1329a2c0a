using System.Diagnostics;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestPipelineStartup(typeof(MattermostLearning.Tests.Contract.Store.StoreChild))]

namespace MattermostLearning.Tests.Contract.Store;

/// <summary>
/// The process that is killed: this very assembly, started with a data file's name in its environment. Instead of testing, it commits
/// numbered pairs from several callers, and prints each number after its commit was acknowledged, until it is killed.
/// </summary>
internal sealed class StoreChild : ITestPipelineStartup
{
    private const string Variable = "STORE_CHILD_DATA_FILE";

    public static Process Start(string path)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", typeof(StoreChild).Assembly.Location])
        {
            RedirectStandardOutput = true,
            Environment = { [Variable] = path },
        };
        return Process.Start(start)!;
    }

    public async ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } path)
            return;

        await using var output = Console.OpenStandardOutput();
        await using var store = LiteDbStore.Open(new LiteDbOptions { Path = path, CheckpointAt = 400_000 }, TimeProvider.System, NullLogger<LiteDbStore>.Instance);
        var last = (await store.FindAsync(Note.ByShelf, "left")).Select(note => int.Parse(note.Text, null)).DefaultIfEmpty().Max();
        using var printing = new SemaphoreSlim(1);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await Task.Yield();
            while (true)
            {
                var number = Interlocked.Increment(ref last);
                var set = new ChangeSet()
                    .Save(new Note($"left{number:0000000}", "left", null, $"{number}"))
                    .Save(new Note($"right{number:0000000}", "right", $"{number}", $"{number}"));
                if (await store.CommitAsync(set) != CommitOutcome.Committed)
                    throw new InvalidOperationException($"{number} was stale.");
                await printing.WaitAsync();
                output.Write(System.Text.Encoding.ASCII.GetBytes($"{number}\n"));
                printing.Release();
            }
        }));
    }

    public ValueTask StopAsync() => ValueTask.CompletedTask;
}
