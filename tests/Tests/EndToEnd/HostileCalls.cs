using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>One call to the sidecar, by Mattermost or by anybody else.</summary>
internal sealed record HostileCall(string Path, string Type, byte[] Body, string? Authorization)
{
    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Type);
        if (Authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        return request;
    }

    public override string ToString() => $"POST {Path} ({Type}, {Authorization ?? "no token"}): {Encoding.UTF8.GetString(Body)}";
}

/// <summary>
/// Draws calls: forms, JSON and bytes, from nonsense to what Mattermost itself would send, with wrong tokens and right ones, forged seals and
/// genuine ones of things that are there, were there, and never were.
/// </summary>
internal sealed class HostileCalls(SidecarWorld world, IReadOnlyList<string> people, string teamId, IReadOnlyList<string> subjects)
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";

    private static readonly string[] Fields =
    [
        "token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command", "text", "trigger_id", "post_id", "trigger_word", "timestamp", "root_id",
        "context", "type", "callback_id", "state", "submission", "cancelled", "selected_option", "data_source", "response_url", "nonsense",
    ];

    private static readonly string[] Pieces =
    [
        "join", "leave", "start", "stop", "pause", "resume", "tips", "privacy", "forget", "data", "browse", "schedule", "skip", "hold", "release", "progress", "reminders", "on", "off",
        "help", "everything", "every round", Stage.Slug, "in", "~learning", "until", "2027-01-11", "31st", "2 weeks", " ", "  ", "\n", "\t", "\u0000", "\u202E", "\uFEFF", "\uD800", "😀", "@all",
        "@channel", "`", "**", "[x](http://e.example)", "\"", "'", "\\", "{", "}", "[", "]", "%00", "%", "&", "=", "+", "null", "true", "-1", "9999999999999999999", "1e999", "ü", "../", "#til",
        "\u27E6", "\uE000", "1.", ".", "*", "(", ")", "^", "$", "|", "?",
    ];

    private static readonly Gen<string> Soup = Gen.Int[0, Pieces.Length - 1].Array[0, 12].Select(picks => string.Concat(picks.Select(pick => Pieces[pick])));

    private static readonly Gen<string> Command = OneOf(
        [$"join {Stage.Slug}", $"leave {Stage.Slug}", $"join {Stage.Slug} every round", $"skip {Stage.Slug}", $"progress {Stage.Slug}", "pause everything", "resume", "privacy data", "tips", "schedule", "browse", ""]);

    private static readonly Gen<string> Anything = Gen.OneOf(
        Soup, Soup, Gen.String[0, 40], Gen.Int[0, 26].Select(length => new string('a', length)), Gen.Int[1_990, 70_000].Select(length => new string('x', length)));

    private readonly Sealer _sealer = world.Services.GetRequiredService<Sealer>();

    public Gen<HostileCall> Call => Gen.OneOf(AnyForm, AnyJson, AnyBytes, Typed, Typed, Click, Click, Click, Dialog, Tip);

    private Gen<string> Person => OneOf(people);

    private Gen<string> Id => Gen.OneOf(OneOf([world.Mattermost.Seed.ChannelId(SidecarWorld.Team, "learning")]), OneOf(people), Anything);

    private static Gen<string> Path => OneOf(["/mattermost/command", "/mattermost/action", "/mattermost/dialog", "/mattermost/webhook"]);

    private static Gen<string> Type => OneOf([Form, Json, Form, Json, "text/plain", "multipart/form-data"]);

    private Gen<string?> Authorization => OneOf<string?>([null, $"Token {world.CommandToken}", $"Token {world.CommandToken}", "Token wrong", "Bearer x", "Token", "\u00fc"]);

    private Gen<HostileCall> AnyForm => Gen.Select(Path, Pairs(Anything), Authorization, (path, pairs, token) => new HostileCall(path, Form, Encode(pairs), token));

    private Gen<HostileCall> AnyJson => Gen.Select(Path, Tree(3), Authorization, (path, tree, token) => new HostileCall(path, Json, Encoding.UTF8.GetBytes(tree), token));

    private Gen<HostileCall> AnyBytes => Gen.Select(Path, Type, Gen.Byte.Array[0, 300], Authorization, (path, type, bytes, token) => new HostileCall(path, type, bytes, token));

    /// <summary>What Mattermost sends for something that somebody typed.</summary>
    private Gen<HostileCall> Typed => Gen.Select(Person, Gen.OneOf(Anything, Anything, Command), Id, (person, text, channel) => new HostileCall(
        "/mattermost/command", Form, Encode([("user_id", person), ("channel_id", channel), ("team_id", teamId), ("text", text), ("command", "/learn")]), $"Token {world.CommandToken}"));

    /// <summary>What Mattermost sends for a click: with a seal of ours, one that was altered, or none.</summary>
    private Gen<HostileCall> Click => Gen.Select(Person, Gen.OneOf(Current, Genuine, Genuine, Altered, Anything), Id, Anything, (person, seal, channel, option) => new HostileCall(
        "/mattermost/action", Json,
        Encoding.UTF8.GetBytes(new JsonObject
        {
            ["user_id"] = person,
            ["channel_id"] = channel,
            ["post_id"] = person,
            ["team_id"] = "",
            ["type"] = "button",
            ["context"] = new JsonObject { ["ref"] = Whole(seal), ["selected_option"] = Whole(option) },
        }.ToJsonString()), null));

    private Gen<HostileCall> Dialog => Gen.Select(Person, Anything, Tree(2), (person, state, submission) => new HostileCall(
        "/mattermost/dialog", Json, Encoding.UTF8.GetBytes($$"""{"type":"dialog_submission","user_id":"{{person}}","state":{{JsonValue.Create(Whole(state)).ToJsonString()}},"submission":{{submission}}}"""), null));

    private Gen<HostileCall> Tip => Gen.Select(Person, Anything, Authorization, (person, text, token) => new HostileCall(
        "/mattermost/webhook", Form, Encode([("user_id", person), ("channel_id", person), ("post_id", person), ("team_id", person), ("text", text), ("timestamp", text)]), token));

    /// <summary>As they stand under the open round.</summary>
    private Gen<string> Current => OneOf([PersonAction.Join, PersonAction.Leave, "how"])
        .Select(action => _sealer.Seal(new ActionReference(ActionReference.Activity, action, subjects[1], PersonAction.WhileOpen)));

    private Gen<string> Genuine => Gen.Select(
        OneOf([ActionReference.Activity, ActionReference.Command, "start", "stop", "hold", "release", "privacy", "ask", "join", "pause", "nothing"]),
        Gen.OneOf(OneOf([PersonAction.Join, PersonAction.Leave, PersonAction.EveryRound, "how", "no-reminder", "go-on", "every-two-weeks", "stop", "confirm", "cancel"]), Soup),
        Gen.OneOf(OneOf(subjects), Soup),
        Gen.OneOf(OneOf([PersonAction.WhileOpen, "0", "1", "2", "1/2", "-1"]), Soup),
        Gen.OneOf(OneOf<string?>([null, .. people])),
        (purpose, action, subject, step, person) => _sealer.Seal(new ActionReference(purpose, Whole(action), Whole(subject), Whole(step), person)));

    private Gen<string> Altered => Gen.Select(Genuine, Gen.Int[0, 200], Gen.Char, (seal, at, letter) => $"{seal[..Math.Min(at, seal.Length)]}{letter}{seal[Math.Min(at + 1, seal.Length)..]}");

    private static Gen<T> OneOf<T>(IReadOnlyList<T> values) => Gen.Int[0, values.Count - 1].Select(index => values[index]);

    private Gen<(string, string)[]> Pairs(Gen<string> values) => Gen.Select(OneOf(Fields), Gen.OneOf(values, Id)).Array[0, 20];

    /// <summary>JSON, or nearly.</summary>
    private Gen<string> Tree(int depth)
    {
        var leaf = Gen.OneOf(Anything.Select(text => JsonValue.Create(Whole(text)).ToJsonString()), Person.Select(id => $"\"{id}\""), OneOf(["null", "true", "1e999", "-0", "[", "\"", "\"\\ud800\"", new string('[', 200)]));
        if (depth == 0)
            return leaf;
        var inner = Tree(depth - 1);
        return Gen.OneOf(
            leaf,
            inner.Array[0, 4].Select(items => $"[{string.Join(',', items)}]"),
            Gen.Select(OneOf(Fields), inner).Array[0, 8].Select(entries => $"{{{string.Join(',', entries.Select(entry => $"\"{entry.Item1}\":{entry.Item2}"))}}}"));
    }

    /// <summary>Half of a surrogate pair cannot be written as JSON or sealed; as escaped JSON and as bytes it is drawn elsewhere.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static byte[] Encode(IEnumerable<(string Key, string Value)> pairs) =>
        Encoding.ASCII.GetBytes(string.Join('&', pairs.Select(pair => $"{Escape(pair.Key)}={Escape(pair.Value)}")));

    private static string Escape(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(one => char.IsAsciiLetterOrDigit((char)one) ? $"{(char)one}" : $"%{one:X2}"));
}
