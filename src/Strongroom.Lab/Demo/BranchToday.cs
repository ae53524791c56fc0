using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>
/// One branch's vault while somebody looks. It keeps nothing in mind: each step reads what stands in the database and does what is due, so that it goes on
/// after a stop, and beside a visitor who acts at the same counter.
/// </summary>
/// <param name="step">How often it is asked to go on.</param>
internal sealed class BranchToday(LabBank lab, BranchOfficers officers, TimeSpan step) : IStaffedBranch
{
    /// <summary>Quicker than a branch of this size is, so that something happens while one looks.</summary>
    private static readonly TimeSpan BetweenArrivals = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly Chance chance = new(officers.Branch.GetHashCode());

    public LabBank Lab => lab;

    public BranchId Branch => officers.Branch;

    public Player Admin => officers.Admin;

    public Player Manager => officers.Manager;

    public Player Custodian => officers.Custodian;

    public Player CounterOfficer => officers.CounterOfficer;

    public async Task GoOn()
    {
        if (!await IsOpen()) return;
        var visits = await lab.Read(db => db.Set<Visit>().AsNoTracking().Where(visit => visit.Branch == Branch && visit.EndedAt == null).OrderBy(visit => visit.Id).ToListAsync());
        foreach (var visit in visits) await GoOn(visit);
        if (visits.Count(visit => visit.State is VisitState.Waiting or VisitState.Identified) < 3 && chance.In(step / BetweenArrivals)) await Arrive();
    }

    /// <summary>The visitor opens the day of the branch they serve; at the others it is opened here, after yesterday's was closed.</summary>
    private async Task<bool> IsOpen()
    {
        var today = lab.Now.DateIn(BranchPlans.Zone);
        var open = await lab.Read(db => db.Set<BranchDay>().AsNoTracking().SingleOrDefaultAsync(day => day.Branch == Branch && day.ClosedAt == null));
        if (officers.Visited) return open is not null;
        if (open is not null && open.Date < today)
        {
            if (await lab.Read(db => db.Set<Visit>().AnyAsync(visit => visit.Branch == Branch && visit.EndedAt == null))) return true;
            await this.CloseDay();
            open = null;
        }
        if (open is null && !await lab.Read(db => db.Set<BranchDay>().AnyAsync(day => day.Branch == Branch && day.Date == today))) await this.OpenDay();
        return await lab.Read(db => db.Set<BranchDay>().AnyAsync(day => day.Branch == Branch && day.ClosedAt == null));
    }

    /// <summary>Somebody who was served here before comes again, with the same company.</summary>
    private async Task Arrive()
    {
        var now = lab.Now;
        var before = await lab.Read(db => db.Set<Visit>().AsNoTracking()
            .Where(visit => visit.Branch == Branch && visit.State == VisitState.Closed && !db.Set<Visit>().Any(open => open.Locker == visit.Locker && open.EndedAt == null)
                && !db.HoldsInForce(now).Any(hold => hold.Agreement == visit.Agreement) && db.AgreementFacts().Any(row => row.Id == visit.Agreement && row.EndedOn == null))
            .OrderByDescending(visit => visit.Id).Take(100).Select(visit => new { visit.Id, visit.Agreement, visit.Operator }).ToListAsync());
        if (before.Count == 0) return;
        var again = chance.Of(before);
        var others = await lab.Read(db => db.CameAlong(again.Id).ToListAsync());
        await this.CheckIn(again.Agreement, again.Operator, others);
    }

    private async Task GoOn(Visit visit)
    {
        // The same visit always takes the same time, however often it is asked.
        var own = new Chance(visit.Id.GetHashCode());
        var (wait, stay) = (own.Between(40, 150), own.LogNormal(median: 9, sigma: 0.69) * 60);
        var since = (lab.Now - LastAct(visit)).TotalSeconds;
        var now = new VisitStep(visit.Id, visit.State, visit.Version);
        switch (visit.State)
        {
            case VisitState.Waiting when since > wait:
                await this.Identify(now);
                break;
            case VisitState.Identified when officers.Visited:
                if (since > Patience.TotalSeconds)
                    await lab.Do<EndVisit, VisitStep>(CounterOfficer.Person, slice => slice.Leave(visit.Id, new(EndReason.HirerLeft, "Did not want to wait."), default), visit.Version);
                break;
            case VisitState.Identified when since > wait:
                await this.AdmitNoting(now, null, "Asked to bring the missing papers at the next visit.");
                break;
            case VisitState.Admitted when !officers.Visited && since > wait:
                await this.LeaveAlone(visit.Id, visit.Version);
                break;
            case VisitState.Alone when !officers.Visited && since > stay:
                await this.LockUp(now);
                break;
            case VisitState.Locked when !officers.Visited && since > 30:
                await this.CheckOut(now);
                break;
        }
    }

    private static DateTime LastAct(Visit visit) => visit.LockedAt ?? visit.AloneAt ?? visit.AdmittedAt ?? visit.IdentifiedAt ?? visit.ArrivedAt;
}
