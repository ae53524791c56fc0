using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Consents;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Verifying;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn.Provider;

/// <summary>An officer who hires a locker: a session that the bank's provider opened is the officer's, and knows nothing of the hirer (ADR 33).</summary>
public abstract class OfficerOnlyTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task What_hirers_are_told_is_neither_shown_nor_counted_nor_marked_as_read()
    {
        var (asha, hire) = await Both(Role.Custodian);
        foreach (var kind in Notifying.ToHirers) await Notify(asha, kind);
        await Notify(asha, NoticeKind.LogAlarm);
        using var byPassword = await world.SignIn(asha);
        using var byProvider = await ByProvider(asha);

        (await Notices(byProvider)).ShouldBe([NoticeKind.LogAlarm]);
        foreach (var page in new[] { "/account/notices", "/desk/notices" })
            (await byProvider.GetStringAsync(page)).ShouldSatisfyAllConditions(text => text.ShouldContain("The audit log stands still"), text => text.ShouldNotContain("was opened"), text => text.ShouldContain("data-notices>1<"));
        using (var line = await StreamLine.Open(byProvider, "/notices/stream")) await line.Hears("unread", "1");
        (await byProvider.PostForm("/desk/notices", "read")).Leads().ShouldBe("/desk/notices");

        (await world.Read(db => db.Set<PersonNotice>().Where(row => row.Person == asha.Person && row.ReadAt == null).Select(row => row.Kind).ToListAsync())).ShouldBe(Notifying.ToHirers, ignoreOrder: true);
        (await Notices(byPassword)).ShouldBe([.. Notifying.ToHirers, NoticeKind.LogAlarm], ignoreOrder: true, $"by their own password it is their own locker {hire.Number}");
    }

    [Fact]
    public void Every_kind_of_notice_is_told_to_hirers_or_to_officers() => Enum.GetValues<NoticeKind>().Except(Notifying.ToHirers).ShouldBe(
        [NoticeKind.ObligationPastDue, NoticeKind.ComplaintOpened, NoticeKind.LogAlarm, NoticeKind.WebhookStopped, NoticeKind.ApprovalsHandedOver, NoticeKind.ApprovalsTakenBack, NoticeKind.EmergencyOpened],
        ignoreOrder: true, "a new kind is put on one side or the other");

    [Fact]
    public async Task What_is_the_persons_own_to_say_is_not_said_by_such_a_session()
    {
        foreach (var role in new[] { Role.Custodian, Role.CounterOfficer })
        {
            var (person, _) = await Both(role);
            var channel = (await world.Lab.Do<AddChannel, ChannelAdded>(Bank.Manager.Person, slice => slice.Handle(person.Person, new(ChannelKind.Email, $"{person.UserName}@elsewhere.example.in"), default))).Id;
            using var byProvider = await ByProvider(person, freshly: true);
            var own = $"/api/v1/people/{person.Person}";

            await IsNotThere(byProvider, $"{own}/language", new ChooseLanguageRequest("hi"));
            await IsNotThere(byProvider, $"{own}/consents", new SayConsentRequest(ConsentPurpose.NoticesByEmail, true, null));
            await IsNotThere(byProvider, $"{own}/consents", new SayConsentRequest(ConsentPurpose.NoticesByEmail, true, ConsentWay.InPerson));
            await IsNotThere(byProvider, $"{own}/own-addresses", new AskOwnAddressRequest(ChannelKind.Email, "thief@example.in", null));
            if (role == Role.Custodian)
            {
                await IsNotThere(byProvider, $"{own}/channels/{channel}/code", null);
                await IsNotThere(byProvider, $"{own}/channels/{channel}/verify", new CheckChannelCodeRequest("123456"));
            }
            (await world.Read(db => db.ConsentFacts().AnyAsync(consent => consent.Person == person.Person))).ShouldBeFalse();
            (await world.Read(db => db.PersonFacts().SingleAsync(one => one.Id == person.Person))).Language.ShouldBe("en");

            using var byPassword = await world.SignIn(person);
            foreach (var (path, body) in new (string, object)[] { ("language", new ChooseLanguageRequest("hi")), ("consents", new SayConsentRequest(ConsentPurpose.NoticesByEmail, true, null)) })
                (await byPassword.PostJson($"{own}/{path}", body)).IsSuccessStatusCode.ShouldBeTrue(path);
        }
    }

    [Fact]
    public async Task What_the_hirer_is_asked_to_sign_does_not_exist_for_it_and_what_the_officer_is_asked_does()
    {
        var (asha, hire) = await Both(Role.Custodian);
        var visit = await Ask(asha, opening: true);
        var day = await Ask(asha, opening: false);
        using var byPassword = await world.SignIn(asha);
        using var byProvider = await ByProvider(asha);

        (await Waiting(byProvider)).ShouldBe([day]);
        (await byProvider.GetStringAsync($"/sign/{visit}")).ShouldNotContain("Sign for your visit");
        (await byProvider.GetStringAsync($"/sign/{day}")).ShouldContain("Close the day");
        (await (await byProvider.PostJson($"/api/v1/signatures/{visit}/passkey", new { credential = "{}" })).RefusalCode()).ShouldBe("not-found");
        (await Waiting(byPassword)).ShouldBe([visit, day], ignoreOrder: true, $"by their own password it is their own locker {hire.Number}");
        (await byPassword.GetStringAsync($"/sign/{visit}")).ShouldContain("Sign for your visit");
    }

    [Fact]
    public async Task The_hirers_pages_are_closed_to_it()
    {
        var (asha, hire) = await Both(Role.Custodian);
        using var byPassword = await world.SignIn(asha);
        using var byProvider = await ByProvider(asha);

        foreach (var page in new[] { "/account", "/account/addresses", $"/account/lockers/{hire.Locker}", "/account/documents", "/account/code-word" })
        {
            (await byProvider.GetAsync(page)).Leads().ShouldStartWith("/forbidden", Case.Sensitive, page);
            (await byPassword.GetAsync(page)).StatusCode.ShouldNotBe(HttpStatusCode.Redirect, page);
        }
        (await byProvider.PostJson($"/api/v1/agreements/{hire.Agreement}/freeze", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await byProvider.GetAsync($"/photographs/{asha.Person}")).StatusCode.ShouldBe(HttpStatusCode.OK, "a custodian sees whom they admit");
    }

    /// <summary>A hirer with online access who was taken on as an officer of the branch.</summary>
    private async Task<(Player Person, Hire Hire)> Both(Role role)
    {
        var hire = await world.NewHire();
        var person = await Bank.OpenAccess(hire, $"both{hire.Number}");
        var officer = await world.Lab.Do<AddOfficer, OfficerAdded>(Bank.Admin.Person, slice => slice.Handle(new(hire.Hirer, null, $"B-{hire.Number}"), default));
        await world.Lab.Do<PostOfficer, OfficerPosted>(Bank.Admin.Person, slice => slice.Handle(officer.Id, new(Bank.Branch, role, world.Lab.Now.DateIn("Asia/Kolkata"), null), default));
        return (person, hire);
    }

    /// <summary>As the provider leaves it: what it is worth is asked of the session's row at each request.</summary>
    /// <param name="freshly">Its person has given password and code since, as for a change of how they sign in.</param>
    private async Task<HttpClient> ByProvider(Player person, bool freshly = false)
    {
        var browser = await world.SignIn(person);
        await world.Read(async db =>
        {
            var user = await db.UserFacts().SingleAsync(user => user.Person == person.Person);
            var id = await db.Set<Session>().Where(row => row.User == user.Id && row.EndedAt == null).OrderByDescending(row => row.StartedAt).Select(row => row.Id).FirstAsync();
            var now = world.Clock.GetUtcNow().UtcDateTime;
            return await db.Set<Session>().Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(one => one.Means, Means.Provider).SetProperty(one => one.ProvedAt, freshly ? now : null));
        });
        (await browser.WhoAmI()).Roles.ShouldNotContain(role => role.Role == LandingRoles.AccountHolder);
        return browser;
    }

    private Task<Outcome<Done>> Notify(Player person, NoticeKind kind) => world.Lab.As(null, services => services.GetRequiredService<Write>().Do<Done>("test.notify", kind, act =>
    {
        services.GetRequiredService<StrongroomDb>().Notify(act, person.Person, kind, Subject.Of(person.Person));
        return Task.FromResult<Outcome<Done>>(Done.It);
    }, default));

    private Task<SignatureId> Ask(Player person, bool opening) => world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<Write>().Do<SignatureId>("test.ask", opening, act =>
        Task.FromResult<Outcome<SignatureId>>(Signatures.Ask(services.GetRequiredService<StrongroomDb>(), act, opening
            ? new ToSign("access.operator-signs", new { visit = 1 }, "Sign for your visit to your locker", null, person.Person, null, [], SignatureGrade.Signed, Opening: true)
            : new ToSign("access.close-day", new { day = 1 }, "Close the day", Bank.Branch, person.Person, null, []))), default)).Fine();

    private static async Task<IEnumerable<NoticeKind>> Notices(HttpClient browser) =>
        (await browser.GetFromJsonAsync<JsonElement>("/api/v1/notices")).EnumerateArray().Select(notice => Enum.Parse<NoticeKind>(notice.GetProperty("kind").GetString()!));

    private static async Task<IEnumerable<SignatureId>> Waiting(HttpClient browser) =>
        (await browser.GetFromJsonAsync<JsonElement>("/api/v1/signatures")).EnumerateArray().Select(line => new SignatureId(line.GetProperty("id").GetGuid()));

    private static async Task IsNotThere(HttpClient browser, string path, object? body)
    {
        using var answer = await browser.PostJson(path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
    }
}

public sealed class Officer_only_on_sqlite(BankWorld<Sqlite> world) : OfficerOnlyTests<Sqlite>(world);

public sealed class Officer_only_on_postgres(BankWorld<Postgres> world) : OfficerOnlyTests<Postgres>(world);
