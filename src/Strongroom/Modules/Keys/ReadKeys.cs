using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Keys;

/// <param name="Holder">Null while it lies in the safe.</param>
public sealed record GuardKeyLine(KeyId Id, string Number, VaultId? Vault, string? VaultName, PersonId? Holder, string? HolderName, DateTime Since);

/// <param name="Holder">Who held it from then on; null for the safe.</param>
/// <param name="GivenBy">Null for the first entry, when the key came into the register.</param>
public sealed record HandOverLine(KeyId Key, string Number, string? Holder, DateTime From, DateTime? Until, string? GivenBy, string? TakenBy);

public sealed record CustodyOfBranch(IReadOnlyList<GuardKeyLine> Keys, IReadOnlyList<HandOverLine> History, int HandOvers);

/// <param name="End">Null while it opens the locker.</param>
public sealed record HirerKeyLine(KeyId Id, string Number, bool? Embossed, KeyEnd? End, DateTime? EndedAt, long Version);

/// <summary>A hirer's key with its locker, as the branch's list shows it.</summary>
public sealed record KeyOfBranch
{
    public KeyId Id { get; init; }

    public string Number { get; init; } = "";

    public LockerId LockerId { get; init; }

    public string Locker { get; init; } = "";

    /// <summary>Null when nobody has looked (R17).</summary>
    public bool? Embossed { get; init; }
}

internal sealed class ReadKeys(StrongroomDb db, CurrentActor current, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>Where each guard key of a branch is, and who gave it to whom, newest first. Null for a reader of other branches.</summary>
    public async Task<CustodyOfBranch?> Custody(BranchId branch, int skip, CancellationToken cancel, int take = PageSize)
    {
        if (!current.Now.MayAt(KeysRights.Read, branch)) return null;
        var keys = await Guards(db.CustodyFacts().Where(row => row.Branch == branch)).ToListAsync(cancel);
        var entries = from entry in db.Set<Custody>().AsNoTracking()
                      join key in db.Set<Key>() on entry.Key equals key.Id
                      where key.Branch == branch
                      select new { entry, key.Number };
        var total = await entries.CountAsync(cancel);
        var history = await (
            from row in entries
            join holder in db.PersonFacts() on row.entry.Holder equals (PersonId?)holder.Id into holders
            from holder in holders.DefaultIfEmpty()
            join gave in Signers() on row.entry.GivenBy equals (SignatureId?)gave.Signature into givers
            from gave in givers.DefaultIfEmpty()
            join took in Signers() on row.entry.TakenBy equals (SignatureId?)took.Signature into takers
            from took in takers.DefaultIfEmpty()
            orderby row.entry.From descending, row.Number, row.entry.Id
            select new HandOverLine(row.entry.Key, row.Number, holder.Name, row.entry.From, row.entry.Until, gave.Name, took.Name))
            .Skip(skip).Take(take).ToListAsync(cancel);
        return new(keys, history, total);
    }

    public async Task<GuardKeyLine?> Guard(KeyId id, CancellationToken cancel)
    {
        var branch = await db.Set<Key>().Where(row => row.Id == id).Select(row => (BranchId?)row.Branch).SingleOrDefaultAsync(cancel);
        return branch is { } at && current.Now.MayAt(KeysRights.Read, at) ? await Guards(db.CustodyFacts().Where(row => row.Key == id)).SingleOrDefaultAsync(cancel) : null;
    }

    /// <summary>Who may take guard keys at the branch today.</summary>
    public async Task<IReadOnlyList<PersonFacts>> Takers(BranchFacts branch, CancellationToken cancel)
    {
        var now = clock.UtcNow();
        var posted = db.PersonsWith(KeysRights.HandOver, branch.Id, now.DateIn(branch.Zone));
        var quick = await db.PersonsInEmergencyWith(KeysRights.HandOver, branch.Id, now, cancel);
        return await db.PersonFacts().Where(person => posted.Contains(person.Id) || quick.Contains(person.Id)).OrderBy(person => person.Name).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<HirerKeyLine>?> OfLocker(LockerId id, CancellationToken cancel)
    {
        var branch = await db.LockerFacts().Where(row => row.Id == id).Select(row => (BranchId?)row.Branch).SingleOrDefaultAsync(cancel);
        if (branch is not { } at || !current.Now.MayAt(KeysRights.Read, at)) return null;
        return await db.Set<Key>().AsNoTracking().Where(row => row.Locker == id).OrderBy(row => row.EndedAt != null).ThenBy(row => row.Number)
            .Select(row => new HirerKeyLine(row.Id, row.Number, row.Embossed, row.End, row.EndedAt, row.Version)).ToListAsync(cancel);
    }

    /// <param name="plain">Only those that are not known to bear the bank's code.</param>
    /// <returns>Null for a reader of other branches.</returns>
    public async Task<(IReadOnlyList<KeyOfBranch> Rows, int Total)?> HirerKeys(BranchId branch, bool plain, ListQuery list, int take, CancellationToken cancel)
    {
        if (!current.Now.MayAt(KeysRights.Read, branch)) return null;
        var keys = from key in db.Set<Key>().AsNoTracking()
                   join locker in db.LockerFacts() on key.Locker equals (LockerId?)locker.Id
                   where key.Branch == branch && key.Kind == KeyKind.Hirer && key.EndedAt == null && (!plain || key.Embossed != true)
                   select new KeyOfBranch { Id = key.Id, Number = key.Number, LockerId = locker.Id, Locker = locker.Number, Embossed = key.Embossed };
        var ordered = (list.SortKey, list.Descending) switch
        {
            ("number", false) => keys.OrderBy(key => key.Number),
            ("number", true) => keys.OrderByDescending(key => key.Number),
            (_, true) => keys.OrderByDescending(key => key.Locker.Length).ThenByDescending(key => key.Locker),
            _ => keys.OrderBy(key => key.Locker.Length).ThenBy(key => key.Locker),
        };
        return (await ordered.ThenBy(key => key.Id).Skip(list.Skip(PageSize)).Take(take).ToListAsync(cancel), await keys.CountAsync(cancel));
    }

    private IQueryable<GuardKeyLine> Guards(IQueryable<CustodyFacts> custody) =>
        from row in custody
        join vault in db.VaultFacts() on row.Vault equals (VaultId?)vault.Id into vaults
        from vault in vaults.DefaultIfEmpty()
        join holder in db.PersonFacts() on row.Holder equals (PersonId?)holder.Id into holders
        from holder in holders.DefaultIfEmpty()
        orderby row.Number
        select new GuardKeyLine(row.Key, row.Number, row.Vault, vault.Name, row.Holder, holder.Name, row.Since);

    private sealed record SignerName
    {
        public SignatureId Signature { get; init; }

        public string Name { get; init; } = "";
    }

    private IQueryable<SignerName> Signers() =>
        from signature in Signatures.Facts(db)
        join person in db.PersonFacts() on signature.Signer equals (PersonId?)person.Id
        select new SignerName { Signature = signature.Id, Name = person.Name };
}
