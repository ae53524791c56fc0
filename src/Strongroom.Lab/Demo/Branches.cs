using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Hours;
using Strongroom.Modules.Branches.Lockers;
using Strongroom.Modules.Branches.Vaults;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>How a branch is set up by an administrator, and staffed.</summary>
internal sealed class Branches(LabBank lab, Player admin)
{
    private readonly Dictionary<PersonId, OfficerId> officers = [];
    private int staffNumber = 100;

    public Player Admin => admin;

    public async Task<DemoBranch> Open(BranchPlan plan)
    {
        var id = (await lab.Do<OpenBranch, BranchOpened>(admin.Person, slice => slice.Handle(new(plan.Code, plan.Name, BranchPlans.Zone, "IN", plan.Class), default))).Id;
        await lab.Do<SetHours, Done>(admin.Person, slice => slice.Handle(id, new(plan.Hours), default), version: 1);
        var types = await Types();
        foreach (var vault in plan.Cabinets.GroupBy(cabinet => cabinet.Vault))
        {
            var room = (await lab.Do<AddVault, VaultAdded>(admin.Person, slice => slice.Handle(id, new(vault.Key, plan.PartyLimit), default))).Id;
            foreach (var cabinet in vault) await Build(room, cabinet, types);
        }
        return new(lab, plan, admin) { Branch = id };
    }

    /// <summary>An officer with a password and an authenticator, as after their first day.</summary>
    public Task<Player> Enlist(string name, string userName, Role role, BranchPlan? plan = null) =>
        Enlist(lab, string.Create(CultureInfo.InvariantCulture, $"E-{++staffNumber}"), name, userName, role, plan, officers);

    public static Task<Player> EnlistFirst(LabBank lab, string name, string userName) => Enlist(lab, "HO-1", name, userName, Role.Admin, null, []);

    /// <summary>Trainings, declarations of relatives and inspections as they come about over a year: most are fresh, some fall due while the story runs.</summary>
    public async Task KeepUp(DemoBranch branch, DateOnly today)
    {
        foreach (var (officer, at) in branch.Officers.Select((officer, at) => (officer, at)))
        {
            var id = officers[officer.Person];
            await lab.Do<RecordTraining, TrainingRecorded>(admin.Person, slice =>
                slice.Handle(id, new(TrainingKind.Vault, today.AddDays(-300 - 20 * at), today.AddDays(65 - 20 * at)), default));
            if (at != 2) await lab.Do<ConfirmRelatives, Done>(officer.Person, slice => slice.Handle(id, default));
        }
        foreach (var vault in await lab.Read(db => db.VaultFacts().Where(row => row.Branch == branch.Branch).OrderBy(row => row.Name).Select(row => row.Id).ToListAsync()))
        {
            foreach (var (kind, ago) in new[]
            {
                (InspectionKind.VaultDoor, 100), (InspectionKind.IntruderAlarm, 20), (InspectionKind.FireAlarm, 45),
                (InspectionKind.Cameras, 5), (InspectionKind.EmergencyLight, 15), (InspectionKind.Cabinets, 200),
            })
                await Inspect(branch, vault, kind, today.AddDays(-ago));
        }
    }

    public static Task<InspectionRecorded> Inspect(DemoBranch branch, VaultId vault, InspectionKind kind, DateOnly on) =>
        branch.Lab.Do<RecordInspection, InspectionRecorded>(branch.Manager.Person, slice =>
            slice.Handle(vault, new(kind, on, InspectionResult.Passed, kind == InspectionKind.Cameras ? null : "Sahyadri Safe Works"), default));

    public Task<RelativeDeclared> Declare(Player officer, string cif, Relation relation) =>
        lab.Do<DeclareRelative, RelativeDeclared>(officer.Person, slice => slice.Handle(officers[officer.Person], new(cif, relation), default));

    /// <summary>Each vault's guard key, in the safe.</summary>
    public static async Task EnterGuardKeys(DemoBranch branch)
    {
        var vaults = await branch.Lab.Read(db => db.VaultFacts().Where(row => row.Branch == branch.Branch).OrderBy(row => row.Name).Select(row => row.Id).ToListAsync());
        for (var at = 0; at < vaults.Count; at++)
        {
            var (vault, number) = (vaults[at], $"G-{at + 1}");
            await branch.Lab.Do<RegisterGuardKey, KeyRegistered>(branch.Manager.Person, slice => slice.Handle(new(vault, number), default));
        }
    }

    private static async Task<Player> Enlist(
        LabBank lab, string staffNumber, string name, string userName, Role role, BranchPlan? plan, Dictionary<PersonId, OfficerId> officers)
    {
        var enlisted = await lab.Do<EnlistOfficer, OfficerEnlisted>(null, slice => slice.Handle(new(name, userName, staffNumber, role, plan?.Code), default));
        officers[enlisted.Person] = enlisted.Id;
        return await Joining.Activate(lab, enlisted.Person, name, enlisted.Invitation);
    }

    private async Task<Dictionary<string, LockerTypeId>> Types()
    {
        if (!await lab.Read(db => db.Set<LockerType>().AnyAsync()))
            await lab.Do<UseUsualTypes, UsualTypesAdded>(admin.Person, slice => slice.Handle(default));
        return await lab.Read(db => db.Set<LockerType>().ToDictionaryAsync(row => row.Code, row => row.Id));
    }

    private async Task Build(VaultId vault, CabinetPlan plan, Dictionary<string, LockerTypeId> types)
    {
        var cabinet = (await lab.Do<AddCabinet, CabinetAdded>(admin.Person, slice => slice.Handle(vault, new(plan.Name, "Sahyadri", plan.Lock == LockKind.Electronic ? "E-20" : "DL-20"), default))).Id;
        var prefix = plan.FirstNumber.TrimEnd([.. "0123456789"]);
        var (number, row) = (int.Parse(plan.FirstNumber[prefix.Length..], CultureInfo.InvariantCulture), 1);
        foreach (var run in plan.Runs)
        {
            var first = prefix + number.ToString(CultureInfo.InvariantCulture).PadLeft(plan.FirstNumber.Length - prefix.Length, '0');
            var from = row;
            await lab.Do<AddLockers, LockersAdded>(admin.Person, slice =>
                slice.Handle(cabinet, new(types[run.Type], plan.Lock, first, run.Count, from, 1, run.Columns), default));
            (number, row) = (number + run.Count, row + run.Rows);
        }
    }
}
