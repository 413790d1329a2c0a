using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Engine.Kinds;

/// <summary>What a round's post says of who is in, as its file wants it.</summary>
public static class JoinedNote
{
    /// <summary>Null before anybody has joined: nobody is shown as absent.</summary>
    public static string? WhoIsIn(this Scene scene, Occurrence round)
    {
        if (round.Joined == 0)
            return null;
        if (scene.Definition.Settings.ShowNames == ShowNames.Count || round.FirstJoined.Count == 0)
            return scene.Speech.Say("challenge.in-count", ("count", round.Joined));
        var names = round.FirstJoined.Select(Token.Person).ToList();
        return scene.Speech.Say("challenge.in-so-far", ("people", scene.Speech.List(names, round.Joined - names.Count)));
    }
}
