using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Signatories;
using Strongroom.Modules.Exchange.Merging;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>Where a merge would say something that is not so, or something could slip in between, it does not happen.</summary>
public abstract class MergeRefusalTests<TEngine>(MergeWorld<TEngine> world) : IClassFixture<MergeWorld<TEngine>> where TEngine : IEngine
{
    private static readonly AuditKind CheckedIn = new("test.checked-in", "Checked in");

    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task Records_that_speak_against_each_other_stay_two()
    {
        var plain = await world.Record("Plain");
        await Refused(plain, plain, 422, "exchange.same-record");
        await Refused(await world.Record("Numbered", "78000001"), await world.Record("Numbered", "78000002"), 409, "customers.cifs-differ");
        await Refused(await world.Record("Born", bornOn: new(1970, 1, 1)), await world.Record("Born", bornOn: new(1970, 1, 2)), 409, "customers.born-on-different-days");
        await Refused(plain, await world.Record("Plain", kind: PersonKind.Organisation), 409, "customers.kinds-differ");
        await Refused(plain, new PersonId(Guid.NewGuid()), 404, "not-found");
    }

    [Fact]
    public async Task A_hire_that_knows_both_is_put_right_first()
    {
        var (one, other, third) = (await world.Record("Joint Twin"), await world.Record("Joint Twin"), await world.Record("Letter Giver"));
        await world.Let(Mandate.Jointly, one, other);
        (await Refused(one, other, 409, "agreements.both-are-hirers")).Next.ShouldContain("make it anew");

        var (hirer, agent) = (await world.Record("Letter Twin"), await world.Record("Letter Twin"));
        var hire = await world.Let(Mandate.Single, hirer);
        await world.Lab.Do<AppointAgent, AgentAppointed>(Bank.Manager.Person, slice => slice.Handle(hire, new(agent, world.Today, world.Today, null), default));
        await Refused(hirer, agent, 409, "agreements.both-operate");
        await Refused(agent, hirer, 409, "agreements.both-operate");

        var firm = await world.Record("Twin Firm", kind: PersonKind.Organisation);
        var (director, twin) = (third, await world.Record("Letter Giver"));
        foreach (var signatory in new[] { director, twin })
            await world.Lab.Do<AddSignatory, SignatoryAdded>(Bank.Manager.Person, slice => slice.Handle(firm, new(signatory, world.Today, null, 2, "Two"), default));
        await Refused(director, twin, 409, "customers.both-act-for-one");
    }

    [Fact]
    public async Task Officers_their_own_records_and_their_relatives_are_not_merged_by_them()
    {
        var plain = await world.Record("Imran Shaikh");
        await Refused(plain, Bank.CounterOfficer.Person, 409, "exchange.person-of-staff");
        await Refused(Bank.CounterOfficer.Person, plain, 409, "exchange.person-of-staff");
        await Refused(plain, Bank.Manager.Person, 403, "exchange.own-record");

        var (brother, twin) = (await world.Record("Manager's Brother", "78000010"), await world.Record("Manager's Brother"));
        var officer = await world.Read(db => db.OfficerFacts().Where(row => row.Person == Bank.Manager.Person).Select(row => row.Id).SingleAsync());
        await world.Lab.Do<DeclareRelative, RelativeDeclared>(Bank.Manager.Person, slice => slice.Handle(officer, new("78000010", Relation.Sibling), default));
        await Refused(twin, brother, 403, "exchange.own-record");
    }

    [Fact]
    public async Task Two_sign_ins_do_not_become_one()
    {
        var (one, other) = (await world.NewHire(), await world.NewHire());
        await Bank.OpenAccess(one, "twin.one");
        await Bank.OpenAccess(other, "twin.two");
        await world.Lab.Do<EditPerson, Done>(Bank.Manager.Person, slice => slice.Handle(other.Hirer, new(other.Name, null, null, null, "en"), default), await world.VersionOf(other.Hirer));
        await Refused(one.Hirer, other.Hirer, 409, "sign-in.both-sign-in");
    }

    [Fact]
    public async Task Nobody_is_merged_while_at_the_counter_nor_twice_nor_after_a_change()
    {
        var (stays, goes) = (await world.Record("Visits Now"), await world.Record("Visits Now"));
        var hire = await world.Let(Mandate.Single, goes);
        var asked = await world.Signed(stays, goes);
        var visit = await world.CheckIn(hire, goes);
        await world.CarryOut(asked.Id).RefusedWith(409, "exchange.visit-open");
        await world.Lab.Do<EndVisit, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Leave(visit.Id, new(EndReason.Mistake, null), default), visit.Version);

        await world.Lab.Do<RecordDueDiligence, Done>(Bank.Manager.Person, slice => slice.Handle(goes, new(world.Today.AddYears(3)), default), await world.VersionOf(goes));
        await world.CarryOut(asked.Id).RefusedWith(412, "stale");

