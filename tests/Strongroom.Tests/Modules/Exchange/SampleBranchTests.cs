using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Exchange;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Architecture;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>A whole branch of a register, from the files to the last hirer served: the sample's where that lies beside the repository, else our own small one.</summary>
public abstract class SampleBranchTests<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    private static readonly string Sample = Repository.At("..", "shared", "data", "legacy-register");
    private static readonly bool HasSample = Directory.Exists(Sample);
    private static readonly string Code = HasSample ? "6001" : "7001";

    [Fact]
    public async Task The_sample_branch_once_confirmed_opens_its_day_and_serves_every_hirer_who_has_no_hold()
    {
        var register = HasSample ? Sample : Repository.At("tests", "Strongroom.Tests", "Modules", "Exchange", "Register");
        (await In(services => services.GetRequiredService<Importer>().Run(register, ImportSource.CommandLine, Actor.System, dryRun: false, null, default))).Refusal.ShouldBeNull();
        var branch = await Read(db => db.BranchFacts().SingleAsync(row => row.Code == Code));
        var (manager, custodian, counter) = (await Enlist("s.manager", Role.Manager), await Enlist("s.custodian", Role.Custodian), await Enlist("s.counter", Role.CounterOfficer));
        var vault = await Read(db => db.VaultFacts().Where(row => row.Branch == branch.Id).Select(row => row.Id).SingleAsync());
        await Lab.Do<RegisterGuardKey, KeyRegistered>(manager.Person, slice => slice.Handle(new(vault, "G-1"), default));

        var hours = Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => new DayHours(new(10, 0), new(16, 0)));
        await Lab.Do<ConfirmBranch, Done>(Bank.Admin.Person, slice => slice.Handle(branch.Id,
            new(new(Code, branch.Name, "Asia/Kolkata", "IN", LocationClass.Urban), new(hours), 2), default), branch.Version);
        var asked = await Lab.Do<OpenDay, DaySignatures>(custodian.Person, slice => slice.Ask(branch.Id, default));
        await Joining.Sign(Lab, asked.Mine, custodian);
        await Joining.Sign(Lab, asked.Second, manager);
        await Lab.Do<OpenDay, DayOpened>(custodian.Person, slice => slice.Handle(branch.Id, new(asked.Mine, asked.Second), default));

        var today = Clock.UtcNow().DateIn("Asia/Kolkata");
        var hires = await Read(db => db.AgreementFacts().Where(row => row.Branch == branch.Id && row.StartsOn <= today).OrderBy(row => row.Number).ToListAsync());
        hires.Count.ShouldBeGreaterThan(HasSample ? 80 : 3);
        var held = await Read(db => db.HoldsInForce(Clock.UtcNow()).Select(hold => hold.Agreement).ToHashSetAsync());
        List<string> wrong = [];
        foreach (var hire in hires)
        {
            var answer = await Serve(hire.Id, counter, custodian);
            if ((answer.Result == Answer.Refuse) != held.Contains(hire.Id) && !await OutOfService(hire.Locker))
                wrong.Add($"{hire.Number}: {string.Join(", ", answer.Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Id))}");
        }
        wrong.ShouldBeEmpty();
    }

    private async Task<Player> Enlist(string userName, Role role)
    {
        var enlisted = await Lab.Do<EnlistOfficer, OfficerEnlisted>(null, slice => slice.Handle(new($"Officer {userName}", userName, userName, role, Code), default));
        return await Joining.Activate(Lab, enlisted.Person, userName, enlisted.Invitation);
    }

    private async Task<Admission> Serve(AgreementId hire, Player counter, Player custodian)
    {
        var hirers = await Read(db => db.PartyFacts().Where(party => party.Agreement == hire).OrderBy(party => party.Position).Select(party => party.Person).ToListAsync());
        var visit = await Lab.Do<CheckIn, VisitStep>(counter.Person, slice => slice.Handle(new(hire, hirers[0], [.. hirers.Skip(1)]), default));
        visit = await Lab.Do<Identify, VisitStep>(counter.Person, slice => slice.Handle(visit.Id, new(IdentityCheck.IdentityDocument, OperatorSign.SlipSigned), default), visit.Version);
        var admission = await Lab.Do<Admit, Admission>(custodian.Person, slice => slice.Handle(visit.Id, new("Papers next time."), default), visit.Version);
        if (admission.Result == Answer.Refuse) return admission;
        var alone = await Lab.Do<LeaveAlone, VisitStep>(custodian.Person, slice => slice.Handle(visit.Id, default), admission.Version);
        var locked = await Lab.Do<LockUp, VisitStep>(custodian.Person, slice => slice.Handle(visit.Id, new(KeyOut: true, DoorTried: true, GuardKeyBack: true), default), alone.Version);
        await Lab.Do<CheckOut, VisitStep>(custodian.Person, slice => slice.Handle(visit.Id, default), locked.Version);
        return admission;
    }

    private Task<bool> OutOfService(LockerId locker) => Read(db => db.LockerFacts().AnyAsync(row => row.Id == locker && row.Condition != LockerCondition.InService));
}

public sealed class Sample_branch_on_sqlite : SampleBranchTests<Sqlite>;

public sealed class Sample_branch_on_postgres : SampleBranchTests<Postgres>;
