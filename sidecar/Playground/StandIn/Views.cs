using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>How things look on the wire, field by field as the real server writes them.</summary>
internal static class Views
{
    /// <summary>A person; <paramref name="whole"/> as people see themselves: with what is nobody else's business.</summary>
    public static JsonObject ToJson(this User user, bool whole)
    {
        var json = new JsonObject
        {
            ["id"] = user.Id,
            ["create_at"] = user.CreateAt,
            ["update_at"] = user.UpdateAt,
            ["delete_at"] = user.DeleteAt,
            ["username"] = user.Name,
            ["auth_data"] = "",
            ["auth_service"] = "",
            ["email"] = user.Email,
            ["nickname"] = user.Nickname,
            ["first_name"] = user.FirstName,
            ["last_name"] = user.LastName,
            ["position"] = user.Position,
            ["roles"] = user.Roles,
        };
        if (whole)
        {
            json["notify_props"] = new JsonObject
            {
                ["channel"] = "true", ["comments"] = "never", ["desktop"] = "mention", ["desktop_sound"] = "true", ["email"] = "true",
                ["first_name"] = "false", ["mention_keys"] = "", ["push"] = "mention", ["push_status"] = "away",
            };
            if (user.AnswersAutomatically)
                json["notify_props"]!["auto_responder_active"] = "true";
            json["last_password_update"] = user.CreateAt;
        }

        json["locale"] = user.Locale;
        json["timezone"] = new JsonObject
        {
            ["automaticTimezone"] = user.AutomaticZone,
            ["manualTimezone"] = user.ManualZone,
            ["useAutomaticTimezone"] = user.UseAutomaticZone ? "true" : "false",
        };
        if (user.LastPictureUpdate > 0)
            json["last_picture_update"] = user.LastPictureUpdate;
        if (user.IsBot)
        {
            json["is_bot"] = true;
            if (user.BotDescription.Length > 0)
                json["bot_description"] = user.BotDescription;
        }

        json["disable_welcome_email"] = false;
        return json;
    }

    public static JsonObject ToBotJson(this User bot)
    {
        var json = new JsonObject { ["user_id"] = bot.Id, ["username"] = bot.Name };
        if (bot.FirstName.Length > 0)
            json["display_name"] = bot.FirstName;
        if (bot.BotDescription.Length > 0)
            json["description"] = bot.BotDescription;
        json["owner_id"] = bot.OwnerId;
        json["create_at"] = bot.CreateAt;
        json["update_at"] = bot.UpdateAt;
        json["delete_at"] = bot.DeleteAt;
        return json;
    }

    /// <summary>Its token is shown to nobody.</summary>
    public static JsonObject ToJson(this Session session) => new()
    {
        ["id"] = session.Id, ["token"] = "", ["user_id"] = session.UserId, ["expires_at"] = session.ExpiresAt,
        ["props"] = session.IsAccessToken ? new JsonObject { ["type"] = "UserAccessToken" } : [],
    };

    public static JsonObject ToTokenJson(this Session session) => new()
    {
        ["id"] = session.Id, ["user_id"] = session.UserId, ["description"] = session.Description, ["is_active"] = true,
    };

    public static JsonObject ToStatusJson(this User user) => new()
    {
        ["user_id"] = user.Id,
        ["status"] = user.Status,
        ["manual"] = user.StatusIsManual,
        ["last_activity_at"] = user.LastActivityAt,
        ["dnd_end_time"] = 0,
    };

    public static JsonObject ToJson(this Team team, bool showEmail, bool showInvite) => new()
    {
        ["id"] = team.Id,
        ["create_at"] = team.CreateAt,
        ["update_at"] = team.UpdateAt,
        ["delete_at"] = 0,
        ["display_name"] = team.DisplayName,
        ["name"] = team.Name,
        ["description"] = "",
        ["email"] = showEmail ? team.Email : "",
        ["type"] = team.Type,
        ["company_name"] = "",
        ["allowed_domains"] = "",
        ["invite_id"] = showInvite ? team.InviteId : "",
        ["allow_open_invite"] = team.AllowOpenInvite,
        ["scheme_id"] = null,
        ["group_constrained"] = null,
        ["policy_id"] = null,
    };

    public static JsonObject ToJson(this TeamMember member) => new()
    {
        ["team_id"] = member.TeamId,
        ["user_id"] = member.UserId,
        ["roles"] = (member.IsGuest ? "team_guest" : "team_user") + (member.IsAdmin ? " team_admin" : ""),
        ["delete_at"] = member.DeleteAt,
        ["scheme_guest"] = member.IsGuest,
        ["scheme_user"] = !member.IsGuest,
        ["scheme_admin"] = member.IsAdmin,
        ["explicit_roles"] = "",
    };

