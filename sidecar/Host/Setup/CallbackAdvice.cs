using System.Net;
using System.Net.Sockets;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>What to do when Mattermost's call does not arrive: most often Mattermost itself forbids it.</summary>
internal static class CallbackAdvice
{
    public const string Setting = "AllowedUntrustedInternalConnections";

    /// <param name="callback">Where Mattermost is to call.</param>
    /// <param name="admin">Who may read the server's setting.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<string> AfterFailureAsync(Uri callback, MattermostClient admin, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(callback.DnsSafeHost, cancellationToken);
        string? allowed;
        try
        {
            allowed = await admin.System.AllowedInternalConnectionsAsync(cancellationToken);
        }
        catch (MattermostException)
        {
            allowed = null; // some servers hide their settings even from admins; then both ways are told
        }

        return Of(callback, addresses, allowed);
    }

    /// <param name="callback">Where Mattermost is to call.</param>
    /// <param name="addresses">Of its host, as seen from here; empty when unknown.</param>
    /// <param name="allowed">The server's setting; null when it cannot be seen.</param>
    public static string Of(Uri callback, IReadOnlyList<IPAddress> addresses, string? allowed)
    {
        var host = callback.DnsSafeHost;
        var isNamed = allowed is not null && Allows(allowed, host, addresses);
        var add = allowed is null
            ? $"add \"{host}\" to ServiceSettings.{Setting} (System Console > Environment > Developer)"
            : $"add it: System Console > Environment > Developer > Allow untrusted internal connections to = \"{$"{allowed} {host}".Trim()}\" (ServiceSettings.{Setting})";
        if (allowed is not null && !isNamed && addresses.Any(IsReserved))
            return $"Mattermost forbids calls to {host}, an internal address; {add}.";
        // It forbids the address of its own machine, too, whatever that is, and which that is cannot be seen from here.
        return $"{(isNamed ? "Check" : $"If Mattermost's log says \"address forbidden\", {add}. Otherwise: check")} from Mattermost's machine that `curl {callback.ToString().TrimEnd('/')}/healthz` answers while the sidecar runs. If not, Sidecar__CallbackUrl is not how that machine reaches this one, Sidecar__Listen listens on another interface or port, or a firewall or proxy is between.";
    }

    /// <summary>As Mattermost reads it: names, addresses and ranges, with spaces or commas between.</summary>
    internal static bool Allows(string allowed, string host, IReadOnlyList<IPAddress> addresses) =>
        allowed.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Any(one =>
            one.Equals(host, StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(one, out var address) && addresses.Contains(address))
            || (IPNetwork.TryParse(one, out var network) && addresses.Any(network.Contains)));

    internal static bool IsReserved(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal)
            return true;
        return address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [10, ..] or [127, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [169, 254, ..] or [100, >= 64 and <= 127, ..] or [0, ..];
    }

    private static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
