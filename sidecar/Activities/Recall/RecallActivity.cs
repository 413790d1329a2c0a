using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;

namespace MattermostLearning.Activities.Recall;

/// <summary>Each person's own deck: what they answered wrong is asked again, further and further apart, until they know it.</summary>
public sealed class RecallActivity : IPersonalActivity
{
    public const string Name = "recall";

    /// <summary>
    /// What is typed behind `/learn recall`, and what buttons say. <see cref="PersonAction.Join"/> asks what is due; so does <see cref="PersonAction.Continue"/>, and the message that
    /// it stands on is over then.
    /// </summary>
    public const string On = "on";
    public const string Off = "off";
    public const string Empty = "empty";

    private const string Reminder = "remind";

    /// <summary>A reminder that finds no room for so long is dropped, and the next one is due.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    public string Subject => Name;

    public Decision Decide(PersonalScene scene, ActivityEvent happened)
    {
        var asking = new RecallAsking(scene);
        switch (happened)
        {
            case MomentCame { What: Reminder }:
                asking.Remind();
                break;
            case Acted { Action: PersonAction.Join or PersonAction.Continue } acted:
                asking.Begin(isPressed: acted.Action == PersonAction.Continue);
                break;
            case Submitted { Action: RecallAction.Form } sent:
                asking.Submit(sent);
                break;
            case Acted { Action: RecallAction.Form } acted:
                asking.OpenForm(acted.Step);
                break;
            case Acted { Action: RecallAction.No }:
                asking.Decline();
                break;
            case Acted { Action: On } acted:
                asking.SwitchOn(isPressed: acted.Step is not null);
                break;
            case Acted { Action: Off } acted:
                asking.SwitchOff(isPressed: acted.Step is not null);
                break;
            case Acted { Action: Empty } acted:
                asking.MakeEmpty(isPressed: acted.Step is not null);
                break;
            case Acted acted when acted.Action.StartsWith(RecallAction.Yes, StringComparison.Ordinal) && acted.Step is { } questions:
                asking.Accept(acted.Action[RecallAction.Yes.Length..], questions.Split(RecallAction.Between));
                break;
            case Acted acted when acted.Action.StartsWith(RecallAction.Choose, StringComparison.Ordinal)
                && int.TryParse(acted.Action.AsSpan(RecallAction.Choose.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var option):
                asking.Choose(option, acted.Step);
                break;
            case Acted:
                asking.Decision.Answer(scene.Speech.Say("quiz.old-button"));
                break;
        }

        return asking.Decision;
    }

    /// <summary>The one moment that each deck has: the next reminder.</summary>
    internal static DueTime ReminderOf(string personId, DateTimeOffset at) =>
        new() { RunId = Name, What = Reminder, PersonId = personId, At = at, WaitsUntil = at + Patience };
}
