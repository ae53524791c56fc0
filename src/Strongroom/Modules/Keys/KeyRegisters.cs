using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.Keys.Pages;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Keys;

/// <summary>The key register on paper: each key of the branch, what it belongs to, and where it and its duplicate are today.</summary>
internal sealed class KeyRegister(StrongroomDb db, CurrentActor current) : IRegister
{
    public const string Path = "/desk/custody/hirer-keys/pdf";

    public async Task<Register?> Make(BranchFacts branch, RegisterPeriod period, CancellationToken cancel)
    {
        if (!current.Now.MayAt(KeysRights.Read, branch.Id)) return null;
        var rows = await (from key in db.Set<Key>().AsNoTracking()
                          join locker in db.LockerFacts() on key.Locker equals (LockerId?)locker.Id into lockers
                          from locker in lockers.DefaultIfEmpty()
                          join vault in db.VaultFacts() on key.Vault equals (VaultId?)vault.Id into vaults
                          from vault in vaults.DefaultIfEmpty()
                          join custody in db.Set<Custody>().Where(row => row.Until == null) on key.Id equals custody.Key into stays
                          from custody in stays.DefaultIfEmpty()
                          join envelope in db.Set<Envelope>().Where(row => row.Until == null) on key.Id equals envelope.Key into envelopes
                          from envelope in envelopes.DefaultIfEmpty()
                          join keeper in db.BranchFacts() on envelope.Branch equals keeper.Id into keepers
                          from keeper in keepers.DefaultIfEmpty()
                          where key.Branch == branch.Id
                          orderby key.Kind, key.Number.Length, key.Number, key.Id
                          select new
                          {
                              key.Kind,
                              key.Number,
                              key.Embossed,
                              key.End,
                              key.EndedAt,
                              Locker = locker.Number,
                              Vault = vault.Name,
                              Held = (bool?)(custody.Holder != null),
                              Since = (DateTime?)custody.From,
                              Envelope = envelope.Number,
                              Keeper = keeper.Name,
                          }).Take(Register.MostRows + 1).ToListAsync(cancel);
        return Register.Of(rows,
            ("Key", 1.2f, row => EnvelopeWords.Of(row.Kind)),
            ("Number", 1.2f, row => row.Number),
            ("Of", 1.6f, row => row.Locker is { } locker ? $"locker {locker}" : row.Vault is { } vault ? $"vault {vault}" : ""),
            ("Bank’s code on it", 1.4f, row => row.Embossed switch { true => "yes", false => "no", null => "nobody has looked" }),
            ("Where it is", 1.6f, row => row.End is { } end ? end == KeyEnd.Lost ? "lost, opens nothing" : "its lock was replaced" : row.Kind == KeyKind.Hirer ? "with the hirer or the branch" : row.Held == true ? "with an officer" : "in the safe"),
            ("Since", 1.3f, row => (row.EndedAt ?? row.Since)?.InZone(branch.Zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)),
            ("Duplicate", 2.4f, row => row.Envelope is { } number ? $"envelope {number} at {row.Keeper}" : "none in an envelope"));
    }
}

/// <summary>The custody ledger on paper: where each key was on the days asked for, who gave it and who took it (R20k).</summary>
internal sealed class CustodyLedger(ReadEnvelopes read) : IRegister
{
    public const string Path = "/desk/custody/ledger/pdf";

    public async Task<Register?> Make(BranchFacts branch, RegisterPeriod period, CancellationToken cancel)
    {
        var (begins, ends) = period.InUtc(branch.Zone);
        if (await read.Ledger(branch.Id, begins, ends, Register.MostRows + 1, cancel) is not { } way) return null;
        string? Local(DateTime? at) => at?.InZone(branch.Zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        return Register.Of(way,
            ("Key", 2, line => $"{EnvelopeWords.Of(line.Kind)} {line.Number}{(line.Duplicate ? ", duplicate" : "")}"),
            ("Where", 2.4f, line => line.Where),
            ("From", 1.4f, line => Local(line.From)),
            ("Until", 1.4f, line => Local(line.Until) ?? "now"),
            ("Why", 1.4f, line => line.Reason is { } reason ? EnvelopeWords.Of(reason) : ""),
            ("Gave", 1.8f, line => line.GivenBy ?? "entered in the register"),
            ("Took", 1.8f, line => line.TakenBy));
    }
}
