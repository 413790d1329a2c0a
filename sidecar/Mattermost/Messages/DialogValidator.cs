namespace MattermostLearning.Mattermost.Messages;

public static partial class MessageValidator
{
    private static readonly string[] TextSubtypes = ["text", "email", "number", "password", "tel", "url"];

    /// <summary>All problems of a dialog. The server takes nearly anything and shows an empty or broken form instead.</summary>
    public static IReadOnlyList<MessageProblem> Check(Dialog dialog, MessageLimits? limits = null)
    {
        var problems = new Problems(limits ?? MessageLimits.Default);
        problems.Required("title", dialog.Title);
        problems.AtMost("title", dialog.Title, problems.Limits.DialogTitleRunes);
        problems.AtMost("introduction_text", dialog.IntroductionText, problems.Limits.MessageRunes);
        problems.AtMost("submit_label", dialog.SubmitLabel, problems.Limits.ElementLabelRunes);
        if (dialog.Elements.Count > problems.Limits.Elements)
            problems.Add("elements", "too many elements", problems.Limits.Elements, dialog.Elements.Count);

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < dialog.Elements.Count; i++) CheckElement($"elements[{i}]", dialog.Elements[i], names, problems);
        return problems.Found;
    }

    /// <summary>Throws an <see cref="InvalidMessageException"/> that lists all problems.</summary>
    public static void Require(Dialog dialog, MessageLimits? limits = null) => ThrowIfAny(Check(dialog, limits));

    private static void CheckElement(string path, DialogElement element, HashSet<string> names, Problems problems)
    {
        problems.Required($"{path}.name", element.Name);
        problems.AtMost($"{path}.name", element.Name, problems.Limits.ElementNameRunes);
        if (!names.Add(element.Name)) problems.Add($"{path}.name", "used twice in this dialog");
        problems.Required($"{path}.display_name", element.DisplayName);
        problems.AtMost($"{path}.display_name", element.DisplayName, problems.Limits.ElementLabelRunes);
        problems.AtMost($"{path}.help_text", element.HelpText, problems.Limits.ElementHelpRunes);
        problems.AtMost($"{path}.placeholder", element.Placeholder, problems.Limits.ElementHelpRunes);

        switch (element)
        {
            case TextElement text:
                if (text.Subtype is { } subtype && !TextSubtypes.Contains(subtype))
                    problems.Add($"{path}.subtype", "text, email, number, password, tel or url");
                CheckLengths(path, text.MinLength, text.MaxLength, text.Default, problems.Limits.TextRunes, problems);
                break;
            case TextAreaElement area:
                CheckLengths(path, area.MinLength, area.MaxLength, area.Default, problems.Limits.TextAreaRunes, problems);
                break;
            case SelectElement select:
                if (select.Multiple && !problems.Limits.MultipleSelect)
                    problems.Add($"{path}.multiselect", "several values at once need a server from 11.0");
                CheckOptions(path, select.Options, select.DataSource, select.Multiple ? null : select.Default, problems);
                break;
            case RadioElement radio:
                CheckOptions(path, radio.Options, null, radio.Default, problems);
                break;
            case BoolElement { Default: not (null or "" or "true" or "false") }:
                problems.Add($"{path}.default", "true or false");
                break;
            case DateElement or DateTimeElement when !problems.Limits.DateElements:
                problems.Add($"{path}.type", "dates need a server from 11.1");
                break;
        }
    }

    private static void CheckLengths(string path, int? min, int? max, string? preset, int limit, Problems problems)
    {
        if (max > limit) problems.Add($"{path}.max_length", "more than the server takes", limit, max);
        if (max < 1) problems.Add($"{path}.max_length", "at least 1");
        if (min < 0) problems.Add($"{path}.min_length", "not below 0");
        if (min > (max ?? limit)) problems.Add($"{path}.min_length", "more than max_length", max ?? limit, min);
        problems.AtMost($"{path}.default", preset, max is > 0 ? max.Value : limit);
    }
}
