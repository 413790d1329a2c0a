using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Exchange;

/// <summary>
/// What does not come along, by its place in the file that it comes from: an error where a question stays behind, a warning where it comes otherwise than it was. All of it
/// is told, however much that is.
/// </summary>
public sealed class ImportReport(SourceText source)
{
    public SourceText Source => source;

    internal DiagnosticBag Bag { get; } = new(source, most: int.MaxValue);

    public IReadOnlyList<Diagnostic> Findings => Bag.ToImmutable();

    /// <param name="place">Where the question begins.</param>
    /// <param name="code">One of <see cref="Codes"/>.</param>
    /// <param name="message">Why it stays behind.</param>
    /// <param name="help">What can be done about it.</param>
    public void StaysBehind(TextSpan place, string code, string message, string? help) => Bag.Error(place, code, message, help, subject: message);

    /// <inheritdoc cref="StaysBehind"/>
    public void ComesOtherwise(TextSpan place, string message, string? help) => Bag.Warning(place, Codes.NoCounterpart, message, help, subject: message);
}

/// <summary>Questions that belong together.</summary>
/// <param name="Title">Null where nothing says what it is called.</param>
/// <param name="Questions">In order, each with its <see cref="Questions.Question.Place"/> in the file that it comes from.</param>
public sealed record QuestionList(string? Title, System.Collections.Immutable.ImmutableArray<Questions.Question> Questions);
