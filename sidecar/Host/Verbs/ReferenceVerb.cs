using MattermostLearning.Content.Reference;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`content reference`: the page `docs/content.md`, as this build reads activities.</summary>
internal sealed class ReferenceVerb() : Verb("reference", "the page about keys, headings, findings and advice")
{
    public override bool ReadsSettings => false;

    public override Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        call.Terminal.Output.Write(ReferencePage.Of(ShippedKinds.Contents.Select(kind => kind.Declaration)));
        return Task.FromResult(0);
    }
}
