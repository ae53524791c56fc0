using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Modules.Clients.Registered;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Clients;

/// <summary>
/// The small bank on an open day, with another system calling it. A request of that system says by headers which address and which certificate its
/// connection has; the network is not there in a server in memory.
/// </summary>
public class ClientWorld<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    public const string AddressHeader = "X-Test-Address", CertificateHeader = "X-Test-Certificate";

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<IStartupFilter, Connections>();

    protected override async Task Prepare()
    {
        await base.Prepare();
        await Bank.OpenDay();
    }

    /// <param name="branches">Null for the whole bank.</param>
    public Task<ClientRegistered> Register(IReadOnlyList<string> scopes, IReadOnlyList<BranchId>? branches = null, string? networks = null, string name = "Core banking") =>
        Lab.Do<RegisterClient, ClientRegistered>(Bank.Admin.Person, slice => slice.Handle(new(name, scopes, branches, networks), default));

    /// <summary>A client with one scope in the whole bank, and its token.</summary>
    public async Task<HttpClient> Caller(params string[] scopes) => Bearing(await Token(await Register(scopes)));

    public async Task<string> Token(ClientRegistered client, string? scope = null)
    {
        var answer = await AskToken(client.Id, client.Secret, scope);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    public async Task<HttpResponseMessage> AskToken(ClientId id, string? secret, string? scope = null, string? address = null, X509Certificate2? certificate = null)
    {
        using var client = Programs();
        if (address is not null) client.DefaultRequestHeaders.Add(AddressHeader, address);
        if (certificate is not null) client.DefaultRequestHeaders.Add(CertificateHeader, Convert.ToBase64String(certificate.RawData));
        Dictionary<string, string> form = new() { ["grant_type"] = "client_credentials", ["client_id"] = id.ToString() };
        if (secret is not null) form["client_secret"] = secret;
        if (scope is not null) form["scope"] = scope;
        using var content = new FormUrlEncodedContent(form);
        return await client.PostAsync("/connect/token", content);
    }

    /// <summary>A program's connection: no cookies.</summary>
    public HttpClient Programs() => new(App.GetTestServer().CreateHandler()) { BaseAddress = new Uri("https://localhost") };

    public HttpClient Bearing(string token)
    {
        var client = Programs();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Gives every event its place, as the sequencer does each second.</summary>
    public async Task Sequence()
    {
        while (await App.Services.GetRequiredService<Sequencer>().RunOnce(default) > 0)
        {
        }
    }

    public Task<IReadOnlyList<TimelineEvent>> Story(ClientId client) => Read(db => db.TimelineOf(Subject.Of(client), null, 50, default));

    private sealed class Connections : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, following) =>
            {
                if (http.Request.Headers[AddressHeader].ToString() is { Length: > 0 } address) http.Connection.RemoteIpAddress = IPAddress.Parse(address);
                if (http.Request.Headers[CertificateHeader].ToString() is { Length: > 0 } shown)
                    http.Connection.ClientCertificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(shown));
                return following(http);
            });
            next(app);
        };
    }
}

internal static class Programs
{
    /// <summary>A write as a program sends it: an idempotency key, no antiforgery token.</summary>
    public static async Task<HttpResponseMessage> Write(this HttpClient client, string path, object? body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return await client.SendAsync(request);
    }
}
