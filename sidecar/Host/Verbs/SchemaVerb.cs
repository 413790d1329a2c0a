using MattermostLearning.Content.Reference;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`content schema`: for editors that complete front matter.</summary>
internal sealed class SchemaVerb() : Verb("schema", "the JSON Schema of front matter, for editors")
{
    public override bool ReadsSettings => false;

    public override Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        call.Terminal.Output.Write(FrontMatterSchema.Of(ShippedKinds.Contents.Select(kind => kind.Declaration)));
        return Task.FromResult(0);
    }
}
