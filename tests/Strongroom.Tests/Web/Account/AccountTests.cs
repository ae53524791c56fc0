using System.Net;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Agreements.Documents;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Web.Account;

/// <summary>What account holders find at home: their lockers, who opens them, every visit with its slip, their papers; and nobody else's.</summary>
public abstract class AccountTests<TEngine>(AccountWorld<TEngine> world) : IClassFixture<AccountWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_hirer_sees_who_may_open_the_locker_and_in_which_way()
    {
        var (hire, friend) = (await world.NewHire(), await world.NewHire());
        var today = world.Lab.Now.DateIn("Asia/Kolkata");
        await world.Lab.Do<AppointAgent, AgentAppointed>(Bank.Manager.Person, slice =>
            slice.Handle(hire.Agreement, new(friend.Hirer, today, today, today.AddDays(30)), default));
        using var hirer = await world.SignIn(await Bank.OpenAccess(hire, $"home.{hire.Number}"));

        var page = WebUtility.HtmlDecode(await hirer.GetStringAsync("/account"));

        page.ShouldContain("<strong>You</strong>, alone");
        page.ShouldContain($"<strong>{friend.Name}</strong>, by your letter of authority, until ");
        page.ShouldContain("Rent paid until");
        page.ShouldContain("Nobody has opened this locker yet");
        page.ShouldContain("Freeze this locker");
    }

    [Fact]
    public async Task Each_visit_has_a_slip_that_says_who_came_who_served_and_what_was_decided()
    {
        var (hire, other) = (await world.NewHire(), await world.NewHire());
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
        using var hirer = await world.SignIn(await Bank.OpenAccess(hire, $"slip.{hire.Number}"));
        using var stranger = await world.SignIn(await Bank.OpenAccess(other, $"slip.{other.Number}"));

        (await hirer.GetStringAsync($"/account/lockers/{hire.Agreement}")).ShouldContain($"/account/visits/{admission.Id}");
        var slip = WebUtility.HtmlDecode(await hirer.GetStringAsync($"/account/visits/{admission.Id}"));

        foreach (var words in new[] { hire.Name, Bank.Custodian.Name, "compared the face with the photograph", "Admitted:", "Opened and locked again", "Times are IST" })
            slip.ShouldContain(words);
        (await stranger.Missing($"/account/visits/{admission.Id}")).ShouldContain("No such visit");
        (await stranger.Missing($"/account/lockers/{hire.Agreement}")).ShouldContain("No such locker");
    }

    [Fact]
    public async Task Papers_of_a_hire_are_given_to_its_hirers_and_orders_of_courts_are_not()
    {
        var (hire, other) = (await world.NewHire(), await world.NewHire());
        Task<DocumentAdded> Add(DocumentKind kind) =>
            world.Lab.Do<AddDocument, DocumentAdded>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, kind, Pictures.Small, default));
        var (agreement, order) = ((await Add(DocumentKind.SignedAgreement)).Id, (await Add(DocumentKind.CourtOrder)).Id);
        using var hirer = await world.SignIn(await Bank.OpenAccess(hire, $"papers.{hire.Number}"));
        using var stranger = await world.SignIn(await Bank.OpenAccess(other, $"papers.{other.Number}"));

        var page = await hirer.GetStringAsync("/account/documents");

        page.ShouldContain($"/documents/{agreement}");
        page.ShouldNotContain(order.ToString());
        var file = await hirer.GetAsync($"/documents/{agreement}");
        (await file.Content.ReadAsByteArrayAsync()).ShouldBe(Pictures.Small);
        file.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await hirer.GetAsync($"/documents/{order}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync($"/documents/{agreement}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetStringAsync("/account/documents")).ShouldContain("No paper of yours is scanned yet");
    }
}

/// <summary>A bank that is open.</summary>
public sealed class AccountWorld<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    protected override async Task Prepare()
    {
        await base.Prepare();
        await Bank.OpenDay();
    }
}

public sealed class Account_on_sqlite(AccountWorld<Sqlite> world) : AccountTests<Sqlite>(world);

public sealed class Account_on_postgres(AccountWorld<Postgres> world) : AccountTests<Postgres>(world);
