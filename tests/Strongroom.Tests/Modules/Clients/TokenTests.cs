using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Strongroom.Data;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Clients.Registered;
using Strongroom.Modules.Clients.Tokens;
using Strongroom.Tests.Support;
using Strongroom.Web;

namespace Strongroom.Tests.Modules.Clients;

/// <summary>How another system comes in, and how it is put out.</summary>
public abstract class TokenTests<TEngine>(ClientWorld<TEngine> world) : IClassFixture<ClientWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_client_with_its_secret_gets_a_token_for_ten_minutes_and_the_log_names_it()
    {
        var client = await world.Register([Scopes.LockersRead, Scopes.VisitsRead]);

        var answer = await world.AskToken(client.Id, client.Secret);
        var given = await answer.Content.ReadFromJsonAsync<JsonElement>();

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, given.ToString());
        given.GetProperty("token_type").GetString().ShouldBe("Bearer");
        given.GetProperty("expires_in").GetInt32().ShouldBeInRange(590, 600);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var told = (await world.Story(client.Id))[0];
        (told.Kind, told.Actor, told.Data["by-client"]).ShouldBe(("clients.token-issued", null, client.Id.ToString()));
        told.Data["scopes"].ShouldBe("lockers.read visits.read");
    }

    [Fact]
    public async Task The_token_opens_what_it_is_for_until_it_is_over()
    {
        using var caller = await world.Caller(Scopes.LockersRead);

        (await caller.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.OK);
        world.Clock.Advance(IssueToken.Lifetime + TimeSpan.FromMinutes(6));
        var late = await caller.GetAsync("/api/v1/vacancies");

        late.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        late.Headers.WwwAuthenticate.ToString().ShouldContain("invalid_token");
        (await late.RefusalCode()).ShouldBe("clients.token-not-good");
    }

    [Fact]
    public async Task A_secret_is_long_kept_only_as_a_hash_and_a_wrong_one_is_refused_and_counted()
    {
        var client = await world.Register([Scopes.LockersRead]);

        var answer = await world.AskToken(client.Id, "srk_" + new string('A', 43), address: "192.0.2.99");

        Convert.FromBase64String(client.Secret[4..].Replace('-', '+').Replace('_', '/') + "=").Length.ShouldBe(32);
        (await world.Read(db => db.Set<ClientSecret>().SingleAsync(row => row.Client == client.Id.Value))).Hash.ShouldBe(SHA256.HashData(Encoding.UTF8.GetBytes(client.Secret)));
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("invalid_client");
        (await world.Read(db => db.Set<Strongroom.Modules.SignIn.Attempts.AttemptCount>().SingleAsync(row => row.Of == "address:192.0.2.99"))).Unreported.ShouldBe(1);
    }

    [Fact]
    public async Task A_client_asks_for_less_than_it_has_and_never_for_more()
    {
        var client = await world.Register([Scopes.LockersRead, Scopes.VisitsRead]);

        using var less = world.Bearing(await world.Token(client, Scopes.VisitsRead));
        var more = await world.AskToken(client.Id, client.Secret, Scopes.HoldsPlace);

        (await less.GetAsync("/api/v1/visits/changes")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await less.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        more.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Old_and_new_secret_are_good_for_a_day_and_then_the_new_one_alone()
    {
        var client = await world.Register([Scopes.LockersRead]);
        var rotated = await Rotate(client.Id, Overlap.OneDay);

        (await world.AskToken(client.Id, client.Secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.AskToken(client.Id, rotated.Secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        world.Clock.Advance(TimeSpan.FromDays(1));

        (await world.AskToken(client.Id, client.Secret)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.AskToken(client.Id, rotated.Secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_secret_replaced_at_once_takes_the_tokens_given_for_it_along()
    {
        var client = await world.Register([Scopes.LockersRead]);
        using var caller = world.Bearing(await world.Token(client));

        await Rotate(client.Id, Overlap.AtOnce);

        (await caller.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.AskToken(client.Id, client.Secret)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_revoked_client_is_out_at_its_next_request()
    {
        var client = await world.Register([Scopes.LockersRead]);
        using var caller = world.Bearing(await world.Token(client));

        await world.Lab.Do<RevokeClient, Done>(world.Bank.Admin.Person, slice => slice.Handle(client.Id, default));

        (await caller.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.AskToken(client.Id, client.Secret)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_scope_taken_away_is_gone_from_tokens_already_given()
    {
        var client = await world.Register([Scopes.LockersRead, Scopes.VisitsRead]);
        using var caller = world.Bearing(await world.Token(client));

        await world.Lab.Do<ChangeClient, Done>(world.Bank.Admin.Person, slice => slice.Handle(client.Id, new("Core banking", [Scopes.VisitsRead], null, null), default), version: await Version(client.Id));

        (await caller.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await caller.GetAsync("/api/v1/visits/changes")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_client_of_a_network_comes_from_there_alone_and_a_secret_used_elsewhere_is_in_the_log()
    {
        var client = await world.Register([Scopes.LockersRead], networks: "10.20.0.0/16, 192.0.2.7");

        var inside = await world.AskToken(client.Id, client.Secret, address: "10.20.3.4");
        var outside = await world.AskToken(client.Id, client.Secret, address: "10.21.3.4");
        using var caller = world.Bearing((await inside.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!);
        caller.DefaultRequestHeaders.Add(ClientWorld<TEngine>.AddressHeader, "192.0.2.8");

        outside.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await caller.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.Story(client.Id)).ShouldContain(told => told.Kind == "refused" && told.Data["code"] == "clients.token-not-good");
    }

    [Fact]
    public async Task A_self_signed_certificate_that_was_accepted_stands_for_the_secret()
    {
        var client = await world.Register([Scopes.LockersRead]);
        using var certificate = SelfSigned("CN=core-banking");
        using var other = SelfSigned("CN=core-banking");
        var accepted = await world.Lab.Do<AcceptCertificate, CertificateAccepted>(world.Bank.Admin.Person, slice => slice.Handle(client.Id, new(certificate.ExportCertificatePem()), default));

        var own = await world.AskToken(client.Id, null, certificate: certificate);
        own.StatusCode.ShouldBe(HttpStatusCode.OK, await own.Content.ReadAsStringAsync());
        (await world.AskToken(client.Id, null, certificate: other)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await world.Lab.Do<RemoveCertificate, Done>(world.Bank.Admin.Person, slice => slice.Handle(client.Id, accepted.Id, default));
        (await world.AskToken(client.Id, null, certificate: certificate)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.AskToken(client.Id, null)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_opens_no_page_and_nothing_that_names_no_scope()
    {
        using var caller = await world.Caller([.. Scopes.All]);

        foreach (var path in new[] { "/api/v1/session", "/api/v1/people", "/api/v1/clients", $"/api/v1/branches/{world.Bank.Branch}", "/api/v1/signatures" })
            (await caller.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        (await caller.Write("/api/v1/passkey-questions/enrol", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await caller.Write("/api/v1/find", new { text = "Rao" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await caller.GetAsync("/desk/people")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await caller.GetAsync("/office/clients")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_made_up_token_and_one_signed_by_another_key_are_refused()
    {
        var client = await world.Register([Scopes.LockersRead]);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "http://localhost:5080/",
            TokenType = "at+jwt",
            IssuedAt = world.Clock.GetUtcNow().UtcDateTime,
            Expires = world.Clock.GetUtcNow().UtcDateTime.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = client.Id.ToString(), ["scope"] = Scopes.LockersRead, [IssueToken.Epoch] = "0" },
            SigningCredentials = new(new ECDsaSecurityKey(stranger) { KeyId = "s1" }, SecurityAlgorithms.EcdsaSha256),
        });
        using var nonsense = world.Bearing("eyJhbGciOiJub25lIn0.e30.");
        using var forger = world.Bearing(forged);

        (await nonsense.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await forger.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_is_good_after_the_server_was_started_again()
    {
        var client = await world.Register([Scopes.LockersRead]);
        var token = await world.Token(client);

        // Another node on the same database and the same keys.
        await using var again = StrongroomApp.Build(world.Options, builder =>
        {
            builder.WebHost.UseTestServer();
            world.Furnish(builder.Services);
        });
        await again.StartAsync();
        using var caller = new HttpClient(again.GetTestServer().CreateHandler()) { BaseAddress = new Uri("https://localhost") };
        caller.DefaultRequestHeaders.Authorization = new("Bearer", token);

        (await caller.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task No_secret_and_no_token_stands_in_the_log()
    {
        var client = await world.Register([Scopes.LockersRead]);
        var token = await world.Token(client);
        var rotated = await Rotate(client.Id, Overlap.OneWeek);

        var log = string.Join('\n', (await world.Read(db => db.Set<AuditEvent>().Select(row => row.Body).ToListAsync())).Select(Encoding.UTF8.GetString));

        foreach (var secret in new[] { client.Secret, rotated.Secret, token }) log.ShouldNotContain(secret);
    }

    private Task<SecretRotated> Rotate(ClientId id, Overlap overlap) =>
        world.Lab.Do<RotateSecret, SecretRotated>(world.Bank.Admin.Person, slice => slice.Handle(id, new(overlap), default));

    private Task<long> Version(ClientId id) => world.Read(db => db.Set<ApiClient>().Where(row => row.Id == id.Value).Select(row => row.Version).SingleAsync());

    private X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        return request.CreateSelfSigned(world.Clock.GetUtcNow().AddDays(-1), world.Clock.GetUtcNow().AddYears(1));
    }
}

public sealed class Tokens_on_sqlite(ClientWorld<Sqlite> world) : TokenTests<Sqlite>(world), IClassFixture<ClientWorld<Sqlite>>;

public sealed class Tokens_on_postgres(ClientWorld<Postgres> world) : TokenTests<Postgres>(world), IClassFixture<ClientWorld<Postgres>>;
