using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Strongroom.Tests.Modules.Clients;
using Strongroom.Tests.Support;
using Strongroom.Web;

namespace Strongroom.Tests.Web;

/// <summary>A bank with narrow limits, and a database that does not answer while a test says so.</summary>
public sealed class NarrowWorld<TEngine> : ClientWorld<TEngine> where TEngine : IEngine
{
    public Silence Silence { get; } = new();

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Services.AddSingleton<IInterceptor>(Silence);
    }

    /// <summary>A further server on the same bank, with limits of the test's own, on a port of its own.</summary>
    public async Task<WebApplication> Serve(params string[] settings)
    {
        var app = StrongroomApp.Build([.. Options, .. settings, "--urls", "http://127.0.0.1:0"], builder =>
        {
            Furnish(builder.Services);
            Configure(builder);
        });
        await app.StartAsync();
        return app;
    }

    public static HttpClient To(WebApplication app, string? token = null, string? address = null)
    {
        var client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (address is not null) client.DefaultRequestHeaders.Add(AddressHeader, address);
        return client;
    }
}

/// <summary>Statements about agreements wait until whoever asked gives up.</summary>
public sealed class Silence : DbCommandInterceptor
{
    public bool Falls { get; set; }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Falls && command.CommandText.Contains("agreement", StringComparison.Ordinal)) await Task.Delay(Timeout.Infinite, cancellationToken);
        return result;
    }
}

public abstract class LimitTests<TEngine>(NarrowWorld<TEngine> world) : IClassFixture<NarrowWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task An_address_that_asks_too_often_is_told_when_to_come_again_and_others_go_on()
    {
        await using var app = await world.Serve("--Api:PerMinuteByAddress", "3");
        using var one = NarrowWorld<TEngine>.To(app, address: "198.51.100.1");
        using var other = NarrowWorld<TEngine>.To(app, address: "198.51.100.2");

        for (var at = 0; at < 3; at++) (await one.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var refused = await one.GetAsync("/api/v1/vacancies");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        (await refused.RefusalCode()).ShouldBe("too-many");
        (await other.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await one.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK, "a probe is not a program");
    }

    [Fact]
    public async Task A_client_has_its_own_measure_wherever_it_comes_from()
    {
        await using var app = await world.Serve("--Api:PerMinuteByCaller", "2");
        var (busy, quiet) = (await world.Token(await world.Register([Scopes.LockersRead])), await world.Token(await world.Register([Scopes.LockersRead])));
        using var here = NarrowWorld<TEngine>.To(app, busy, "198.51.100.1");
        using var there = NarrowWorld<TEngine>.To(app, busy, "198.51.100.2");
        using var other = NarrowWorld<TEngine>.To(app, quiet, "198.51.100.1");

        (await here.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await there.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await here.GetAsync("/api/v1/vacancies");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await other.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Tokens_are_given_at_a_measure_of_their_own()
    {
        await using var app = await world.Serve("--Api:TokensPerMinute", "2");
        var client = await world.Register([Scopes.LockersRead]);
        using var caller = NarrowWorld<TEngine>.To(app, address: "198.51.100.7");
        async Task<HttpResponseMessage> Ask()
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = client.Id.ToString(), ["client_secret"] = client.Secret });
            return await caller.PostAsync("/connect/token", form);
        }

        (await Ask()).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Ask()).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Ask()).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_body_larger_than_any_request_needs_is_not_read()
    {
        await using var app = await world.Serve();
        using var caller = NarrowWorld<TEngine>.To(app, await world.Token(await world.Register([Scopes.CustomersRegister])));

        var answer = await caller.Write("/api/v1/people", new { name = new string('a', Limits.BodyBytes), language = "en" });

        (answer.StatusCode, await answer.RefusalCode()).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "too-large"));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_given_up_and_says_so()
    {
        await using var app = await world.Serve("--Api:TimeoutSeconds", "0.5");
        using var caller = NarrowWorld<TEngine>.To(app, await world.Token(await world.Register([Scopes.LockersRead])));

        world.Silence.Falls = true;
        var answer = await caller.GetAsync("/api/v1/vacancies");
        world.Silence.Falls = false;

        (answer.StatusCode, await answer.RefusalCode()).ShouldBe((HttpStatusCode.ServiceUnavailable, "busy"));
        (await caller.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}

public sealed class Limits_on_sqlite(NarrowWorld<Sqlite> world) : LimitTests<Sqlite>(world), IClassFixture<NarrowWorld<Sqlite>>;

public sealed class Limits_on_postgres(NarrowWorld<Postgres> world) : LimitTests<Postgres>(world), IClassFixture<NarrowWorld<Postgres>>;
