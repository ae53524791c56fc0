using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Keys;

/// <summary>A duplicate: in its envelope, or taken out of it.</summary>
public sealed record EnvelopeLine
{
    public EnvelopeId Id { get; init; }

    public KeyId Key { get; init; }

    public KeyKind Kind { get; init; }

    public string KeyNumber { get; init; } = "";

    public BranchId Owner { get; init; }

    public string OwnerName { get; init; } = "";

    public BranchId Keeper { get; init; }

    public string KeeperName { get; init; } = "";

    public string Number { get; init; } = "";

    public DateTime From { get; init; }

    public DateTime? Until { get; init; }

    public EnvelopeReason? Reason { get; init; }

    /// <summary>Who has the duplicate since it was taken out.</summary>
    public string? Bearer { get; init; }

    public long Version { get; init; }
}

/// <summary>One stretch of a key's way: where it was, from when until when, who gave it and who took it.</summary>
/// <param name="Where">"the safe", an officer's name, or the envelope and its branch.</param>
public sealed record WayLine(KeyId Key, KeyKind Kind, string Number, bool Duplicate, string Where, DateTime From, DateTime? Until, string? GivenBy, string? TakenBy, EnvelopeReason? Reason);

internal sealed class ReadEnvelopes(StrongroomDb db, CurrentActor current)
{
    /// <summary>
    /// Duplicates of the branch's keys and those it keeps for others: what lies in an envelope now, and what was taken out last and has not come
    /// back. Null for a reader of other branches.
    /// </summary>
    public async Task<IReadOnlyList<EnvelopeLine>?> Of(BranchId branch, CancellationToken cancel)
    {
        if (!current.Now.MayAt(KeysRights.Read, branch)) return null;
        return await Lines().Where(row => (row.Owner == branch || row.Keeper == branch)
                && (row.Until == null || !db.Set<Envelope>().Any(later => later.Key == row.Key && later.From >= row.Until)))
            .OrderBy(row => row.Kind).ThenBy(row => row.KeyNumber).ToListAsync(cancel);
    }

    public async Task<EnvelopeLine?> One(EnvelopeId id, CancellationToken cancel)
    {
        var line = await Lines().SingleOrDefaultAsync(row => row.Id == id, cancel);
        return line is not null && (current.Now.MayAt(KeysRights.Read, line.Owner) || current.Now.MayAt(KeysRights.Read, line.Keeper)) ? line : null;
    }

    /// <summary>Keys of the branch of which no duplicate lies anywhere.</summary>
    public async Task<IReadOnlyList<KeyFacts>> WithoutDuplicate(BranchId branch, CancellationToken cancel) => await db.KeyFacts()
        .Where(key => key.Branch == branch && key.EndedAt == null && !db.Set<Envelope>().Any(row => row.Key == key.Id && row.Until == null))
        .OrderBy(key => key.Kind).ThenBy(key => key.Number.Length).ThenBy(key => key.Number).ToListAsync(cancel);

    public const int PageSize = 200;

    /// <summary>The custody ledger: each key's whole way, key by key. Hirers have their own keys, so only their duplicates stand in it.</summary>
    public async Task<(IReadOnlyList<WayLine> Way, int Total)?> Ledger(BranchId branch, int skip, CancellationToken cancel)
    {
        if (!current.Now.MayAt(KeysRights.Read, branch)) return null;
        var all = await Stretches(branch, DateTime.UnixEpoch, new DateTime(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc), cancel);
        return (await Way([.. all.Skip(skip).Take(PageSize)], cancel), all.Count);
    }

    /// <summary>What of it touches a time, the end excluded. Null for a reader of other branches.</summary>
    public async Task<IReadOnlyList<WayLine>?> Ledger(BranchId branch, DateTime begins, DateTime ends, int most, CancellationToken cancel) =>
        current.Now.MayAt(KeysRights.Read, branch) ? await Way([.. (await Stretches(branch, begins, ends, cancel)).Take(most)], cancel) : null;

