using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Dialogs: opened by an integration that holds a fresh trigger, filled in by the person, submitted back to the integration.</summary>
internal sealed class DialogsApi(World world, CallOuts callOuts)
{
    private static readonly string[] ElementTexts = ["display_name", "name", "type", "subtype", "default", "placeholder", "help_text"];

    public void Map(Routing routes)
    {
        routes.Anonymous("POST", "/actions/dialogs/open", Open);
        routes.CallingOut("POST", "/actions/dialogs/submit", Submit);
    }

    private Answer Open(Call call)
    {
        var body = call.Object("dialog");
        if (body.Text("url").Length == 0)
            throw Refusal.BadBody("url");
        var (client, userId) = callOuts.OpenTrigger(body.Text("trigger_id"));
        var given = body["dialog"] as JsonObject ?? [];
        var dialog = new JsonObject
        {
            ["callback_id"] = given.Text("callback_id"),
            ["title"] = given.Text("title"),
            ["introduction_text"] = given.Text("introduction_text"),
            ["icon_url"] = given.Text("icon_url"),
            ["elements"] = given["elements"] is JsonArray elements ? new JsonArray([.. elements.OfType<JsonObject>().Select(Element)]) : null,
            ["submit_label"] = given.Text("submit_label"),
            ["notify_on_cancel"] = given.Flag("notify_on_cancel"),
            ["state"] = given.Text("state"),
        };
        var opened = new JsonObject { ["trigger_id"] = client, ["url"] = body.Text("url"), ["dialog"] = dialog };
        world.Hub.Publish("open_dialog", new JsonObject { ["dialog"] = opened.ToText() }, World.Broadcast(user: userId));
        world.Transcript.Opened(world.UserOr404(userId), opened);
        return Answer.Done();
    }

    private static JsonObject Element(JsonObject given)
    {
        var element = new JsonObject();
        foreach (var name in ElementTexts)
            element[name] = given.Text(name);
        element["optional"] = given.Flag("optional");
        element["min_length"] = given.Number("min_length");
        element["max_length"] = given.Number("max_length");
        element["data_source"] = given.Text("data_source");
        element["options"] = given["options"]?.DeepClone();
        return element;
    }

    private async Task<Answer> Submit(Call call)
    {
        var body = call.Object("dialog");
        if (body.Text("url").Length == 0)
            throw Refusal.BadBody("url");
        lock (world.Gate)
        {
            Permissions.Require(call.Me.MayUse(world.Channels.GetValueOrDefault(body.Text("channel_id"))));
            Permissions.Require(world.MayViewTeam(call.Me, body.Text("team_id")));
        }

        var request = new JsonObject
        {
            ["type"] = "dialog_submission",
            ["callback_id"] = body.Text("callback_id"),
            ["state"] = body.Text("state"),
            ["user_id"] = call.Me.Id,
            ["channel_id"] = body.Text("channel_id"),
            ["team_id"] = body.Text("team_id"),
            ["submission"] = body["submission"]?.DeepClone(),
            ["cancelled"] = body.Flag("cancelled"),
        };
        var response = await callOuts.PostJsonAsync(body.Text("url"), request);
        if (response is not { Status: 200 } answered)
            throw new Refusal(400, "api.post.do_action.action_integration.app_error", "Action integration error.");

        // An empty or unreadable answer means that all is well.
        var answer = CallOuts.Parse(answered.Body) ?? [];
        var told = new JsonObject();
        if (answer.Text("error").Length > 0)
            told["error"] = answer.Text("error");
        if (answer["errors"] is JsonObject { Count: > 0 } errors)
            told["errors"] = errors.DeepClone();
        return Answer.Ok(told);
    }
}
