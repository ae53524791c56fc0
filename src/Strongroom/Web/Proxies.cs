using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Strongroom.Web;

/// <summary>
/// Whose X-Forwarded-For and X-Forwarded-Proto are believed: the addresses and networks in Strongroom:Proxies, separated by commas
/// ("127.0.0.1, 10.20.0.0/16"). Without it nobody's: a client could otherwise choose the address that the log and the limiter see.
/// </summary>
internal static class Proxies
{
    public const string Setting = "Strongroom:Proxies";

    public static IReadOnlyList<string> Declared(IConfiguration configuration) =>
        (configuration[Setting] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static bool Understood(string declared) => IPAddress.TryParse(declared, out _) || IPNetwork.TryParse(declared, out _);

    public static void AddProxies(this WebApplicationBuilder builder)
    {
        var declared = Declared(builder.Configuration);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = declared.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in declared)
            {
                if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
                else if (IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
            }
        });
    }
}
