using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OtpNet;
using Strongroom.Lab.Bank;
using Strongroom.Modules.SignIn;

namespace Strongroom.Tests.Support;

/// <summary>
/// People who sign in through the pages, as they would. A code counts once, so each one asked for here moves the world's clock by half a minute.
/// </summary>
public static class SignedIn
{
    /// <summary>A browser in which the person is signed in by password and code. It does not follow redirects.</summary>
    /// <param name="totpSecret">Base32.</param>
    public static async Task<HttpClient> SignIn<TEngine>(this World<TEngine> world, string userName, string password, string totpSecret) where TEngine : IEngine
    {
        var client = world.Client();
        (await client.GivePassword(userName, password)).Leads().ShouldBe("/sign-in/code");
        (await client.PostForm("/sign-in/code", "code", ("Input.Code", world.NextCode(totpSecret)))).Leads().ShouldBe("/sign-in");
        return client;
    }

    public static Task<HttpClient> SignIn<TEngine>(this World<TEngine> world, Player player) where TEngine : IEngine =>
        world.SignIn(player.UserName, player.Password, player.TotpSecret);

    public static Task<HttpResponseMessage> GivePassword(this HttpClient client, string userName, string password) =>
        client.PostForm("/sign-in", "sign-in", ("Input.UserName", userName), ("Input.Password", password));

    /// <summary>What the authenticator app shows, half a minute later.</summary>
    public static string NextCode<TEngine>(this World<TEngine> world, string totpSecret) where TEngine : IEngine
    {
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        return world.Code(totpSecret);
    }

    /// <summary>What the authenticator app shows now.</summary>
    public static string Code<TEngine>(this World<TEngine> world, string totpSecret) where TEngine : IEngine =>
        new Totp(Base32Encoding.ToBytes(totpSecret)).ComputeTotp(world.Clock.GetUtcNow().UtcDateTime);

    public static async Task<SessionFacts> WhoAmI(this HttpClient client) => (await client.GetFromJsonAsync<SessionFacts>("/api/v1/session", JsonOptions))!;

    /// <summary>Where a redirect leads: path and query.</summary>
    public static string Leads(this HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return new Uri(new Uri("https://localhost"), response.Headers.Location!).PathAndQuery;
    }

    /// <summary>A write to the API: with the session's antiforgery token, and a new idempotency key unless one is given.</summary>
    public static async Task<HttpResponseMessage> PostJson(this HttpClient client, string path, object? body, string? key = null, long? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: JsonOptions) };
        request.Headers.Add("X-CSRF-TOKEN", (await client.WhoAmI()).CsrfToken);
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        if (version is { } seen) request.Headers.TryAddWithoutValidation("If-Match", $"\"{seen}\"");
        return await client.SendAsync(request);
    }

    public static async Task<T> Read<T>(this HttpResponseMessage response)
    {
        response.IsSuccessStatusCode.ShouldBeTrue($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<T>(JsonOptions))!;
    }

    /// <summary>What a page says whose address names nothing, or nothing of this person's.</summary>
    public static async Task<string> Missing(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The stable code of a refusal in problem details.</summary>
    public static async Task<string> RefusalCode(this HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };
}
