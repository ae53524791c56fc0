using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Keys.Losses;

namespace Strongroom.Modules.Keys.Contracts;

public enum KeyKind { Guard, Hirer }

/// <summary>Why a key opens nothing any more: it was lost, or its lock was replaced because another was.</summary>
public enum KeyEnd { Lost, LockReplaced }

/// <summary>Why a duplicate is taken out of its envelope.</summary>
public enum EnvelopeReason { KeyLost, KeyBroken, LockReplaced, BreakOpen, Verification, EnvelopeDamaged }

public sealed record KeyFacts
{
    public KeyId Id { get; init; }

    public BranchId Branch { get; init; }

    public KeyKind Kind { get; init; }

    public string Number { get; init; } = "";

    public VaultId? Vault { get; init; }

    public LockerId? Locker { get; init; }

    public bool? Embossed { get; init; }

    /// <summary>Null while it opens its lock.</summary>
    public DateTime? EndedAt { get; init; }

    public long Version { get; init; }
}

/// <summary>Where a guard key is now.</summary>
public sealed record CustodyFacts
{
    public KeyId Key { get; init; }

    public string Number { get; init; } = "";

    public BranchId Branch { get; init; }

    public VaultId? Vault { get; init; }

    /// <summary>Null while the key lies in the safe.</summary>
    public PersonId? Holder { get; init; }

    public DateTime Since { get; init; }
}

public static class KeysContract
{
    public static IQueryable<KeyFacts> KeyFacts(this StrongroomDb db) => db.Set<Key>().AsNoTracking().Select(row => new KeyFacts
    {
        Id = row.Id,
        Branch = row.Branch,
        Kind = row.Kind,
        Number = row.Number,
        Vault = row.Vault,
        Locker = row.Locker,
        Embossed = row.Embossed,
        EndedAt = row.EndedAt,
        Version = row.Version,
    });

    /// <summary>Lockers of which a key is reported lost and whose lock is not replaced yet (R21k): they are opened for nobody.</summary>
    public static IQueryable<LockerId> LockersWithLostKey(this StrongroomDb db) => db.Set<KeyLoss>().AsNoTracking().Where(row => row.ReplacedAt == null).Select(row => row.Locker);

    public static IQueryable<CustodyFacts> CustodyFacts(this StrongroomDb db) =>
        from custody in db.Set<Custody>().AsNoTracking()
        join key in db.Set<Key>() on custody.Key equals key.Id
        where custody.Until == null
        select new CustodyFacts
        {
            Key = key.Id,
            Number = key.Number,
            Branch = key.Branch,
            Vault = key.Vault,
            Holder = custody.Holder,
            Since = custody.From,
        };

    /// <summary>
    /// The bank's code was embossed on a hirer's key while the hirer stood by (R17). Who stood by and when is the caller's to prove; its event
    /// tells of it.
    /// </summary>
    public static async Task<Refusal?> Emboss(this StrongroomDb db, KeyId id, LockerId locker, CancellationToken cancel)
    {
        var key = await db.Set<Key>().SingleOrDefaultAsync(row => row.Id == id && row.Locker == locker && row.Kind == KeyKind.Hirer && row.EndedAt == null, cancel);
        if (key is null) return new NoSuch("key");
        if (key.Embossed == true) return new EmbossedAlready();
        key.Embossed = true;
        return null;
    }

    /// <summary>
    /// Notes the versions of a branch's guard keys. Asked before anything is read of their custody: a key that moves after this fails
    /// the save of <see cref="HandOver"/>, and what was signed is decided anew.
    /// </summary>
    public static Task WatchGuardKeys(this StrongroomDb db, BranchId branch, CancellationToken cancel) =>
        db.Set<Key>().Where(row => row.Branch == branch && row.Kind == KeyKind.Guard).LoadAsync(cancel);

    /// <summary>
    /// Moves guard keys from where they are to a holder (null: the safe), under the two signatures that the caller has consumed, and after
    /// <see cref="WatchGuardKeys"/>. The end of the old entry and the new one commit together; the partial unique index lets a key have one holder.
    /// </summary>
    public static async Task HandOver(
        this StrongroomDb db, Act act, IReadOnlyCollection<KeyId> keys, PersonId? to, SignatureId givenBy, SignatureId takenBy, CancellationToken cancel)
    {
        var entries = await db.Set<Custody>().Where(row => keys.Contains(row.Key) && row.Until == null).ToListAsync(cancel);
        if (entries.Count != keys.Count) throw new ArgumentException("Some of the keys are in no custody ledger.", nameof(keys));
        foreach (var entry in entries)
        {
            entry.Until = act.Now;
            db.Add(new Custody { Id = act.NewId<Noun.Custody>(), Key = entry.Key, Holder = to, From = act.Now, GivenBy = givenBy, TakenBy = takenBy });
        }
        // The key row's version guards against a second hand-over of the same key at the same moment.
        foreach (var key in await db.Set<Key>().Where(row => keys.Contains(row.Id)).ToListAsync(cancel))
            db.LeanOn(key);
    }
}
