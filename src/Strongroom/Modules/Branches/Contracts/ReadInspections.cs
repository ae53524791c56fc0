using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Branches.Contracts;

/// <param name="LastOn">Null when none was ever recorded.</param>
/// <param name="By">Who recorded the last one.</param>
/// <param name="DueOn">Null when none was ever recorded: due as well.</param>
/// <param name="Due">Due today or earlier.</param>
public sealed record InspectionLine(
    VaultId Vault, string VaultName, InspectionKind Kind, DateOnly? LastOn, InspectionResult? Result, string? Firm, PersonId? By, DateOnly? DueOn, bool Due);

/// <summary>What is inspected at a branch, vault by vault: when it was last, and when it is due (R19e).</summary>
internal sealed class ReadInspections(StrongroomDb db, CurrentActor current, PolicyBook policies, TimeProvider clock)
{
    /// <summary>Null for a reader of other branches.</summary>
    public async Task<IReadOnlyList<InspectionLine>?> Of(BranchId id, CancellationToken cancel)
    {
        if (!current.Now.MayAt(BranchesRights.Read, id) || await db.BranchFacts().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } branch) return null;
        var today = clock.UtcNow().DateIn(branch.Zone);
        var policy = (await policies.At<InspectionPolicy>(branch.Jurisdiction, id, today, cancel)).Values;
        var vaults = await db.VaultFacts().Where(row => row.Branch == id).OrderBy(row => row.Name).ToListAsync(cancel);
        var all = db.Set<Inspection>().AsNoTracking().Where(row => db.Set<Vault>().Any(vault => vault.Id == row.Vault && vault.Branch == id));
        var last = (await all.Where(row => !all.Any(later => later.Vault == row.Vault && later.Kind == row.Kind
                && (later.DoneOn > row.DoneOn || (later.DoneOn == row.DoneOn && later.RecordedAt > row.RecordedAt)))).ToListAsync(cancel))
            .ToLookup(row => (row.Vault, row.Kind));
        return [.. from vault in vaults
                   from kind in Enum.GetValues<InspectionKind>()
                   let one = last[(vault.Id, kind)].FirstOrDefault()
                   let due = policy.DueAfter(kind, one?.DoneOn, one?.Result)
                   select new InspectionLine(vault.Id, vault.Name, kind, one?.DoneOn, one?.Result, one?.Firm, one?.RecordedBy, due, !(due > today))];
    }

    public static string Words(InspectionKind kind) => kind switch
    {
        InspectionKind.VaultDoor => "vault door",
        InspectionKind.IntruderAlarm => "intruder alarm",
        InspectionKind.FireAlarm => "fire alarm",
        InspectionKind.Cameras => "cameras",
        InspectionKind.EmergencyLight => "emergency light",
        InspectionKind.Cabinets => "cabinets and their locks",
    };

    public static string Words(InspectionResult result) => result switch
    {
        InspectionResult.Passed => "in order",
        InspectionResult.Defects => "in order with defects to mend",
        InspectionResult.Failed => "failed",
    };
}
