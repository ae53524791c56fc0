using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Agreements;

/// <summary>What several slices ask of an agreement.</summary>
internal static class Own
{
    /// <summary>The first-named hirer, under whose key an agreement's free text is sealed.</summary>
    public static Task<PersonId> FirstHirer(this StrongroomDb db, AgreementId agreement, CancellationToken cancel) =>
        db.Set<AgreementParty>().Where(row => row.Agreement == agreement && row.Role == PartyRole.Hirer)
            .OrderBy(row => row.Position).Select(row => row.Person).FirstAsync(cancel);

    /// <summary>R16: the officer is one of the persons, or a relative of one.</summary>
    public static async Task<bool> IsOwnMatter(this StrongroomDb db, Actor officer, IReadOnlyCollection<PersonId> persons, CancellationToken cancel) =>
        officer.Person is { } self
        && (persons.Contains(self) || await db.RelativesOf(self).AnyAsync(relative => persons.Contains(relative), cancel));

    /// <summary>Everybody whose matter the agreement is: hirers, who acts for them, and agents.</summary>
    public static Task<List<PersonId>> Persons(this StrongroomDb db, AgreementId agreement, CancellationToken cancel) =>
        db.ConcernedBy(agreement).ToListAsync(cancel);

    public static async Task<DateOnly> TodayAt(this StrongroomDb db, BranchId branch, DateTime now, CancellationToken cancel) =>
        now.DateIn(await db.ZoneOf(branch, cancel));

    public static Task<string> ZoneOf(this StrongroomDb db, BranchId branch, CancellationToken cancel) =>
        db.BranchFacts().Where(row => row.Id == branch).Select(row => row.Zone).SingleAsync(cancel);
}
