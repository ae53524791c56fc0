using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Tests.Support;
using Strongroom.Web;

namespace Strongroom.Tests.Modules.Clients;

/// <summary>What a core-banking system does with a bank's lockers: the four uses, and what it must not.</summary>
public abstract class UsesTests<TEngine>(ClientWorld<TEngine> world) : IClassFixture<ClientWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task It_reads_how_many_lockers_are_free_by_branch_and_size()
    {
        using var caller = await world.Caller(Scopes.LockersRead);
        var before = await Free(caller);

        await world.NewHire();

        (await Free(caller)).ShouldBe(before - 1);
        (await caller.GetFromJsonAsync<JsonElement>("/api/v1/vacancies?branch=elsewhere")).GetArrayLength().ShouldBe(0);
        (await caller.GetFromJsonAsync<JsonElement>("/api/v1/vacancies?branch=MGR&size=XL")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task It_registers_a_customer_once_however_often_it_sends_the_request()
    {
        using var caller = await world.Caller(Scopes.CustomersRegister);
        var body = new { kind = "Natural", name = "Devika Pillai", cif = "77000123", language = "en", email = "devika@example.in" };
        var key = Guid.NewGuid().ToString();

        var first = await caller.Write("/api/v1/people", body, key);
        var again = await caller.Write("/api/v1/people", body, key);
        var twin = await caller.Write("/api/v1/people", body);

        first.StatusCode.ShouldBe(HttpStatusCode.Created, await first.Content.ReadAsStringAsync());
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        (twin.StatusCode, await twin.RefusalCode()).ShouldBe((HttpStatusCode.Conflict, "customers.cif-taken"));
        var id = (await first.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var told = (await world.Read(db => db.TimelineOf(Subject.Of(new PersonId(id)), null, 20, default)))[0];
        told.Actor.ShouldBeNull();
        told.Data.Keys.ShouldContain("by-client");
        (await caller.GetAsync($"/api/v1/people/{id}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "it registers customers and reads none");
    }

    [Fact]
    public async Task Two_clients_may_use_the_same_idempotency_key()
    {
        using var one = await world.Caller(Scopes.CustomersRegister);
        using var other = await world.Caller(Scopes.CustomersRegister);
        var key = Guid.NewGuid().ToString();

        (await one.Write("/api/v1/people", new { name = "Anil Joshi", language = "en" }, key)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await other.Write("/api/v1/people", new { name = "Bela Joshi", language = "en" }, key)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var reused = await one.Write("/api/v1/people", new { name = "Charu Joshi", language = "en" }, key);

        (reused.StatusCode, await reused.RefusalCode()).ShouldBe((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"));
    }

    [Fact]
    public async Task A_write_without_an_idempotency_key_is_malformed()
    {
        using var caller = await world.Caller(Scopes.CustomersRegister);

        var answer = await caller.PostAsJsonAsync("/api/v1/people", new { name = "Anil Joshi", language = "en" });

        (answer.StatusCode, await answer.RefusalCode()).ShouldBe((HttpStatusCode.BadRequest, "malformed"));
    }

    [Fact]
    public async Task It_learns_of_each_visit_once_and_in_order_by_ids_alone()
    {
        using var caller = await world.Caller(Scopes.VisitsRead);
        await world.Sequence();
        var start = await Changes(caller, "limit=200");
        while (start.GetProperty("more").GetBoolean()) start = await Changes(caller, $"after={start.GetProperty("next").GetInt64()}");
        var after = start.GetProperty("next").ValueKind == JsonValueKind.Null ? -1 : start.GetProperty("next").GetInt64();
        var hire = await world.NewHire();
        // The instant itself is inside, and what other tests did is of another one.
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var since = world.Clock.GetUtcNow();

        var visit = await Bank.CheckIn(hire);
        await Bank.Identify(visit);
        await world.Sequence();
        var first = await Changes(caller, $"after={after}&limit=1");
        var rest = await Changes(caller, $"after={first.GetProperty("next").GetInt64()}");
        var nothing = await Changes(caller, $"after={rest.GetProperty("next").GetInt64()}");
        var byInstant = await Changes(caller, $"since={Uri.EscapeDataString(since.ToString("O"))}");

        first.GetProperty("more").GetBoolean().ShouldBeTrue();
        var all = first.GetProperty("changes").EnumerateArray().Concat(rest.GetProperty("changes").EnumerateArray()).ToList();
        all.Select(change => change.GetProperty("what").GetString()).ShouldBe(["access.checked-in", "access.identified"]);
        all.ShouldAllBe(change => change.GetProperty("visit").GetGuid() == visit.Id.Value && change.GetProperty("agreement").GetGuid() == hire.Agreement.Value);
        nothing.GetProperty("changes").GetArrayLength().ShouldBe(0);
        byInstant.GetProperty("changes").GetArrayLength().ShouldBe(2);
        string.Concat(all).ShouldNotContain("Asha");
    }

    [Fact]
    public async Task It_finds_an_agreement_by_its_number_and_blocks_it_and_the_log_names_the_client()
    {
        var client = await world.Register([Scopes.HoldsPlace]);
        using var caller = world.Bearing(await world.Token(client));
        var hire = await world.NewHire();

        var found = await caller.GetFromJsonAsync<JsonElement>($"/api/v1/agreements?branch=MGR&number=MGR/{hire.Number}");
        var placed = await caller.Write($"/api/v1/agreements/{found.GetProperty("id").GetString()}/holds", new { kind = "Arrears", reason = "Two demands unpaid" });

        placed.StatusCode.ShouldBe(HttpStatusCode.OK, await placed.Content.ReadAsStringAsync());
        (await world.Read(db => Task.FromResult(db.HoldsInForce(world.Clock.UtcNow()).Count(hold => hold.Agreement == hire.Agreement)))).ShouldBe(1);
        var told = (await world.Read(db => db.TimelineOf(Subject.Of(hire.Agreement), null, 20, default))).First(happened => happened.Kind == "agreements.hold-placed");
        (told.Actor, told.Data["by-client"]).ShouldBe((null, client.Id.ToString()));
        using var auditor = await world.SignIn(Bank.Auditor);
        (await auditor.GetStringAsync("/audit?kind=agreements.hold-placed")).ShouldContain("Core banking");
    }

    [Theory]
    [InlineData(HoldKind.Freeze), InlineData(HoldKind.Suspicion)]
    public async Task What_is_a_persons_word_no_client_places_and_its_refusal_is_an_event(HoldKind kind)
    {
        var client = await world.Register([Scopes.HoldsPlace]);
        using var caller = world.Bearing(await world.Token(client));
        var hire = await world.NewHire();

        var answer = await caller.Write($"/api/v1/agreements/{hire.Agreement}/holds", new { kind = kind.ToString(), reason = "Because" });

        (answer.StatusCode, await answer.RefusalCode()).ShouldBe((HttpStatusCode.Forbidden, "agreements.hold-not-for-clients"));
        (await world.Story(client.Id))[0].Kind.ShouldBe("refused");
    }

    [Fact]
    public async Task What_it_placed_it_cannot_lift()
    {
        using var caller = await world.Caller(Scopes.HoldsPlace);
        var hire = await world.NewHire();
        var placed = await (await caller.Write($"/api/v1/agreements/{hire.Agreement}/holds", new { kind = "Arrears", reason = "Unpaid" })).Content.ReadFromJsonAsync<JsonElement>();

        var lifted = await caller.Write($"/api/v1/agreements/{hire.Agreement}/holds/{placed.GetProperty("id").GetString()}/lift", new { reason = "Paid" });

        lifted.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_client_of_one_branch_finds_nothing_of_another_and_no_one_elses_agreement_exists_for_it()
    {
        var fort = await world.Lab.Do<OpenBranch, BranchOpened>(Bank.Admin.Person, slice => slice.Handle(new("FRT" + Random.Shared.Next(100), "Fort", "Asia/Kolkata", "IN", LocationClass.Metro), default));
        using var caller = world.Bearing(await world.Token(await world.Register([.. Scopes.All], [fort.Id])));
        var hire = await world.NewHire();
        var visit = await Bank.CheckIn(hire);
        await world.Sequence();

        (await caller.GetAsync($"/api/v1/agreements?branch=MGR&number=MGR/{hire.Number}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await caller.Write($"/api/v1/agreements/{hire.Agreement}/holds", new { kind = "Arrears", reason = "Unpaid" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await caller.GetAsync($"/api/v1/visits/{visit.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Changes(caller, "limit=200")).GetProperty("changes").GetArrayLength().ShouldBe(0);
        (await caller.GetFromJsonAsync<JsonElement>("/api/v1/vacancies")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_session_still_has_to_show_its_antiforgery_token()
    {
        using var desk = await world.SignIn(Bank.Manager);

        var answer = await desk.Write("/api/v1/people", new { name = "Anil Joshi", language = "en" });

        (answer.StatusCode, await answer.RefusalCode()).ShouldBe((HttpStatusCode.BadRequest, "malformed"));
    }

    private static async Task<int> Free(HttpClient caller)
    {
        var vacancy = (await caller.GetFromJsonAsync<JsonElement>("/api/v1/vacancies?branch=MGR")).EnumerateArray().ShouldHaveSingleItem();
        vacancy.GetProperty("branchName").GetString().ShouldBe("MG Road");
        return vacancy.GetProperty("free").GetInt32();
    }

    private static Task<JsonElement> Changes(HttpClient caller, string query) => caller.GetFromJsonAsync<JsonElement>($"/api/v1/visits/changes?{query}");
}

public sealed class Uses_on_sqlite(ClientWorld<Sqlite> world) : UsesTests<Sqlite>(world), IClassFixture<ClientWorld<Sqlite>>;

public sealed class Uses_on_postgres(ClientWorld<Postgres> world) : UsesTests<Postgres>(world), IClassFixture<ClientWorld<Postgres>>;
