using System.Collections.Immutable;
using System.Globalization;
using MattermostLearning.Content;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Design;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Activities.Kinds.PromptSeries;

/// <summary>How a prompt series is written: one list item or one heading for each starter, and what helps the host.</summary>
public sealed class PromptSeriesContent : IKindContent
{
    private const int MostInvited = 3;

    private static readonly KeyDeclaration<PromptOrder> OrderKey = new(
        "order", KeyTypes.Choice(("in order", PromptOrder.InOrder), ("shuffled", PromptOrder.Shuffled)), "In which order the starters come; none twice before all were used.", "shuffled")
    {
        Aliases = ["sequence"],
        Default = "in order",
    };

    private static readonly KeyDeclaration<QuietTime> QuietAfterKey = new(
        "quiet-after", QuietTime.Type, "After how long a quiet thread is told to its host, privately and with three openers.", "2 days")
    {
        Aliases = ["quiet", "nudge-host-after", "nudge-after"],
        Default = "2 days, where a round is open for longer than that",
    };

    private static readonly KeyDeclaration<int> InviteKey = new(
        "invite", new KeyType<int>($"a number from 1 to {MostInvited}, or no", ReadInvite), "How many members are asked to go first, at random among those who agreed to be asked.", "2")
    {
        Aliases = ["invites", "invitations", "ask-first"],
        Default = "2",
    };

    private static readonly KeyDeclaration<WhenAlive> WhenAliveKey = new(
        "when-alive", KeyTypes.Choice(("wait", WhenAlive.Wait), ("go on", WhenAlive.GoOn)), "What happens when people still talk about the last starter as the next one is due.", "wait")
    {
        Default = "wait",
    };

    internal static readonly OpenHeading Prompt = new("Prompt", "One conversation starter. Without such headings each item of a list is one.", "Prompt") { Aliases = ["Starter", "Week", "Prompts", "Starters"] };

    internal static readonly PlainHeading Openers =
        new("Openers", "A list of what the host can do in a quiet thread: the only one in a file is for all starters, else each is for the starter above it.", "Openers")
        {
            Aliases = ["Opener", "For the host"],
            AlsoSaid = ["Host", "Host openers", "Host notes", "Facilitator notes", "Notes for the host"],
        };

    public string Kind => PromptSeriesKind.Name;

    public ContentDeclaration Declaration { get; } = new(PromptSeriesKind.Name, "Conversation starters in a channel, one at a time.")
    {
        Folder = PromptSeriesKind.Name,
        Keys = [OrderKey, QuietAfterKey, InviteKey, WhenAliveKey],
        Without = [(SharedKeys.Remind, $"Members join nothing here, so nobody is reminded. Its host is told of a quiet thread: `{QuietAfterKey.Name}: {QuietAfterKey.Example}`.")],
        Headings = [Openers, Prompt],
        RequiredSharedKeys = [SharedKeys.Schedule],
        KeysOfNew =
        [
            SharedKeys.Summary, SharedKeys.Topics, SharedKeys.Channel, SharedKeys.Schedule, SharedKeys.TimeZone, OrderKey, QuietAfterKey, InviteKey, SharedKeys.Takes,
        ],
        BodyOfNew = """
            Say here in two lines what this series is for: it is what the button `How it works` answers first.

            ## Prompt
            What have you seen somebody else here do well lately? Tell us in two lines, and answer one other person.

            ## Prompt
            Ask for **one thing** that everybody can tell from their own work, without preparing anything.

            ## Openers
            - Write your own answer first, short and with a loose end: "Mine is small: ..."
            - Ask one person who has a story: "You did this last month; how did it go?"
            - Make it smaller: "One word is enough."
            """,
    };

    public ActivityDefinition? Read(ActivityDocument document, DiagnosticBag report)
    {
        // Whether it has starters, and each of them once, is said here; they are read again when somebody needs them.
        StartersOf(document, report);
        var definition = new PromptSeriesDefinition(document)
        {
            Order = document.Get(OrderKey, PromptOrder.InOrder),
            QuietAfter = document.Get(QuietAfterKey, QuietTime.Usual).After,
            Invited = document.Get(InviteKey, 2),
            WhenAlive = document.Get(WhenAliveKey, WhenAlive.Wait),
            IsEndless = document.Has(SharedKeys.Until),
            HasRounds = document.Has(SharedKeys.Rounds),
        };
        if (definition.QuietAfter is { } quiet)
            TimingRules.CheckWait(document, QuietAfterKey, quiet, report);
        return definition;
    }

