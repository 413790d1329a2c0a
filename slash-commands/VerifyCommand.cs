using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Sealing;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn verify &lt;code&gt;`: says what a certificate's code vouches for. Of whoever was forgotten nothing is said.</summary>
public sealed class VerifyCommand(Definitions definitions, Sealer sealer, IForgottenList forgotten, IDirectory directory) : ISubcommand
{
    public SubcommandSpec Spec { get; } = new("verify", "<code>", "help.verify");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var speech = call.Speech;
        if (call.Arguments.Length == 0)
            return speech.Say("verify.which");
        var library = definitions.Library.Definitions.Values;
        if (!CertificateCode.TryRead(call.Arguments, library.Select(one => one.Slug), sealer, out var certificate)
            || forgotten.Marks.Contains(forgotten.MarkOf(certificate.PersonId))
            || await directory.PersonAsync(certificate.PersonId, cancellationToken) is null)
            return speech.Say("verify.unknown");
        return speech.Say(
            "verify.is-right", ("person", Token.Person(certificate.PersonId)), ("title", Token.Literal(library.First(one => one.Slug == certificate.Slug).Title)),
            ("day", speech.Say("certificate.day", ("day", speech.Day(certificate.On)), ("year", certificate.On.Year))));
    }
}
