using System.CommandLine;
using MattermostLearning.Sidecar.Doctor;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`doctor`: looks at everything and changes nothing.</summary>
internal sealed class DoctorVerb : Verb
{
    private readonly Option<bool> _json;
    private readonly Option<bool> _deep;
    private readonly Option<string> _adminToken;

    public DoctorVerb() : base("doctor", "checks everything, and says what to do; exit code 1 when something failed")
    {
        _json = Flag("json", "as JSON, for programs");
        _deep = Flag("deep", "also what takes long: reads the whole store, and has /learn called in every team");
        _adminToken = Text("admin-token", "TOKEN", "a system admin's token, for this run only (or MATTERMOST_ADMIN_TOKEN): checks commands, and whether calls arrive");
    }

    public override async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var report = await Checkup.RunAsync(call.Settings, call.Of(_adminToken), call.Has(_deep), call.Setup, cancellationToken);
        call.Terminal.Print(call.Has(_json) ? Rendering.Json(report) : Rendering.Text(report));
        return report.ExitCode;
    }
}
