using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Keys.Checks;

namespace Strongroom.Modules.Keys.Contracts;

/// <summary>A surprise verification of guard keys (R20k).</summary>
public sealed record KeyCheckFacts
{
    public KeyCheckId Id { get; init; }

    public BranchId Branch { get; init; }

    public DateTime DrawnAt { get; init; }

    public PersonId Officer { get; init; }

    public int Among { get; init; }

    public DateTime DueAt { get; init; }

    /// <summary>Null while it waits.</summary>
    public DateTime? DoneAt { get; init; }

    public int? Seen { get; init; }

    /// <summary>Numbers of keys that were not shown.</summary>
    public string? Missing { get; init; }
}

public static class KeyCheckContract
{
    public static IQueryable<KeyCheckFacts> KeyCheckFacts(this StrongroomDb db) => db.Set<KeyCheck>().AsNoTracking().Select(row => new KeyCheckFacts
    {
        Id = row.Id,
        Branch = row.Branch,
        DrawnAt = row.DrawnAt,
        Officer = row.Officer,
        Among = row.Among,
        DueAt = row.DueAt,
        DoneAt = row.DoneAt,
        Seen = row.Seen,
        Missing = row.Missing,
    });
}
