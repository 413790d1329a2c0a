namespace MattermostLearning.Mattermost.Messages;

/// <summary>
/// Everything that a post shows. A post with buttons is always rendered anew from state: the server hides integrations
/// from whoever reads a post, so reading, changing and writing back would lose them.
/// </summary>
public sealed record PostContent
{
    /// <summary>Markdown. The limit counts Unicode scalars, see <see cref="MessageLimits.MessageRunes"/>.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    public IReadOnlyList<Attachment> Attachments { get; init => field = value ?? []; } = [];

    /// <summary>Ids of uploaded files, about ten at most. Kept as they are when an update leaves them empty.</summary>
    public IReadOnlyList<string> FileIds { get; init => field = value ?? []; } = [];

    /// <summary>Props beside the attachments, for example the id of the outbox row that made the post.</summary>
    public IReadOnlyDictionary<string, string> Props { get; init => field = value ?? NoProps; } = NoProps;

    private static readonly IReadOnlyDictionary<string, string> NoProps = new Dictionary<string, string>();

    public static PostContent Text(string message) => new() { Message = message };

    /// <summary>The same content with one more prop, or with that prop replaced.</summary>
    public PostContent WithProp(string name, string value) =>
        this with { Props = new Dictionary<string, string>(Props) { [name] = value } };
}
