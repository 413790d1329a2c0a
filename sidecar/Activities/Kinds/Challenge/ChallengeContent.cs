using System.Collections.Immutable;
using MattermostLearning.Content;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Design;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Markdown;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Kinds.Challenge;

/// <summary>How a challenge is written: the shared keys, one key of its own and three headings.</summary>
public sealed class ChallengeContent : IKindContent
{
    private static readonly KeyDeclaration<WrapUpPlace> WrapUpKey = new(
        "wrap-up",
        KeyTypes.Choice(("thread", WrapUpPlace.Thread), ("channel", WrapUpPlace.Channel), ("off", WrapUpPlace.Off)),
        "Where the wrap-up of a round goes.",
        "thread")
    {
        Default = "thread",
        Meant = written => written.Contains(' ') ? "The question itself stands below the front matter: a line `## Wrap-up`, and the question under it." : null,
    };

    internal static readonly ArgumentHeading<HintTime> Hint =
        new("Hint", SharedValues.Of(HintText.Read), "Posted in the thread in its time, unless somebody has just replied.", "Hint after 1 day")
        {
            Words = ["after", "on"],
            AtMost = 2,
            AlsoSaid = ["Hints", "Tip", "Tips", "Clue", "Help", "Hinweis", "Tipp"],
        };

    internal static readonly PlainHeading WrapUp = new("Wrap-up", "The question to take along, at the end of the wrap-up.", "Wrap-up")
    {
        AtMost = 1,
        AlsoSaid = ["Reflection", "Debrief", "Closing", "Closing question", "At the end", "Conclusion", "Summary", "Recap", "Wrapping up", "Wrap-up question", "Abschluss", "Fazit"],
    };

    internal static readonly PlainHeading HowItWorks =
        new("How it works", "What the button `How it works` answers, instead of the standard text.", "How it works")
    {
        AtMost = 1,
        AlsoSaid = ["Instructions", "How to", "How to take part", "Rules"],
    };

    public string Kind => ChallengeKind.Name;

    public ContentDeclaration Declaration { get; } = new(ChallengeKind.Name, "Something to do at work and to talk about in a thread.")
    {
        Keys = [WrapUpKey],
        Headings = [Hint, WrapUp, HowItWorks],
        RequiredSharedKeys = [SharedKeys.Schedule],
        RequiresBody = true,
        KeysOfNew =
        [
            SharedKeys.Summary, SharedKeys.Topics, SharedKeys.Channel, SharedKeys.Schedule, SharedKeys.TimeZone, SharedKeys.OpenFor, SharedKeys.Remind, SharedKeys.Takes,
            SharedKeys.Rounds,
        ],
        BodyOfNew = """
            What should people do, and with whom? Ask for **one thing**, small enough for a working day. Then say what they tell in this thread.

            ## Hint after 1 day
            What helps somebody who does not know where to begin? Give one example.

            ## Wrap-up
            What should they take along? Ask one question about what they did, and one about what they do next.
            """,
    };

    public ActivityDefinition? Read(ActivityDocument document, DiagnosticBag report)
    {
        TimingRules.CheckHints(document, document.Sections(Hint), report);
        return new ChallengeDefinition(document) { WrapUpPlace = document.Get(WrapUpKey, WrapUpPlace.Thread) };
    }

    public ActivityDesign DesignOf(ActivityDefinition definition)
    {
        var challenge = (ChallengeDefinition)definition;
        var document = challenge.Document;
        var question = document.Sections(WrapUp).Select(section => new DesignText("The wrap-up", section.Markdown, section.HeadingSpan)).FirstOrDefault();
        var hints = challenge.Hints.Select((hint, index) => new DesignText($"Hint {index + 1}", hint.Markdown, hint.HeadingSpan));
        var how = document.Sections(HowItWorks).Select(section => new DesignText("How it works", section.Markdown, section.HeadingSpan));
        return new ActivityDesign
        {
            Texts = [new DesignText("The post", document.Body, document.BodySpan), .. hints, .. how],
            Closing = question,
            HasClosing = challenge.WrapUpPlace != WrapUpPlace.Off,
            ClosingHeading = WrapUp.Example,
        };
    }
}

/// <summary>What a challenge's file says.</summary>
public sealed record ChallengeDefinition(ActivityDocument Document) : ActivityDefinition(Document)
{
    public override string Kind => ChallengeKind.Name;

    /// <summary>At most two, in the order in which they are written.</summary>
    public ImmutableArray<Section<HintTime>> Hints => field.IsDefault ? field = Document.Sections(ChallengeContent.Hint) : field;

    /// <summary>The question to take along.</summary>
    public string? WrapUp => Document.Section(ChallengeContent.WrapUp);

    public string? HowItWorks => Document.Section(ChallengeContent.HowItWorks);

    public WrapUpPlace WrapUpPlace { get; init; }
}

public enum WrapUpPlace
{
    Thread,
    Channel,
    Off,
}
