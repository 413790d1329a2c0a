using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Design;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content;

/// <summary>How one kind of activity is written. The declaration is data: reader, findings, schema and reference page come from it.</summary>
public interface IKindContent
{
    /// <summary>As written in <c>kind:</c>, such as "challenge".</summary>
    string Kind { get; }

    ContentDeclaration Declaration { get; }

    /// <summary>
    /// Makes the definition of a document in which every declared key and heading could be read. What only this kind can judge is
    /// reported; null, or any error reported, means that there is no definition.
    /// </summary>
    ActivityDefinition? Read(ActivityDocument document, DiagnosticBag report);

    /// <summary>What one round of it gives people to read and asks of them, for design advice.</summary>
    ActivityDesign DesignOf(ActivityDefinition definition);
}
