using System.Net;
using System.Net.Sockets;

namespace Strongroom.Modules.Clients.Webhooks;

/// <summary>The other side's name leads to an address that we do not go to.</summary>
internal sealed class InnerAddressException() : HttpRequestException("The address is one of an inner network.");

/// <summary>
/// The way out for webhooks. Whoever registers an address chooses where this server connects to, so it goes to public addresses only, and to those inner
/// networks that the setting Webhooks:InnerNetworks names. The name is resolved here and the connection made to what was looked at: a name that
/// leads elsewhere a moment later leads nowhere.
/// </summary>
internal sealed class WebhookDoor
{
    public const string HttpClient = "webhooks", Setting = "Webhooks:InnerNetworks";

    // RFC 6890 and what became of it: this machine, private, shared, link-local (where clouds keep their credentials), documentation, benchmarks,
    // multicast, reserved; and of IPv6 besides, what wraps an IPv4 address.
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private readonly IPNetwork[] inner;

    public WebhookDoor(IConfiguration configuration, IHostEnvironment environment)
    {
        inner = [.. (configuration[Setting] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(IPNetwork.Parse)];
        // Where people try a bank on their own machine.
        PlainHttp = environment.IsDevelopment();
    }

    public bool PlainHttp { get; }

    public bool Opens(IPAddress address)
    {
        var at = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return inner.Any(network => network.Contains(at)) || !NotPublic.Any(network => network.Contains(at));
    }

    public SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        MaxResponseHeadersLength = 16,
        ConnectCallback = Connect,
    };

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var addresses = (await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel)).Where(Opens).ToArray();
        if (addresses.Length == 0) throw new InnerAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
