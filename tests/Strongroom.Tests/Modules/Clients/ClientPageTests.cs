using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Clients.Registered;
using Strongroom.Tests.Support;
using Strongroom.Web;

namespace Strongroom.Tests.Modules.Clients;

/// <summary>An administrator lets another system in, through the pages.</summary>
public abstract partial class ClientPageTests<TEngine>(ClientWorld<TEngine> world) : IClassFixture<ClientWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task An_administrator_registers_a_client_and_sees_its_secret_once()
    {
        using var office = await world.SignIn(world.Bank.Admin);

        var answer = await office.PostForm("/office/clients/new", "client",
            ("Input.Name", "Finacle"), ("Input.LockersRead", "true"), ("Input.VisitsRead", "true"), ("Input.Reach", "SomeBranches"), ("Input.Branches", "MGR"), ("Input.Networks", "10.0.0.0/8"));
        var html = await answer.Content.ReadAsStringAsync();
        var secret = Secret().Match(html).Value;
        var id = await world.Read(db => db.Set<ApiClient>().Where(row => row.DisplayName == "Finacle").Select(row => row.Id).SingleAsync());
        var detail = await office.GetStringAsync($"/office/clients/{id}");

        secret.Length.ShouldBe(47);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await office.GetStringAsync("/office/clients")).ShouldContain("Finacle");
        detail.ShouldContain("lockers.read, visits.read");
        detail.ShouldContain("MG Road");
        detail.ShouldContain("10.0.0.0/8");
        detail.ShouldNotContain(secret);
        (await world.AskToken(new(id), secret, address: "10.1.2.3")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_form_without_scope_or_with_a_network_that_is_none_says_what_to_mend()
    {
        using var office = await world.SignIn(world.Bank.Admin);

        var nothing = await office.PostForm("/office/clients/new", "client", ("Input.Name", "Nobody"), ("Input.Reach", "WholeBank"));
        var network = await office.PostForm("/office/clients/new", "client", ("Input.Name", "Nobody"), ("Input.LockersRead", "true"), ("Input.Reach", "WholeBank"), ("Input.Networks", "the office"));
        var branch = await office.PostForm("/office/clients/new", "client", ("Input.Name", "Nobody"), ("Input.LockersRead", "true"), ("Input.Reach", "SomeBranches"), ("Input.Branches", "MGR 404"));

        (await nothing.Content.ReadAsStringAsync()).ShouldContain("Choose at least one thing that it may do");
        (await network.Content.ReadAsStringAsync()).ShouldContain("These are not addresses or networks.");
        (await branch.Content.ReadAsStringAsync()).ShouldContain("No branch has the code 404");
        (await world.Read(db => db.Set<ApiClient>().AnyAsync(row => row.DisplayName == "Nobody"))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_secret_is_rotated_and_a_client_revoked_on_its_page()
    {
        var client = await world.Register([Scopes.LockersRead], name: "Old system");
        using var office = await world.SignIn(world.Bank.Admin);

        var rotated = await office.PostForm($"/office/clients/{client.Id}", "rotate", ("Rotation.Overlap", "OneWeek"));
        var secret = Secret().Match(await rotated.Content.ReadAsStringAsync()).Value;
        var both = ((await world.AskToken(client.Id, client.Secret)).StatusCode, (await world.AskToken(client.Id, secret)).StatusCode);
        (await office.PostForm($"/office/clients/{client.Id}", "revoke")).Leads().ShouldBe($"/office/clients/{client.Id}");

        both.ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        (await office.GetStringAsync($"/office/clients/{client.Id}")).ShouldContain("Revoked");
        (await world.AskToken(client.Id, secret)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.Story(client.Id)).Select(told => told.Kind).ShouldBe(["clients.revoked", "clients.token-issued", "clients.token-issued", "clients.secret-rotated", "clients.registered"]);
    }

    [Fact]
    public async Task What_a_client_may_do_is_changed_on_a_page_and_not_over_somebody_elses_change()
    {
        var client = await world.Register([Scopes.LockersRead], name: "Changing");
        using var office = await world.SignIn(world.Bank.Admin);
        var page = $"/office/clients/{client.Id}/terms";
        var seen = await office.GetStringAsync(page);

        (await office.PostFormIn(seen, page, "terms", ("Input.Name", "Changed"), ("Input.HoldsPlace", "true"), ("Input.Reach", "WholeBank"))).Leads().ShouldBe($"/office/clients/{client.Id}");
        var late = await office.PostFormIn(seen, page, "terms", ("_key", Guid.NewGuid().ToString()), ("Input.Name", "Too late"), ("Input.LockersRead", "true"), ("Input.Reach", "WholeBank"));

        (await late.Content.ReadAsStringAsync()).ShouldContain("Somebody changed this after you opened it.");
        (await office.GetStringAsync($"/office/clients/{client.Id}")).ShouldContain("holds.place");
    }

    [Fact]
    public async Task Nobody_but_an_administrator_makes_clients_and_an_auditor_reads_them()
    {
        var client = await world.Register([Scopes.LockersRead], name: "Read by auditors");
        using var desk = await world.SignIn(world.Bank.Manager);
        using var auditor = await world.SignIn(world.Bank.Auditor);

        (await desk.GetAsync("/office/clients")).Leads().ShouldBe("/forbidden");
        (await desk.PostJson("/api/v1/clients", new ClientTerms("Mine", [Scopes.LockersRead], null, null))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await auditor.GetStringAsync($"/office/clients/{client.Id}")).ShouldNotContain("Make a new secret");
        (await auditor.PostJson($"/api/v1/clients/{client.Id}/revoke", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [GeneratedRegex("srk_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();
}

public sealed class Client_pages_on_sqlite(ClientWorld<Sqlite> world) : ClientPageTests<Sqlite>(world), IClassFixture<ClientWorld<Sqlite>>;

public sealed class Client_pages_on_postgres(ClientWorld<Postgres> world) : ClientPageTests<Postgres>(world), IClassFixture<ClientWorld<Postgres>>;
