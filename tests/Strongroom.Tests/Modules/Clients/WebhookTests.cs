using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Clients.Registered;
using Strongroom.Modules.Clients.Webhooks;
using Strongroom.Modules.Customers;
using Strongroom.Tests.Support;
using Strongroom.Web;

namespace Strongroom.Tests.Modules.Clients;

/// <summary>A real HTTP server that takes webhooks: what it took, and what it answers.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Taken> taken = new();
    private readonly WebApplication app;

    public sealed record Taken(string Id, string Timestamp, string Signature, string Body);

    private Receiver(WebApplication app) => this.app = app;

    public IReadOnlyList<Taken> All => [.. taken];

    public int Status { get; set; } = 204;

    public string Address => app.Urls.Single();

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver.app.MapPost("/{**path}", receiver.Take);
        await receiver.app.StartAsync();
        return receiver;
    }

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        taken.Enqueue(new(http.Request.Headers["webhook-id"]!, http.Request.Headers["webhook-timestamp"]!, http.Request.Headers["webhook-signature"]!, await reader.ReadToEndAsync()));
        http.Response.StatusCode = Status;
        if (Status == 302) http.Response.Headers.Location = $"{Address}/elsewhere";
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>A bank that may send to this machine.</summary>
public sealed class WebhookWorld<TEngine> : ClientWorld<TEngine> where TEngine : IEngine
{
    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [WebhookDoor.Setting] = "127.0.0.1/32" });
    }

    public async Task<(ClientRegistered Client, WebhookRegistered Webhook)> Hook(string url, params string[] kinds)
    {
        var client = await Register([.. Scopes.All]);
        return (client, await Lab.Do<RegisterWebhook, WebhookRegistered>(Bank.Admin.Person, slice => slice.Handle(client.Id, new(url, kinds), default)));
    }

    /// <summary>What a second does: events get their places, deliveries are made and sent.</summary>
    public async Task Second()
    {
        await Sequence();
        while (await App.Services.GetRequiredService<SendWebhooks>().RunOnce(Clock.UtcNow(), default) == SendWebhooks.Batch)
        {
        }
    }

    internal Task<PersonRegistered> RegisterPerson(string name) =>
        Lab.Do<RegisterPerson, PersonRegistered>(Bank.Manager.Person, slice => slice.Handle(new() { Name = name }, default));

    internal static string Sign(string secret, Receiver.Taken message) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{message.Id}.{message.Timestamp}.{message.Body}")));

    internal Task<List<WebhookDelivery>> Deliveries(WebhookId id) =>
        Read(db => db.Set<WebhookDelivery>().AsNoTracking().Where(row => row.Webhook == id).OrderBy(row => row.HappenedAt).ThenBy(row => row.Id).ToListAsync());
}

