using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Agreements.Documents;
using Strongroom.Modules.Agreements.Nominations;
using Strongroom.Modules.Customers.Pictures;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Agreements;

/// <summary>Agents, nominations and scanned papers of a hire.</summary>
public abstract class PartiesTests<TEngine>(TwoBranches<TEngine> bank) : IClassFixture<TwoBranches<TEngine>> where TEngine : IEngine
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly byte[] Pdf = "%PDF-1.7 canary-of-a-paper\n%%EOF\n"u8.ToArray();
    private static int number;

    [Fact]
    public async Task An_agent_comes_by_letter_identified_and_photographed_until_it_is_ended()
    {
        var hirer = await bank.Person("Hirer With Agent");
        var id = await Let(0, hirer);
        var agent = await bank.Person("Agent Nair");

        await Appoint(id, agent).RefusedWith(409, "agreements.agent-without-photograph");
        await bank.By(bank.Clerk, (TakePicture take) => take.Handle(agent, PictureKind.Photograph, Pictures.Small, Today, default), 1).Fine();
        await Appoint(id, await bank.Person("Unseen", identified: false)).RefusedWith(409, "agreements.due-diligence-missing");
        await Appoint(id, hirer).RefusedWith(409, "agreements.agent-is-hirer");
        await Appoint(id, agent, until: Today.AddDays(-1)).RefusedWith(422, "agreements.letter-ends-before-it-begins");
        await bank.By(bank.ManagerOfFort, (AppointAgent appoint) => appoint.Handle(id, new(agent, Today, Today, null), default)).RefusedWith(404, "not-found");
        var appointed = await Appoint(id, agent, until: Today.AddDays(10)).Fine();
        await Appoint(id, agent).RefusedWith(409, "agreements.agent-already-there");

        async Task<bool> MayCome(DateOnly on) => (await bank.Read(db => db.WhoMayCome(id, on, default))).Any(one => one.Person == agent && one.As == ComesAs.Agent);
        (await MayCome(Today.AddDays(-1)), await MayCome(Today), await MayCome(Today.AddDays(10)), await MayCome(Today.AddDays(11))).ShouldBe((false, true, true, false));
        await bank.By(bank.Clerk, (EndAgent end) => end.Handle(id, appointed.Id, new("Withdrawn by letter"), default)).Fine();
        (await MayCome(Today)).ShouldBeFalse();
        (await bank.Timeline(agent)).Where(kind => kind != "refused").ShouldBe(["customers.registered", "customers.channel-added", "customers.photograph-taken", "agreements.agent-appointed", "agreements.agent-ended"], ignoreOrder: true);
        await Appoint(id, agent).Fine();
    }

    [Fact]
    public async Task An_officer_is_agent_of_none_whose_letter_they_enter()
    {
        var id = await Let(1, await bank.Person("Boss"));
        await Appoint(id, bank.Clerk.Person!.Value).RefusedWith(409, "agreements.own-matter");
    }

    [Fact]
    public async Task Nominees_stand_in_their_order_a_minor_with_an_adult_and_only_by_all_hirers()
    {
        var id = await Let(2, await bank.Person("Names Four"));
        NewNominee Adult(string name) => new(name, "Sister", null, null);
        var child = new NewNominee("Tara", "Daughter", Today.AddYears(-18).AddDays(1), null);

        await Enter(id, 1, [Adult("A1"), Adult("A2"), Adult("A3"), Adult("A4"), Adult("A5")]).RefusedWith(422, "agreements.too-many-nominees");
        await Enter(id, 1, [child]).RefusedWith(422, "agreements.nominee-minor");
        await Enter(id, 1, [Adult("A1")], all: false).RefusedWith(422, "agreements.not-signed-by-all");
        await Enter(id, null, [Adult("A1")]).RefusedWith(428, "version-missing");
        var entered = await Enter(id, 1, [Adult("canary-sister"), child with { Adult = "Aunt Maya" }]).Fine();

        var shown = (await bank.By(bank.Clerk, (ReadAgreements read) => read.One(id, default)))!;
        shown.Nomination!.Nominees.Select(one => (one.Position, one.Name, one.Adult)).ShouldBe([(1, "canary-sister", null), (2, "Tara", "Aunt Maya")]);
        (await bank.Read(db => ClearText.ColumnsWith(db, "canary-sister"))).ShouldBeEmpty("names of nominees are sealed");
        await bank.By(bank.Clerk, (AcknowledgeNomination acknowledge) => acknowledge.Handle(id, entered.Id, default)).Fine();
        await bank.By(bank.Clerk, (AcknowledgeNomination acknowledge) => acknowledge.Handle(id, entered.Id, default)).RefusedWith(409, "agreements.nomination-acknowledged");
        var declined = await Enter(id, shown.Facts.Version + 1, []).Fine();

        var after = (await bank.By(bank.Clerk, (ReadAgreements read) => read.One(id, default)))!.Nomination!;
        (after.Id, after.Declined, after.Nominees.Count).ShouldBe((declined.Id, true, 0));
        (await bank.Read(db => db.Set<Nominee>().CountAsync(row => row.Nomination == entered.Id))).ShouldBe(2, "what was nominated before stays to be read");
        (await bank.Timeline(id)).Where(kind => kind != "refused").ShouldBe(["agreements.made", "agreements.nominated", "agreements.nomination-acknowledged", "agreements.nomination-declined"], ignoreOrder: true);
    }

    [Fact]
    public void What_a_paper_is_is_told_by_what_it_holds()
    {
        Scan.MediaTypeOf(Pdf).Value.ShouldBe("application/pdf");
        Scan.MediaTypeOf(Pictures.Small).Value.ShouldBe("image/png");
        Scan.MediaTypeOf("%PDF-1.7 cut short"u8.ToArray()).Refusal.ShouldBe(new NotAScan());
        Scan.MediaTypeOf("<html><script>alert(1)</script>"u8.ToArray()).Refusal.ShouldBe(new NotAScan());
        Scan.MediaTypeOf(Pictures.Small[..60]).Refusal.ShouldBe(new NotAScan());
        Scan.MediaTypeOf([]).Refusal.ShouldBe(new NotAScan());
        Scan.MediaTypeOf(new byte[Scan.MaxBytes + 1]).Refusal.ShouldBe(new ScanTooLarge());
    }

    [Fact]
    public async Task A_scan_is_sealed_and_saved_by_those_who_may_read_the_agreement()
    {
        var id = await Let(3, await bank.Person("Has Papers"));
        Task<Outcome<DocumentAdded>> Add(Actor officer, byte[] scan) => bank.By(officer, (AddDocument add) => add.Handle(id, DocumentKind.CourtOrder, scan, default));

        (await Add(bank.Clerk, "MZ no paper"u8.ToArray()).RefusedWith(422, "agreements.not-a-scan")).Field.ShouldBe("Scan");
        await Add(bank.ManagerOfFort, Pdf).RefusedWith(404, "not-found");
        await Add(bank.Custodian, Pdf).RefusedWith(404, "not-found");
        var added = await Add(bank.Clerk, Pdf).Fine();

        var (status, headers, body) = await Show(bank.Custodian, added.Id);
        status.ShouldBe(200);
        body.ShouldBe(Pdf);
        headers.ContentDisposition.ToString().ShouldStartWith("attachment; filename=court-order.pdf");
        (headers.XContentTypeOptions.ToString(), headers.ContentType.ToString()).ShouldBe(("nosniff", "application/pdf"));
        (await Show(bank.ManagerOfFort, added.Id)).Status.ShouldBe(404);
        (await bank.Read(db => ClearText.ColumnsWith(db, "canary-of-a-paper"))).ShouldBeEmpty();
        (await bank.By(bank.Clerk, (ReadAgreements read) => read.One(id, default)))!.Documents.ShouldHaveSingleItem().AddedBy.ShouldBe("Meera Iyer");
        (await bank.Timeline(id)).ShouldContain("agreements.document-added");
    }

    private async Task<AgreementId> Let(int locker, PersonId hirer) => (await bank.By(bank.Clerk, (MakeAgreement make) => make.Handle(
        new(bank.Lockers[locker], hirer, $"PTY/{Interlocked.Increment(ref number)}", Today, null, null, null), default)).Fine()).Id;

    private Task<Outcome<AgentAppointed>> Appoint(AgreementId id, PersonId agent, DateOnly? until = null) =>
        bank.By(bank.Clerk, (AppointAgent appoint) => appoint.Handle(id, new(agent, Today, Today, until), default));

    private Task<Outcome<Nominated>> Enter(AgreementId id, long? version, IReadOnlyList<NewNominee> nominees, bool all = true) =>
        bank.By(bank.Clerk, (Nominate nominate) => nominate.Handle(id, new(Today, all, nominees), default), version);

    private Task<(int Status, IHeaderDictionary Headers, byte[] Body)> Show(Actor actor, DocumentId document) => bank.In(async services =>
    {
        var http = new DefaultHttpContext { RequestServices = services };
        using var body = new MemoryStream();
        http.Response.Body = body;
        await (await services.GetRequiredService<ShowDocument>().Handle(document, http, default)).ExecuteAsync(http);
        return (http.Response.StatusCode, http.Response.Headers, body.ToArray());
    }, actor);
}

public sealed class Parties_on_sqlite(TwoBranches<Sqlite> bank) : PartiesTests<Sqlite>(bank);

public sealed class Parties_on_postgres(TwoBranches<Postgres> bank) : PartiesTests<Postgres>(bank);
