using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Hours;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Exchange;
using Strongroom.Modules.Exchange.Reading;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>The same morning: the office uploads, confirms, and the branch serves its hirers by their mandates.</summary>
public abstract class ImportedBranchTests<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    private BranchId branch;
    private Player custodian = null!, manager = null!, counter = null!;

    protected override async Task Prepare()
    {
        await base.Prepare();
        using var register = new RegisterFolder();
        var started = await Lab.Do<StartImport, ImportStarted>(Bank.Admin.Person, slice => slice.Upload(
            [Upload(register, RegisterFile.Lockers), Upload(register, RegisterFile.Hirers), Upload(register, RegisterFile.Visits)], default));
        (await App.Services.GetRequiredService<ImportWorker>().RunNext(default)).ShouldBeTrue();
        (await Read(db => db.Set<Import>().Where(row => row.Id == started.Id).Select(row => row.State).SingleAsync())).ShouldBe(ImportState.Finished);
        branch = await Read(db => db.BranchFacts().Where(row => row.Code == "7001").Select(row => row.Id).SingleAsync());
        manager = await Enlist("Anita Joshi", "r.manager", "E-701", Role.Manager);
        custodian = await Enlist("Bharat Pai", "r.custodian", "E-702", Role.Custodian);
        counter = await Enlist("Chitra Bose", "r.counter", "E-703", Role.CounterOfficer);
        var vault = await Read(db => db.VaultFacts().Where(row => row.Branch == branch).Select(row => row.Id).SingleAsync());
        await Lab.Do<RegisterGuardKey, KeyRegistered>(manager.Person, slice => slice.Handle(new(vault, "G-7"), default));
    }

    private static RegisterUpload Upload(RegisterFolder register, RegisterFile kind) => new(kind, () => File.OpenRead(register.At($"{kind}.csv".ToLowerInvariant())));

    private async Task<Player> Enlist(string name, string userName, string number, Role role)
    {
        var enlisted = await Lab.Do<EnlistOfficer, OfficerEnlisted>(null, slice => slice.Handle(new(name, userName, number, role, "7001"), default));
        return await Joining.Activate(Lab, enlisted.Person, name, enlisted.Invitation);
    }

    private Task<List<(AgreementFacts Hire, List<PersonId> Hirers)>> Hires() => Read(async db =>
    {
        List<(AgreementFacts, List<PersonId>)> hires = [];
        foreach (var hire in await db.AgreementFacts().Where(row => row.Branch == branch).ToListAsync())
            hires.Add((hire, await db.PartyFacts().Where(party => party.Agreement == hire.Id).OrderBy(party => party.Position).Select(party => party.Person).ToListAsync()));
        return hires;
    });

    private async Task<Admission> Serve(AgreementId hire, PersonId first, params PersonId[] others)
    {
        var visit = await Lab.Do<CheckIn, VisitStep>(counter.Person, slice => slice.Handle(new(hire, first, others), default));
        visit = await Lab.Do<Identify, VisitStep>(counter.Person, slice => slice.Handle(visit.Id, new(IdentityCheck.IdentityDocument, OperatorSign.SlipSigned), default), visit.Version);
        var admission = await Lab.Do<Admit, Admission>(custodian.Person, slice => slice.Handle(visit.Id, new("Papers to be brought next time."), default), visit.Version);
        if (admission.Result == Answer.Refuse) return admission;
        var alone = await Lab.Do<LeaveAlone, VisitStep>(custodian.Person, slice => slice.Handle(visit.Id, default), admission.Version);
        var locked = await Lab.Do<LockUp, VisitStep>(custodian.Person, slice => slice.Handle(visit.Id, new(KeyOut: true, DoorTried: true, GuardKeyBack: true), default), alone.Version);
        await Lab.Do<CheckOut, VisitStep>(custodian.Person, slice => slice.Handle(visit.Id, default), locked.Version);
        return admission;
    }

    [Fact]
    public async Task Once_confirmed_the_imported_branch_opens_its_day_and_serves_every_hirer_without_a_hold()
    {
        await In(services => services.GetRequiredService<OpenDay>().Ask(branch, default), await ActorOf(custodian)).RefusedWith(409, "access.branch-not-set-up");
        var version = await Read(db => db.BranchFacts().Where(row => row.Id == branch).Select(row => row.Version).SingleAsync());
        var hours = Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => new DayHours(new(10, 0), new(16, 0)));
        await Lab.Do<ConfirmBranch, Done>(Bank.Admin.Person, slice => slice.Handle(branch,
            new(new("7001", "Gandhi Chowk", "Asia/Kolkata", "IN", LocationClass.Urban), new(hours), 2), default), version);

        var asked = await Lab.Do<OpenDay, DaySignatures>(custodian.Person, slice => slice.Ask(branch, default));
        await Joining.Sign(Lab, asked.Mine, custodian);
        await Joining.Sign(Lab, asked.Second, manager);
        await Lab.Do<OpenDay, DayOpened>(custodian.Person, slice => slice.Handle(branch, new(asked.Mine, asked.Second), default));

        var hires = await Hires();
        hires.Count.ShouldBe(5);
        foreach (var (hire, hirers) in hires)
        {
            var held = await Read(db => db.HoldsInForce(Clock.UtcNow()).AnyAsync(hold => hold.Agreement == hire.Id));
            (await Serve(hire.Id, hirers[0], [.. hirers.Skip(1)])).Result.ShouldBe(held ? Answer.Refuse : Answer.Warn, hire.Number);
        }

        var former = hires.Single(one => one.Hire.Mandate == Mandate.FormerOrSurvivor);
        var refused = await Serve(former.Hire.Id, former.Hirers[1]);
        refused.Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Id).ShouldBe(["mandate"]);
        var either = hires.Single(one => one.Hire.Mandate == Mandate.EitherOrSurvivor);
        (await Serve(either.Hire.Id, either.Hirers[1])).Result.ShouldBe(Answer.Warn);
    }

    [Fact]
    public async Task An_unconfirmed_branch_takes_no_hours_and_a_hold_is_confirmed_once()
    {
        var other = await Read(db => db.BranchFacts().SingleAsync(row => row.Code == "7002"));
        var weekday = new DayHours(new(10, 0), new(16, 0));
        (await Read(db => db.BranchFacts().AnyAsync(row => row.Id == other.Id && row.Proposed))).ShouldBeTrue();
        await Should.ThrowAsync<Exception>(() => Lab.Do<SetHours, Done>(Bank.Admin.Person, slice =>
            slice.Handle(other.Id, new(new Dictionary<DayOfWeek, DayHours> { [DayOfWeek.Monday] = weekday }), default), other.Version));

        var held = (await Hires()).First(one => one.Hire.Number == "REG-103");
        var hold = await Read(db => db.HoldsInForce(Clock.UtcNow()).Where(row => row.Agreement == held.Hire.Id).SingleAsync());
        hold.Unconfirmed.ShouldBeTrue();
        await Lab.Do<ConfirmHold, Done>(manager.Person, slice => slice.Handle(held.Hire.Id, hold.Id, new("O.S. 7/2026"), default));
        (await Read(db => db.HoldsInForce(Clock.UtcNow()).Where(row => row.Id == hold.Id).Select(row => row.Unconfirmed).SingleAsync())).ShouldBeFalse();
    }

    [Fact]
    public async Task The_office_sees_progress_and_problems_and_the_locker_its_old_visits()
    {
        var office = await this.SignIn(Bank.Admin);
        var list = await office.GetStringAsync("/office/imports");
        var id = await Read(db => db.Set<Import>().Select(row => row.Id).SingleAsync());
        list.ShouldContain($"/office/imports/{id}");
        var page = await office.GetStringAsync($"/office/imports/{id}?severity=Error");
        page.ShouldContain("lockers.csv, line 6");
        page.ShouldNotContain("Chavan");
        (await office.GetStringAsync($"/office/branches/{branch}/confirm")).ShouldContain("Asia/Kolkata");

        var locker = await Read(db => db.LockerFacts().Where(row => row.Branch == branch && row.Number == "101").Select(row => row.Id).SingleAsync());
        var desk = await this.SignIn(manager);
        var story = await desk.GetStringAsync($"/desk/lockers/{locker}");
        story.ShouldContain("Visit in the old register");
        story.ShouldContain("Taken over from the old register");
    }

    private async Task<Actor> ActorOf(Player player) => await In(async services =>
    {
        var grants = new List<RoleGrant>();
        foreach (var source in services.GetServices<Strongroom.Modules.SignIn.Contracts.IRoleSource>()) grants.AddRange(await source.GrantsOf(player.Person, Clock.UtcNow(), default));
        return new Actor { Person = player.Person, User = player.Person.Value, Grants = grants };
    });
}

public sealed class Imported_branch_on_sqlite : ImportedBranchTests<Sqlite>;

public sealed class Imported_branch_on_postgres : ImportedBranchTests<Postgres>;
