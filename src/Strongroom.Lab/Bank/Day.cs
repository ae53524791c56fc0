using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Hours;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Bank;

/// <summary>The acts of a branch's day, each by the handler that the counter's pages call.</summary>
public static class Day
{
    public static async Task<DayOpened> OpenDay(this SmallBank bank)
    {
        var (custodian, second) = (bank.Custodian, bank.Manager);
        var asked = await bank.Lab.Do<OpenDay, DaySignatures>(custodian.Person, slice => slice.Ask(bank.Branch, default));
        await Joining.Sign(bank.Lab, asked.Mine, custodian);
        await Joining.Sign(bank.Lab, asked.Second, second);
        return await bank.Lab.Do<OpenDay, DayOpened>(custodian.Person, slice => slice.Handle(bank.Branch, new(asked.Mine, asked.Second), default));
    }

    public static async Task<DayClosed> CloseDay(this SmallBank bank)
    {
        var round = await bank.LastRound();
        var asked = await bank.Lab.Do<CloseDay, DaySignatures>(bank.Custodian.Person, slice => slice.Ask(bank.Branch, round, default));
        await Joining.Sign(bank.Lab, asked.Mine, bank.Custodian);
        await Joining.Sign(bank.Lab, asked.Second, bank.Manager);
        return await bank.Lab.Do<CloseDay, DayClosed>(bank.Custodian.Person, slice =>
            slice.Handle(bank.Branch, new(round, asked.Mine, asked.Second), default));
    }

    /// <summary>From now on the vault is served at any hour of any day: for what runs by the machine's clock, whatever that says.</summary>
    public static async Task OpenRoundTheClock(this SmallBank bank)
    {
        var version = await bank.Lab.Read(db => db.BranchFacts().Where(branch => branch.Id == bank.Branch).Select(branch => branch.Version).SingleAsync());
        var always = Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => new DayHours(TimeOnly.MinValue, new(23, 59)));
        await bank.Lab.Do<SetHours, Done>(bank.Admin.Person, slice => slice.Handle(bank.Branch, new(always), default), version);
    }

    /// <summary>What two careful officers find: every vault empty, every guard key there.</summary>
    public static Task<ClosingRound> LastRound(this SmallBank bank) => bank.Lab.Read(async db => new ClosingRound(
        await db.VaultFacts().Where(vault => vault.Branch == bank.Branch).Select(vault => vault.Id).ToListAsync(),
        await db.CustodyFacts().CountAsync(key => key.Branch == bank.Branch && key.Vault != null)));

    public static Task<VisitStep> CheckIn(this SmallBank bank, Hire hire) =>
        bank.Lab.Do<CheckIn, VisitStep>(bank.CounterOfficer.Person, slice => slice.Handle(new(hire.Agreement, hire.Hirer), default));

    public static Task<VisitStep> Identify(this SmallBank bank, VisitStep visit) => bank.Lab.Do<Identify, VisitStep>(
        bank.CounterOfficer.Person, slice => slice.Handle(visit.Id, new(IdentityCheck.PhotographCompared, OperatorSign.SlipSigned), default), visit.Version);

    public static Task<Admission> Admit(this SmallBank bank, VisitStep visit, string? note = null) => bank.Lab.Do<Admit, Admission>(
        bank.Custodian.Person, slice => slice.Handle(visit.Id, new(note), default), visit.Version);

    public static Task<VisitStep> LeaveAlone(this SmallBank bank, VisitId visit, long version) =>
        bank.Lab.Do<LeaveAlone, VisitStep>(bank.Custodian.Person, slice => slice.Handle(visit, default), version);

    public static Task<VisitStep> LockUp(this SmallBank bank, VisitStep visit) => bank.Lab.Do<LockUp, VisitStep>(
        bank.Custodian.Person, slice => slice.Handle(visit.Id, new(KeyOut: true, DoorTried: true, GuardKeyBack: true), default), visit.Version);

    public static Task<VisitStep> CheckOut(this SmallBank bank, VisitStep visit) =>
        bank.Lab.Do<CheckOut, VisitStep>(bank.Custodian.Person, slice => slice.Handle(visit.Id, default), visit.Version);
}
