using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Security;
using MimeKit;
using Strongroom.Modules.Delivery;

namespace Strongroom.Tests.Modules.Delivery;

/// <summary>Whoever answers in the place of the mail server or the gateway, with a certificate that nobody vouches for or of another name, gets nothing.</summary>
public sealed class CarrierTlsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-tls-").FullName;

    [Theory]
    [InlineData("localhost")]
    [InlineData("mail.bank.example")]
    public async Task Mail_goes_to_no_server_that_cannot_prove_its_name(string name)
    {
        using var impostor = new Impostor(name);
        await using var carrier = new SmtpCarrier(new MailSettings("localhost", impostor.Port, SecureSocketOptions.SslOnConnect, null, null, "lockers@bank.example", folder));

        var answer = await carrier.Send(new MimeMessage { Subject = "secret", Body = new TextPart("plain") { Text = "secret" } }, default);

        answer.Outcome.ShouldBe(CarrierOutcome.Unreachable);
        (await impostor.Heard).ShouldBe("");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("sms.bank.example")]
    public async Task An_SMS_and_its_token_go_to_no_gateway_that_cannot_prove_its_name(string name)
    {
        using var impostor = new Impostor(name);
        var token = Path.Combine(folder, "token");
        await File.WriteAllTextAsync(token, "secret");
        using var http = new HttpClient();
        var carrier = new GatewayCarrier(new SmsSettings(new Uri($"https://localhost:{impostor.Port}/send"), token, "BANK", null, folder), http);

        var answer = await carrier.Send(new Sms("+919820012345", "secret", "1"), default);

        answer.Outcome.ShouldBe(CarrierOutcome.Unreachable);
        (await impostor.Heard).ShouldBe("");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A server with a certificate that it signed itself.</summary>
    private sealed class Impostor : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly X509Certificate2 certificate;

        public Impostor(string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
            using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(120));
            certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
            listener.Start();
            Heard = Listen();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        /// <summary>What was said to it after the handshake; empty when it came to none.</summary>
        public Task<string> Heard { get; }

        private async Task<string> Listen()
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var tls = new SslStream(client.GetStream());
            try
            {
                await tls.AuthenticateAsServerAsync(certificate);
                using var reader = new StreamReader(tls);
                return await reader.ReadToEndAsync();
            }
            catch (Exception broken) when (broken is System.Security.Authentication.AuthenticationException or IOException)
            {
                return "";
            }
        }

        public void Dispose()
        {
            listener.Dispose();
            certificate.Dispose();
        }
    }
}