    public static JsonObject ToJson(this Channel channel) => new()
    {
        ["id"] = channel.Id,
        ["create_at"] = channel.CreateAt,
        ["update_at"] = channel.UpdateAt,
        ["delete_at"] = channel.DeleteAt,
        ["team_id"] = channel.TeamId,
        ["type"] = channel.Type,
        ["display_name"] = channel.DisplayName,
        ["name"] = channel.Name,
        ["header"] = channel.Header,
        ["purpose"] = channel.Purpose,
        ["last_post_at"] = channel.LastPostAt,
        ["total_msg_count"] = channel.Messages,
        ["extra_update_at"] = 0,
        ["creator_id"] = channel.CreatorId,
        ["scheme_id"] = null,
        ["props"] = null,
        ["group_constrained"] = null,
        ["shared"] = channel.Type == "D" ? false : null,
        ["total_msg_count_root"] = channel.RootMessages,
        ["policy_id"] = null,
    };

    public static JsonObject ToJson(this ChannelMember member) => new()
    {
        ["channel_id"] = member.ChannelId,
        ["user_id"] = member.UserId,
        ["roles"] = (member.IsGuest ? "channel_guest" : "channel_user") + (member.IsAdmin ? " channel_admin" : ""),
        ["last_viewed_at"] = member.LastViewedAt,
        ["msg_count"] = member.Messages,
        ["mention_count"] = member.Mentions,
        ["mention_count_root"] = 0,
        ["msg_count_root"] = member.RootMessages,
        ["notify_props"] = new JsonObject
        {
            ["desktop"] = "default", ["email"] = "default", ["ignore_channel_mentions"] = "default", ["mark_unread"] = "all", ["push"] = "default",
        },
        ["last_update_at"] = member.UpdateAt,
        ["scheme_guest"] = member.IsGuest,
        ["scheme_user"] = !member.IsGuest,
        ["scheme_admin"] = member.IsAdmin,
        ["explicit_roles"] = "",
    };

    public static JsonObject ToJson(this Reaction reaction) => new()
    {
        ["user_id"] = reaction.UserId,
        ["post_id"] = reaction.PostId,
        ["emoji_name"] = reaction.Emoji,
        ["create_at"] = reaction.CreateAt,
        ["update_at"] = reaction.UpdateAt,
        ["delete_at"] = 0,
        ["remote_id"] = "",
    };

    public static JsonObject ToJson(this Command command) => new()
    {
        ["id"] = command.Id,
        ["token"] = command.Token,
        ["create_at"] = command.CreateAt,
        ["update_at"] = command.UpdateAt,
        ["delete_at"] = 0,
        ["creator_id"] = command.CreatorId,
        ["team_id"] = command.TeamId,
        ["trigger"] = command.Trigger,
        ["method"] = command.Method,
        ["username"] = command.UserName,
        ["icon_url"] = command.IconUrl,
        ["auto_complete"] = command.AutoComplete,
        ["auto_complete_desc"] = command.AutoCompleteDesc,
        ["auto_complete_hint"] = command.AutoCompleteHint,
        ["display_name"] = command.DisplayName,
        ["description"] = command.Description,
        ["url"] = command.Url,
        ["plugin_id"] = "",
    };

    public static JsonObject ToJson(this StoredFile file)
    {
        var extension = Path.GetExtension(file.Name).TrimStart('.');
        var json = new JsonObject { ["id"] = file.Id, ["user_id"] = file.UserId };
        if (file.PostId.Length > 0)
            json["post_id"] = file.PostId;
        json["channel_id"] = file.ChannelId;
        json["create_at"] = file.CreateAt;
        json["update_at"] = file.CreateAt;
        json["delete_at"] = 0;
        json["name"] = file.Name;
        json["extension"] = extension;
        json["size"] = file.Content.Length;
        json["mime_type"] = file.MimeType;
        json["mini_preview"] = null;
        json["remote_id"] = "";
        return json;
    }

    public static JsonObject ToJson(this Hook hook)
    {
        var json = new JsonObject
        {
            ["id"] = hook.Id,
            ["create_at"] = hook.CreateAt,
            ["update_at"] = hook.CreateAt,
            ["delete_at"] = 0,
            ["channel_id"] = hook.ChannelId,
            ["team_id"] = hook.TeamId,
            ["display_name"] = hook.DisplayName,
            ["description"] = hook.Description,
            ["username"] = "",
            ["icon_url"] = "",
        };
        if (hook.IsOutgoing)
        {
            json["token"] = hook.Token;
            json["creator_id"] = hook.CreatorId;
            json["trigger_words"] = Json.Array(hook.TriggerWords);
            json["trigger_when"] = hook.TriggerWhen;
            json["callback_urls"] = Json.Array(hook.CallbackUrls);
            json["content_type"] = hook.ContentType;
        }
        else
        {
            json["user_id"] = hook.CreatorId;
            json["channel_locked"] = false;
        }

        return json;
    }
}
