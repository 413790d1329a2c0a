using System.ComponentModel;

namespace MattermostLearning.Content;

/// <summary>
/// Every code a finding about content can have, with what it means: <see cref="Diagnostics.Rules"/> and the reference page read it here. A code keeps
/// its meaning for ever; a retired one is not used again. Those of design advice stand in <see cref="Design.Advices"/>.
/// </summary>
public static class Codes
{
    [Description("The file is not UTF-8.")]
    public const string NotUtf8 = "MLC001";

    [Description("The file is larger than 1 MiB.")]
    public const string TooBig = "MLC002";

    [Description("The file holds bytes that no text has.")]
    public const string Binary = "MLC003";

    [Description("A link leads out of the content folder.")]
    public const string LinkOutside = "MLC004";

    [Description("The file or folder cannot be opened.")]
    public const string Unreadable = "MLC005";

    [Description("Two files have one slug.")]
    public const string DuplicateSlug = "MLC006";

    [Description("A translation without an original, or one that is not called as a translation is.")]
    public const string NoOriginal = "MLC007";

    [Description("A translation that is built otherwise than its original.")]
    public const string TranslationDiffers = "MLC008";

    [Description("A key of a translation that says something else than its original.")]
    public const string KeyOfOriginal = "MLC009";

    [Description("The file does not begin with front matter.")]
    public const string NoFrontMatter = "MLC010";

    [Description("The line that ends the front matter is missing.")]
    public const string FrontMatterOpen = "MLC011";

    [Description("The front matter is not YAML.")]
    public const string NotYaml = "MLC012";

    [Description("A value means something else in YAML unless it is quoted.")]
    public const string NeedsQuotes = "MLC013";

    [Description("A tab where YAML takes spaces only.")]
    public const string Tab = "MLC014";

    [Description("One key twice.")]
    public const string DuplicateKey = "MLC015";

    [Description("Keys below keys, or lists in lists.")]
    public const string Nested = "MLC016";

    [Description("YAML's anchors, aliases or tags.")]
    public const string YamlMagic = "MLC017";

    [Description("More front matter than any activity needs.")]
    public const string TooMuchFrontMatter = "MLC018";

    [Description("A key that this kind does not know.")]
    public const string UnknownKey = "MLC020";

    [Description("A key that this kind needs is missing.")]
    public const string MissingKey = "MLC021";

    [Description("No kind has this name.")]
    public const string UnknownKind = "MLC022";

    [Description("Two keys that exclude each other.")]
    public const string KeysExclude = "MLC023";

    [Description("A key has no value.")]
    public const string EmptyValue = "MLC101";

    [Description("A list where one value is expected.")]
    public const string OneValueOnly = "MLC102";

    [Description("Not one of the words that are possible.")]
    public const string NotAChoice = "MLC103";

    [Description("Not a whole number in the range that makes sense.")]
    public const string NotANumber = "MLC104";

    [Description("Not a slug: small letters, digits and hyphens.")]
    public const string NotASlug = "MLC105";

    [Description("Not a channel's name.")]
    public const string NotAChannel = "MLC106";

    [Description("Not a username.")]
    public const string NotAPerson = "MLC107";

    [Description("Not a language.")]
    public const string NotALanguage = "MLC108";

    [Description("A text that is too long for its place.")]
    public const string TooLong = "MLC109";

    [Description("A `lint-off` that cannot be read, gives no reason, or is of an error.")]
    public const string LintOffUnreadable = "MLC110";

    [Description("A schedule that cannot be read.")]
    public const string ScheduleUnreadable = "MLC201";

    [Description("A schedule without a time of day.")]
    public const string ScheduleWithoutTime = "MLC202";

    [Description("A schedule that two people would read differently.")]
    public const string ScheduleAmbiguous = "MLC203";

    [Description("A cron expression that cannot be read or names no moment.")]
    public const string CronUnreadable = "MLC204";

    [Description("A date that cannot be read.")]
    public const string DateUnreadable = "MLC205";

    [Description("A duration that cannot be read.")]
    public const string DurationUnreadable = "MLC206";

    [Description("A window that cannot be read.")]
    public const string WindowUnreadable = "MLC207";

    [Description("A reminder that cannot be read.")]
    public const string ReminderUnreadable = "MLC208";

    [Description("A hint's heading that cannot be read.")]
    public const string HintUnreadable = "MLC209";

    [Description("A time zone that cannot be read.")]
    public const string ZoneUnknown = "MLC210";

