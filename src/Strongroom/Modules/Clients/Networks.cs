using System.Net;

namespace Strongroom.Modules.Clients;

/// <summary>Addresses and networks as an administrator writes them: "192.0.2.7 10.20.0.0/16", separated by spaces, commas or lines.</summary>
internal static class Networks
{
    private static readonly char[] Between = [' ', ',', ';', '\n', '\r', '\t'];

    /// <summary>In the one form that is stored; null where nothing is named.</summary>
    public static bool TryRead(string? written, out string? networks)
    {
        var all = (written ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(One).ToList();
        networks = all.Count == 0 || all.Contains(null) ? null : string.Join(' ', all.Select(network => network!.Value.ToString()).Distinct());
        return !all.Contains(null);
    }

    /// <param name="networks">As stored.</param>
    /// <param name="address">Where the request came from; one that nobody knows is nowhere.</param>
    public static bool Allow(string? networks, IPAddress? address)
    {
        if (networks is null) return true;
        if (address is null) return false;
        var at = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Split(' ').Any(network => IPNetwork.Parse(network).Contains(at));
    }

    private static IPNetwork? One(string written) =>
        IPNetwork.TryParse(written, out var network) ? network
        : IPAddress.TryParse(written, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
