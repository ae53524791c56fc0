using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Access.Corrections;

/// <summary>What stands beside a visit's record as right.</summary>
public sealed record CorrectionLine(CorrectedField Field, string Was, string Is, string Reason, DateTime At, string By, string Second);

internal sealed class ReadCorrections(StrongroomDb db, Seals seals)
{
    /// <summary>Of a visit that the caller has found for the reader, oldest first.</summary>
    public async Task<IReadOnlyList<CorrectionLine>> Of(VisitId visit, CancellationToken cancel) =>
        [.. (await Read(db.Set<VisitCorrection>().Where(row => row.Visit == visit), cancel))[visit]];

    /// <summary>Of all visits of a branch that began in a time, the end excluded.</summary>
    public Task<ILookup<VisitId, CorrectionLine>> Of(BranchId branch, DateTime begins, DateTime ends, CancellationToken cancel) => Read(
        from row in db.Set<VisitCorrection>()
        join visit in db.Set<Visit>() on row.Visit equals visit.Id
        where visit.Branch == branch && visit.ArrivedAt >= begins && visit.ArrivedAt < ends
        select row, cancel);

    private async Task<ILookup<VisitId, CorrectionLine>> Read(IQueryable<VisitCorrection> which, CancellationToken cancel) =>
        (await (from row in which.AsNoTracking()
                join maker in db.PersonFacts() on row.By equals maker.Id
                join second in db.PersonFacts() on row.Second equals second.Id
                orderby row.At, row.Id
                select new { row, By = maker.Name, Second = second.Name }).ToListAsync(cancel))
        .ToLookup(one => one.row.Visit, one => new CorrectionLine(one.row.Field, Open(VisitCorrection.WasPlace, one.row.Was), Open(VisitCorrection.IsPlace, one.row.Is),
            Open(VisitCorrection.ReasonPlace, one.row.Reason), one.row.At, one.By, one.Second));

    private string Open(string place, byte[] words) => Encoding.UTF8.GetString(seals.OpenForBank(place, words));
}
