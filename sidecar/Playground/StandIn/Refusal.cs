using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>An error as Mattermost answers it; its id is what callers branch on.</summary>
internal sealed class Refusal(int status, string id, string message) : Exception(message)
{
    public int Status => status;

    public string Id => id;

    /// <summary>The server's error form; an address that leads nowhere is answered before a request has an id.</summary>
    public JsonObject ToJson(string requestId)
    {
        var json = new JsonObject { ["id"] = id, ["message"] = Message, ["detailed_error"] = "" };
        if (id != NoSuchAddress)
            json["request_id"] = requestId;
        json["status_code"] = status;
        return json;
    }

    public const string NoSuchAddress = "api.context.404.app_error";

    public static Refusal Forbidden() =>
        new(403, "api.context.permissions.app_error", "You do not have the appropriate permissions.");

    public static Refusal SessionExpired() =>
        new(401, "api.context.session_expired.app_error", "Invalid or expired session, please login again.");

    public static Refusal BadBody(string name) =>
        new(400, "api.context.invalid_body_param.app_error", $"Invalid or missing {name} in request body.");

    public static Refusal BadParameter(string name) => new(400, "api.context.invalid_param.app_error", $"Invalid {name} parameter.");

    public static Refusal BadUrl(string name) =>
        new(400, "api.context.invalid_url_param.app_error", $"Invalid or missing {name} parameter in request URL.");

    public static Refusal NoPost() => new(404, "app.post.get.app_error", "Unable to get the post.");

    public static Refusal NoChannel() => new(404, "app.channel.get.existing.app_error", "Unable to find the existing channel.");

    public static Refusal NoUser() => new(404, "app.user.missing_account.const", "Unable to find the user.");

    public static Refusal NoTeam() => new(404, "app.team.get.find.app_error", "Unable to find the existing team.");

    public static Refusal NoMember() =>
        new(404, "app.channel.get_member.missing.app_error", "No channel member found for that user ID and channel ID.");
}
