using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace Strongroom.Tests.Support;

/// <summary>
/// A real mail server, Debian's aiosmtpd: takes mail into a maildir, refuses who begins with "gone" for good (and repeats the address, as
/// servers do) and "busy" for now. It can be down.
/// </summary>
public sealed class MailServer : IDisposable
{
    private const string Program = "STRONGROOM_TEST_SMTPD";

    private const string Handler = """
        from aiosmtpd.handlers import Mailbox

        class Picky(Mailbox):
            async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
                if address.startswith('gone'):
                    return '550 5.1.1 <%s>: no such user here' % address
                if address.startswith('busy'):
                    return '451 4.3.0 mailbox is busy, try later'
                envelope.rcpt_tos.append(address)
                return '250 OK'
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-smtpd-").FullName;
    private Process? process;

    public MailServer()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        File.WriteAllText(Path.Combine(folder, "picky.py"), Handler);
    }

    public int Port { get; }

    public IReadOnlyList<MimeMessage> Mail => Directory.Exists(Path.Combine(folder, "mail", "new"))
        ? [.. Directory.EnumerateFiles(Path.Combine(folder, "mail", "new")).Select(file => MimeMessage.Load(file))]
        : [];

    public async Task Start()
    {
        var program = Environment.GetEnvironmentVariable(Program)
            ?? throw new InvalidOperationException($"{Program} is not set: run the tests by ./test, which finds aiosmtpd.");
        var start = new ProcessStartInfo(program) { RedirectStandardError = true };
        foreach (var argument in new[] { "-n", "-l", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}"), "-c", "picky.Picky", Path.Combine(folder, "mail") })
            start.ArgumentList.Add(argument);
        start.Environment["PYTHONPATH"] = folder;
        process = Process.Start(start)!;
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (tries < 200 && !process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            process.WaitForExit();
        }
        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
