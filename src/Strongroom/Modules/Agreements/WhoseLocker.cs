using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Keys.Contracts;

namespace Strongroom.Modules.Agreements;

/// <summary>Tells the keys whose locker it is.</summary>
internal sealed class WhoseLocker(StrongroomDb db) : IWhoseLocker
{
    public async Task<LockerHirers?> Of(LockerId locker, DateOnly date, CancellationToken cancel)
    {
        if (await Running(locker, cancel) is not { } agreement) return null;
        var mayCome = await db.WhoMayCome(agreement, date, cancel);
        return new([.. mayCome.Select(one => one.Person).Distinct()], await db.ConcernedBy(agreement).ToListAsync(cancel));
    }

    public async Task<IReadOnlyList<PersonId>> Concerned(LockerId locker, CancellationToken cancel) =>
        await Running(locker, cancel) is { } agreement ? await db.ConcernedBy(agreement).ToListAsync(cancel) : [];

    public async Task Lean(LockerId locker, CancellationToken cancel)
    {
        if (await Running(locker, cancel) is { } agreement) await db.LeanOnAgreement(agreement, cancel);
    }

    private Task<AgreementId?> Running(LockerId locker, CancellationToken cancel) =>
        db.Set<Agreement>().Where(row => row.Locker == locker && row.EndedOn == null).Select(row => (AgreementId?)row.Id).SingleOrDefaultAsync(cancel);
}
