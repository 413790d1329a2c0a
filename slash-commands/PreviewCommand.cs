using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community.Library;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn preview &lt;activity&gt;`: everything that an activity says, in order, in the asker's direct messages. Drafts, too.</summary>
public sealed class PreviewCommand(Definitions definitions, PreviewSender sender) : ISubcommand
{
    private const int LongestShown = 60;

    public SubcommandSpec Spec { get; } = new("preview", "<activity>", "help.preview") { ForFacilitators = true };

    public Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken) => Task.FromResult(Answer(call));

    private Reply Answer(CommandCall call)
    {
        var words = call.Arguments.Trim('"', '*', '`');
        if (words.Length == 0)
            return call.Speech.Say("preview.which");
        if ((definitions.Library.Find(words) ?? Draft(words)) is { } definition)
        {
            sender.Send(call.Caller.PersonId, definition);
            return Coming(call.Speech);
        }

        var shown = MentionSafe.Code(words, LongestShown);
        return definitions.Library.Suggest(words) is [var likeliest, ..]
            ? call.Speech.Say("activity.unknown-nearest", ("name", shown), ("nearest", likeliest.Slug), ("command", $"/learn {Spec.Name} {likeliest.Slug}"))
            : call.Speech.Say("preview.unknown", ("name", shown));
    }

    internal static string Coming(Speech speech) => speech.Say("preview.coming");

    private ActivityDefinition? Draft(string words) =>
        definitions.Library.Drafts.Values.FirstOrDefault(one => one.Slug.Equals(words, StringComparison.OrdinalIgnoreCase) || one.Title.Equals(words, StringComparison.OrdinalIgnoreCase));
}
