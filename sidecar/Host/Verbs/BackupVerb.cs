using System.CommandLine;
using MattermostLearning.Sidecar.Admin;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`backup FILE`, beside a sidecar that runs or has stopped.</summary>
internal sealed class BackupVerb : Verb
{
    private readonly Argument<string> _file;

    public BackupVerb() : base("backup", "copies the store to a new file, whether the sidecar runs or not") =>
        _file = Word("FILE", "a file: `backup learning-backup.db`");

    public override async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        call.Terminal.Print(await StoreFiles.Of(call.Settings, call.Setup.Environment).BackupAsync(call.Of(_file), cancellationToken));
        return 0;
    }
}
