using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Modules.Access.Visits;

namespace Strongroom.Modules.Access.Corrections;

/// <summary>What of a visit's record can be wrong.</summary>
public enum CorrectedField { Operator, Arrived, Opened, Locked, Left }

/// <summary>
/// R19c: the visit's record stays as it was written, and beside it stands what is right, why, and which two say so. Append-only.
/// </summary>
internal sealed class VisitCorrection
{
    public const string WasPlace = "visit_correction.was", IsPlace = "visit_correction.is", ReasonPlace = "visit_correction.reason";

    public required CorrectionId Id { get; init; }

    public required VisitId Visit { get; init; }

    public required CorrectedField Field { get; init; }

    /// <summary>A name or a local time, sealed for the bank.</summary>
    public required byte[] Was { get; init; }

    public required byte[] Is { get; init; }

    public required byte[] Reason { get; init; }

    public required DateTime At { get; init; }

    public required PersonId By { get; init; }

    public required PersonId Second { get; init; }
}

internal sealed class VisitCorrectionTable : IEntityTypeConfiguration<VisitCorrection>
{
    public void Configure(EntityTypeBuilder<VisitCorrection> builder)
    {
        builder.ToTable("visit_correction");
        builder.HasIndex(row => row.Visit);
        builder.HasOne<Visit>().WithMany().HasForeignKey(row => row.Visit);
    }
}
