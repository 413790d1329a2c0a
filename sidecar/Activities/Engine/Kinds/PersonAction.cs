namespace MattermostLearning.Activities.Engine.Kinds;

/// <summary>What people do with a round or a run of any kind, by button or by command.</summary>
public static class PersonAction
{
    public const string Join = "join";
    public const string Leave = "leave";
    public const string EveryRound = "every-round";

    /// <summary>Go on where I was, in what I go through at my own pace.</summary>
    public const string Continue = "continue";

    /// <summary>The others of going through something at one's own pace: one part back, on without this one, from the beginning, and not for now.</summary>
    public const string Back = "back";
    public const string SkipPart = "skip";
    public const string Restart = "restart";
    public const string Rest = "rest";

    /// <summary>To be asked now and then to go first.</summary>
    public const string AskMe = "ask-me";

    /// <summary>A suggestion for the run; as a form it brings <see cref="SuggestedText"/>, and perhaps <see cref="SuggestedName"/>.</summary>
    public const string Suggest = "suggest";
    public const string AcceptSuggestion = "accept-suggestion";
    public const string DeclineSuggestion = "decline-suggestion";
    public const string TakeBackSuggestion = "take-back-suggestion";
    public const string SuggestedText = "text";
    public const string SuggestedName = "name";

    /// <summary>The step of buttons that hold as long as their round is open.</summary>
    public const string WhileOpen = "open";
}
