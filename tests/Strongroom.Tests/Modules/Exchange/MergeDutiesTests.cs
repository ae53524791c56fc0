using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Contact.Complaints;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>Who is still to be told when two records become one is told under the record that stays.</summary>
public abstract class MergeDutiesTests<TEngine>(MergeWorld<TEngine> world) : IClassFixture<MergeWorld<TEngine>> where TEngine : IEngine
{
    private static readonly AuditKind Erased = new("test.erased-duties", "Erased");

    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task What_waits_to_go_out_goes_out_under_the_other_record_and_the_obligation_is_met()
    {
        var (goes, stays) = (await world.Record("Is Told", email: $"told{Guid.NewGuid():N}@example.in"), await world.Record("Is Told", photograph: false));
        var visit = await Visit(await world.Let(Mandate.Single, goes), goes);

        await world.Merge(stays, goes);

        var message = await world.Read(db => db.Set<Message>().SingleAsync(row => row.To == stays && row.Purpose == Templates.VisitAlert));
        message.State.ShouldBe(MessageState.Waiting);
        (await world.Read(db => db.Set<ObligationAddressee>().Join(db.Set<Obligation>(), one => one.Obligation, one => one.Id, (addressee, obligation) => new { addressee, obligation })
            .Where(row => row.obligation.Visit == visit).Select(row => row.addressee.Person).ToListAsync())).ShouldBe([stays]);
        (await world.Read(db => db.Set<PersonNotice>().CountAsync(row => row.Person == goes))).ShouldBe(0);
        (await world.Read(db => db.Set<PersonNotice>().CountAsync(row => row.Person == stays))).ShouldBe(1);
        await Erase(goes);
        (await world.In(async services =>
        {
            var key = await services.GetRequiredService<Seals>().KeyOf(services.GetRequiredService<StrongroomDb>(), stays, default);
            return key.Open(DeliveryContract.BodyColumn, message.Id.Value, message.Body);
        })).ShouldContain("was opened on");

        await world.App.Services.GetRequiredService<Relay>().RunOnce(world.Lab.Now, default);
        (await world.Read(db => db.ObligationFacts().SingleAsync(row => row.Visit == visit))).State.ShouldBe(ObligationState.Met);
    }

    [Fact]
    public async Task A_complaint_goes_along_and_an_old_link_complains_under_the_record_that_stays()
    {
        var (goes, stays) = (await world.Record("Complains Twice", email: $"twice{Guid.NewGuid():N}@example.in"), await world.Record("Complains Twice", photograph: false));
        var hire = await world.Let(Mandate.Single, goes);
        var (before, after) = (await Visit(hire, goes), await Visit(hire, goes));
        await Complain(await Link(before));
        // Both are told by the time of the merge: what was told stays with the record that it was told to.
        await world.App.Services.GetRequiredService<Relay>().RunOnce(world.Lab.Now, default);

        await world.Merge(stays, goes);
        await Complain(await Link(after));

        (await world.Read(db => db.Set<Complaint>().Where(row => row.Agreement == hire).Select(row => row.By).ToListAsync())).ShouldBe([stays, stays]);
    }

    [Fact]
    public async Task A_code_word_is_asked_for_whichever_record_it_was_set_on()
    {
        var (goes, stays) = (await world.Record("Has A Word"), await world.Record("Has A Word", photograph: false));
        await world.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var act = services.GetRequiredService<SystemActs>().At(world.Lab.Now);
            var person = await db.Set<Person>().SingleAsync(row => row.Id == goes);
            person.CodeWord = (await act.Seals.KeyOf(db, goes, default)).Seal(CodeWords.Column, goes.Value, "marigold");
            db.Append(act, new Event(Erased));
            return await db.SaveChangesAsync();
        });

        await world.Merge(stays, goes);
        await Erase(goes);

        (await world.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            return await db.CodeWordOf(stays, await services.GetRequiredService<Seals>().KeyOf(db, stays, default), default);
        })).ShouldBe("marigold");
    }

    private async Task<VisitId> Visit(AgreementId hire, PersonId person)
    {
        var admission = await Bank.Admit(await Bank.Identify(await world.CheckIn(hire, person)), "note");
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
        return admission.Id;
    }

    private Task<string> Link(VisitId visit) => world.Read(async db =>
        ComplaintLink.Path(world.App.Services.GetRequiredService<Seals>(), (await db.ObligationFacts().SingleAsync(row => row.Visit == visit)).Id, 1));

    private Task<ComplaintOpened> Complain(string path) =>
        world.In(services => services.GetRequiredService<OpenComplaint>().Handle(path.Split('/')[^1], default), Actor.Nobody(null)).Fine();

    private Task<int> Erase(PersonId person) => world.In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        db.Remove(await db.Set<PersonKey>().SingleAsync(row => row.Person == person));
        db.Append(services.GetRequiredService<SystemActs>().At(world.Lab.Now), new Event(Erased));
        return await db.SaveChangesAsync();
    });
}

public sealed class MergeDuties_on_sqlite(MergeWorld<Sqlite> world) : MergeDutiesTests<Sqlite>(world);

public sealed class MergeDuties_on_postgres(MergeWorld<Postgres> world) : MergeDutiesTests<Postgres>(world);
