using System.Collections.Immutable;
using System.Globalization;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Community.Library;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Content;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Library;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn new &lt;kind&gt;`: asks a few questions in a form, and puts the file that comes of it into the facilitators' channel, ready to be put into the library.</summary>
public sealed class NewCommand(Definitions definitions, Facilitators facilitators, FileOffers offers, TimeProvider time) : ISubcommand, IAnswersForms
{
    private const string Title = "title";
    private const string Text = "text";
    private const int LongestTitle = 60;
    private const int LongestValue = 150;
    private const int LongestText = 3000;
    private const int LongestHelp = 150;
    private const int LongestShown = 40;

    public SubcommandSpec Spec { get; } = new("new", "<kind>", "help.new") { ForFacilitators = true };

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var kinds = definitions.Reader.Kinds;
        var names = call.Speech.List([.. kinds.Keys.Select(kind => $"`/learn {Spec.Name} {kind}`")]);
        if (call.Arguments.Length == 0)
            return call.Speech.Say("new.which", ("kinds", names));
        if (!kinds.TryGetValue(call.Arguments.ToLowerInvariant(), out var content))
            return call.Speech.Say("new.unknown", ("name", MentionSafe.Code(call.Arguments, LongestShown)), ("kinds", names));
        return await facilitators.ChannelIdAsync(cancellationToken) is null ? call.Speech.Say("new.no-channel") : Form(call, content.Declaration);
    }

    public async Task<Reply> SubmittedAsync(FormSent form, CancellationToken cancellationToken)
    {
        if (!definitions.Reader.Kinds.TryGetValue(form.Reference.Subject, out var content) || await facilitators.ChannelIdAsync(cancellationToken) is not { } channelId)
            return form.Speech.Say("new.no-channel");
        var title = form.Values.GetValueOrDefault(Title, "").Trim();
        if (title.Length == 0 || NewFile.PathOf(content.Declaration, title) is not { } path)
            return Wrong(Title, form.Speech.Say("new.title.missing"));
        var asked = NewFile.AskedOf(content.Declaration);
        var values = asked.ToDictionary(key => key, key => form.Values.GetValueOrDefault(key.Name, ""));
        if (content.Declaration.KeysOfNew.Contains(SharedKeys.TimeZone) && form.Zone is { } zone)
            values[SharedKeys.TimeZone] = zone.Id;
        var file = LooseFile.Of(path[(path.LastIndexOf('/') + 1)..], NewFile.Filled(content.Declaration, title, values, form.Values.GetValueOrDefault(Text, "")));
        var review = FileReview.Of(file, definitions);
        if (!review.IsUsable)
            return new Reply { Draft = "", FieldErrors = ErrorsOf(review, asked) };
        // Whatever is sent in twice is one form.
        var rowId = OutboxRow.IdOf(form.Caller.PersonId, $"{Spec.Name}/{form.Reference.Step}");
        await offers.HandOutAsync(rowId, channelId, file, review, cancellationToken);
        return Reply.Accepted;
    }

    private Reply Form(CommandCall call, ContentDeclaration kind)
    {
        var speech = call.Speech;
        return new Reply
        {
            Draft = speech.Say("new.no-form"),
            Dialog = new DraftDialog
            {
                Title = speech.Say("new.form"),
                Introduction = speech.Say("new.introduction"),
                SubmitLabel = speech.Say("new.button.make"),
                Action = new ActionReference(
                    Spec.Name, "make", kind.Kind, time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), call.Caller.PersonId),
                Elements =
                [
                    new TextElement { Name = Title, DisplayName = speech.Say("new.title"), MaxLength = LongestTitle, HelpText = speech.Say("new.title.help") },
                    new TextAreaElement { Name = Text, DisplayName = speech.Say("new.text"), MaxLength = LongestText, Default = kind.BodyOfNew, HelpText = speech.Say("new.text.help") },
                    .. NewFile.AskedOf(kind).Select(key => Field(kind, key)),
                ],
            },
        };
    }

    /// <summary>A key by its own name and in its own words: that is how it stands in the file, and how its page explains it.</summary>
    private static DialogElement Field(ContentDeclaration kind, KeyDeclaration key)
    {
        var isOptional = !kind.IsRequired(key);
        return key.Choices.Length > 0 && !key.IsList
            ? new SelectElement
            {
                Name = key.Name, DisplayName = key.Name, Optional = isOptional, HelpText = MessageLimits.Cut(key.Help, LongestHelp),
                Options = [.. key.Choices.Select(choice => new MenuOption { Text = choice, Value = choice })],
            }
            : new TextElement
            {
                Name = key.Name, DisplayName = key.Name, Optional = isOptional, MaxLength = LongestValue, Placeholder = key.Example, HelpText = MessageLimits.Cut(key.Help, LongestHelp),
            };
    }

    /// <summary>Beside the field that it is about: what stands in a key's line, else the text, or the title for what concerns the whole file.</summary>
    private static Dictionary<string, string> ErrorsOf(FileReview review, ImmutableArray<KeyDeclaration> asked)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in review.Errors)
            errors.TryAdd(FieldOf(one, asked), $"{one.Message} {one.Help}".Trim());
        return errors;
    }

    private static string FieldOf(Diagnostic error, ImmutableArray<KeyDeclaration> asked) =>
        asked.FirstOrDefault(key => error.SourceLine.StartsWith($"{key.Name}:", StringComparison.Ordinal) || error.Message.Contains($"`{key.Name}`", StringComparison.Ordinal))?.Name
        ?? (error.HasPlace && !error.SourceLine.StartsWith($"{SharedKeys.Title.Name}:", StringComparison.Ordinal) ? Text : Title);

    private static Reply Wrong(string field, string why) => new() { Draft = "", FieldErrors = new Dictionary<string, string> { [field] = why } };
}
