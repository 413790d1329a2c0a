using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Linting;

/// <summary>Something that an activity names and that only a Mattermost can know: a channel or a person.</summary>
/// <param name="Channel">Null for a person.</param>
/// <param name="Person">A username; null for a channel.</param>
/// <param name="IsNeeded">Without it the activity cannot do what it is to do; else its text merely mentions it.</param>
/// <param name="Span">Where.</param>
public sealed partial record OutsideName(ChannelReference? Channel, string? Person, bool IsNeeded, TextSpan Span)
{
    /// <summary>What calls many, and is nobody.</summary>
    private static readonly string[] NotPeople = ["all", "channel", "here"];

    /// <summary>All that a file names, each once.</summary>
    public static ImmutableArray<OutsideName> In(ActivityDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var document = definition.Document;
        var source = document.Source;
        List<OutsideName> names = [.. definition.Channels.Select(channel => new OutsideName(
            channel with { Team = channel.Team ?? definition.Team }, null, true, Within(document.PlaceOf(SharedKeys.Channel), channel.Name)))];
        if (definition.Host is { } host)
            names.Add(new OutsideName(null, host, true, Within(document.PlaceOf(SharedKeys.Host), host)));
        var places = definition.Places;
        foreach (Match match in Mention().Matches(source.Text, document.BodySpan.Start))
        {
            var span = new TextSpan(match.Index, match.Length);
            var name = match.Groups["name"].Value.TrimEnd('.', '-', '_');
            if (match.Groups["sign"].Value == "~")
                names.Add(new OutsideName(new ChannelReference(definition.Team, name), null, places.Contains(name, StringComparer.OrdinalIgnoreCase), span));
            else if (match.Groups["sign"].Value == "@" && !NotPeople.Contains(name, StringComparer.OrdinalIgnoreCase))
                names.Add(new OutsideName(null, name.ToLowerInvariant(), false, span));
        }

        return [.. names.DistinctBy(each => (each.Channel, each.Person))];

        // Of several in one key, the one that is meant.
        TextSpan Within(TextSpan key, string name)
        {
            var at = source.Slice(key).IndexOf(name, StringComparison.OrdinalIgnoreCase);
            return at < 0 ? key : new TextSpan(key.Start + at, name.Length);
        }
    }

    /// <summary>What stands in code is shown and means nothing; so do addresses of mail.</summary>
    [GeneratedRegex(@"```.*?```|`[^`\n]*`|(?<![\p{L}\p{Nd}_.@~/])(?<sign>[@~])(?<name>[A-Za-z][A-Za-z0-9._-]+)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Mention();
}
