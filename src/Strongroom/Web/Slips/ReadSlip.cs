using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Web.Auditing;

namespace Strongroom.Web.Slips;

/// <summary>A visit as its hirer may know it.</summary>
/// <param name="As">In what capacity the operator came, by the day of the visit; null where that right is gone from the record.</param>
/// <param name="Told">Of a refusal, the sentence that is said to the customer.</param>
/// <param name="InYear">The how manieth opening since <paramref name="YearBegan"/>, the hire's last anniversary; null where the locker was not opened.</param>
/// <param name="Complaint">The path by which the reader complains; null for whoever was not written to.</param>
internal sealed record VisitSlip(
    VisitFacts Visit, SlipFacts Facts, BranchFacts Branch, string Locker, string Agreement, string Operator, ComesAs? As, IReadOnlyList<string> Along, string? Officer,
    string? Told, int? InYear, DateOnly YearBegan, string? Complaint, VisitLeaf? Leaf);

/// <summary>Reads a slip for a reader whom the caller has let in.</summary>
internal sealed class ReadSlip(StrongroomDb db, Seals seals, VisitProof proofs)
{
    /// <param name="reader">Whose complaint it would be.</param>
    public async Task<VisitSlip> Of(VisitFacts visit, PersonId reader, CancellationToken cancel)
    {
        var facts = await db.SlipFacts().SingleAsync(slip => slip.Visit == visit.Id, cancel);
        var branch = await db.BranchFacts().SingleAsync(row => row.Id == visit.Branch, cancel);
        var hire = await db.AgreementFacts().SingleAsync(row => row.Id == visit.Agreement, cancel);
        var persons = await db.PersonFacts().Where(person => person.Id == visit.Operator || person.Id == visit.Custodian).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
        var day = visit.ArrivedAt.DateIn(branch.Zone);
        var (inYear, began) = await db.NumberInYear(visit, hire.StartsOn, branch.Zone, cancel);
        return new(visit, facts, branch,
            await db.LockerFacts().Where(row => row.Id == visit.Locker).Select(row => row.Number).SingleAsync(cancel),
            hire.Number, persons[visit.Operator],
            (await db.WhoMayCome(visit.Agreement, day, cancel)).Where(one => one.Person == visit.Operator).Select(one => (ComesAs?)one.As).FirstOrDefault(),
            await (from person in db.PersonFacts() join along in db.CameAlong(visit.Id) on person.Id equals along where along != visit.Operator orderby person.Folded select person.Name).ToListAsync(cancel),
            visit.Custodian is { } officer ? persons.GetValueOrDefault(officer) : null,
            visit.State == VisitState.Refused ? await db.WordsForCustomer(visit.Id, cancel) : null,
            inYear, began,
            await db.ComplaintPath(seals, visit.Id, reader, cancel),
            await proofs.Of(visit.Id, cancel));
    }
}
