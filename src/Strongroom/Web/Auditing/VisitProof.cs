using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Web.Auditing;

/// <summary>The event by which a hirer proves a visit.</summary>
/// <param name="Leaf">Its hash in base64.</param>
internal sealed record VisitLeaf(EventId Event, string Leaf)
{
    /// <summary>The page where anybody checks it: what the slip's QR leads to.</summary>
    public string Path => $"/audit/check?event={Event}&leaf={Uri.EscapeDataString(Leaf)}";
}

internal sealed class VisitProof(StrongroomDb db, LogProofs proofs)
{
    public async Task<VisitLeaf?> Of(VisitId visit, CancellationToken cancel)
    {
        var events = await (from about in db.EventAbouts()
                            join happened in db.EventFacts() on about.Event equals happened.Id
                            where about.Kind == "visit" && about.Id == visit.Value
                            orderby happened.At descending, happened.Id descending
                            select new { happened.Id, happened.Kind }).ToListAsync(cancel);
        var life = events.Where(row => row.Kind.StartsWith("access.", StringComparison.Ordinal) && row.Kind != SlipContract.SlipPrinted.Name).ToList();
        var by = SlipContract.ProvenBy.Select(kind => life.Find(row => row.Kind == kind)).FirstOrDefault(row => row is not null) ?? life.FirstOrDefault();
        return by is not null && await proofs.LeafOf(by.Id, cancel) is { } leaf ? new(by.Id, leaf) : null;
    }
}
