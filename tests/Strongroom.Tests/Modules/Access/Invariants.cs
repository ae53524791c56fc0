using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Occurrences;
using Strongroom.Modules.Access.VaultRegister;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Modules.SignIn.Entering;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Tests.Support;
using Strongroom.Web.Files;

namespace Strongroom.Tests.Modules.Access;

/// <summary>What is true of a bank after every act, whoever tried it and whatever came of it.</summary>
internal sealed class Invariants
{
    /// <summary>What a refusal, too, may write: the log of it, and what a sign-in or a file counts.</summary>
    private static readonly Type[] OfRefusals =
        [typeof(AuditEvent), typeof(AuditSubject), typeof(AuditDisclosure), typeof(AuditPending), typeof(IdempotencyRow), typeof(Session), typeof(Challenge), typeof(AttemptCount), typeof(FileTaken)];

    private readonly Func<Func<StrongroomDb, Task<int>>, Task<int>> read;
    private Standing last = null!;
    private DateTime marked;

    private Invariants(Func<Func<StrongroomDb, Task<int>>, Task<int>> read) => this.read = read;

    /// <param name="Digest">Of every row of every table that an act may change.</param>
    /// <param name="Events">Of what was done.</param>
    private sealed record Standing(string Digest, int Events, int Refusals);

    public static async Task<Invariants> Begin<TEngine>(World<TEngine> world) where TEngine : IEngine
    {
        var begun = new Invariants(world.Read);
        begun.last = await begun.Look();
        return begun;
    }

    /// <param name="line">What was tried, for the message.</param>
    public async Task HoldAfter(Refusal? refusal, string line)
    {
        var now = await Look();
        if (refusal is not null)
        {
            now.Digest.ShouldBe(last.Digest, $"A refusal changed something. {line}");
            now.Events.ShouldBe(last.Events, $"A refusal is logged as something done. {line}");
            now.Refusals.ShouldBe(last.Refusals + 1, $"A refusal is not in the log. {line}");
        }
        else
        {
            if (now.Digest != last.Digest) now.Events.ShouldBeGreaterThan(last.Events, $"Something changed without an event. {line}");
            now.Refusals.ShouldBe(last.Refusals, line);
        }
        last = now;
        await Hold(line);
    }

    public async Task HoldAfterJobs(DateTime at)
    {
        marked = at;
        var now = await Look();
        if (now.Digest != last.Digest) now.Events.ShouldBeGreaterThan(last.Events, "A job changed something without an event.");
        last = now;
        await Hold("after the jobs");
    }

    private Task Hold(string line) => read(async db =>
    {
        await NobodyIsLockedIn(db, line);
        await TheVaultCountsWhoIsInside(db, line);
        await AKeyIsInOneHand(db, line);
        await EveryDutyToTellHasAnEnd(db, line);
        (await db.Set<Occurrence>().AnyAsync(row => row.SeenBy != null && row.SeenBy == row.By)).ShouldBeFalse($"Somebody saw to what they noted themselves. {line}");
        return 0;
    });

    /// <summary>R18, R19: a day is closed only on an empty vault, and nothing begins in it afterwards.</summary>
    private static async Task NobodyIsLockedIn(StrongroomDb db, string line)
    {
        (await (from visit in db.Set<Visit>()
                join day in db.Set<BranchDay>() on visit.Day equals day.Id
                where day.ClosedAt != null && visit.EndedAt == null
                select visit.Number).ToListAsync()).ShouldBeEmpty($"A visit is open in a closed day. {line}");
        (await db.Set<VaultEntry>().CountAsync(entry => entry.LeftAt == null && !db.Set<BranchDay>().Any(day => day.Branch == entry.Branch && day.ClosedAt == null)))
            .ShouldBe(0, $"An officer is in the vault of a closed branch. {line}");
        (await db.Set<VaultEntry>().Where(entry => entry.LeftAt == null).GroupBy(entry => entry.Officer).CountAsync(group => group.Count() > 1)).ShouldBe(0, $"One officer is inside twice. {line}");
    }

