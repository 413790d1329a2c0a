namespace MattermostLearning.Content;

/// <summary>Every code a finding about content can have. A code keeps its meaning for ever; a retired one is not used again.</summary>
public static class Codes
{
    /// <summary>The file is not UTF-8.</summary>
    public const string NotUtf8 = "MLC001";

    /// <summary>The file is larger than 1 MiB.</summary>
    public const string TooBig = "MLC002";

    /// <summary>The file holds bytes that no text has.</summary>
    public const string Binary = "MLC003";

    /// <summary>A link leads out of the content folder.</summary>
    public const string LinkOutside = "MLC004";

    /// <summary>The file or folder cannot be opened.</summary>
    public const string Unreadable = "MLC005";

    /// <summary>Two files have one slug.</summary>
    public const string DuplicateSlug = "MLC006";

    /// <summary>A translation without an original.</summary>
    public const string NoOriginal = "MLC007";

    /// <summary>The file does not begin with front matter.</summary>
    public const string NoFrontMatter = "MLC010";

    /// <summary>The line that ends the front matter is missing.</summary>
    public const string FrontMatterOpen = "MLC011";

    /// <summary>The front matter is not YAML.</summary>
    public const string NotYaml = "MLC012";

    /// <summary>A value means something else in YAML unless it is quoted.</summary>
    public const string NeedsQuotes = "MLC013";

    /// <summary>A tab where YAML takes spaces only.</summary>
    public const string Tab = "MLC014";

    /// <summary>One key twice.</summary>
    public const string DuplicateKey = "MLC015";

    /// <summary>Keys below keys, or lists in lists.</summary>
    public const string Nested = "MLC016";

    /// <summary>YAML's anchors, aliases or tags.</summary>
    public const string YamlMagic = "MLC017";

    /// <summary>More front matter than any activity needs.</summary>
    public const string TooMuchFrontMatter = "MLC018";

    /// <summary>A key that this kind does not know.</summary>
    public const string UnknownKey = "MLC020";

    /// <summary>A key that this kind needs is missing.</summary>
    public const string MissingKey = "MLC021";

    /// <summary>No kind has this name.</summary>
    public const string UnknownKind = "MLC022";

    /// <summary>Two keys that exclude each other.</summary>
    public const string KeysExclude = "MLC023";

    /// <summary>A key has no value.</summary>
    public const string EmptyValue = "MLC101";

    /// <summary>A list where one value is expected.</summary>
    public const string OneValueOnly = "MLC102";

    /// <summary>Not one of the words that are possible.</summary>
    public const string NotAChoice = "MLC103";

    /// <summary>Not a whole number in the range that makes sense.</summary>
    public const string NotANumber = "MLC104";

    /// <summary>Not a slug: small letters, digits and hyphens.</summary>
    public const string NotASlug = "MLC105";

    /// <summary>Not a channel's name.</summary>
    public const string NotAChannel = "MLC106";

    /// <summary>Not a username.</summary>
    public const string NotAPerson = "MLC107";

    /// <summary>Not a language.</summary>
    public const string NotALanguage = "MLC108";

    /// <summary>A text that is too long for its place.</summary>
    public const string TooLong = "MLC109";

    /// <summary>A schedule that cannot be read.</summary>
    public const string ScheduleUnreadable = "MLC201";

    /// <summary>A schedule without a time of day.</summary>
    public const string ScheduleWithoutTime = "MLC202";

    /// <summary>A schedule that two people would read differently.</summary>
    public const string ScheduleAmbiguous = "MLC203";

    /// <summary>A cron expression that cannot be read or names no moment.</summary>
    public const string CronUnreadable = "MLC204";

    /// <summary>A date that cannot be read.</summary>
    public const string DateUnreadable = "MLC205";

    /// <summary>A duration that cannot be read.</summary>
    public const string DurationUnreadable = "MLC206";

    /// <summary>A window that cannot be read.</summary>
    public const string WindowUnreadable = "MLC207";

    /// <summary>A reminder that cannot be read.</summary>
    public const string ReminderUnreadable = "MLC208";

    /// <summary>A hint's heading that cannot be read.</summary>
    public const string HintUnreadable = "MLC209";

    /// <summary>A time zone that cannot be read.</summary>
    public const string ZoneUnknown = "MLC210";

    /// <summary>A schedule without a time zone.</summary>
    public const string NoZone = "MLC211";

    /// <summary>A round would still be open when the next one opens.</summary>
    public const string WindowTooLong = "MLC212";

    /// <summary>A reminder or hint that falls outside of every round.</summary>
    public const string OutsideWindow = "MLC213";

    /// <summary>A schedule and dates that leave no round.</summary>
    public const string NoRound = "MLC214";

    /// <summary>A heading that looks like one with meaning.</summary>
    public const string HeadingNearMiss = "MLC301";

    /// <summary>More sections of one name than a file may have.</summary>
    public const string TooManySections = "MLC302";

    /// <summary>A section without text.</summary>
    public const string EmptySection = "MLC303";

    /// <summary>A file without text below its front matter.</summary>
    public const string NoBody = "MLC304";

    /// <summary>Markdown nested too deeply to be read.</summary>
    public const string MarkdownTooDeep = "MLC305";
}
