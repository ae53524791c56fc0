using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Strongroom.Modules.SignIn.Passkeys;

namespace Strongroom.Tests.Support;

/// <summary>What the pages and passkey.js do with a passkey, for a browser that is signed in.</summary>
public static partial class PasskeyForms
{
    public static async Task<HttpResponseMessage> AddPasskey(this HttpClient browser, SoftAuthenticator key)
    {
        var page = await browser.GetStringAsync("/profile/passkey");
        var question = await browser.AskPasskey(page, "/api/v1/passkey-questions/enrol");
        return await browser.PostFormIn(page, "/profile/passkey", "passkey",
            ("Input.Name", "My telephone"), ("Input.Challenge", question.Challenge.ToString()), ("Input.Credential", key.Create(question.Options)));
    }

    /// <summary>As passkey.js does: with the antiforgery token of the form.</summary>
    public static async Task<PasskeyQuestion> AskPasskey(this HttpClient browser, string page, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.Add("X-CSRF-TOKEN", TokenField().Match(page).Groups[1].Value);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await browser.SendAsync(request);
        return await response.Read<PasskeyQuestion>();
    }

    /// <summary>What a passkey is asked to sign, from the signature's page.</summary>
    public static async Task<JsonElement> SignatureOptions(this HttpClient browser, SignatureId id) => JsonDocument.Parse(WebUtility.HtmlDecode(
        OptionsAttribute().Match(await browser.GetStringAsync($"/sign/{id}")).Groups[1].Value)).RootElement;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();

    [GeneratedRegex("data-options=\"([^\"]+)\"")]
    private static partial Regex OptionsAttribute();
}
