using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Hours;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Bank;

/// <summary>The acts of a branch's day, each by the handler that the counter's pages call.</summary>
public static class Day
{
    public static async Task<DayOpened> OpenDay(this IStaffedBranch bank)
    {
        var (custodian, second) = (bank.Custodian, bank.Manager);
        var asked = await bank.Lab.Do<OpenDay, DaySignatures>(custodian.Person, slice => slice.Ask(bank.Branch, default));
        await Joining.Sign(bank.Lab, asked.Mine, custodian);
        await Joining.Sign(bank.Lab, asked.Second, second);
        return await bank.Lab.Do<OpenDay, DayOpened>(custodian.Person, slice => slice.Handle(bank.Branch, new(asked.Mine, asked.Second), default));
    }

    public static async Task<DayClosed> CloseDay(this IStaffedBranch bank)
    {
        var round = await bank.LastRound();
        var asked = await bank.Lab.Do<CloseDay, DaySignatures>(bank.Custodian.Person, slice => slice.Ask(bank.Branch, round, default));
        await Joining.Sign(bank.Lab, asked.Mine, bank.Custodian);
        await Joining.Sign(bank.Lab, asked.Second, bank.Manager);
        return await bank.Lab.Do<CloseDay, DayClosed>(bank.Custodian.Person, slice =>
            slice.Handle(bank.Branch, new(round, asked.Mine, asked.Second), default));
    }

    /// <summary>From now on the vault is served at any hour of any day: for what runs by the machine's clock, whatever that says.</summary>
    public static async Task OpenRoundTheClock(this IStaffedBranch bank)
    {
        var version = await bank.Lab.Read(db => db.BranchFacts().Where(branch => branch.Id == bank.Branch).Select(branch => branch.Version).SingleAsync());
        var always = Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => new DayHours(TimeOnly.MinValue, new(23, 59)));
        await bank.Lab.Do<SetHours, Done>(bank.Admin.Person, slice => slice.Handle(bank.Branch, new(always), default), version);
    }

    /// <summary>What two careful officers find: every vault empty, every guard key there.</summary>
    public static Task<ClosingRound> LastRound(this IStaffedBranch bank) => bank.Lab.Read(async db => new ClosingRound(
        await db.VaultFacts().Where(vault => vault.Branch == bank.Branch).Select(vault => vault.Id).ToListAsync(),
        await db.CustodyFacts().CountAsync(key => key.Branch == bank.Branch && key.Vault != null)));

    public static Task<VisitStep> CheckIn(this IStaffedBranch bank, Hire hire) => bank.CheckIn(hire.Agreement, hire.Hirer);

    /// <param name="others">Who came along.</param>
    public static Task<VisitStep> CheckIn(this IStaffedBranch bank, AgreementId agreement, PersonId person, params IReadOnlyList<PersonId> others) =>
        bank.Lab.Do<CheckIn, VisitStep>(bank.CounterOfficer.Person, slice => slice.Handle(new(agreement, person, others), default));

    public static Task<VisitStep> Identify(this IStaffedBranch bank, VisitStep visit) => bank.Lab.Do<Identify, VisitStep>(
        bank.CounterOfficer.Person, slice => slice.Handle(visit.Id, new(IdentityCheck.PhotographCompared, OperatorSign.SlipSigned), default), visit.Version);

    public static Task<Admission> Admit(this IStaffedBranch bank, VisitStep visit, string? note = null) => bank.Lab.Do<Admit, Admission>(
        bank.Custodian.Person, slice => slice.Handle(visit.Id, new(note), default), visit.Version);

    /// <summary>Where a rule warns and nothing was noted, the officer is asked for a note, and writes <paramref name="whenAsked"/>.</summary>
    public static Task<Admission> AdmitNoting(this IStaffedBranch bank, VisitStep visit, string? note, string whenAsked) => bank.Lab.As(bank.Custodian.Person, async services =>
    {
        var admit = services.GetRequiredService<Admit>();
        var outcome = await admit.Handle(visit.Id, new(note), default);
        if (outcome.Refusal is NoteNeeded) outcome = await admit.Handle(visit.Id, new(whenAsked), default);
        return outcome.Refused(out var refusal, out var admission) ? throw new InvalidOperationException(refusal.Title) : admission;
    }, visit.Version);

    public static Task<VisitStep> LeaveAlone(this IStaffedBranch bank, VisitId visit, long version) =>
        bank.Lab.Do<LeaveAlone, VisitStep>(bank.Custodian.Person, slice => slice.Handle(visit, default), version);

    public static Task<VisitStep> LockUp(this IStaffedBranch bank, VisitStep visit) => bank.Lab.Do<LockUp, VisitStep>(
        bank.Custodian.Person, slice => slice.Handle(visit.Id, new(KeyOut: true, DoorTried: true, GuardKeyBack: true), default), visit.Version);

    public static Task<VisitStep> CheckOut(this IStaffedBranch bank, VisitStep visit) =>
        bank.Lab.Do<CheckOut, VisitStep>(bank.Custodian.Person, slice => slice.Handle(visit.Id, default), visit.Version);
}
