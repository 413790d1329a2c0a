using System.Collections.Immutable;
using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Library;
using MattermostLearning.Content.Markdown;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Activities.Community.Library;

/// <summary>What stands in the facilitators' channel about a file that was handed in: all of it made from what is stored.</summary>
public sealed class LibraryMessages(Catalogue catalogue)
{
    /// <summary>The purpose of its buttons.</summary>
    public const string Purpose = "library";

    public const string Put = "put";
    public const string Undo = "undo";
    public const string Use = "use";
    public const string Preview = "preview";

    private const int LongestName = 80;
    private const int LongestFinding = 300;
    private const int LongestGlimpse = 400;

    /// <summary>Of each: who mends those sees what is left.</summary>
    private const int MostErrors = 5;
    private const int MostNotes = 5;

    private Speech Words => catalogue.For(null);

    /// <summary>The answer to whoever handed it in.</summary>
    public Draft Offered(LibraryVersion version, FileReview review)
    {
        var (name, speech) = (NameOf(version), Words);
        if (!review.IsUsable)
            return Lines([speech.Say("library.broken", ("name", name), ("count", review.Errors.Length)), .. Findings(review.Errors, MostErrors), speech.Say("library.mend")]);
        return Lines([.. Usable(name, review), .. Worth(review), .. Glimpse(review.Definition)]) with { Buttons = ButtonsOf(version, review) };
    }

    /// <summary>A file that was made of what somebody filled in; it hangs on the message.</summary>
    public Draft Made(LibraryVersion version, FileReview review) =>
        Lines([Words.Say("library.made", ("name", NameOf(version))), .. Usable(NameOf(version), review), .. Worth(review)]) with { Buttons = ButtonsOf(version, review) };

    /// <summary>It is in the library.</summary>
    /// <param name="version">Which.</param>
    /// <param name="definition">What it offers; null for a translation, and where it offers nothing any more.</param>
    /// <param name="canCorrect">A round is open with an earlier text, and can go by this one.</param>
    public Draft InUse(LibraryVersion version, ActivityDefinition? definition, bool canCorrect)
    {
        var at = Words.InChannel(version.PutAt ?? version.OfferedAt, definition?.Zone ?? TimeZoneInfo.Utc);
        (string, object)[] places = [("name", NameOf(version)), ("number", version.Number), ("moment", at), ("person", version.PersonId is { } id ? Token.Person(id) : "")];
        return Lines([Words.Say(version.PersonId is null ? "library.in-by-nobody" : "library.in", places), .. Next(definition)]) with
        {
            Buttons = [.. canCorrect ? [Button("library.button.use", Use, version)] : Array.Empty<DraftButton>(), Button("library.button.undo", Undo, version)],
        };
    }

    /// <summary>Another version has taken its place.</summary>
    public Draft Replaced(LibraryVersion version, LibraryVersion by) =>
        Words.Say("library.replaced", ("name", NameOf(version)), ("number", version.Number), ("by", by.Number));

    /// <summary>It was in the library, and is only offered now.</summary>
    public Draft TakenOut(LibraryVersion version, FileReview review)
    {
        var offered = Offered(version, review);
        return offered with { Text = $"{Words.Say("library.taken-out", ("name", NameOf(version)), ("number", version.Number))}\n{offered.Text}" };
    }

    /// <summary>A file that cannot be read as an activity, whatever stands in it.</summary>
    public Draft NoActivity(string key, string name) => Words.Say(key, ("name", MentionSafe.Code(name, LongestName)), ("size", LooseFile.LongestFile / 1024 / 1024));

    /// <summary>What keeps a file out of the library, for whoever has just pressed.</summary>
    public static string Refusal(FileReview review, Speech speech) =>
        string.Join('\n', [speech.Say("library.refused"), .. Findings(review.Errors, MostErrors, speech)]);

    private DraftButton[] ButtonsOf(LibraryVersion version, FileReview review)
    {
        var put = Button("library.button.put", Put, version) with { IsPrimary = true };
        return review.Definition is null ? [put] : [put, Button("library.button.preview", Preview, version)];
    }

    private IEnumerable<string> Usable(string name, FileReview review)
    {
        if (review.Definition is not { } definition)
        {
            yield return Words.Say("library.translation", ("name", name));
            yield break;
        }

        yield return Words.Say("library.usable", ("name", name), ("title", Token.Literal(definition.Title)), ("kind", definition.Kind));
        if (definition.Schedule is { } schedule)
            yield return Words.Say("library.when", ("schedule", schedule), ("city", Content.Schedules.ZoneCity.Name(definition.Zone)));
        if (definition.Settings.Draft)
            yield return Words.Say("library.draft");
    }

    private IEnumerable<string> Worth(FileReview review) =>
        review.Notes.Length == 0 ? [] : [Words.Say("library.worth-a-look"), .. Findings(review.Notes, MostNotes)];

    /// <summary>How it begins, as people will read it.</summary>
    private static IEnumerable<string> Glimpse(ActivityDefinition? definition) => definition is { Body.Length: > 0 }
        ? ["", $"> {Token.Literal(MessageLimits.Cut(BesideLinks.Told(definition.Body, BesideLinks.In(definition.Body)), LongestGlimpse)).ReplaceLineEndings("\n> ")}"]
        : [];

    private IEnumerable<string> Next(ActivityDefinition? definition) => definition switch
    {
        null => [],
        { Settings.Draft: true } => [Words.Say("library.draft")],
        _ => [Words.Say("library.next", ("title", Token.Literal(definition.Title)), ("slug", definition.Slug))],
    };

    private IEnumerable<string> Findings(ImmutableArray<Diagnostic> findings, int most) => Findings(findings, most, Words);

    private static IEnumerable<string> Findings(ImmutableArray<Diagnostic> findings, int most, Speech speech)
    {
        foreach (var one in findings.Take(most))
        {
            var text = Token.Literal(MentionSafe.Text(MessageLimits.Cut($"{one.Message} {one.Help}".ReplaceLineEndings(" ").Trim(), LongestFinding)));
            yield return one.HasPlace && one.Severity != Severity.Advice
                ? speech.Say("library.finding-line", ("line", one.Line.ToString(CultureInfo.InvariantCulture)), ("text", text))
                : speech.Say("library.finding", ("text", text));
        }

        if (findings.Length > most)
            yield return speech.Say("library.more-findings", ("count", findings.Length - most));
    }

    private DraftButton Button(string labelKey, string action, LibraryVersion version) => new(Words.Say(labelKey), new ActionReference(Purpose, action, version.Id, ""));

    private static Draft Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string NameOf(LibraryVersion version) => MentionSafe.Code(LooseFile.NameOf(version.Path), LongestName);
}
