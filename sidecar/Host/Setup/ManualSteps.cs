namespace MattermostLearning.Sidecar.Setup;

/// <summary>The same by hand, where no program gets an admin's token: single sign-on, a second factor, tokens switched off.</summary>
internal static class ManualSteps
{
    public static IReadOnlyList<string> For(Wishes wishes)
    {
        var teams = wishes.Teams.Count > 0 ? string.Join(", ", wishes.Teams) : "each team";
        var host = wishes.CallbackUrl.DnsSafeHost;
        List<string> steps =
        [
            "System Console > Integrations > Bot Accounts: Enable Bot Account Creation = true.",
            "System Console > Integrations > Integration Management: Enable Custom Slash Commands = true.",
            $"System Console > Environment > Developer: add {host} to \"Allow untrusted internal connections to\".",
            $"As a service account, not as a person: Integrations > Bot Accounts > Add Bot Account: username {wishes.BotName}, display name {Wishes.DisplayName}, role Member, a picture if you like. Keep the token that is shown once.",
            $"Invite @{wishes.BotName} to {teams}: /invite @{wishes.BotName} in a channel, or Invite People.",
            $"In {teams}: Integrations > Slash Commands > Add: trigger word {Wishes.Trigger}, request method POST, request URL {wishes.CommandUrl}, autocomplete on, hint {Wishes.Hint}. Keep the token of each.",
        ];
        if (wishes.Tips)
            steps.Add($"In {teams}: Integrations > Outgoing Webhooks > Add: content type application/json, no channel, trigger words {string.Join(", ", Planner.WordsOf(wishes))}, \"first word starts with\", callback URL {wishes.WebhookUrl}.");
        if (wishes.LearningChannel is { } learning)
            steps.Add($"Make the public channel ~{learning} and add @{wishes.BotName}.");
        if (wishes.FacilitatorsChannel is { } facilitators)
            steps.Add($"Make the private channel ~{facilitators} and add @{wishes.BotName}; set Facilitators__Channel to {facilitators}. So that alerts arrive even when the bot's token does not work: Integrations > Incoming Webhooks > Add, into that channel, locked to it; set Facilitators__AlertWebhook to its URL.");
        return steps;
    }
}
