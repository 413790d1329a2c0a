using System.CommandLine;
using MattermostLearning.Sidecar.Admin;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`restore FILE`, while the sidecar is stopped.</summary>
internal sealed class RestoreVerb : Verb
{
    private readonly Argument<string> _file;

    public RestoreVerb() : base("restore", "puts a backup in the store's place while the sidecar is stopped; the present store is kept aside") =>
        _file = Word("FILE", "a file: `restore learning-backup.db`");

    public override Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        call.Terminal.Print(StoreFiles.Of(call.Settings, call.Setup.Environment).Restore(call.Of(_file)));
        return Task.FromResult(0);
    }
}