    private async Task<List<Stretch>> Stretches(BranchId branch, DateTime begins, DateTime ends, CancellationToken cancel)
    {
        var held = await (
            from entry in db.Set<Custody>().AsNoTracking()
            join key in db.Set<Key>() on entry.Key equals key.Id
            where key.Branch == branch && entry.From < ends && (entry.Until == null || entry.Until >= begins)
            select new Stretch { Key = key.Id, Kind = key.Kind, Number = key.Number, Holder = entry.Holder, From = entry.From, Until = entry.Until, Gave = entry.GivenBy, Took = entry.TakenBy })
            .ToListAsync(cancel);
        var sealedAway = await (
            from row in db.Set<Envelope>().AsNoTracking()
            join key in db.Set<Key>() on row.Key equals key.Id
            join keeper in db.BranchFacts() on row.Branch equals keeper.Id
            where key.Branch == branch && row.From < ends && (row.Until == null || row.Until >= begins)
            select new Stretch
            {
                Key = key.Id,
                Kind = key.Kind,
                Number = key.Number,
                Envelope = row.Number,
                Keeper = keeper.Name,
                From = row.From,
                Until = row.Until,
                Gave = row.GivenBy,
                Took = row.TakenBy,
                Reason = row.Reason,
            }).ToListAsync(cancel);
        return [.. held.Concat(sealedAway).OrderBy(row => row.Kind).ThenBy(row => row.Number.Length).ThenBy(row => row.Number, StringComparer.Ordinal)
            .ThenBy(row => row.Envelope is not null).ThenBy(row => row.From)];
    }

    private async Task<IReadOnlyList<WayLine>> Way(IReadOnlyList<Stretch> rows, CancellationToken cancel)
    {
        var names = await Names(rows, cancel);
        return [.. rows.Select(row => new WayLine(row.Key, row.Kind, row.Number, row.Envelope is not null, Where(row, names), row.From, row.Until,
            Signer(row.Gave, names), Signer(row.Took, names), row.Reason))];
    }

    private static string Where(Stretch row, Dictionary<Guid, string> names) =>
        row.Envelope is { } envelope ? $"envelope {envelope} at {row.Keeper}"
        : row.Holder is { } holder ? names.GetValueOrDefault(holder.Value, "an officer") : "the safe";

    private static string? Signer(SignatureId? signature, Dictionary<Guid, string> names) => signature is { } one ? names.GetValueOrDefault(one.Value) : null;

    /// <summary>Names of the holders by person, and of the signers by signature.</summary>
    private async Task<Dictionary<Guid, string>> Names(IReadOnlyList<Stretch> rows, CancellationToken cancel)
    {
        var signatures = rows.SelectMany(row => new[] { row.Gave, row.Took }).OfType<SignatureId>().Distinct().ToList();
        var signers = await Signatures.Facts(db).Where(row => signatures.Contains(row.Id) && row.Signer != null).Select(row => new { row.Id, Person = row.Signer!.Value }).ToListAsync(cancel);
        var persons = signers.Select(row => row.Person).Concat(rows.Select(row => row.Holder).OfType<PersonId>()).Distinct().ToList();
        var names = await db.PersonFacts().Where(row => persons.Contains(row.Id)).ToDictionaryAsync(row => row.Id.Value, row => row.Name, cancel);
        foreach (var signer in signers)
            if (names.TryGetValue(signer.Person.Value, out var name)) names[signer.Id.Value] = name;
        return names;
    }

    private sealed record Stretch
    {
        public KeyId Key { get; init; }

        public KeyKind Kind { get; init; }

        public string Number { get; init; } = "";

        public PersonId? Holder { get; init; }

        public string? Envelope { get; init; }

        public string? Keeper { get; init; }

        public DateTime From { get; init; }

        public DateTime? Until { get; init; }

        public SignatureId? Gave { get; init; }

        public SignatureId? Took { get; init; }

        public EnvelopeReason? Reason { get; init; }
    }

    private IQueryable<EnvelopeLine> Lines() =>
        from row in db.Set<Envelope>().AsNoTracking()
        join key in db.Set<Key>() on row.Key equals key.Id
        join owner in db.BranchFacts() on key.Branch equals owner.Id
        join keeper in db.BranchFacts() on row.Branch equals keeper.Id
        join signature in Signatures.Facts(db) on row.OutTakenBy equals (SignatureId?)signature.Id into signatures
        from signature in signatures.DefaultIfEmpty()
        join bearer in db.PersonFacts() on signature.Signer equals (PersonId?)bearer.Id into bearers
        from bearer in bearers.DefaultIfEmpty()
        select new EnvelopeLine
        {
            Id = row.Id,
            Key = key.Id,
            Kind = key.Kind,
            KeyNumber = key.Number,
            Owner = owner.Id,
            OwnerName = owner.Name,
            Keeper = keeper.Id,
            KeeperName = keeper.Name,
            Number = row.Number,
            From = row.From,
            Until = row.Until,
            Reason = row.Reason,
            Bearer = bearer.Name,
            Version = row.Version,
        };
}
