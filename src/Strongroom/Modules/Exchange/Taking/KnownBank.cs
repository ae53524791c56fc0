using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Exchange.Reading;
using Strongroom.Modules.Keys.Contracts;

namespace Strongroom.Modules.Exchange.Taking;

/// <summary>
/// What the bank knows already of the branches that the files name, and what this import has added since: so a row is matched in memory, and a dry run
/// sees the rows before it although nothing was written. A branch is read when it is first named.
/// </summary>
internal sealed class KnownBank
{
    public const string Zone = "Asia/Kolkata", Jurisdiction = "IN", Region = "IN";

    private readonly Dictionary<string, KnownBranch?> branches = [];

    public Dictionary<string, TypeOfLocker> Types { get; } = [];

    public IEnumerable<KnownBranch> Branches => branches.Values.OfType<KnownBranch>();

    public static string BranchFolded(string code) => code.Trim().ToUpperInvariant();

    public KnownBranch? Branch(string code) => branches.GetValueOrDefault(BranchFolded(code));

    public void Add(KnownBranch branch) => branches[BranchFolded(branch.Code)] = branch;

    /// <summary>Reads what the codes name and is not read yet.</summary>
    public async Task Load(StrongroomDb db, IEnumerable<string> codes, CancellationToken cancel)
    {
        foreach (var (code, written) in codes.Select(code => (BranchFolded(code), code)).DistinctBy(pair => pair.Item1).Where(pair => !branches.ContainsKey(pair.Item1)).ToList())
        {
            var facts = await db.BranchFacts().FirstOrDefaultAsync(row => row.Code == written || row.Code == code, cancel);
            branches[code] = facts is null ? null : await Read(db, facts, cancel);
        }
    }

    private static async Task<KnownBranch> Read(StrongroomDb db, BranchFacts facts, CancellationToken cancel)
    {
        var branch = new KnownBranch(facts.Id, facts.Code, facts.Zone, facts.Jurisdiction.Split('-')[0])
        {
            Vault = await db.VaultFacts().Where(row => row.Branch == facts.Id).OrderBy(row => row.Id).Select(row => (VaultId?)row.Id).FirstOrDefaultAsync(cancel),
        };
        foreach (var row in await db.LockerFacts().Where(row => row.Branch == facts.Id).ToListAsync(cancel))
        {
            var cabinet = branch.Cabinet(row.CabinetName) ?? branch.Add(new KnownCabinet(row.Cabinet, row.CabinetName));
            cabinet.LastRow = Math.Max(cabinet.LastRow, row.Row);
            branch.Add(new KnownLocker(row.Id, cabinet, row.Number) { Remark = row.Remark, OccupantUnknown = row.OccupantUnknown });
        }
        var formers = from former in db.FormerNumberFacts()
                      join locker in db.LockerFacts() on former.Locker equals locker.Id
                      where locker.Branch == facts.Id
                      select former;
        foreach (var former in await formers.ToListAsync(cancel)) branch.AlsoNumbered(former.Locker, former.Number);
        branch.KeyNumbers.UnionWith(await db.KeyFacts().Where(row => row.Branch == facts.Id && row.Kind == KeyKind.Hirer).Select(row => row.Number).ToListAsync(cancel));

        var hires = await db.AgreementFacts().Where(row => row.Branch == facts.Id).ToListAsync(cancel);
        var parties = (await (from party in db.PartyFacts()
                              join hire in db.AgreementFacts() on party.Agreement equals hire.Id
                              join person in db.PersonFacts() on party.Person equals person.Id
                              where hire.Branch == facts.Id && party.Role == PartyRole.Hirer
                              orderby party.Position
                              select new { party.Agreement, Hirer = new KnownHirer(person.Id, person.Folded, person.Cif) }).ToListAsync(cancel))
            .ToLookup(row => row.Agreement, row => row.Hirer);
        foreach (var hire in hires)
        {
            branch.AgreementNumbers.Add(hire.Number);
            branch.Locker(hire.Locker)?.Hires.Add(new(hire.Id, hire.StartsOn, hire.EndedOn is not null, [.. parties[hire.Id]]));
        }
        return branch;
    }
}

/// <param name="Region">ISO country that its telephones are dialled in.</param>
internal sealed class KnownBranch(BranchId id, string code, string zone, string region)
{
    private readonly Dictionary<string, KnownCabinet> cabinets = [];
    private readonly Dictionary<(string Cabinet, string Number), KnownLocker> byPlace = [];
    private readonly Dictionary<string, List<KnownLocker>> byNumber = [];
    private readonly Dictionary<LockerId, KnownLocker> byId = [];

    public BranchId Id => id;

    public string Code => code;

    public string Zone => zone;

    public string Region => region;

