using System.Globalization;
using MailKit.Security;
using Strongroom.Data;

namespace Strongroom.Modules.Delivery;

/// <summary>Where mail goes: to a server by SMTP, or, on a development machine without one, into a folder as .eml files.</summary>
internal sealed record MailSettings(string? Host, int Port, SecureSocketOptions Security, string? UserName, string? PasswordFile, string From, string Folder)
{
    /// <exception cref="InvalidOperationException">A setting is missing or not understood. The server does not start then.</exception>
    public static MailSettings Of(IConfiguration configuration, Settings settings, IHostEnvironment environment)
    {
        var mail = configuration.GetSection("Mail");
        var host = mail["Host"];
        if (host is null && environment.IsProduction())
            throw new InvalidOperationException("Mail:Host is not set. In production mail goes to a server, because hirers must be told of each operation (R13).");
        if (host is not null && mail["From"] is null)
            throw new InvalidOperationException("Mail:From is not set: the address that messages come from.");
        if (mail["UserName"] is not null && mail["PasswordFile"] is null)
            throw new InvalidOperationException("Mail:UserName is set and Mail:PasswordFile is not: the file that holds the password and nothing else.");
        var security = (mail["Security"] ?? "starttls").ToLowerInvariant() switch
        {
            "none" => SecureSocketOptions.None,
            "starttls" => SecureSocketOptions.StartTls,
            "tls" => SecureSocketOptions.SslOnConnect,
            var other => throw new InvalidOperationException($"Mail:Security is \"{other}\"; it is none, starttls or tls."),
        };
        var port = int.Parse(mail["Port"] ?? (security == SecureSocketOptions.SslOnConnect ? "465" : "587"), CultureInfo.InvariantCulture);
        return new(host, port, security, mail["UserName"], mail["PasswordFile"], mail["From"] ?? "strongroom@localhost", Path.Combine(settings.DataDirectory, "mail"));
    }
}
