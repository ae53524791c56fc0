using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Exchange.Merging;

/// <summary>One of the two records, as an officer compares them.</summary>
/// <param name="Hires">At the reader's branches.</param>
/// <param name="Elsewhere">How many hires in force it has at other branches.</param>
/// <param name="LastVisits">Days of the last visits at the reader's branches, newest first.</param>
public sealed record RecordToMerge(PersonToCompare Person, IReadOnlyList<AgreementLine> Hires, int Elsewhere, IReadOnlyList<DateOnly> LastVisits, bool SignsIn);

/// <summary>A merge that was asked for and not carried out yet.</summary>
public sealed record MergeWaiting(MergeId Id, PersonId Stays, PersonId Goes, SignatureId Signature, bool Signed, string Reason);

internal sealed class ReadMerge(StrongroomDb db, CurrentActor current, ComparePeople people, Seals seals, TimeProvider clock)
{
    private const int Visits = 3;

    public async Task<RecordToMerge?> One(PersonId id, CancellationToken cancel)
    {
        if (await people.One(id, cancel) is not { } person) return null;
        var mine = current.Now.BranchesWith(ExchangeRights.Merge);
        var hires = await db.AgreementLines(clock.UtcNow()).Where(hire => hire.Person == id).OrderBy(hire => hire.EndedOn != null).ThenBy(hire => hire.LockerNumber).ToListAsync(cancel);
        var here = hires.FindAll(hire => mine is null || mine.Contains(hire.Branch));
        return new(person, here, hires.Count(hire => hire.EndedOn is null) - here.Count(hire => hire.EndedOn is null), await LastVisits(id, mine, cancel),
            await db.UserFacts().AnyAsync(user => user.Person == id && user.Activated && !user.Disabled, cancel));
    }

    public Task<IReadOnlyList<PersonFacts>> LikelySame(PersonFacts person, CancellationToken cancel) => people.LikelySame(person, 10, cancel);

    /// <returns>Null where it is none of the reader's, or carried out.</returns>
    public async Task<MergeWaiting?> Waiting(MergeId id, CancellationToken cancel)
    {
        if (await db.Set<Merge>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.DoneAt == null, cancel) is not { } merge || merge.AskedBy != current.Now.Person) return null;
        var signed = await Signatures.Facts(db).AnyAsync(row => row.Id == merge.Signature && row.SignedAt != null && row.UsedAt == null, cancel);
        var key = await seals.KeyOf(db, merge.Stays, cancel);
        return new(id, merge.Stays, merge.Goes, merge.Signature, signed, key.Open(Merge.ReasonColumn, id.Value, merge.Reason));
    }

    private async Task<IReadOnlyList<DateOnly>> LastVisits(PersonId id, IReadOnlyList<BranchId>? mine, CancellationToken cancel)
    {
        var served = await (from visit in db.VisitFacts()
                            join branch in db.BranchFacts() on visit.Branch equals branch.Id
                            where visit.Operator == id && visit.AloneAt != null && (mine == null || mine.Contains(visit.Branch))
                            orderby visit.ArrivedAt descending
                            select new { visit.ArrivedAt, branch.Zone }).Take(Visits).ToListAsync(cancel);
        var register = await db.RegisterLines()
            .Where(line => line.Operator == id && (mine == null || db.LockerFacts().Any(locker => locker.Id == line.Locker && mine.Contains(locker.Branch))))
            .OrderByDescending(line => line.Date).Select(line => line.Date).Take(Visits).ToListAsync(cancel);
        return [.. served.Select(visit => visit.ArrivedAt.DateIn(visit.Zone)).Concat(register).OrderDescending().Take(Visits)];
    }
}