    [Description("A schedule without a time zone.")]
    public const string NoZone = "MLC211";

    [Description("A round would still be open when the next one opens.")]
    public const string WindowTooLong = "MLC212";

    [Description("A reminder or hint that falls outside of every round.")]
    public const string OutsideWindow = "MLC213";

    [Description("A schedule and dates that leave no round.")]
    public const string NoRound = "MLC214";

    [Description("A round that is open for less than an hour.")]
    public const string WindowVeryShort = "MLC215";

    [Description("A heading that looks like one with meaning.")]
    public const string HeadingNearMiss = "MLC301";

    [Description("More sections of one name than a file may have.")]
    public const string TooManySections = "MLC302";

    [Description("A section without text.")]
    public const string EmptySection = "MLC303";

    [Description("A file without text below its front matter.")]
    public const string NoBody = "MLC304";

    [Description("Markdown nested too deeply to be read.")]
    public const string MarkdownTooDeep = "MLC305";

    [Description("HTML, which Mattermost shows as it is typed.")]
    public const string Html = "MLC306";

    [Description("LaTeX, which Mattermost shows only where an admin has switched it on; `lint --server` asks whether it is, and for a file in the facilitators' channel the bot does.")]
    public const string Latex = "MLC307";

    [Description("A text that is longer than one message of Mattermost, and comes in several.")]
    public const string SeveralMessages = "MLC308";

    [Description("A code block or an item of a list that fits into no message of Mattermost.")]
    public const string FitsNoMessage = "MLC309";

    [Description("A picture or an attachment that is not beside the file, or named in a way in which it is not found.")]
    public const string NotBeside = "MLC310";

    [Description("A heading that says the title, which stands above the text already.")]
    public const string TitleAgain = "MLC311";

    [Description("A question without an answer, or one whose answer cannot be read.")]
    public const string NoAnswer = "MLC401";

    [Description("Options of which none is marked as right.")]
    public const string NoRightOption = "MLC402";

    [Description("A box of an option that cannot be read.")]
    public const string BoxUnreadable = "MLC403";

    [Description("More options than fit below a message, or too few to choose from.")]
    public const string OptionCount = "MLC404";

    [Description("A number, its tolerance, or what an answer forgives cannot be read.")]
    public const string AnswerUnreadable = "MLC405";

    [Description("Text behind the options of a question.")]
    public const string TextAfterAnswer = "MLC406";

    [Description("Fewer questions than are needed.")]
    public const string TooFewQuestions = "MLC407";

    [Description("Two questions, or two options of one, that read the same.")]
    public const string Alike = "MLC408";

    [Description("A question that cannot be asked in the way that the file says.")]
    public const string NotInThisMode = "MLC409";

    [Description("Something in a file that comes from elsewhere, or goes there, which has no counterpart on the other side.")]
    public const string NoCounterpart = "MLC451";

    [Description("A question in a file from elsewhere that cannot be read.")]
    public const string ImportUnreadable = "MLC452";

    [Description("A question in a file from elsewhere that a file of this kind cannot hold.")]
    public const string CannotHold = "MLC453";

    [Description("A table of questions whose columns cannot be told.")]
    public const string ColumnsUnclear = "MLC454";

    [Description("A series without a conversation starter.")]
    public const string NoStarter = "MLC501";

    [Description("Two conversation starters that say the same.")]
    public const string StartersAlike = "MLC502";

    [Description("A list whose items are not the conversation starters that they look like.")]
    public const string StartersTogether = "MLC503";

    [Description("A pace that cannot be read.")]
    public const string PaceUnreadable = "MLC601";

    [Description("What people are to do in a lesson cannot be read.")]
    public const string DeedUnreadable = "MLC602";

    [Description("A course without a lesson.")]
    public const string NoLesson = "MLC603";

    [Description("A check of a lesson that does not say what it asks.")]
    public const string CheckIncomplete = "MLC604";

    [Description("A course that requires itself.")]
    public const string RequiresItself = "MLC605";

    [Description("Something is required first that the library does not have.")]
    public const string RequiredMissing = "MLC606";

    [Description("A channel that the bot does not see on the server.")]
    public const string NoSuchChannel = "MLC701";

    [Description("A channel that the bot is not in.")]
    public const string BotIsOutside = "MLC702";

    [Description("Somebody whom the server does not know, or whose account is switched off.")]
    public const string NoSuchPerson = "MLC703";
}
