using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Strongroom.Modules.Delivery;

/// <summary>Hands mail to the bank's mail server, one connection a batch.</summary>
internal sealed class SmtpCarrier(MailSettings settings) : IMailCarrier
{
    private readonly SmtpClient client = new() { Timeout = 20_000 };

    public async Task<CarrierAnswer> Send(MimeMessage mail, CancellationToken cancel)
    {
        try
        {
            if (!client.IsConnected) await Connect(cancel);
        }
        catch (Exception broken) when (IsOfTheConnection(broken, cancel))
        {
            return new(CarrierOutcome.Unreachable, broken.Message);
        }

        try
        {
            return new(CarrierOutcome.Accepted, await client.SendAsync(mail, cancel));
        }
        catch (SmtpCommandException refused)
        {
            return new(Read(refused), string.Create(CultureInfo.InvariantCulture, $"{(int)refused.StatusCode} {refused.Message}"));
        }
        catch (Exception broken) when (IsOfTheConnection(broken, cancel))
        {
            await client.DisconnectAsync(quit: false, CancellationToken.None);
            return new(CarrierOutcome.Later, broken.Message);
        }
    }

    /// <summary>Connects, signs in and says NOOP: what a check of the set-up wants to know.</summary>
    public async Task Greet(CancellationToken cancel)
    {
        await Connect(cancel);
        await client.NoOpAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (client.IsConnected) await client.DisconnectAsync(quit: true, CancellationToken.None);
        client.Dispose();
    }

    private async Task Connect(CancellationToken cancel)
    {
        await client.ConnectAsync(settings.Host!, settings.Port, settings.Security, cancel);
        if (settings.UserName is { } user)
            await client.AuthenticateAsync(user, (await File.ReadAllTextAsync(settings.PasswordFile!, cancel)).TrimEnd('\r', '\n'), cancel);
    }

    // A 5yz about the recipient or the text is about this message. One about the sender is about our set-up, which somebody will mend.
    private static CarrierOutcome Read(SmtpCommandException refused) => refused switch
    {
        { ErrorCode: SmtpErrorCode.SenderNotAccepted } => CarrierOutcome.Later,
        { StatusCode: >= (SmtpStatusCode)500 } => CarrierOutcome.Never,
        _ => CarrierOutcome.Later,
    };

    private static bool IsOfTheConnection(Exception broken, CancellationToken cancel) => broken is
        SocketException or IOException or ProtocolException or CommandException or ServiceNotConnectedException or SslHandshakeException
        or AuthenticationException or TimeoutException or NotSupportedException
        || broken is OperationCanceledException && !cancel.IsCancellationRequested;
}
