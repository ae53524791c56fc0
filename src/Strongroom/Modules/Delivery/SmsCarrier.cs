using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Strongroom.Modules.Delivery;

/// <param name="To">E.164.</param>
/// <param name="Reference">The message's id, the same at every attempt: a gateway that has seen it sends no second copy.</param>
internal sealed record Sms(string To, string Text, string Reference);

/// <summary>The way out for SMS.</summary>
internal interface ISmsCarrier
{
    /// <returns>What the gateway said; a refusal is an answer and not an exception.</returns>
    Task<CarrierAnswer> Send(Sms sms, CancellationToken cancel);
}

/// <summary>
/// Hands SMS to a gateway: POST of {to, from, text, reference} as JSON with a bearer token. Every company that carries SMS has its own address and
/// names; this one form is what a bank's adapter in front of it speaks.
/// </summary>
internal sealed class GatewayCarrier(SmsSettings settings, HttpClient http) : ISmsCarrier
{
    public async Task<CarrierAnswer> Send(Sms sms, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = JsonContent.Create(new { to = sms.To, from = settings.From, text = sms.Text, reference = sms.Reference }) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token(cancel));
            using var response = await http.SendAsync(request, cancel);
            var said = await response.Content.ReadAsStringAsync(cancel);
            // Gateways like to repeat the number in their answer, and the answer is kept in the clear.
            return new(Read(response.StatusCode), string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {said.Replace(sms.To, "…", StringComparison.Ordinal).Replace(sms.To[1..], "…", StringComparison.Ordinal)}").Trim());
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException || (broken is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new(CarrierOutcome.Unreachable, broken.Message);
        }
    }

    /// <summary>Asks the gateway's address without sending anything: whoever answers at all is there. Throws where nobody does.</summary>
    public async Task Greet(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, settings.Url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token(cancel));
        using var response = await http.SendAsync(request, cancel);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) throw new HttpRequestException($"it does not let us in ({(int)response.StatusCode})");
    }

    // Read anew each time: whoever replaces the token need not stop the server.
    private async Task<string> Token(CancellationToken cancel) => (await File.ReadAllTextAsync(settings.TokenFile!, cancel)).Trim();

    // What is about the number or the text is for good. What is about us, the hour or the gateway is not.
    private static CarrierOutcome Read(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => CarrierOutcome.Accepted,
        401 or 403 => CarrierOutcome.Unreachable,
        400 or 404 or 410 or 413 or 422 => CarrierOutcome.Never,
        _ => CarrierOutcome.Later,
    };
}

/// <summary>On a development machine without a gateway: each SMS becomes a text file.</summary>
internal sealed class SmsFolder(SmsSettings settings) : ISmsCarrier
{
    public async Task<CarrierAnswer> Send(Sms sms, CancellationToken cancel)
    {
        Directory.CreateDirectory(settings.Folder);
        await File.WriteAllTextAsync(Path.Combine(settings.Folder, $"{sms.Reference}.txt"), $"To: {sms.To}\n\n{sms.Text}\n", cancel);
        return new(CarrierOutcome.Accepted, $"Written to {sms.Reference}.txt");
    }
}
