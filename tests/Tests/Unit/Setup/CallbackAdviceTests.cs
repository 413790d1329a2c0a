using System.Net;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Tests.Unit.Setup;

public sealed class CallbackAdviceTests
{
    [Theory]
    [InlineData("10.1.2.3", "", true)]
    [InlineData("10.1.2.3", "10.0.0.0/8", false)]
    [InlineData("10.1.2.3", "localhost, 10.1.2.3", false)]
    [InlineData("10.1.2.3", "sidecar.internal", false)]
    [InlineData("10.1.2.3", "10.1.2.4 192.168.0.0/16", true)]
    [InlineData("172.20.0.5", "", true)]
    [InlineData("fd00::7", "", true)]
    [InlineData("93.184.216.34", "", false)]
    public void Mattermost_forbids_internal_addresses_that_it_does_not_name(string address, string allowed, bool forbids) =>
        CallbackAdvice.Of(new Uri("http://sidecar.internal:8090"), [IPAddress.Parse(address)], allowed)
            .Contains("Mattermost forbids calls to sidecar.internal", StringComparison.Ordinal).ShouldBe(forbids);

    [Fact]
    public void The_whole_new_value_is_named() =>
        CallbackAdvice.Of(new Uri("http://sidecar.internal:8090"), [IPAddress.Parse("10.1.2.3")], "localhost").ShouldContain("= \"localhost sidecar.internal\"");

    [Fact]
    public void Its_own_machine_may_have_any_address() =>
        CallbackAdvice.Of(new Uri("http://sidecar.example.org:8090"), [IPAddress.Parse("93.184.216.34")], "localhost").ShouldStartWith(
            "If Mattermost's log says \"address forbidden\", add it: System Console > Environment > Developer > Allow untrusted internal connections to = \"localhost sidecar.example.org\" (ServiceSettings.AllowedUntrustedInternalConnections). Otherwise: check from Mattermost's machine");

    [Fact]
    public void Where_it_is_named_the_way_between_is_looked_at() =>
        CallbackAdvice.Of(new Uri("http://sidecar.internal:8090"), [IPAddress.Parse("10.1.2.3")], "sidecar.internal").ShouldStartWith("Check from Mattermost's machine that `curl http://sidecar.internal:8090/healthz` answers");

    [Fact]
    public void Where_the_setting_is_hidden_both_ways_are_told() =>
        CallbackAdvice.Of(new Uri("http://sidecar.internal:8090"), [], null).ShouldStartWith("If Mattermost's log says \"address forbidden\", add \"sidecar.internal\" to ServiceSettings.AllowedUntrustedInternalConnections");
}