    internal static Starters StartersOf(ActivityDocument document, DiagnosticBag report)
    {
        var headed = document.Sections(Prompt);
        var listed = ListedText.Of(document.Texts);
        var openers = document.Sections(Openers);
        // The only one is for all; of several, each is for what stands above it.
        var common = openers.Length == 1 ? openers : [.. openers.Where(each => headed.All(prompt => prompt.HeadingSpan.Start > each.HeadingSpan.Start))];
        Prompt[] prompts = headed.Length > 0
            ? [.. headed.Select((section, index) => new Prompt(TextOf(section), OpenersOf(section, index), section.HeadingSpan))]
            : [.. listed.Items.Where(item => item.Length > 0).Select(item => new Prompt(item, [], document.BodySpan))];
        if (prompts.Length == 0)
            report.Error(document.BodySpan, Codes.NoStarter, "There is no conversation starter.", "Write each as an item of a list, `- What ...?`, or below a line `## Prompt`.");
        if (headed.Length > 0)
            CheckLists(headed, listed.Items.Length, document, report);
        if (document.Original is { } original)
            TakeIds(prompts, original, document, report);
        foreach (var again in prompts.GroupBy(prompt => prompt.Id).SelectMany(same => same.Skip(1)))
            report.Error(again.Place, Codes.StartersAlike, $"This starter stands twice: `{Short(again.Text)}`.", "Take one of the two out, or ask for something else in it.");
        return new Starters([.. prompts], headed.Length > 0 ? document.Body : listed.Around, [.. common.SelectMany(ItemsOf)]);

        ImmutableArray<string> OpenersOf(Section<string> section, int index)
        {
            var end = index + 1 < headed.Length ? headed[index + 1].HeadingSpan.Start : int.MaxValue;
            return [.. openers.Where(each => !common.Contains(each) && each.HeadingSpan.Start > section.HeadingSpan.Start && each.HeadingSpan.Start < end).SelectMany(ItemsOf)];
        }
    }

    /// <summary>Where a heading makes a starter, the items of a list are part of it, or of none: not what somebody meant who wrote one list of all of them.</summary>
    private static void CheckLists(ImmutableArray<Section<string>> headed, int above, ActivityDocument document, DiagnosticBag report)
    {
        if (above > 1)
        {
            report.Warning(
                document.BodySpan, Codes.StartersTogether, $"The {above} items of the list up here are no starters: headings further down are.",
                $"If they are meant, take `{Written(headed[0])}` away, or put each below a line `## {Prompt.Name}`. What is for the host stands below `## {Openers.Name}`.");
        }
        else if (headed.Length == 1 && headed[0].Markdown is ['-' or '*' or '+' or (>= '0' and <= '9'), ..] && ListedText.Of(headed[0].Text) is { Around.Length: 0, Items: { Length: > 1 } items })
        {
            report.Warning(
                headed[0].HeadingSpan, Codes.StartersTogether, $"This heading makes one starter of these {items.Length}: they are posted together.",
                $"Take the line `{Written(headed[0])}` away: each item of a list without a heading is a starter of its own.");
        }

        string Written(Section<string> section) => Short(document.Source.Slice(section.HeadingSpan).Trim());
    }

    /// <summary>A starter in another language is the same starter: the one in the same place.</summary>
    private static void TakeIds(Prompt[] prompts, ActivityDocument original, ActivityDocument document, DiagnosticBag report)
    {
        var headed = original.Sections(Prompt);
        string[] texts = headed.Length > 0 ? [.. headed.Select(TextOf)] : [.. ListedText.Of(original.Texts).Items.Where(item => item.Length > 0)];
        if (texts.Length != prompts.Length)
        {
            report.Error(document.BodySpan, Codes.TranslationDiffers, $"The original has {texts.Length} conversation starters, and this has {prompts.Length}.", "Translate each in its place.");
            return;
        }

        for (var at = 0; at < prompts.Length; at++)
            prompts[at] = prompts[at] with { Id = new Prompt(texts[at], [], default).Id };
    }

    public ActivityDesign DesignOf(ActivityDefinition definition)
    {
        var series = (PromptSeriesDefinition)definition;
        return new ActivityDesign
        {
            Texts = [.. series.Prompts.Select((prompt, index) => new DesignText(string.Create(CultureInfo.InvariantCulture, $"Starter {index + 1}"), prompt.Text, prompt.Place))],
        };
    }

    private static string TextOf(Section<string> section) => section.Argument.Length == 0 ? section.Markdown : $"**{section.Argument}**\n\n{section.Markdown}";

    /// <summary>Paragraphs where there is no list.</summary>
    private static IEnumerable<string> ItemsOf(Section<string> section) => ListedText.Of(section.Text) is { Items.Length: > 0 } listed
        ? listed.Items.Where(item => item.Length > 0)
        : section.Markdown.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Reading<int> ReadInvite(string text)
    {
        if (text.Trim().ToLowerInvariant() is "no" or "none" or "never" or "off" or "false" or "0")
            return Reading.Of(0);
        return KeyTypes.Count(1, MostInvited).Read(text).TryGet(out var count)
            ? Reading.Of(count)
            : Reading.Refuse<int>(Codes.NotANumber, $"`{Short(text)}` is not a number from 1 to {MostInvited}.", "Write `2`, or `no` where nobody is to be asked.");
    }

    private static string Short(string text) => text.Length <= 40 ? text.ReplaceLineEndings(" ") : $"{text[..39].ReplaceLineEndings(" ")}…";
}
