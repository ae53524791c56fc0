using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Lockers;
using Strongroom.Modules.Exchange;
using Strongroom.Modules.Exchange.Contracts;
using Strongroom.Modules.Exchange.Reading;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>
/// A branch that moves in from its spreadsheets: uploaded by the administrator, taken over by the importer, confirmed; then its manager works the doubts off,
/// and is not through with them when the story ends.
/// </summary>
internal sealed class MovingIn(LabBank lab, Player admin, Chance chance)
{
    public async Task<DemoBranch> Import(string folder)
    {
        await lab.Do<StartImport, ImportStarted>(admin.Person, slice => slice.Upload(
            [Upload(folder, RegisterFile.Lockers), Upload(folder, RegisterFile.Hirers), Upload(folder, RegisterFile.Visits)], default));
        await lab.As(null, services => services.GetRequiredService<ImportWorker>().RunNext(default));
        var plan = BranchPlans.SemiUrban;
        var arrived = await lab.Read(db => db.BranchFacts().SingleOrDefaultAsync(row => row.Code == plan.Code))
            ?? throw new InvalidOperationException($"The import of {folder} brought no branch: {await lab.Read(db => db.Set<Import>().Select(row => row.Fault).SingleAsync())}");
        await lab.Do<ConfirmBranch, Done>(admin.Person, slice => slice.Handle(arrived.Id,
            new(new(plan.Code, plan.Name, BranchPlans.Zone, "IN", plan.Class), new(plan.Hours), plan.PartyLimit), default), arrived.Version);
        var branch = new DemoBranch(lab, plan, admin) { Branch = arrived.Id };
        branch.Lettings.AddRange(await Lettings(arrived.Id));
        return branch;
    }

    /// <summary>Some hours over old paper: what the visits' file says stays as it is, half of the telephone numbers were asked for, one order was found in the safe.</summary>
    public async Task WorkOff(DemoBranch branch)
    {
        await Settle(branch, "visits.csv", null, 50, "Entered by a clerk who has retired; the visit is long past and stays as written.");
        await Settle(branch, "hirers.csv", "Mobile", 3, "Asked by telephone at home; the right number is entered on the person's page.");
        await Settle(branch, "hirers.csv", "Mode of Operation", 2, "The paper was found in the agreement's folder: jointly is right.");
        var (agreement, hold) = await lab.Read(db => HeldBy(db, branch, HoldKind.Court));
        await lab.Do<ConfirmHold, Done>(branch.Manager.Person, slice => slice.Handle(agreement, hold, new("Civil Court, found in the safe"), default));
        var unknown = await lab.Read(db => db.LockerFacts().Where(row => row.Branch == branch.Branch && row.OccupantUnknown && row.Remark == null
            && !db.AgreementFacts().Any(hire => hire.Locker == row.Id)).OrderByDescending(row => row.Number).FirstAsync());
        await lab.Do<FoundVacant, Done>(branch.Custodian.Person, slice => slice.Handle(unknown.Id, default), unknown.Version);
    }

    private static async Task<(AgreementId, HoldId)> HeldBy(StrongroomDb db, DemoBranch branch, HoldKind kind)
    {
        var found = await (from hold in db.HoldsInForce(branch.Lab.Now)
                           join agreement in db.AgreementFacts() on hold.Agreement equals agreement.Id
                           where agreement.Branch == branch.Branch && hold.Kind == kind
                           select hold).FirstAsync();
        return (found.Agreement, found.Id);
    }

    private async Task Settle(DemoBranch branch, string file, string? column, int most, string note)
    {
        var open = await lab.As(branch.Manager.Person, services => services.GetRequiredService<ReadWarnings>().Open(branch.Branch, file, column, 0, default));
        List<WarningPlace> places = [.. open!.Warnings.Take(most).Select(line => new WarningPlace(line.File, line.Line, line.Number))];
        if (places.Count > 0) await lab.Do<SettleWarnings, Done>(branch.Manager.Person, slice => slice.Handle(new(places, note), default));
    }

    /// <summary>Those whom the branch can serve: in force, and nothing blocks them.</summary>
    private Task<List<Letting>> Lettings(BranchId branch) => lab.Read(async db =>
    {
        var held = await db.HoldsInForce(lab.Now).Select(hold => hold.Agreement).ToListAsync();
        var today = lab.Now.DateIn(BranchPlans.Zone);
        var hirers = (await db.PartyFacts().OrderBy(party => party.Position).ToListAsync()).ToLookup(party => party.Agreement, party => party.Person);
        var hires = await (from hire in db.AgreementFacts()
                           join locker in db.LockerFacts() on hire.Locker equals locker.Id
                           where hire.Branch == branch && hire.StartsOn <= today && !held.Contains(hire.Id) && locker.Condition == LockerCondition.InService
                           orderby hire.Id
                           select new { hire.Id, hire.Locker, locker.Number, hire.Mandate }).ToListAsync();
        return hires.ConvertAll(hire => new Letting(hire.Id, hire.Locker, hire.Number, hire.Mandate, [.. hirers[hire.Id]], Doubtful: true, chance.VisitsAYear()));
    });

    private static RegisterUpload Upload(string folder, RegisterFile kind) => new(kind, () => File.OpenRead(Path.Combine(folder, $"{kind}.csv".ToLowerInvariant())));
}