    public VaultId? Vault { get; set; }

    public HashSet<string> KeyNumbers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> AgreementNumbers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<KnownLocker> Lockers => byId.Values;

    public static string NumberFolded(string number) => string.Concat(number.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    public KnownCabinet? Cabinet(string name) => cabinets.GetValueOrDefault(CellReading.Folded(name));

    public KnownCabinet Add(KnownCabinet cabinet) => cabinets[CellReading.Folded(cabinet.Name)] = cabinet;

    public KnownLocker? Locker(LockerId locker) => byId.GetValueOrDefault(locker);

    public KnownLocker? At(string cabinet, string number) => byPlace.GetValueOrDefault((CellReading.Folded(cabinet), NumberFolded(number)));

    /// <summary>All that have the number now or had it.</summary>
    public IReadOnlyList<KnownLocker> Numbered(string number) => byNumber.GetValueOrDefault(NumberFolded(number)) ?? [];

    public void Add(KnownLocker locker)
    {
        byId.Add(locker.Id, locker);
        AlsoNumbered(locker.Id, locker.Number);
    }

    public void AlsoNumbered(LockerId id, string number)
    {
        var locker = byId[id];
        var folded = NumberFolded(number);
        byPlace[(CellReading.Folded(locker.Cabinet.Name), folded)] = locker;
        if (!byNumber.TryGetValue(folded, out var list)) byNumber.Add(folded, list = []);
        if (!list.Contains(locker)) list.Add(locker);
    }

    /// <summary>The locker that a row means; null with an error when there is none, or when the row does not say which of two.</summary>
    /// <param name="sayHow">Warn of a number that two lockers have; a visit that names its cabinet is no doubt.</param>
    public KnownLocker? Find(RowView row, bool sayHow = true)
    {
        if (row[Column.Locker] is not { } written)
        {
            row.Error(Column.Locker, "There is no locker number.");
            return null;
        }
        var number = LockersTaker.NumberOf(written);
        var all = Numbered(number);
        if (all.Count == 0)
        {
            row.Error(Column.Locker, $"Locker {RowView.Short(number)} is not in the locker register of this branch.");
            return null;
        }
        if (row[Column.Cabinet] is { } cabinet)
        {
            if (At(cabinet, number) is { } there) return Chosen(there, "matched by its cabinet");
            row.Error(Column.Cabinet, $"Locker {RowView.Short(number)} is not in cabinet {RowView.Short(cabinet)}, but in {string.Join(" and ", all.Select(one => one.Cabinet.Name))}.");
            return null;
        }
        if (all.Count == 1) return all[0];
        if (row[Column.KeyNumber] is { } key && all.Where(one => string.Equals(one.KeyNumber, key, StringComparison.OrdinalIgnoreCase)).ToList() is [var byKey])
            return Chosen(byKey, "matched by its key");
        row.Error(Column.Locker, $"{all.Count} lockers of this branch have the number {RowView.Short(number)}, and the row names no cabinet.");
        return null;

        KnownLocker Chosen(KnownLocker locker, string how)
        {
            if (all.Count > 1 && sayHow) row.Warn(Column.Locker, $"The locker number is not unique in the branch: {how}.");
            return locker;
        }
    }
}

internal sealed class KnownCabinet(CabinetId id, string name)
{
    private const int Columns = 8;
    private int inRow = Columns;

    public CabinetId Id => id;

    public string Name => name;

    public int LastRow { get; set; }

    /// <summary>The next place behind all others: the register tells none.</summary>
    public (int Row, int Column) NextPlace()
    {
        if (inRow == Columns) (LastRow, inRow) = (LastRow + 1, 0);
        return (LastRow, ++inRow);
    }
}

internal sealed class KnownLocker(LockerId id, KnownCabinet cabinet, string number)
{
    public LockerId Id => id;

    public KnownCabinet Cabinet => cabinet;

    public string Number => number;

    public RegisterRemark? Remark { get; init; }

    public bool OccupantUnknown { get; init; }

    public string? KeyNumber { get; set; }

    /// <summary>The line of lockers.csv that this import found it in, and what that line says of it.</summary>
    public int? Line { get; set; }

    public SaidStatus Said { get; set; } = SaidStatus.NotSaid;

    /// <summary>The line of hirers.csv that this import found its hirer in.</summary>
    public int? HirerLine { get; set; }

    public List<KnownHire> Hires { get; } = [];

    public KnownHire? Hire => Hires.Find(hire => !hire.Ended);
}

internal sealed record KnownHirer(PersonId Id, string Folded, string? Cif);

internal sealed record KnownHire(AgreementId Id, DateOnly StartsOn, bool Ended, IReadOnlyList<KnownHirer> Hirers);
