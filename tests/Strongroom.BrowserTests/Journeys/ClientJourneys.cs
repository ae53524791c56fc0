using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>Another system of the bank is let in, comes in, and is shut out again.</summary>
public abstract class ClientJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task An_administrator_lets_the_core_banking_system_in_and_shuts_it_out(int width)
    {
        await site.NextDay();
        var name = string.Create(CultureInfo.InvariantCulture, $"Core banking {width}");
        await using var office = await site.Open(site.Bank.Admin, width);
        await office.Go("/office/clients");
        await office.Follow("Register a client");
        await office.Fill("Name", name);
        await office.Tick("lockers.read");
        await office.Tick("visits.read");
        await office.Tick("webhooks.manage");
        await office.Tick("The whole bank");
        await office.Press("Register the client");
        await office.Sees("The secret is shown only now");
        var (id, secret) = await Shown(office);
        await office.Follow("I have kept it, go on");
        await office.DoesNotSee(secret);
        var client = new Uri(office.Page.Url).AbsolutePath;

        using var core = new HttpClient { BaseAddress = site.Address };
        core.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(core, id, secret));
        (await core.GetFromJsonAsync<JsonElement>("/api/v1/vacancies")).ValueKind.ShouldNotBe(JsonValueKind.Undefined);

        await office.Follow("Webhooks: what it is told of");
        await office.Fill("Address", "https://core.example.in/strongroom");
        await office.Fill("Told of", "access.checked-in, access.checked-out");
        await office.Press("Register the webhook");
        await office.Sees("The webhook is registered");

        await office.Go(client);
        await office.Tick("no more");
        await office.Press("Make a new secret");
        await office.Sees("what came in by it is out");
        (await core.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var (_, fresh) = await Shown(office);
        fresh.ShouldNotBe(secret);
        core.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(core, id, fresh));
        (await core.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await office.Go(client);
        await office.Press($"Revoke {name}");
        await office.Sees("It is let in no more");
        (await core.GetAsync("/api/v1/vacancies")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<(string Id, string Secret)> Shown(Screen office)
    {
        var shown = await office.Page.Locator("main code").AllInnerTextsAsync();
        return (shown[0], shown[1]);
    }

    private static async Task<string> Token(HttpClient core, string id, string secret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret });
        using var answer = await core.PostAsync("/connect/token", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }
}

public sealed class ClientJourneysOnSqlite(Site<Sqlite> site) : ClientJourneys<Sqlite>(site);

public sealed class ClientJourneysOnPostgres(Site<Postgres> site) : ClientJourneys<Postgres>(site);
