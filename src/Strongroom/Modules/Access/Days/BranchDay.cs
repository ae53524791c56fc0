using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Access.Contracts;

namespace Strongroom.Modules.Access.Days;

/// <summary>
/// A branch's vault from its opening to its close. Opened with a custody hand-over signed by two, closed after a physical check by name
/// and a count of keys, signed by two; never with an open visit (R18).
/// </summary>
internal sealed class BranchDay : IVersioned
{
    public required BranchDayId Id { get; init; }

    public required BranchId Branch { get; init; }

    /// <summary>The branch's local date.</summary>
    public required DateOnly Date { get; init; }

    public required DateTime OpenedAt { get; init; }

    /// <summary>The custodian who took the guard keys at opening.</summary>
    public required PersonId OpenedBy { get; init; }

    public required PersonId OpenedWith { get; init; }

    /// <summary>The last slip number given out. Each check-in moves it, and with it the version that a day-close rests on.</summary>
    public int LastNumber { get; set; }

    public DateTime? ClosedAt { get; set; }

    public PersonId? ClosedBy { get; set; }

    public PersonId? ClosedWith { get; set; }

    /// <summary>Guard keys counted at close.</summary>
    public int? KeysCounted { get; set; }

    /// <summary>Opened and closed on paper, and entered afterwards (R19c).</summary>
    public bool FromPaper { get; init; }

    public long Version { get; set; }
}

internal sealed class BranchDayTable : IEntityTypeConfiguration<BranchDay>
{
    public void Configure(EntityTypeBuilder<BranchDay> builder)
    {
        builder.ToTable("branch_day");
        builder.HasIndex(row => new { row.Branch, row.Date }).IsUnique();
        builder.HasIndex(row => row.Branch).IsUnique().HasFilter("closed_at IS NULL");
    }
}
