using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Strongroom.Tests.Support;

/// <summary>
/// A real SMS gateway on a port of its own: takes {to, from, text, reference} with its token, refuses numbers that end in 404 for good (and repeats the
/// number, as gateways do) those that end in 503 for now, and sends whoever comes with 307 elsewhere. It can be down.
/// </summary>
public sealed class SmsGateway : IAsyncDisposable
{
    public const string Token = "token-of-the-gateway", ReceiptKey = "key-of-its-receipts";

    private readonly ConcurrentQueue<Taken> taken = new();
    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-sms-").FullName;
    private WebApplication? host;

    public sealed record Taken(string To, string From, string Text, string Reference);

    public SmsGateway()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        File.WriteAllText(TokenFile, Token + "\n");
        File.WriteAllText(ReceiptKeyFile, ReceiptKey + "\n");
    }

    public int Port { get; }

    public IReadOnlyCollection<Taken> Sms => taken;

    private string TokenFile => Path.Combine(folder, "token");

    private string ReceiptKeyFile => Path.Combine(folder, "receipt-key");

    public Dictionary<string, string?> Settings => new()
    {
        ["Sms:Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/send"),
        ["Sms:TokenFile"] = TokenFile,
        ["Sms:From"] = "KAVERI",
        ["Sms:ReceiptKeyFile"] = ReceiptKeyFile,
    };

    public async Task Start()
    {
        if (host is not null) return;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));
        host = builder.Build();
        host.MapPost("/send", (Taken sms, HttpContext http) =>
        {
            if (http.Request.Headers.Authorization != $"Bearer {Token}") return Results.Unauthorized();
            if (sms.To.EndsWith("404", StringComparison.Ordinal)) return Results.Text($"no such number {sms.To}", statusCode: 422);
            if (sms.To.EndsWith("307", StringComparison.Ordinal)) return Results.Redirect("/elsewhere", preserveMethod: true);
            if (sms.To.EndsWith("503", StringComparison.Ordinal)) return Results.Text("busy", statusCode: 503);
            taken.Enqueue(sms);
            return Results.Accepted();
        });
        host.MapPost("/elsewhere", (Taken sms) => taken.Enqueue(sms with { From = "elsewhere" }));
        await host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
