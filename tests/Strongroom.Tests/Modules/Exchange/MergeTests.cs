using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Data.Jobs;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Agreements.Documents;
using Strongroom.Modules.Agreements.Nominations;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Consents;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Signatories;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;
using Strongroom.Web.Desk;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>What becomes of two records when they turn out to be one person.</summary>
public abstract class MergeTests<TEngine>(MergeWorld<TEngine> world) : IClassFixture<MergeWorld<TEngine>> where TEngine : IEngine
{
    private static readonly AuditKind Erased = new("test.erased", "Erased");

    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task Every_locker_of_either_record_is_served_by_the_one_that_stays_and_means_what_it_meant()
    {
        var (stays, goes, other) = (await world.Record("Asha Rao", photograph: false), await world.Record("Asha Rao", "77000001"), await world.Record("Binod Rao"));
        List<(AgreementId Hire, PersonId[] Come)> hires =
        [
            (await world.Let(Mandate.Single, stays), [stays]),
            (await world.Let(Mandate.Single, goes), [stays]),
            (await world.Let(Mandate.FormerOrSurvivor, goes, other), [stays]),
            (await world.Let(Mandate.LatterOrSurvivor, other, goes), [stays]),
            (await world.Let(Mandate.EitherOrSurvivor, other, goes), [stays]),
            (await world.Let(Mandate.Jointly, other, goes), [stays, other]),
        ];

        (await world.Merge(stays, goes)).Hires.ShouldBe(5);

        foreach (var (hire, come) in hires)
        {
            (await world.TryCheckIn(hire, goes)).Refusal!.Code.ShouldBe("access.not-a-party");
            var admission = await Bank.Admit(await Bank.Identify(await world.CheckIn(hire, come[0], come[1..])), "note");
            admission.State.ShouldBe(VisitState.Admitted, string.Join(" ", admission.Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Sentence)));
            await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
        }
        // Who was not enough alone before is not enough now.
        var alone = await Bank.Admit(await Bank.Identify(await world.CheckIn(hires[^1].Hire, stays)));
        alone.Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Id).ShouldBe(["mandate"]);
        (await world.Facts(stays)).Cif.ShouldBe("77000001");
        (await world.Facts(goes)).Cif.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_sealed_for_the_old_record_opens_without_its_key_and_is_nowhere_in_the_clear()
    {
        var goes = await world.Record("Seal Old", "77000010", "canaryold@example.in", new DateOnly(1971, 3, 4));
        await world.Lab.Do<EditPerson, Done>(Bank.Manager.Person, slice => slice.Handle(goes, new("Seal Old", "77000010", new DateOnly(1971, 3, 4), "canary-street 7", "en"), default), await world.VersionOf(goes));
        var stays = await world.Record("Seal New", photograph: false);
        var hire = await world.Let(Mandate.Single, goes);
        await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person, slice => slice.Handle(hire, new(HoldKind.Court, "canary-of-a-hold", null, "canary-of-a-paper"), default));
        await world.Lab.Do<Nominate, Nominated>(Bank.Manager.Person, slice => slice.Handle(hire, new(world.Today, true, [new("canary-nominee", "canary-relation", world.Today.AddYears(-5), "canary-adult")]), default), version: await Version(hire));
        var paper = await world.Lab.Do<AddDocument, DocumentAdded>(Bank.Manager.Person, slice => slice.Handle(hire, DocumentKind.SignedAgreement, Pictures.Small, default));

        await world.Merge(stays, goes);
        foreach (var canary in new[] { "canary-of-a-hold", "canary-nominee", "canary-relation", "canary-adult", "canary-street", "canaryold", "canary-of-the-reason", "1971-03-04" })
            (await world.Read(db => ClearText.ColumnsWith(db, canary))).ShouldBeEmpty(canary);
        await Erase(goes);

        var shown = await world.Lab.As(Bank.Manager.Person, async services => (await services.GetRequiredService<ReadAgreements>().One(hire, default))!);
        shown.Holds.ShouldHaveSingleItem().Reason.ShouldBe("canary-of-a-hold");
        shown.Nomination!.Nominees.ShouldHaveSingleItem().ShouldBe(new(1, "canary-nominee", "canary-relation", world.Today.AddYears(-5), "canary-adult"));
        var blob = await world.Read(db => db.Set<Document>().Where(row => row.Id == paper.Id).Select(row => row.Blob).SingleAsync());
        var scan = await world.In(services => services.GetRequiredService<Blobs>().Get(services.GetRequiredService<StrongroomDb>(), services.GetRequiredService<Seals>(), blob, default));
        (scan!.Owner, scan.Bytes.SequenceEqual(Pictures.Small)).ShouldBe((stays, true));
        var person = await world.Lab.As(Bank.Manager.Person, async services => (await services.GetRequiredService<ReadPeople>().One(stays, default))!);
        (person.BornOn, person.Address, person.Facts.PhotographTakenOn).ShouldBe((new DateOnly(1971, 3, 4), "canary-street 7", world.Today));
        var channel = await world.Read(db => db.ChannelFacts().SingleAsync(row => row.Person == stays));
        (await world.In(async services => (await services.GetRequiredService<Seals>().KeyOf(services.GetRequiredService<StrongroomDb>(), stays, default)).Open(channel))).ShouldBe("canaryold@example.in");
        (await world.Read(db => db.ChannelFacts().AnyAsync(row => row.Person == goes))).ShouldBeFalse("nobody is written to at two places");
    }

    [Fact]
    public async Task Letters_of_authority_signatories_and_declared_relatives_know_the_record_that_stays()
    {
        var (stays, goes, hirer) = (await world.Record("Acts For"), await world.Record("Acts For", "77000020"), await world.Record("Has An Agent"));
        var firm = await world.Record("Firm Of Acts", kind: PersonKind.Organisation);
        var hire = await world.Let(Mandate.Single, hirer);
        await world.Lab.Do<AppointAgent, AgentAppointed>(Bank.Manager.Person, slice => slice.Handle(hire, new(goes, world.Today, world.Today, null), default));
        await world.Lab.Do<AddSignatory, SignatoryAdded>(Bank.Manager.Person, slice => slice.Handle(firm, new(goes, world.Today, null, 1, "Alone"), default));
        var officer = await world.Read(db => db.OfficerFacts().Where(row => row.Person == Bank.Custodian.Person).Select(row => row.Id).SingleAsync());
        await world.Lab.Do<DeclareRelative, RelativeDeclared>(Bank.Custodian.Person, slice => slice.Handle(officer, new("77000020", Relation.Sibling), default));

        (await world.Merge(stays, goes)).Hires.ShouldBe(1);

        (await world.Read(db => db.WhoMayCome(hire, world.Today, default))).Select(one => (one.Person, one.As)).ShouldBe([(hirer, ComesAs.Hirer), (stays, ComesAs.Agent)]);
        (await world.Read(db => db.SignatoryFacts().Where(row => row.Organisation == firm).Select(row => row.Person).SingleAsync())).ShouldBe(stays);
        (await world.Read(db => db.RelativesOf(Bank.Custodian.Person).ToListAsync())).ShouldContain(stays);
    }

    [Fact]
    public async Task Of_an_organisation_its_signatories_and_their_resolution_go_over()
    {
        var (stays, goes, director) = (await world.Record("Rao Jewels", kind: PersonKind.Organisation), await world.Record("Rao Jewels", "77000025", kind: PersonKind.Organisation), await world.Record("Director Rao"));
        await world.Lab.Do<AddSignatory, SignatoryAdded>(Bank.Manager.Person, slice => slice.Handle(goes, new(director, world.Today, null, 1, "canary-resolution"), default));

        await world.Merge(stays, goes);
        await Erase(goes);

        var shown = await world.Lab.As(Bank.Manager.Person, async services => (await services.GetRequiredService<ReadPeople>().One(stays, default))!);
        shown.Signatories.ShouldHaveSingleItem().Resolution.ShouldBe("canary-resolution");
    }

    [Fact]
    public async Task Of_a_consent_the_last_word_counts_and_an_address_that_both_have_stands_once()
    {
        var (stays, goes) = (await world.Record("Says Yes", email: "same@example.in"), await world.Record("Says Yes", email: "same@example.in"));
        await world.Lab.Do<AddChannel, ChannelAdded>(Bank.Manager.Person, slice => slice.Handle(goes, new(ChannelKind.Mobile, "98111 22344"), default));
        await Say(goes, ConsentPurpose.NoticesBySms, true);
        await Say(stays, ConsentPurpose.NoticesByEmail, true);
        await Say(goes, ConsentPurpose.NoticesByEmail, true);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await Say(goes, ConsentPurpose.NoticesByEmail, false);
        await Say(goes, ConsentPurpose.Biometrics, true);
        await Say(stays, ConsentPurpose.Biometrics, true);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await Say(stays, ConsentPurpose.Biometrics, false);

        await world.Merge(stays, goes);

        (await world.Read(db => db.ConsentFacts().Where(row => row.Person == stays).Select(row => row.Purpose).ToListAsync())).ShouldBe([ConsentPurpose.NoticesBySms]);
        (await world.Read(db => db.ChannelFacts().Where(row => row.Person == stays).OrderBy(row => row.Kind).Select(row => row.Kind).ToListAsync())).ShouldBe([ChannelKind.Email, ChannelKind.Mobile]);
    }

    [Fact]
    public async Task Online_access_goes_over_and_its_sessions_end()
    {
        var hire = await world.NewHire();
        var player = await Bank.OpenAccess(hire, "merged.user");
        using var browser = await world.SignIn(player);
        var stays = await world.Record("Online Person");

        await world.Merge(stays, hire.Hirer);

        (await browser.GetAsync("/account")).Leads().ShouldStartWith("/sign-in");
        (await world.Read(db => db.UserFacts().Where(user => user.UserName == "merged.user").Select(user => user.Person).SingleAsync())).ShouldBe(stays);
        using var again = await world.SignIn(player);
        (await again.GetStringAsync("/account")).ShouldContain(hire.Number);
    }

    [Fact]
    public async Task The_old_record_is_found_no_more_its_name_finds_the_one_that_stays_and_its_page_leads_there()
    {
        var (stays, goes) = (await world.Record("Padmavathi Krishnamurthy"), await world.Record("Padma Quaintname", "77000030"));
        await world.Merge(stays, goes);
        var last = await world.Record("Padmavathi Third", "77000031");
        await world.Merge(stays: last, goes: await Freed(stays));

        using var desk = await world.SignIn(Bank.Manager);
        var found = await desk.GetStringAsync("/desk/people?q=Quaintname");
        found.ShouldContain($"/desk/people/{last}");
        found.ShouldNotContain($"/desk/people/{goes}");
        var any = await desk.GetStringAsync("/desk/find?q=Quaintname");
        any.ShouldContain($"/desk/people/{last}");
        any.ShouldNotContain($"/desk/people/{goes}");
        foreach (var old in new[] { goes, stays })
        {
            var page = await desk.GetStringAsync($"/desk/people/{old}");
            page.ShouldContain("This record was merged into another");
            page.ShouldContain($"/desk/people/{last}");
            page.ShouldNotContain("Change particulars");
        }
        (await desk.PostJson($"/api/v1/people/{goes}/channels", new AddChannelRequest(ChannelKind.Email, "late@example.in"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<MakeAgreement>().Handle(
            new(Bank.Lockers[^24], goes, "late", world.Today, null, null, null), default))).Refusal!.Code.ShouldBe("not-found");
    }

    [Fact]
    public async Task One_event_stands_in_the_stories_of_both_and_of_each_locker_and_the_story_of_the_one_tells_the_other()
    {
        var (stays, goes) = (await world.Record("Story Keeper"), await world.Record("Story Old", "77000040"));
        var hire = await world.Let(Mandate.Single, goes);
        var locker = await world.Read(db => db.AgreementFacts().Where(row => row.Id == hire).Select(row => row.Locker).SingleAsync());
        await world.Merge(stays, goes);

        var about = await world.Read(async db =>
        {
            var one = await (from subject in db.Set<AuditSubject>() join happened in db.Set<AuditEvent>() on subject.Event equals happened.Id where happened.Kind == "exchange.persons-merged" && subject.Id == goes.Value select happened.Id).SingleAsync();
            return await db.Set<AuditSubject>().Where(row => row.Event == one).Select(row => row.Id).ToListAsync();
        });
        foreach (var subject in new[] { stays.Value, goes.Value, hire.Value, locker.Value, Bank.Branch.Value, Bank.CounterOfficer.Person.Value }) about.ShouldContain(subject);
        var story = await world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<ReadStory>().Page([Subject.Of(stays), Subject.Of(goes)], "Asia/Kolkata", null, default));
        story.Entries.Count(entry => entry.What.StartsWith("Person registered", StringComparison.Ordinal)).ShouldBe(2);
        story.Entries.Count(entry => entry.What.StartsWith("Two records of one person merged (", StringComparison.Ordinal)).ShouldBe(1);
        story.Entries.ShouldContain(entry => entry.What.StartsWith("Agreement of hire made", StringComparison.Ordinal));
    }

    private Task Say(PersonId person, ConsentPurpose purpose, bool given) =>
        world.Lab.Do<SayConsent, Done>(Bank.Manager.Person, slice => slice.Handle(person, new(purpose, given, ConsentWay.InPerson), default));

    private Task<long> Version(AgreementId hire) => world.Read(db => db.AgreementFacts().Where(row => row.Id == hire).Select(row => row.Version).SingleAsync());

    /// <summary>Takes its customer number out, so that it may be merged into one that has another.</summary>
    private async Task<PersonId> Freed(PersonId person)
    {
        var name = (await world.Facts(person)).Name;
        await world.Lab.Do<EditPerson, Done>(Bank.Manager.Person, slice => slice.Handle(person, new(name, null, null, null, "en"), default), await world.VersionOf(person));
        return person;
    }

    private Task<int> Erase(PersonId person) => world.In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        db.Remove(await db.Set<PersonKey>().SingleAsync(row => row.Person == person));
        db.Append(services.GetRequiredService<SystemActs>().At(world.Lab.Now), new Event(Erased));
        return await db.SaveChangesAsync();
    });
}

public sealed class Merges_on_sqlite(MergeWorld<Sqlite> world) : MergeTests<Sqlite>(world);

public sealed class Merges_on_postgres(MergeWorld<Postgres> world) : MergeTests<Postgres>(world);
