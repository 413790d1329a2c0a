using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class BotsContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task Only_admins_make_bots_and_their_tokens()
    {
        await Ann.Post("/bots", new { username = "nobot" + Server.Prefix }).Forbidden();
        await Lead.Post("/bots", new { username = "nobot" + Server.Prefix }).Forbidden();
        await Ann.Post($"/users/{Bot.Id}/tokens", new { description = "mine" }).Forbidden();
    }

    [Fact]
    public async Task A_bot_is_a_user_that_says_so()
    {
        var bot = await Bot.Get("/users/me").Ok("user.self");
        bot.Flag("is_bot").ShouldBeTrue();
        bot.Text("first_name").ShouldBe("A bot");
        (await Ann.Get($"/users/{Bot.Id}").Ok("user")).Flag("is_bot").ShouldBeTrue();
        (await Ann.Get($"/users/{Ann.Id}").Ok("user.self")).Has("is_bot").ShouldBeFalse();
    }

    [Fact]
    public async Task Bots_are_listed_for_admins_and_hidden_from_others()
    {
        (await Admin.Get($"/bots/{Bot.Id}").Ok("bot")).Text("username").ShouldBe(Bot.Name);
        await Bot.Get($"/bots/{Bot.Id}").Refused(404, "store.sql_bot.get.missing.app_error");
        await Ann.Get("/bots").Forbidden();
    }

    [Fact]
    public async Task A_name_is_taken_once() =>
        await Admin.Post("/bots", new { username = Bot.Name }).Refused(400, "app.user.save.username_exists.app_error");

    [Fact]
    public async Task A_disabled_bot_is_signed_out_and_comes_back_with_the_same_token()
    {
        var bot = await Server.NewBotAsync("sleeper");
        await Admin.Post($"/bots/{bot.Id}/disable").Ok("bot");
        await bot.Get("/users/me").Refused(401, "api.context.session_expired.app_error");
        await Admin.Post($"/bots/{bot.Id}/enable").Ok("bot");
        await bot.Get("/users/me").Ok("user.self");
    }

    [Fact]
    public async Task An_account_sees_its_tokens_in_use_with_their_ends_and_without_themselves()
    {
        await Bot.Get("/users/me").Ok("user.self"); // only one that was used is listed
        var tokens = (await Bot.Get($"/users/{Bot.Id}/sessions")).Json.Items().Where(one => one["props"]!.Text("type") == "UserAccessToken").ToList();
        tokens.ShouldNotBeEmpty();
        tokens.ShouldAllBe(one => one.Text("token").Length == 0 && one.Text("user_id") == Bot.Id && one.Number("expires_at") > TimeProvider.System.GetUtcNow().AddYears(90).ToUnixTimeMilliseconds());
        (await Admin.Get($"/users/{Bot.Id}/sessions")).Json.Items().Count.ShouldBeGreaterThan(0);
        await Ann.Get($"/users/{Bot.Id}/sessions").Forbidden();
    }

    [Fact]
    public async Task An_access_token_is_listed_without_itself_and_revoked_for_good_while_the_bot_is_off()
    {
        var bot = await Server.NewBotAsync("revoked");
        await Admin.Post($"/bots/{bot.Id}/disable").Ok("bot");
        var token = (await Admin.Get($"/users/{bot.Id}/tokens")).Json.Items().ShouldHaveSingleItem();
        (token.Text("description"), token.Text("user_id"), token.Has("token")).ShouldBe(("contract", bot.Id, false));
        await Ann.Get($"/users/{bot.Id}/tokens").Forbidden();

        var revocation = new { token_id = token.Text("id") };
        await Ann.Post("/users/tokens/revoke", revocation).Forbidden();
        (await Admin.Post("/users/tokens/revoke", revocation)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        await Admin.Post("/users/tokens/revoke", revocation).Refused(404, "app.user_access_token.get_by_user.app_error");
        (await Admin.Get($"/users/{bot.Id}/tokens")).Json.Items().ShouldBeEmpty();
        await Admin.Post($"/bots/{bot.Id}/enable").Ok("bot");
        await bot.Get("/users/me").Refused(401, "api.context.session_expired.app_error");
    }

    [Fact]
    public async Task An_admin_gives_a_bot_a_picture_and_it_is_told_since_when()
    {
        var bot = await Server.NewBotAsync("pictured");
        (await Admin.Get($"/users/{bot.Id}")).Json.Has("last_picture_update").ShouldBeFalse();
        using var picture = new ByteArrayContent(Sidecar.Setup.BotPicture.Png);
        using var form = new MultipartFormDataContent { { picture, "image", "picture.png" } };
        (await Admin.SendAsync(HttpMethod.Post, $"/users/{bot.Id}/image", form)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        (await Admin.Get($"/users/{bot.Id}")).Json.Number("last_picture_update").ShouldBeGreaterThan(0);
        await Ann.Post($"/users/{bot.Id}/image", new { }).Forbidden();
    }

    [Fact]
    public async Task A_bot_joins_public_channels_of_its_team_by_itself()
    {
        var channel = await Server.NewChannelAsync("O");
        await Bot.Post("/posts", new { channel_id = channel, message = "Too early" }).Forbidden();
        await Bot.Post($"/channels/{channel}/members", new { user_id = Bot.Id }).Created("channel.member");
        (await Bot.Say(channel, "Here I am"))["props"]!.Text("from_bot").ShouldBe("true");
    }
}

public sealed class BotsOnStandIn(StandInServer server) : BotsContract(server);

public sealed class BotsOnRealServer(RealServer server) : BotsContract(server);