    private static async Task TheVaultCountsWhoIsInside(StrongroomDb db, string line)
    {
        var visits = await db.Set<Visit>().AsNoTracking().Select(row => new { row.Id, row.State, row.Vault, row.Locker, row.Party, row.EndedAt, row.AloneAt, row.Decision, row.PaperSlip }).ToListAsync();
        foreach (var vault in await db.VaultFacts().ToListAsync())
        {
            vault.PartiesInside.ShouldBe(visits.Where(visit => visit.Vault == vault.Id && VisitLife.Inside(visit.State)).DistinctBy(visit => visit.Party).Count(), $"{vault.Name}. {line}");
            vault.PartiesInside.ShouldBeLessThanOrEqualTo(vault.PartyLimit);
        }
        visits.Where(visit => visit.EndedAt is null).GroupBy(visit => visit.Locker).ShouldAllBe(group => group.Count() == 1, line);
        visits.ShouldAllBe(visit => visit.EndedAt != null == VisitLife.Ended(visit.State), line);
        // Nobody was ever inside by a decision that refused, and nobody without one but from paper.
        var let = (await db.Set<Decision>().Where(row => row.Result != Answer.Refuse).Select(row => row.Id).ToListAsync()).ToHashSet();
        visits.Where(visit => (VisitLife.Inside(visit.State) || visit.AloneAt is not null) && visit.PaperSlip is null).ShouldAllBe(visit => visit.Decision != null && let.Contains(visit.Decision.Value), line);
        // Each opening is told of once.
        var told = await db.Set<Obligation>().Where(row => row.Visit != null).Select(row => row.Visit!.Value).ToListAsync();
        told.Order(ById).ShouldBe(visits.Where(visit => visit.AloneAt is not null).Select(visit => visit.Id).Order(ById), line);
    }

    private static readonly Comparer<VisitId> ById = Comparer<VisitId>.Create((a, b) => a.Value.CompareTo(b.Value));

    /// <summary>R20k: from its first entry on a guard key is in one hand or in the safe at every instant, each change under two signatures.</summary>
    private static async Task AKeyIsInOneHand(StrongroomDb db, string line)
    {
        var ledger = await db.Set<Custody>().AsNoTracking().ToListAsync();
        foreach (var key in await db.Set<Key>().Where(row => row.Kind == KeyKind.Guard).Select(row => row.Id).ToListAsync())
        {
            var way = ledger.Where(row => row.Key == key).OrderBy(row => row.From).ThenBy(row => row.Until ?? DateTime.MaxValue).ToList();
            way.Count(row => row.Until is null).ShouldBe(1, $"A key has not one place. {line}");
            way.Zip(way.Skip(1)).ShouldAllBe(pair => pair.First.Until == pair.Second.From && pair.First.Holder != pair.Second.Holder, $"A key's way has a gap. {line}");
            way.Skip(1).ShouldAllBe(row => row.GivenBy != null && row.TakenBy != null && row.GivenBy != row.TakenBy, $"A key moved without two signatures. {line}");
        }
    }

    /// <summary>R13: met, past due with an owner, or waiting for a time that is yet to come.</summary>
    private async Task EveryDutyToTellHasAnEnd(StrongroomDb db, string line)
    {
        foreach (var duty in await db.Set<Obligation>().AsNoTracking().ToListAsync())
        {
            (duty.State switch
            {
                ObligationState.Met => duty.MetAt is not null,
                ObligationState.PastDue => duty.Owner is not null && duty.MetAt is null,
                ObligationState.Due => duty.MetAt is null && (duty.DueAt >= marked || duty.RaisedAt >= marked),
                _ => false,
            }).ShouldBeTrue($"{duty.Kind}, {duty.State}, due at {duty.DueAt:O}, jobs ran at {marked:O}. {line}");
        }
    }

    private async Task<Standing> Look()
    {
        Standing? found = null;
        await read(async db =>
        {
            found = new(await Digest(db), await db.Set<AuditEvent>().CountAsync(row => row.Kind != AuditKinds.Refused.Name), await db.Set<AuditEvent>().CountAsync(row => row.Kind == AuditKinds.Refused.Name));
            return 0;
        });
        return found!;
    }

    /// <summary>Of every row of every table that is not the machinery's own.</summary>
    public static async Task<string> Digest(StrongroomDb db)
    {
        var tables = db.Model.GetEntityTypes().Where(type => !OfRefusals.Contains(type.ClrType)).Select(type => type.GetTableName()).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = string.Join(' ', tables.Select(table => $"SELECT * FROM \"{table}\";"));
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var reader = await command.ExecuteReaderAsync();
        do
        {
            var rows = new List<string>();
            while (await reader.ReadAsync())
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(at => reader.GetValue(at) is byte[] bytes ? Convert.ToHexString(bytes) : FormattableString.Invariant($"{reader.GetValue(at)}"))));
            // No order is promised, so one is made.
            rows.Sort(StringComparer.Ordinal);
            foreach (var row in rows) sum.AppendData(Encoding.UTF8.GetBytes(row + "\n"));
            sum.AppendData("--\n"u8);
        }
        while (await reader.NextResultAsync());
        return Convert.ToHexString(sum.GetHashAndReset());
    }
}
