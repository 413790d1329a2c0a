using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>Takes the steps of a plan, one after the other, and says of each that it is done.</summary>
internal sealed class Applier(MattermostClient client, ServerState state, Wishes wishes, string file, Terminal terminal)
{
    private readonly List<string> _commandTokens = [];
    private readonly List<string> _webhookTokens = [];
    private string _botId = state.Bot?.UserId ?? "";
    private readonly Dictionary<string, string> _madeChannels = [];
    private string? _botToken;
    private string? _alertWebhook;

    public async Task TakeAsync(IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            try
            {
                await TakeAsync(step, cancellationToken);
            }
            catch (MattermostException e)
            {
                if (_botToken is not null || _alertWebhook is not null || _commandTokens.Count + _webhookTokens.Count > 0)
                    Write(); // what was made already must not be lost with the one place that knows its token
                throw new SetupRefusedException($"It stopped at: {step}. {Trouble.Sentence(wishes.Url, e)} What was done before stays; run setup again when this is put right.", e);
            }

            terminal.Print($"  done: {step}");
        }
    }

    private async Task TakeAsync(Step step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case MakeBot make:
                _botId = (await client.Bots.CreateAsync(
                    new NewBot { Username = make.Name, DisplayName = Wishes.DisplayName, Description = Wishes.BotDescription }, cancellationToken)).UserId;
                break;
            case EnableBot enable:
                await client.Bots.EnableAsync(enable.Bot.UserId, cancellationToken);
                break;
            case DescribeBot describe:
                await client.Bots.PatchAsync(describe.Bot.UserId, new BotPatch { DisplayName = Wishes.DisplayName, Description = Wishes.BotDescription }, cancellationToken);
                break;
            case GivePicture:
                await client.Users.SetPictureAsync(_botId, BotPicture.Png, cancellationToken);
                break;
            case MakeToken:
                _botToken = (await client.Tokens.CreateAsync(_botId, Wishes.TokenDescription, cancellationToken)).Token;
                break;
            case AddToTeam add:
                await client.Teams.AddMemberAsync(add.Team.Id, _botId, cancellationToken);
                break;
            case MakeCommand make:
                _commandTokens.Add((await client.Commands.CreateAsync(Spec(make.Team, make.Url), cancellationToken)).Token);
                break;
            case RepairCommand repair:
                await client.Commands.UpdateAsync(repair.Command.Id, Spec(repair.Team, repair.Url), cancellationToken);
                break;
            case MakeHook make:
                _webhookTokens.Add((await client.Hooks.CreateOutgoingAsync(Spec(make.Team, make.Url, make.Words), cancellationToken)).Token);
                break;
            case RepairHook repair:
                await client.Hooks.UpdateOutgoingAsync(repair.Hook.Id, Spec(repair.Team, repair.Url, repair.Words) with { Token = repair.Hook.Token }, cancellationToken);
                break;
            case MakeChannel make:
                var made = await client.Channels.CreateAsync(
                    new NewChannel
                    {
                        TeamId = make.Team.Id, Name = make.Name, DisplayName = Shown(make.Name), Type = make.IsPrivate ? ChannelType.Private : ChannelType.Public,
                    },
                    cancellationToken);
                await client.Channels.AddMemberAsync(made.Id, _botId, cancellationToken);
                _madeChannels[$"{make.Team.Id}/{make.Name}"] = made.Id;
                break;
            case MakeAlertHook make:
                var into = _madeChannels.GetValueOrDefault($"{make.Team.Id}/{make.Channel}") ?? state.Teams[0].Facilitators!.Channel.Id;
                var hook = await client.Hooks.CreateIncomingAsync(
                    new IncomingHookSpec { ChannelId = into, DisplayName = "Learning alerts", Description = Wishes.BotDescription, ChannelLocked = true }, cancellationToken);
                _alertWebhook = wishes.HookUrl(hook.Id);
                break;
            case AddToChannel add:
                await client.Channels.AddMemberAsync(add.Channel.Id, _botId, cancellationToken);
                break;
            case WriteFile:
                Write();
                break;
            default:
                throw new InvalidOperationException($"Nobody knows how to {step}.");
        }
    }

    /// <summary>Tokens of other teams, from earlier runs, stay.</summary>
    private void Write()
    {
        var stored = state.Stored;
        try
        {
            (stored with
            {
                Url = wishes.Url.ToString(),
                CallbackUrl = wishes.CallbackUrl.ToString(),
                Listen = wishes.Listen ?? stored.Listen,
                BotToken = _botToken ?? stored.BotToken,
                CommandTokens = [.. stored.CommandTokens.Concat(state.Teams.Select(team => team.Learn?.Token).OfType<string>()).Concat(_commandTokens).Distinct(StringComparer.Ordinal)],
                WebhookTokens = [.. stored.WebhookTokens.Concat(state.Teams.Select(team => wishes.Tips ? team.Tips?.Token : null).OfType<string>()).Concat(_webhookTokens).Distinct(StringComparer.Ordinal)],
                TipsEnabled = stored.TipsEnabled || wishes.Tips,
                FacilitatorsChannel = Planner.FacilitatorsOf(state, wishes) ?? stored.FacilitatorsChannel,
                AlertWebhook = _alertWebhook ?? stored.AlertWebhook,
                BotName = wishes.BotName,
                Teams = Planner.TeamsOf(state),
                LearningChannel = wishes.LearningChannel ?? stored.LearningChannel,
            }).Write(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"{file} cannot be written: {e.Message} Run setup as the user that the sidecar runs as, or choose another folder with --Data:Path.", e);
        }
    }

    private static CommandSpec Spec(Team team, string url) => new()
    {
        TeamId = team.Id, Trigger = Wishes.Trigger, Url = url, AutoComplete = true, AutoCompleteHint = Wishes.Hint, AutoCompleteDesc = Wishes.CommandDescription, DisplayName = Wishes.DisplayName,
        Description = Wishes.BotDescription,
    };

    private OutgoingHookSpec Spec(Team team, string url, IReadOnlyList<string> words) => new()
    {
        TeamId = team.Id, CreatorId = _botId, DisplayName = "Tips", Description = Wishes.BotDescription, TriggerWords = words, TriggerWhen = 1, CallbackUrls = [url],
    };

    private static string Shown(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');
}
