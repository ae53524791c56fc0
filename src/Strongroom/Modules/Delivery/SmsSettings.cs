using Strongroom.Data;

namespace Strongroom.Modules.Delivery;

/// <summary>Where SMS go: to a gateway by HTTP, or, on a development machine without one, into a folder as text files.</summary>
/// <param name="TokenFile">Holds the bearer token that we prove ourselves to the gateway with, and nothing else.</param>
/// <param name="ReceiptKeyFile">Holds the key that the gateway signs its receipts with; null where it sends none.</param>
internal sealed record SmsSettings(Uri? Url, string? TokenFile, string? From, string? ReceiptKeyFile, string Folder)
{
    /// <exception cref="InvalidOperationException">A setting is missing or not understood. The server does not start then.</exception>
    public static SmsSettings Of(IConfiguration configuration, Settings settings, IHostEnvironment environment)
    {
        var sms = configuration.GetSection("Sms");
        if (sms["Url"] is null && environment.IsProduction())
            throw new InvalidOperationException("Sms:Url is not set. In production SMS go to a gateway, because hirers must be told of each operation by e-mail and SMS (R13).");
        if (sms["Url"] is not null && (sms["TokenFile"] is null || sms["From"] is null))
            throw new InvalidOperationException("Sms:Url is set, and Sms:TokenFile (the file with the gateway's token) or Sms:From (the sender that people see) is not.");
        if (sms["Url"] is { } text && (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && environment.IsProduction())))
            throw new InvalidOperationException($"Sms:Url is \"{text}\"; it is the gateway's https address.");
        return new(sms["Url"] is { } given ? new Uri(given) : null, sms["TokenFile"], sms["From"], sms["ReceiptKeyFile"], Path.Combine(settings.DataDirectory, "sms"));
    }
}
