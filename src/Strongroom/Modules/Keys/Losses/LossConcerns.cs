using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Keys.Losses;

internal sealed record LockerNobodys() : Refusal("keys.locker-nobodys", 422, "The locker is let to nobody.", "A key of a vacant locker is the bank's own: replace the lock before it is let.");

internal sealed record NotOfTheLocker() : Refusal("keys.not-of-the-locker", 422, "This person may not come to the locker today.", "Choose a hirer, a signatory or an agent of the agreement.");

internal sealed record OfficerConcerned() : Refusal("keys.officer-concerned", 403, "An officer who is a party of the locker, or a relative of one, has no hand in its lock.", "A colleague does it.");

/// <summary>Whom a loss concerns, and which officers keep their hands off (R16).</summary>
internal sealed class LossConcerns(StrongroomDb db, IWhoseLocker whose)
{
    public Task Lean(LockerId locker, CancellationToken cancel) => whose.Lean(locker, cancel);

    public async Task<Outcome<LockerHirers>> Of(LockerId locker, DateOnly today, CancellationToken cancel) => await whose.Of(locker, today, cancel) is { } hirers ? hirers : new LockerNobodys().About(locker);

    public async Task<bool> Keeps(PersonId officer, LockerHirers hirers, CancellationToken cancel) =>
        hirers.Concerned.Contains(officer) || await db.RelativesOf(officer).AnyAsync(relative => hirers.Concerned.Contains(relative), cancel);
}
