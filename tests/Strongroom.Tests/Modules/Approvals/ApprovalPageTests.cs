using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>The inbox and a request's page as people use them, without script; and the API.</summary>
public abstract class ApprovalPageTests<TEngine>(ApprovalWorld<TEngine> world) : IClassFixture<ApprovalWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_role_is_asked_for_on_its_page_and_approved_from_the_inbox()
    {
        var officer = await world.NewOfficer();
        using var maker = await world.SignIn(world.Maker);
        var form = $"/office/staff/{officer.Id}/post";
        (await maker.GetStringAsync(form)).ShouldContain("A colleague approves it before it counts.");
        var request = (await maker.PostForm(form, "post", ("Input.Role", "Custodian"), ("Input.Branch", world.Bank.Branch.ToString()), ("Input.From", $"{world.Today:yyyy-MM-dd}"))).Leads();
        request.ShouldStartWith("/desk/approvals/");
        (await maker.GetStringAsync(request)).ShouldSatisfyAllConditions(
            page => page.ShouldContain("as custodian of MG Road"), page => page.ShouldContain("Withdraw it"), page => page.ShouldNotContain("Go on to sign"), page => page.ShouldNotContain("Reject it"));

        using var second = await world.SignIn(world.Second);
        (await second.GetStringAsync("/desk/approvals")).ShouldSatisfyAllConditions(page => page.ShouldContain("Yours to decide"), page => page.ShouldContain(request));
        var asked = (await second.PostForm(request, "ask")).Leads();
        (await second.GetStringAsync(asked)).ShouldContain("The button to approve appears here");
        var signature = asked.Split("signature=")[1];
        (await second.PostForm(asked, $"mine-code-{signature}", ("Mine.Password", world.Second.Password), ("Mine.Code", world.NextCode(world.Second.TotpSecret)))).Leads().ShouldBe(asked);
        (await second.PostForm(asked, "approve")).Leads().ShouldBe(request);

        (await second.GetStringAsync(request)).ShouldContain("Carried out");
        (await world.RolesOf(officer.Id)).ShouldBe([Role.Custodian]);
    }

    [Fact]
    public async Task What_is_done_does_not_count_its_approvals_by_the_rights_of_today()
    {
        var approver = await world.Enlist("Gauri Gone", "admin-who-goes", Role.Admin);
        var id = await world.AskToPost((await world.NewOfficer()).Id);
        using var maker = await world.SignIn(world.Maker);
        (await maker.GetStringAsync($"/desk/approvals/{id}")).ShouldContain("0 of 1 approval");
        await world.TryApprove(approver, id).Fine();

        var posting = await world.Lab.Read(db => db.PostingFacts().Where(row => row.Person == approver.Person).Select(row => row.Id).SingleAsync());
        await world.As<EndPosting, Done>(world.Maker, slice => slice.Handle(posting, default)).Fine();

        (await maker.GetStringAsync($"/desk/approvals/{id}")).ShouldSatisfyAllConditions(page => page.ShouldContain("done</span>"), page => page.ShouldContain(approver.Name), page => page.ShouldNotContain("of 1 approval"));
    }

    [Fact]
    public async Task A_request_is_rejected_with_a_reason_and_withdrawn_by_its_maker()
    {
        var (one, other) = (await world.AskToPost((await world.NewOfficer()).Id), await world.AskToPost((await world.NewOfficer()).Id));
        using var maker = await world.SignIn(world.Maker);
        using var second = await world.SignIn(world.Second);

        (await (await second.PostForm($"/desk/approvals/{one}", "reject", ("Input.Reason", ""))).Content.ReadAsStringAsync()).ShouldContain("Write why it should not be done");
        (await second.PostForm($"/desk/approvals/{one}", "reject", ("Input.Reason", "She goes to Fort."))).Leads().ShouldBe($"/desk/approvals/{one}");
        (await maker.PostForm($"/desk/approvals/{other}", "withdraw")).Leads().ShouldBe($"/desk/approvals/{other}");

        (await maker.GetStringAsync($"/desk/approvals/{one}")).ShouldContain("She goes to Fort.");
        (await maker.GetStringAsync("/desk/approvals")).ShouldSatisfyAllConditions(page => page.ShouldContain("rejected"), page => page.ShouldContain("withdrawn"));
    }

    [Fact]
    public async Task Who_has_no_business_with_it_finds_neither_inbox_nor_request()
    {
        var id = await world.AskToPost((await world.NewOfficer()).Id);
        var hire = await world.NewHire();
        using var hirer = await world.SignIn(await world.Bank.OpenAccess(hire, "no.business"));
        using var counter = await world.SignIn(world.Bank.CounterOfficer);
        using var auditor = await world.SignIn(world.Bank.Auditor);

        (await hirer.GetAsync("/api/v1/approvals")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await counter.GetStringAsync("/desk/approvals")).ShouldNotContain(id.ToString());
        (await counter.GetStringAsync("/api/v1/approvals")).ShouldNotContain(id.ToString());
        (await counter.GetAsync($"/api/v1/approvals/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await auditor.GetStringAsync($"/desk/approvals/{id}")).ShouldSatisfyAllConditions(page => page.ShouldContain("What will be done"), page => page.ShouldNotContain("Go on to sign"));
        (await (await auditor.PostJson($"/api/v1/approvals/{id}/signature", null)).RefusalCode()).ShouldBe("not-allowed");
    }

    [Fact]
    public async Task Who_has_a_passkey_approves_with_it_and_with_nothing_less()
    {
        var fourth = await world.Enlist("Lalita Joshi", "admin-with-a-key", Role.Admin);
        using var key = new SoftAuthenticator();
        using var browser = await world.SignIn(fourth);
        await browser.AddPasskey(key);
        var id = await world.AskToPost((await world.NewOfficer()).Id);
        var signature = (await (await browser.PostJson($"/api/v1/approvals/{id}/signature", null)).Read<ApprovalSignatureAsked>()).Signature;

        (await (await browser.PostJson($"/api/v1/signatures/{signature}/code", new SignByCodeRequest(null, fourth.Password, world.NextCode(fourth.TotpSecret)))).RefusalCode()).ShouldBe("sign-in.passkey-needed");
        var given = await (await browser.PostJson($"/api/v1/signatures/{signature}/passkey", new SignByPasskeyRequest(key.Get(await browser.SignatureOptions(signature))))).Read<SignatureGiven>();
        var approved = await (await browser.PostJson($"/api/v1/approvals/{id}/approve", new ApproveRequest(signature))).Read<RequestApproved>();

        (given.Grade, approved.State).ShouldBe((SignatureGrade.Signed, ApprovalState.Done));
    }

    [Fact]
    public async Task The_API_answers_that_it_waits_and_where()
    {
        var officer = await world.NewOfficer();
        using var maker = await world.SignIn(world.Maker);

        var answer = await maker.PostJson($"/api/v1/officers/{officer.Id}/postings", new PostOfficerRequest(world.Bank.Branch, Role.Custodian, world.Today, null));

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var detail = await maker.GetFromJsonAsync<JsonElement>(answer.Headers.Location);
        detail.GetProperty("line").GetProperty("state").GetString().ShouldBe(nameof(ApprovalState.Waiting));
        detail.GetProperty("mayApprove").GetBoolean().ShouldBeFalse();
        (await maker.GetFromJsonAsync<JsonElement>("/api/v1/approvals")).GetProperty("open").GetArrayLength().ShouldBeGreaterThan(0);
    }
}

public sealed class Approval_pages_on_sqlite(ApprovalWorld<Sqlite> world) : ApprovalPageTests<Sqlite>(world);

public sealed class Approval_pages_on_postgres(ApprovalWorld<Postgres> world) : ApprovalPageTests<Postgres>(world);
