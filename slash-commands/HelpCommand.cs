using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.SlashCommands;

/// <summary>`/learn help [subcommand]`: made from the specs of all subcommands.</summary>
/// <param name="subcommands">Asked for when needed, since help is one of them.</param>
public sealed class HelpCommand(Func<IEnumerable<ISubcommand>> subcommands) : ISubcommand
{
    public SubcommandSpec Spec { get; } = new("help", "[subcommand]", "help.help");

    public Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var all = subcommands().Select(one => one.Spec).OrderBy(spec => spec.Name, StringComparer.Ordinal).ToList();
        if (call.Arguments.Length == 0)
            return Task.FromResult<Reply>(Everything(call.Speech, all));
        var name = call.Arguments.Split(' ')[0].ToLowerInvariant();
        if (all.Find(spec => spec.Name == name) is { } spec)
            return Task.FromResult<Reply>($"{Line(call.Speech, spec)}\n{call.Speech.Say(spec.DetailKey)}");
        var nearest = Nearest.To(name, all.Select(one => one.Name).Where(one => one.Length > 0));
        return Task.FromResult<Reply>(nearest is null
            ? Everything(call.Speech, all)
            : call.Speech.Say("help.nearest", ("name", Mattermost.Messages.MentionSafe.Code(name, 40)), ("nearest", nearest)));
    }

    private static string Everything(Speech speech, List<SubcommandSpec> all)
    {
        var everybody = all.Where(spec => !spec.ForFacilitators).Select(spec => Line(speech, spec));
        var facilitators = all.Where(spec => spec.ForFacilitators).Select(spec => Line(speech, spec));
        return $"{string.Join('\n', everybody)}\n{speech.Say("help.facilitators")}\n{string.Join('\n', facilitators)}\n{speech.Say("help.more")}";
    }

    private static string Line(Speech speech, SubcommandSpec spec)
    {
        var command = string.Join(' ', new[] { "/learn", spec.Name, spec.Arguments }.Where(part => part.Length > 0));
        return $"- `{command}`: {speech.Say(spec.HelpKey)}";
    }
}
