using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Customers;

/// <summary>What an officer and a hirer do in a browser, without script, and a program through the API.</summary>
public abstract partial class CounterTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task An_officer_registers_a_person_by_the_form_once_however_often_it_is_sent()
    {
        var client = await world.SignIn(Bank.CounterOfficer);
        var html = await client.GetStringAsync("/desk/people/new");
        (string, string)[] fields = [("Input.Name", "Lakshmi Narayanan"), ("Input.Language", "en"), ("Input.Email", "lakshmi@example.in"), ("Input.BornOn", "1961-07-29")];

        var first = await client.PostFormIn(html, "/desk/people/new", "register", fields);
        var again = await client.PostFormIn(html, "/desk/people/new", "register", fields);

        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        var page = await client.GetStringAsync(first.Headers.Location);
        page.ShouldContain("Lakshmi Narayanan");
        page.ShouldContain("29 July 1961");
        page.ShouldNotContain("lakshmi@example.in");
    }

    [Fact]
    public async Task Who_is_found_by_an_email_address_or_a_mobile_number_leaves_it_in_no_address()
    {
        var client = await world.SignIn(Bank.Manager);
        async Task<PersonId> Register(string name, string email, string cif) =>
            (await (await client.PostJson("/api/v1/people", new NewPerson { Name = name, Email = email, Cif = cif })).Read<PersonRegistered>()).Id;
        var alone = await Register("Meena Alone", "meena@example.in", "9876543211");
        var (one, other) = (await Register("Ravi Shared", "family@example.in", "SH-1"), await Register("Sita Shared", "family@example.in", "SH-2"));
        Task<HttpResponseMessage> Find(string text) => client.PostForm("/desk/people", "find", ("Input.Text", text));

        (await Find("meena@EXAMPLE.in")).Leads().ShouldBe($"/desk/people/{alone}");
        (await Find("9876543211")).Leads().ShouldBe("/desk/people?q=9876543211", "this one is a customer number");
        (await Find("meena alo")).Leads().ShouldBe("/desk/people?q=meena%20alo");
        var shared = await (await Find("family@example.in")).Content.ReadAsStringAsync();
        shared.ShouldContain($"/desk/people/{one}");
        shared.ShouldContain($"/desk/people/{other}");
        (await (await Find("nobody@example.in")).Content.ReadAsStringAsync()).ShouldContain("Nobody is reached there");
        (await client.GetStringAsync("/desk/people?q=meena%40example.in")).ShouldNotContain(alone.ToString());
        (await (await client.PostJson("/api/v1/people/reached-at", new ReachedAtRequest("meena@example.in"))).Read<List<PersonFacts>>()).ShouldHaveSingleItem().Id.ShouldBe(alone);
    }

    [Fact]
    public async Task What_is_wrong_with_an_address_is_said_at_its_field_and_nothing_typed_is_lost()
    {
        var client = await world.SignIn(Bank.CounterOfficer);

        var answer = await client.PostForm("/desk/people/new", "register", ("Input.Name", "Anil Kapoor"), ("Input.Language", "en"), ("Input.Mobile", "12345"));

        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("This is not a mobile number that exists: it is too short.");
        page.ShouldContain("value=\"Anil Kapoor\"");
        page.ShouldContain("value=\"12345\"");
    }

    [Fact]
    public async Task The_api_wants_a_key_with_each_write_and_a_version_with_each_edit()
    {
        var client = await world.SignIn(Bank.Manager);
        var made = await (await client.PostJson("/api/v1/people", new NewPerson { Name = "By Program" })).Read<PersonRegistered>();
        var path = $"/api/v1/people/{made.Id}/due-diligence";
        var review = new RecordDueDiligenceRequest(new DateOnly(2028, 1, 1));

        (await client.PostJson(path, review, key: " ")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.PostJson(path, review)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await client.PostJson(path, review, version: 7)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await client.PostJson(path, review, version: 1)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var read = await client.GetAsync($"/api/v1/people/{made.Id}");
        read.Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await client.PostJson("/api/v1/people", new NewPerson { Name = "" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.GetAsync("/api/v1/people/00000000-0000-0000-0000-000000000000")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_program_sends_a_photograph_as_it_is_and_an_officer_looks_at_it()
    {
        var client = await world.SignIn(Bank.Manager);
        var made = await (await client.PostJson("/api/v1/people", new NewPerson { Name = "Has A Face" })).Read<PersonRegistered>();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/people/{made.Id}/photograph?takenOn=2026-11-20");
        request.Content = new ByteArrayContent(Pictures.Small) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        request.Headers.Add("X-CSRF-TOKEN", (await client.WhoAmI()).CsrfToken);
        request.Headers.Add("Idempotency-Key", "picture-1");
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");

        (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var picture = await client.GetAsync($"/photographs/{made.Id}");
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        picture.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await world.Client().GetAsync($"/photographs/{made.Id}")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Doors_are_closed_to_those_without_the_right()
    {
        var (counter, custodian) = (await world.SignIn(Bank.CounterOfficer), await world.SignIn(Bank.Custodian));

        (await custodian.PostJson("/api/v1/people", new NewPerson { Name = "Nobody" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await counter.GetAsync("/api/v1/messages")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await counter.GetAsync("/api/v1/obligations")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var page in new[] { "/desk/messages", "/desk/obligations" })
            (await (await counter.GetAsync(page)).Content.ReadAsStringAsync()).ShouldNotContain("What the bank wrote");
        (await world.Client().GetAsync("/desk/people")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Half_of_the_code_is_shown_once_and_the_message_with_the_other_half_to_nobody()
    {
        var hire = await world.NewHire();
        var client = await world.SignIn(Bank.Manager);

        var answer = await client.PostForm($"/desk/people/{hire.Hirer}/online-access", "invite", ("Input.UserName", $"hirer.{hire.Number}"));

        var page = await answer.Content.ReadAsStringAsync();
        Half().IsMatch(page).ShouldBeTrue(page);
        var messages = await client.GetStringAsync("/desk/messages");
        messages.ShouldContain("Half of an activation code");
        var link = MessageLink().Matches(messages).Select(match => match.Value).First();
        var message = await client.GetStringAsync(link);
        message.ShouldContain("for the addressee alone");
        message.ShouldNotContain("Show the text");
    }

    [Fact]
    public async Task A_hirer_freezes_the_locker_from_the_account_page_and_the_desk_sees_it()
    {
        var (mine, others) = (await world.NewHire(), await world.NewHire());
        var hirer = await world.SignIn(await Bank.OpenAccess(mine, $"freezes.{mine.Number}"));

        (await hirer.Missing($"/account/agreements/{others.Agreement}/freeze")).ShouldContain("There is no such locker of yours");
        (await hirer.PostJson($"/api/v1/agreements/{others.Agreement}/freeze", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var answer = await hirer.PostForm($"/account/agreements/{mine.Agreement}/freeze", "freeze");

        (await answer.Content.ReadAsStringAsync()).ShouldContain("Your locker is frozen");
        (await world.Read(db => db.HoldsInForce(world.Clock.UtcNow()).Where(hold => hold.Agreement == mine.Agreement).Select(hold => hold.Kind).ToListAsync()))
            .ShouldBe([HoldKind.Freeze]);
        (await (await world.SignIn(Bank.Manager)).GetStringAsync($"/desk/agreements/{mine.Agreement}")).ShouldContain("On hold: Freeze");
        (await hirer.GetAsync("/api/v1/people")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [GeneratedRegex("<code>[0-9A-Z]{4}-[0-9A-Z]{4}</code>")]
    private static partial Regex Half();

    [GeneratedRegex("/desk/messages/[0-9a-f-]{36}")]
    private static partial Regex MessageLink();
}

public sealed class Counter_on_sqlite(BankWorld<Sqlite> world) : CounterTests<Sqlite>(world);

public sealed class Counter_on_postgres(BankWorld<Postgres> world) : CounterTests<Postgres>(world);
