using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Keys.Losses;

/// <param name="Charge">In minor units of <paramref name="Currency"/>.</param>
/// <param name="State">Of the approval; null while nobody was asked.</param>
/// <param name="Yours">The reader asked for the approval, and so replaces the lock.</param>
/// <param name="SecondOfficer">Who signed beside; null until the lock is replaced.</param>
public sealed record KeyLossDetail(
    KeyLossId Id, BranchId Branch, LockerId Locker, string LockerNumber, string KeyNumber, DateOnly LostOn, string Reporter, string How, string Undertaking, long Charge, string Currency,
    DateTime ReportedAt, ApprovalId? Approval, ApprovalState? State, bool Yours, DateTime? ReplacedAt, string? LockNumber, string? Present, string? SecondOfficer);

internal sealed class ReadKeyLosses(StrongroomDb db, CurrentActor current, Seals seals, ReadApprovals requests, TimeProvider clock, IWhoseLocker whose)
{
    /// <returns>Null where there is none, or for a reader of other branches.</returns>
    public async Task<KeyLossDetail?> One(KeyLossId id, CancellationToken cancel)
    {
        var loss = await db.Set<KeyLoss>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (loss is null || !current.Now.MayAt(KeysRights.Read, loss.Branch)) return null;
        var signer = loss.SecondOfficer is { } signature ? await Signatures.Facts(db).Where(row => row.Id == signature).Select(row => row.Signer).SingleAsync(cancel) : null;
        PersonId?[] persons = [loss.Reporter, loss.Present, signer];
        var names = await db.PersonFacts().Where(person => persons.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
        string? Name(PersonId? person) => person is { } known ? names.GetValueOrDefault(known) : null;
        var locker = await db.LockerFacts().Where(row => row.Id == loss.Locker).Select(row => row.Number).SingleAsync(cancel);
        var key = await db.KeyFacts().Where(row => row.Id == loss.Key).Select(row => row.Number).SingleAsync(cancel);
        ApprovalDetail? request = null;
        if (loss.Approval is { } approval) (await requests.One(approval, cancel)).Refused(out _, out request);
        return new(loss.Id, loss.Branch, loss.Locker, locker, key, loss.LostOn, Name(loss.Reporter) ?? "", loss.HowBy(seals), loss.Undertaking, loss.Charge.Minor, loss.Currency,
            loss.ReportedAt, loss.Approval, request?.Line.State, request is not null && request.Line.Maker == current.Now.Person, loss.ReplacedAt, loss.LockNumber, Name(loss.Present), Name(signer));
    }

    /// <summary>The report of the locker that waits for its new lock.</summary>
    public Task<KeyLossId?> Open(LockerId locker, CancellationToken cancel) =>
        db.Set<KeyLoss>().Where(row => row.Locker == locker && row.ReplacedAt == null).Select(row => (KeyLossId?)row.Id).SingleOrDefaultAsync(cancel);

    /// <summary>Who may come to the locker today, by name.</summary>
    public async Task<IReadOnlyList<PersonFacts>> MayCome(LockerId locker, BranchId at, CancellationToken cancel)
    {
        var zone = await db.BranchFacts().Where(row => row.Id == at).Select(row => row.Zone).SingleAsync(cancel);
        if (await whose.Of(locker, clock.UtcNow().DateIn(zone), cancel) is not { } hirers) return [];
        return await db.PersonFacts().Where(person => hirers.MayCome.Contains(person.Id)).OrderBy(person => person.Name).ToListAsync(cancel);
    }
}
