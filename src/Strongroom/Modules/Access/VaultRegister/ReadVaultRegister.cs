using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Access.VaultRegister;

/// <summary>One line of the vault register: a visit's party or an officer.</summary>
/// <param name="What">The locker visited, or the purpose.</param>
/// <param name="Entry">The officer's entry; null for a visit.</param>
public sealed record RegisterRow(string Vault, DateTime In, DateTime? Out, string Who, string What, string? With, VaultEntryId? Entry, VisitId? Visit, bool Mine);

internal sealed class ReadVaultRegister(StrongroomDb db, CurrentActor current, Seals seals)
{
    /// <summary>Everybody who was inside on a local day, in the order of their coming. Null for somebody who does not read the branch's visits.</summary>
    public Task<IReadOnlyList<RegisterRow>?> Of(BranchFacts branch, DateOnly date, CancellationToken cancel) => Of(branch, date, date, int.MaxValue, cancel);

    /// <param name="until">The last day, whole.</param>
    /// <param name="most">Of visits, and of officers' entries.</param>
    public async Task<IReadOnlyList<RegisterRow>?> Of(BranchFacts branch, DateOnly from, DateOnly until, int most, CancellationToken cancel)
    {
        if (!current.Now.MayAt(AccessRights.Read, branch.Id)) return null;
        var (begins, ends) = (from.ToUtc(TimeOnly.MinValue, branch.Zone), until.AddDays(1).ToUtc(TimeOnly.MinValue, branch.Zone));
        var visits = await (from visit in db.VisitFacts()
                            join vault in db.VaultFacts() on visit.Vault equals vault.Id
                            join locker in db.LockerFacts() on visit.Locker equals locker.Id
                            join person in db.PersonFacts() on visit.Operator equals person.Id
                            join officer in db.PersonFacts() on visit.Custodian equals (PersonId?)officer.Id into officers
                            from officer in officers.DefaultIfEmpty()
                            where visit.Branch == branch.Id && visit.AdmittedAt >= begins && visit.AdmittedAt < ends
                            orderby visit.AdmittedAt, visit.Id
                            select new { visit.Id, visit.AdmittedAt, visit.EndedAt, Vault = vault.Name, Locker = locker.Number, person.Name, Officer = officer.Name }).Take(most).ToListAsync(cancel);
        var entries = await (from entry in db.Set<VaultEntry>().AsNoTracking()
                             join vault in db.VaultFacts() on entry.Vault equals vault.Id
                             join officer in db.PersonFacts() on entry.Officer equals officer.Id
                             where entry.Branch == branch.Id && entry.EnteredAt >= begins && entry.EnteredAt < ends
                             orderby entry.EnteredAt, entry.Id
                             select new { entry, Vault = vault.Name, officer.Name }).Take(most).ToListAsync(cancel);
        return
        [
            .. visits.Select(one => new RegisterRow(one.Vault, one.AdmittedAt!.Value, one.EndedAt, one.Name, $"Locker {one.Locker}", one.Officer is { } officer ? $"served by {officer}" : null, null, one.Id, false))
                .Concat(entries.Select(one => new RegisterRow(one.Vault, one.entry.EnteredAt, one.entry.LeftAt, one.Name, Words(one.entry.Purpose),
                    one.entry.Company is { } company ? $"with {Encoding.UTF8.GetString(seals.OpenForBank(VaultEntry.CompanyPlace, company))}" : null, one.entry.Id, null, one.entry.Officer == current.Now.Person)))
                .OrderBy(row => row.In).ThenBy(row => row.Who, StringComparer.Ordinal),
        ];
    }

    public static string Words(EntryPurpose purpose) => purpose switch
    {
        EntryPurpose.ServiceOfVisits => "Service of visits",
        EntryPurpose.PhysicalCheck => "Physical check",
        EntryPurpose.Inspection => "Inspection",
        EntryPurpose.Technician => "With a technician",
        EntryPurpose.Cleaning => "Cleaning",
        EntryPurpose.Audit => "With an auditor",
        EntryPurpose.Other => "Other",
    };
}