public abstract class WebhookTests<TEngine>(WebhookWorld<TEngine> world) : IClassFixture<WebhookWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_check_in_is_told_at_once_by_ids_alone_and_signed_as_Standard_Webhooks_say()
    {
        await using var receiver = await Receiver.Start();
        var hire = await world.NewHire();
        var (_, webhook) = await world.Hook($"{receiver.Address}/strongroom", "access.checked-in");

        var visit = await Bank.CheckIn(hire);
        await world.Second();

        var message = receiver.All.ShouldHaveSingleItem();
        using var body = JsonDocument.Parse(message.Body);
        body.RootElement.GetProperty("type").GetString().ShouldBe("access.checked-in");
        body.RootElement.GetProperty("data").GetProperty("about").EnumerateArray().ShouldContain(one => one.GetProperty("kind").GetString() == "visit" && one.GetProperty("id").GetGuid() == visit.Id.Value);
        message.Body.ShouldNotContain("Asha");
        message.Signature.ShouldBe(WebhookWorld<TEngine>.Sign(webhook.Secret, message));
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(message.Timestamp, CultureInfo.InvariantCulture)).ShouldBe(world.Clock.GetUtcNow(), TimeSpan.FromSeconds(1));
        (await world.Deliveries(webhook.Id)).ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Accepted);
    }

    [Fact]
    public async Task What_is_told_once_is_not_told_again_and_what_was_before_not_at_all()
    {
        await using var receiver = await Receiver.Start();
        await Bank.CheckIn(await world.NewHire());
        await world.Second();
        await world.Hook(receiver.Address, "access.checked-in");

        await Bank.CheckIn(await world.NewHire());
        await world.Second();
        await world.Second();

        receiver.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_does_not_take_it_is_asked_again_in_growing_pauses_under_the_same_id()
    {
        await using var receiver = await Receiver.Start();
        receiver.Status = 503;
        var (_, webhook) = await world.Hook(receiver.Address, "access.checked-in");
        await Bank.CheckIn(await world.NewHire());

        await world.Second();
        await world.Second();
        receiver.All.Count.ShouldBe(1, "the pause is not over");
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await world.Second();
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await world.Second();
        receiver.All.Count.ShouldBe(2, "the second pause is longer");
        receiver.Status = 200;
        world.Clock.Advance(TimeSpan.FromSeconds(25));
        await world.Second();

        receiver.All.Count.ShouldBe(3);
        receiver.All.Select(message => message.Id).Distinct().Count().ShouldBe(1);
        var delivery = (await world.Deliveries(webhook.Id)).Single();
        (delivery.State, delivery.Attempts).ShouldBe((DeliveryState.Accepted, 3));
    }

    [Fact]
    public async Task A_client_lists_what_was_sent_and_has_one_or_all_of_it_sent_again()
    {
        await using var receiver = await Receiver.Start();
        var (client, _) = await world.Hook($"{receiver.Address}/another", "agreements.made");
        using var caller = world.Bearing(await world.Token(client));
        var made = await (await caller.Write("/api/v1/webhooks", new { url = receiver.Address, kinds = new[] { "access.checked-in", "access.identified" } })).Content.ReadFromJsonAsync<JsonElement>();
        var registered = await caller.Write("/api/v1/webhooks", new { url = receiver.Address, kinds = new[] { "access.checked-in" } });
        var id = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var since = world.Clock.GetUtcNow();
        await Bank.CheckIn(await world.NewHire());
        await Bank.CheckIn(await world.NewHire());
        await world.Second();

        var listed = (await caller.GetFromJsonAsync<JsonElement>($"/api/v1/webhooks/{id}/deliveries")).GetProperty("deliveries").EnumerateArray().Where(one => one.GetProperty("kind").GetString() == "access.checked-in").ToList();
        var sent = receiver.All.Count;
        var one = await caller.Write($"/api/v1/webhooks/{id}/replay", new { delivery = listed[0].GetProperty("id").GetString() });
        await world.Second();
        var afterOne = receiver.All.Count;
        var all = await caller.Write($"/api/v1/webhooks/{id}/replay", new { since });
        await world.Second();

        made.GetProperty("code").GetString().ShouldBe("clients.webhook-kind-unknown");
        listed.Count.ShouldBe(2);
        one.StatusCode.ShouldBe(HttpStatusCode.OK, await one.Content.ReadAsStringAsync());
        (afterOne - sent).ShouldBe(1);
        (await all.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("deliveries").GetInt32().ShouldBe(2);
        (receiver.All.Count - afterOne).ShouldBe(2);
        receiver.All.Count(message => message.Id == listed[0].GetProperty("id").GetString()).ShouldBe(3);
        (await caller.Write($"/api/v1/webhooks/{id}/replay", new { })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var receiver = await Receiver.Start();
        receiver.Status = 302;
        var (_, webhook) = await world.Hook(receiver.Address, "access.checked-in");

        await Bank.CheckIn(await world.NewHire());
        await world.Second();

        receiver.All.Count.ShouldBe(1);
        (await world.Deliveries(webhook.Id)).Single().Answer.ShouldBe("302");
    }

    [Theory]
    [InlineData("http://127.0.0.2:9/"), InlineData("http://10.0.0.1/"), InlineData("https://169.254.169.254/latest/meta-data"), InlineData("https://[::1]/"), InlineData("https://[::ffff:192.168.1.1]/"), InlineData("https://2130706434/")]
    public async Task An_address_of_the_inner_network_is_refused_when_it_is_registered(string url)
    {
        var client = await world.Register([.. Scopes.All]);

        var answer = await world.Lab.As(Bank.Admin.Person, services => services.GetRequiredService<RegisterWebhook>().Handle(client.Id, new(url, ["access.checked-in"]), default));

        answer.Refusal!.Code.ShouldBe("clients.webhook-inner");
    }

    [Fact]
    public async Task A_name_that_leads_into_the_inner_network_is_not_followed_there()
    {
        await using var receiver = await Receiver.Start();
        // The bank of this test allows 127.0.0.1, where the name leads; one with no such setting does not.
        var door = new WebhookDoor(new ConfigurationBuilder().Build(), world.App.Environment);
        using var strict = new HttpClient(door.Handler());

        var broken = await Should.ThrowAsync<HttpRequestException>(() => strict.PostAsync($"http://localhost:{new Uri(receiver.Address).Port}/", null));

        (broken is InnerAddressException || broken.InnerException is InnerAddressException).ShouldBeTrue(broken.ToString());
        receiver.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ftp://example.in/"), InlineData("https://user:pass@example.in/"), InlineData("example.in"), InlineData("https://example.in/#x")]
    public async Task What_is_no_plain_https_address_is_refused(string url)
    {
        var client = await world.Register([.. Scopes.All]);

        var answer = await world.Lab.As(Bank.Admin.Person, services => services.GetRequiredService<RegisterWebhook>().Handle(client.Id, new(url, ["access.checked-in"]), default));

        answer.Refusal!.Code.ShouldBe("clients.webhook-not-https");
    }

    [Fact]
    public async Task A_client_is_told_of_what_its_scopes_and_branches_cover_and_of_nothing_else()
    {
        await using var receiver = await Receiver.Start();
        var narrow = await world.Register([Scopes.VisitsRead, Scopes.WebhooksManage]);
        using var caller = world.Bearing(await world.Token(narrow));
        var (other, theirs) = await world.Hook($"{receiver.Address}/theirs", "access.checked-in");

        var refused = await caller.Write("/api/v1/webhooks", new { url = receiver.Address, kinds = new[] { "agreements.hold-placed" } });
        var stranger = await caller.GetAsync($"/api/v1/webhooks/{theirs.Id}/deliveries");
        var forAnother = await caller.Write($"/api/v1/webhooks?client={other.Id}", new { url = receiver.Address, kinds = new[] { "access.checked-in" } });

        (refused.StatusCode, await refused.RefusalCode()).ShouldBe((HttpStatusCode.Forbidden, "clients.webhook-kind-not-allowed"));
        stranger.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        forAnother.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_hold_that_the_hirer_must_not_learn_of_goes_to_no_other_system()
    {
        await using var receiver = await Receiver.Start();
        await world.Hook(receiver.Address, "agreements.hold-placed");
        var (open, secret) = (await world.NewHire(), await world.NewHire());

        await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person, slice => slice.Handle(secret.Agreement, new(HoldKind.Suspicion, "Asks odd questions", null), default));
        await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person, slice => slice.Handle(secret.Agreement, new(HoldKind.Court, "Secret order", null, "12/2026", Secret: true), default));
        await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person, slice => slice.Handle(open.Agreement, new(HoldKind.Death, "Told by the family", null), default));
        await world.Second();

        receiver.All.ShouldHaveSingleItem().Body.ShouldContain(open.Agreement.ToString());
    }

    [Fact]
    public async Task Who_is_told_of_a_freeze_is_told_that_it_ended_at_the_counter()
    {
        await using var receiver = await Receiver.Start();
        await world.Hook(receiver.Address, "agreements.frozen", "agreements.unfrozen-at-counter");
        var hire = await world.NewHire();
        var hirer = await Bank.OpenAccess(hire, "freezes.for.webhooks");

        await world.Lab.Do<FreezeLocker, HoldPlaced>(hirer.Person, slice => slice.Handle(hire.Agreement, default));
        await world.Lab.Do<UnfreezeAtCounter, Done>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, new(hire.Hirer, HirerCheck.IdentityDocument), default));
        await world.Second();

        receiver.All.Select(message => JsonDocument.Parse(message.Body).RootElement.GetProperty("type").GetString()).ShouldBe(["agreements.frozen", "agreements.unfrozen-at-counter"], ignoreOrder: true);
        receiver.All.ShouldAllBe(message => message.Body.Contains(hire.Agreement.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revoked_client_is_told_nothing_more()
    {
        await using var receiver = await Receiver.Start();
        var (client, _) = await world.Hook(receiver.Address, "access.checked-in");
        await world.Lab.Do<RevokeClient, Done>(Bank.Admin.Person, slice => slice.Handle(client.Id, default));

        await Bank.CheckIn(await world.NewHire());
        await world.Second();

        receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_administrator_registers_a_webhook_and_has_a_delivery_sent_again_on_the_pages()
    {
        await using var receiver = await Receiver.Start();
        var client = await world.Register([.. Scopes.All], name: "Webhook pages");
        using var office = await world.SignIn(Bank.Admin);

        var shown = await (await office.PostForm($"/office/clients/{client.Id}/webhooks", "webhook", ("Input.Url", receiver.Address), ("Input.Kinds", "access.checked-in"))).Content.ReadAsStringAsync();
        var id = await world.Read(db => db.Set<Webhook>().Where(row => row.Client == client.Id.Value).Select(row => row.Id).SingleAsync());
        await Bank.CheckIn(await world.NewHire());
        await world.Second();
        var delivery = (await world.Deliveries(id)).Single();
        (await office.PostForm($"/office/webhooks/{id}", $"replay-{delivery.Id}")).Leads().ShouldBe($"/office/webhooks/{id}");
        await world.Second();

        shown.ShouldContain("whsec_");
        (await office.GetStringAsync($"/office/webhooks/{id}")).ShouldContain("accepted");
        receiver.All.Count.ShouldBe(2);
    }

    [Fact]
    public void Every_kind_that_webhooks_offer_is_one_that_the_program_writes() =>
        WebhookKinds.All.Except(world.App.Services.GetRequiredService<AuditKindBook>().All.Select(kind => kind.Name)).ShouldBeEmpty();
}

public sealed class Webhooks_on_sqlite(WebhookWorld<Sqlite> world) : WebhookTests<Sqlite>(world), IClassFixture<WebhookWorld<Sqlite>>;

public sealed class Webhooks_on_postgres(WebhookWorld<Postgres> world) : WebhookTests<Postgres>(world), IClassFixture<WebhookWorld<Postgres>>;
