using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Activities.Words;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Activities.Engine.Outbox;

/// <summary>Makes of a draft what Mattermost takes: names and links filled in, buttons sealed.</summary>
/// <param name="directory">Names of people and channels, and Mattermost's own address.</param>
/// <param name="sealer">Seals what buttons stand for.</param>
/// <param name="links">Where rows of the outbox became posts.</param>
/// <param name="address">Where Mattermost reaches this sidecar.</param>
public sealed partial class DraftRenderer(IDirectory directory, Sealer sealer, IPostedMessages links, CallbackAddress address)
{
    /// <summary>The name under which a sealed reference travels in a button's context.</summary>
    public const string ContextKey = "ref";

    /// <remarks>Nothing that goes out calls everybody, whoever wrote it: an author's title, a body, a name.</remarks>
    /// <param name="draft">What is to be said.</param>
    /// <param name="teamId">The team whose name stands in links to posts; null where a link works without one.</param>
    /// <param name="rowId">The row of the message that it is, or becomes; null where there is none.</param>
    /// <param name="speech">The language, asked for only where something has to be said instead of a name.</param>
    /// <param name="cancellationToken"></param>
    /// <exception cref="DirectoryUnavailableException">A name is needed that Mattermost does not tell now.</exception>
    public async ValueTask<PostContent> RenderAsync(Draft draft, string? teamId, string? rowId, Func<ValueTask<Speech>> speech, CancellationToken cancellationToken)
    {
        var text = CallsNobody(await FillAsync(draft.Text, teamId, speech, cancellationToken));
        var note = draft.Note is null ? null : CallsNobody(await FillAsync(draft.Note, teamId, speech, cancellationToken));
        return new PostContent { Message = text, Attachments = Attach(note, draft.Buttons, rowId) };
    }

    /// <summary>The picture with names and codes filled in.</summary>
    /// <inheritdoc cref="RenderAsync(Draft, string?, string?, Func{ValueTask{Speech}}, CancellationToken)"/>
    public async ValueTask<DraftPicture> RenderAsync(DraftPicture picture, Func<ValueTask<Speech>> speech, CancellationToken cancellationToken)
    {
        List<CardLine> lines = [];
        foreach (var line in picture.Card)
            lines.Add(line with { Text = await FillAsync(line.Text, null, speech, cancellationToken) });
        return picture with { Card = lines };
    }

    private Attachment[] Attach(string? note, IReadOnlyList<DraftButton> buttons, string? rowId)
    {
        if (note is null && buttons.Count == 0)
            return [];
        var url = address.Action.ToString();
        return
        [
            new Attachment
            {
                Text = note,
                Fallback = note,
                Actions =
                [
                    .. buttons.Select(button => new Button
                    {
                        Id = button.Id,
                        Label = button.Label,
                        Style = button.IsPrimary ? ButtonStyle.Primary : null,
                        Integration = new Integration
                        {
                            Url = url,
                            Context = new Dictionary<string, string> { [ContextKey] = sealer.Seal(button.Action with { RowId = rowId }) },
                        },
                    }),
                ],
            },
        ];
    }

    private async ValueTask<string> FillAsync(string text, string? teamId, Func<ValueTask<Speech>> speech, CancellationToken cancellationToken)
    {
        if (!text.Contains(Token.Open, StringComparison.Ordinal))
            return text;

        var filled = new StringBuilder(text.Length + 64);
        var at = 0;
        while (text.IndexOf(Token.Open, at) is var open and >= 0)
        {
            filled.Append(text, at, open - at);
            var close = text.IndexOf(Token.Close, open);
            if (close < 0)
                return filled.ToString();
            var (kind, value) = Split(text[(open + 1)..close]);
            filled.Append(await ValueAsync(kind, value, teamId, speech, cancellationToken));
            at = close + 1;
        }

        return filled.Append(text, at, text.Length - at).ToString();
    }

    private async ValueTask<string> ValueAsync(
        string kind, string value, string? teamId, Func<ValueTask<Speech>> speech, CancellationToken cancellationToken) => kind switch
    {
        Token.PersonKind => (await directory.PersonAsync(value, cancellationToken))?.DisplayName ?? (await speech()).Say("gone.person"),
        Token.ChannelKind => (await directory.ChannelAsync(value, cancellationToken)) is { } channel ? $"~{channel.Name}" : (await speech()).Say("gone.channel"),
        Token.PostKind => await AddressAsync(value, teamId, cancellationToken),
        Token.RowKind when await links.PostOfAsync(value, cancellationToken) is { } postId => await AddressAsync(postId, teamId, cancellationToken),
        Token.RowKind => (await directory.SiteAddressAsync(cancellationToken)).ToString(),
        Token.CertificateKind when value.Split('/') is [var personId, var slug, var day] =>
            CertificateCode.Of(new Certificate(personId, slug, DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)), sealer),
        _ => "",
    };

    private async ValueTask<string> AddressAsync(string postId, string? teamId, CancellationToken cancellationToken)
    {
        var site = (await directory.SiteAddressAsync(cancellationToken)).ToString().TrimEnd('/');
        var team = teamId is null ? null : await directory.TeamAsync(teamId, cancellationToken);
        // Without a team's name Mattermost finds the place by itself, at the price of one redirect.
        return team is null ? $"{site}/_redirect/pl/{postId}" : $"{site}/{team.Name}/pl/{postId}";
    }

    private static string CallsNobody(string text) => MassMention().Replace(text, "@\u2060$1");

    [GeneratedRegex("@(all|channel|here)\\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MassMention();

    private static (string Kind, string Value) Split(string token)
    {
        var colon = token.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (token, "") : (token[..colon], token[(colon + 1)..]);
    }
}

/// <summary>Where rows of the outbox became posts.</summary>
public interface IPostedMessages
{
    ValueTask<string?> PostOfAsync(string rowId, CancellationToken cancellationToken);
}

/// <summary>How Mattermost reaches this sidecar: `Sidecar__CallbackUrl`. Setup may tell it while the sidecar runs.</summary>
public sealed class CallbackAddress(Uri address)
{
    private volatile Uri _base = address;

    public Uri Base
    {
        get => _base;
        set => _base = value;
    }

    public Uri Action => new($"{Base.ToString().TrimEnd('/')}/mattermost/action");

    public Uri Dialog => new($"{Base.ToString().TrimEnd('/')}/mattermost/dialog");
}
