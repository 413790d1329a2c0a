using System.Net;
using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class ErrorsContract(ContractServer server) : MattermostContract(server)
{
    [Theory]
    [InlineData("")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Without_a_good_token_one_is_told_to_sign_in(string token) =>
        await new Client(Server, "", "", token).Get("/users/me").Refused(401, "api.context.session_expired.app_error");

    [Fact]
    public async Task An_address_that_leads_nowhere_is_not_found() =>
        await Ann.Get("/nowhere/at/all").Refused(404, "api.context.404.app_error");

    [Fact]
    public async Task A_malformed_id_in_the_address_is_a_bad_request()
    {
        await Ann.Get("/posts/short").Refused(400, "api.context.invalid_url_param.app_error");
        await Ann.Get("/channels/short").Refused(400, "api.context.invalid_url_param.app_error");
        await Ann.Get("/users/short").Refused(400, "api.context.invalid_url_param.app_error");
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_a_bad_request()
    {
        using var body = new StringContent("{ not json");
        await Ann.Post("/channels", body).Refused(400, "api.context.invalid_body_param.app_error");
    }

    [Fact]
    public async Task Every_answer_names_the_version_and_the_request()
    {
        var got = await Ann.Get("/users/me");
        got.Headers["X-Version-Id"].Split('.').Length.ShouldBeGreaterThanOrEqualTo(6);
        got.Headers["X-Request-Id"].Length.ShouldBe(26);
        var refused = await Ann.Get("/posts/short");
        refused.Json.Text("request_id").ShouldBe(refused.Headers["X-Request-Id"]);
    }

    [Fact]
    public async Task A_ping_needs_no_token()
    {
        (await new Client(Server, "", "", "").Get("/system/ping").Ok("ping")).Text("status").ShouldBe("OK");
    }

    [Fact]
    public async Task The_client_configuration_says_how_long_a_post_may_be()
    {
        var config = (await Ann.Get("/config/client?format=old")).Json;
        config.Text("MaxPostSize").ShouldBe("16383");
        config.Text("EnableLatex").ShouldBeOneOf("true", "false");
        config.Text("BuildNumber").ShouldStartWith(Server.Version);
        (await Ann.Get("/config/client")).Status.ShouldBe(HttpStatusCode.NotImplemented);
    }
}

public sealed class ErrorsOnStandIn(StandInServer server) : ErrorsContract(server);

public sealed class ErrorsOnRealServer(RealServer server) : ErrorsContract(server);