        asked = await world.Signed(stays, goes);
        await world.CarryOut(asked.Id, Bank.CounterOfficer).RefusedWith(404, "not-found");
        await world.CarryOut(asked.Id).Fine();
        await world.CarryOut(asked.Id).RefusedWith(409, "exchange.merge-done");
        await Refused(await world.Record("Visits Now"), goes, 409, "customers.merged-already");
        await Refused(goes, await world.Record("Visits Now"), 409, "customers.merged-already");
    }

    [Fact]
    public async Task A_second_officer_signs_and_neither_the_first_nor_a_party_does()
    {
        var (stays, goes) = (await world.Record("Needs Two"), await world.Record("Needs Two"));
        await Task.FromResult(await world.Ask(stays, goes, Bank.CounterOfficer)).RefusedWith(403, "not-allowed");
        var asked = await Task.FromResult(await world.Ask(stays, goes)).Fine();
        await world.CarryOut(asked.Id).RefusedWith(409, "sign-in.not-signed");
        (await Should.ThrowAsync<InvalidOperationException>(() => Joining.Sign(world.Lab, asked.Signature, Bank.Manager))).Message.ShouldContain("sign-in.same-person");
        await Should.ThrowAsync<InvalidOperationException>(() => Joining.Sign(world.Lab, asked.Signature, Bank.Custodian));
        await Joining.Sign(world.Lab, asked.Signature, Bank.CounterOfficer);
        await world.CarryOut(asked.Id).Fine();
    }

    [Fact]
    public async Task A_manager_moves_no_locker_of_another_branch_but_may_keep_its_hirer()
    {
        var fort = (await world.Lab.Do<OpenBranch, BranchOpened>(Bank.Admin.Person, slice => slice.Handle(new("F9", "Fort", "Asia/Kolkata", "IN", LocationClass.Metro), default))).Id;
        var enlisted = await world.Lab.Do<EnlistOfficer, OfficerEnlisted>(null, slice => slice.Handle(new("Nisha Rao", "fort.manager", "F-1", Role.Manager, "F9"), default));
        var manager = await Joining.Activate(world.Lab, enlisted.Person, "Nisha Rao", enlisted.Invitation);
        var (hirer, twin) = (await world.Record("Far Hirer"), await world.Record("Far Hirer"));
        await world.Let(Mandate.Single, hirer);

        (await Task.FromResult(await world.Ask(twin, hirer, manager, fort)).RefusedWith(409, "exchange.hire-of-other-branch")).Title.ShouldContain("MG Road");
        await Task.FromResult(await world.Ask(twin, hirer, manager)).RefusedWith(403, "not-allowed");
        await Task.FromResult(await world.Ask(hirer, twin, manager, fort)).Fine();
    }

    [Fact]
    public async Task A_check_in_that_looked_before_the_merge_cannot_be_saved_after_it()
    {
        var (stays, goes) = (await world.Record("Looked Before"), await world.Record("Looked Before"));
        var hire = await world.Let(Mandate.Single, goes);
        var asked = await world.Signed(stays, goes);

        await world.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            await db.LeanOnAgreement(hire, default);
            (await db.WhoMayCome(hire, world.Today, default)).ShouldHaveSingleItem().Person.ShouldBe(goes);

            await world.CarryOut(asked.Id).Fine();

            db.Append(services.GetRequiredService<SystemActs>().At(world.Lab.Now), new Event(CheckedIn));
            return await Should.ThrowAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
        });
    }

    [Fact]
    public async Task Of_a_merge_and_a_check_in_at_once_one_happens()
    {
        for (var round = 0; round < 4; round++)
        {
            var (stays, goes) = (await world.Record("Races"), await world.Record("Races"));
            var hire = await world.Let(Mandate.Single, goes);
            var asked = await world.Signed(stays, goes);

            var merging = Task.Run(() => world.CarryOut(asked.Id));
            var arriving = Task.Run(() => world.TryCheckIn(hire, goes));
            await Task.WhenAll(merging, arriving);

            var (merge, visit) = (await merging, await arriving);
            (merge.Refusal is null).ShouldNotBe(visit.Refusal is null, $"{merge.Refusal?.Code} and {visit.Refusal?.Code}");
            if (merge.Refusal is { } lost) lost.Code.ShouldBeOneOf("exchange.visit-open", "changed-meanwhile");
            else visit.Refusal!.Code.ShouldBeOneOf("access.not-a-party", "changed-meanwhile");
        }
    }

    private async Task<Refusal> Refused(PersonId stays, PersonId goes, int status, string code)
    {
        var refusal = await Task.FromResult(await world.Ask(stays, goes)).RefusedWith(status, code);
        refusal.Next.Length.ShouldBeGreaterThan(10);
        return refusal;
    }
}

public sealed class Merge_refusals_on_sqlite(MergeWorld<Sqlite> world) : MergeRefusalTests<Sqlite>(world);

public sealed class Merge_refusals_on_postgres(MergeWorld<Postgres> world) : MergeRefusalTests<Postgres>(world);
