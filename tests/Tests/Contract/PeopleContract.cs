using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class PeopleContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task One_sees_more_of_oneself_than_others_do()
    {
        (await Ann.Get("/users/me").Ok("user.self")).Has("notify_props").ShouldBeTrue();
        (await Ann.Get($"/users/{Ann.Id}").Ok("user.self")).Has("notify_props").ShouldBeTrue();
        (await Ben.Get($"/users/{Ann.Id}").Ok("user")).Has("notify_props").ShouldBeFalse();
        (await Ben.Get($"/users/username/{Ann.Name}").Ok("user")).Text("id").ShouldBe(Ann.Id);
    }

    [Fact]
    public async Task Many_are_read_at_once_and_unknown_ones_left_out()
    {
        var byId = (await Bot.Post("/users/ids", new[] { Ben.Id, Ann.Id, new string('a', 26) }).Ok("user.list")).Items();
        byId.Select(u => u.Text("id")).ShouldBe([Ann.Id, Ben.Id], ignoreOrder: true);
        var byName = (await Bot.Post("/users/usernames", new[] { Ann.Name, "nobody-of-that-name" }).Ok("user.list")).Items();
        byName.Select(u => u.Text("id")).ShouldBe([Ann.Id]);
    }

    [Fact]
    public async Task Nobody_is_said_to_be_missing()
    {
        await Bot.Get($"/users/{new string('a', 26)}").Refused(404, "app.user.missing_account.const");
        await Bot.Get("/users/username/nobody-of-that-name").Refused(404, "app.user.get_by_username.app_error");
    }

    [Fact]
    public async Task The_people_of_a_channel_are_listed_by_name()
    {
        var id = await Server.NewChannelAsync("O", Bot, Ben);
        var people = (await Bot.Get($"/users?in_channel={id}&per_page=2").Ok("user.list")).Items();
        people.Select(u => u.Text("username")).ShouldBe([Ann.Name, Ben.Name]);
        (await Bot.Get($"/users?in_channel={id}&per_page=2&page=1").Ok("user.list")).Items().Count.ShouldBe(1);
        await Lead.Get($"/users?in_channel={id}").Forbidden();
    }

    [Fact]
    public async Task Zone_and_language_are_ones_own_to_change()
    {
        var changed = await Ben.Put($"/users/{Ben.Id}/patch", new
        {
            locale = "de", timezone = new { useAutomaticTimezone = "false", manualTimezone = "Europe/Berlin", automaticTimezone = "" },
        }).Ok("user.self");
        changed.Text("locale").ShouldBe("de");
        changed["timezone"]!.Text("manualTimezone").ShouldBe("Europe/Berlin");
        (await Bot.Get($"/users/{Ben.Id}").Ok("user"))["timezone"]!.Text("manualTimezone").ShouldBe("Europe/Berlin");
        await Bot.Put($"/users/{Ben.Id}/patch", new { locale = "fr" }).Forbidden();
    }

    [Fact]
    public async Task A_status_can_be_set_and_read()
    {
        await Lead.Put($"/users/{Lead.Id}/status", new { user_id = Lead.Id, status = "dnd" }).Ok("status.user");
        (await Bot.Get($"/users/{Lead.Id}/status").Ok("status.user")).Text("status").ShouldBe("dnd");
        (await Bot.Post("/users/status/ids", new[] { Lead.Id }).Ok("status.list")).Items().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Automatic_replies_show_somebody_out_of_office_until_they_set_another_status()
    {
        var away = await Server.NewPersonAsync("away");
        var props = (await away.Get("/users/me").Ok("user.self"))["notify_props"]!.DeepClone().AsObject();
        props["auto_responder_active"] = "true";
        props["auto_responder_message"] = "I am on holiday.";
        await away.Put($"/users/{away.Id}/patch", new { notify_props = props }).Ok("user.self");
        (await Bot.Post("/users/status/ids", new[] { away.Id }).Ok("status.list")).Items()[0].Text("status").ShouldBe("ooo");

        await away.Put($"/users/{away.Id}/status", new { user_id = away.Id, status = "online" }).Ok("status.user");
        (await Bot.Post("/users/status/ids", new[] { away.Id }).Ok("status.list")).Items()[0].Text("status").ShouldBe("online");
    }

    [Fact]
    public async Task Nobody_can_say_of_themselves_directly_that_they_are_out_of_office() =>
        await Ben.Put($"/users/{Ben.Id}/status", new { user_id = Ben.Id, status = "ooo" }).Refused(400, "api.context.invalid_body_param.app_error");

    [Fact]
    public async Task Of_somebody_unknown_or_never_seen_it_is_said_that_they_are_offline()
    {
        var fresh = await Server.NewPersonAsync("unseen");
        var statuses = (await Bot.Post("/users/status/ids", new[] { fresh.Id, new string('a', 26) }).Ok("status.list")).Items();
        statuses.Select(one => one.Text("user_id")).ShouldBe([fresh.Id, new string('a', 26)], ignoreOrder: true);
        statuses.Single(one => one.Text("user_id") == new string('a', 26)).Text("status").ShouldBe("offline");
    }

    [Fact]
    public async Task A_wrong_password_is_refused() =>
        await Ann.Post("/users/login", new { login_id = Ann.Name, password = "wrong" }).Refused(401, "api.user.login.invalid_credentials_email_username");

    [Fact]
    public async Task Somebody_deactivated_is_signed_out_and_cannot_come_back()
    {
        var leaver = await Server.NewPersonAsync("leaver");
        await Ann.Put($"/users/{leaver.Id}/active", new { active = false }).Refused(403, "api.user.update_active.permissions.app_error");
        await Admin.Put($"/users/{leaver.Id}/active", new { active = false }).Ok("status");
        await leaver.Get("/users/me").Refused(401, "api.context.session_expired.app_error");
        await leaver.Post("/users/login", new { login_id = leaver.Name, password = ContractServer.Password }).Refused(401, "api.user.login.inactive.app_error");
        (await Bot.Get($"/users/{leaver.Id}").Ok("user")).Number("delete_at").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Roles_are_for_admins_to_give()
    {
        var somebody = await Server.NewPersonAsync("riser");
        await Lead.Put($"/users/{somebody.Id}/roles", new { roles = "system_user system_admin" }).Forbidden();
        await Admin.Put($"/users/{somebody.Id}/roles", new { roles = "system_user system_admin" }).Ok("status");
        (await Bot.Get($"/users/{somebody.Id}").Ok("user")).Text("roles").Split(' ').ShouldContain("system_admin");
    }
}

public sealed class PeopleOnStandIn(StandInServer server) : PeopleContract(server);

public sealed class PeopleOnRealServer(RealServer server) : PeopleContract(server);
