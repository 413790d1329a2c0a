using System.Collections.Immutable;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Content;
using MattermostLearning.Content.Design;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Library;
using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Activities.Community.Library;

/// <summary>What is to be said of a file that somebody hands in, beside everything that is in the library now.</summary>
/// <param name="Definition">What it offers; null where it has errors, and for a translation.</param>
/// <param name="Errors">What keeps it from being used.</param>
/// <param name="Notes">Warnings, and advice on its design.</param>
public sealed record FileReview(ActivityDefinition? Definition, ImmutableArray<Diagnostic> Errors, ImmutableArray<Diagnostic> Notes)
{
    public bool IsUsable => Errors.Length == 0;

    public static FileReview Of(LooseFile file, Definitions definitions)
    {
        var library = definitions.With(file);
        ImmutableArray<Diagnostic> own = [.. library.Diagnostics.Where(one => one.Path == file.Path)];
        ImmutableArray<ActivityDefinition> all = [.. library.Definitions.Values, .. library.Drafts.Values];
        var definition = all.FirstOrDefault(one => one.Path == file.Path);
        var translation = all.SelectMany(one => one.Translations).Concat(library.DraftTranslations).FirstOrDefault(one => one.Document.Path == file.Path);
        var advice = definition is not null ? Advisor.Review(definition, DesignOf(definition)).Findings
            : translation is not null ? Advisor.ReviewTranslation(translation, DesignOf(translation))
            : [];
        return new FileReview(definition, [.. own.Where(IsError)], [.. own.Where(one => !IsError(one)), .. advice]);

        ActivityDesign DesignOf(ActivityDefinition one) => definitions.Reader.Kinds[one.Kind].DesignOf(one);
    }

    /// <summary>Without warnings about formulas that this Mattermost shows. It is asked only where there are some; where it does not say, they stay.</summary>
    public async ValueTask<FileReview> HereAsync(IDirectory directory, CancellationToken cancellationToken)
    {
        if (!Formulas.AreAmong(Notes))
            return this;
        try
        {
            var (blocks, inline) = await directory.ShowsFormulasAsync(cancellationToken);
            return this with { Notes = Formulas.WithoutShown(Notes, blocks, inline) };
        }
        catch (DirectoryUnavailableException)
        {
            return this;
        }
    }

    private static bool IsError(Diagnostic one) => one.Severity == Severity.Error;
}
