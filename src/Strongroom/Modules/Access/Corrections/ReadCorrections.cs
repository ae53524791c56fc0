using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Access.Corrections;

/// <summary>What stands beside a visit's record as right.</summary>
public sealed record CorrectionLine(CorrectedField Field, string Was, string Is, string Reason, DateTime At, string By, string Second);

internal sealed class ReadCorrections(StrongroomDb db, Seals seals)
{
    /// <summary>Of a visit that the caller has found for the reader, oldest first.</summary>
    public async Task<IReadOnlyList<CorrectionLine>> Of(VisitId visit, CancellationToken cancel)
    {
        var rows = await (from row in db.Set<VisitCorrection>().AsNoTracking()
                          join maker in db.PersonFacts() on row.By equals maker.Id
                          join second in db.PersonFacts() on row.Second equals second.Id
                          where row.Visit == visit
                          orderby row.At
                          select new { row, By = maker.Name, Second = second.Name }).ToListAsync(cancel);
        return [.. rows.Select(one => new CorrectionLine(one.row.Field, Open(VisitCorrection.WasPlace, one.row.Was), Open(VisitCorrection.IsPlace, one.row.Is),
            Open(VisitCorrection.ReasonPlace, one.row.Reason), one.row.At, one.By, one.Second))];
    }

    private string Open(string place, byte[] words) => Encoding.UTF8.GetString(seals.OpenForBank(place, words));
}
