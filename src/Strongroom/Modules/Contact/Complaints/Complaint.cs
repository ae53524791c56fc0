using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;

namespace Strongroom.Modules.Contact.Complaints;

/// <summary>That somebody says that what an alert told them is not right. One a person and happening; it has its number at once.</summary>
internal sealed class Complaint : IVersioned
{
    public required ComplaintId Id { get; init; }

    /// <summary>Of the branch's own calendar.</summary>
    public required int Year { get; init; }

    /// <summary>From 1 in each year, over the whole bank.</summary>
    public required int Sequence { get; init; }

    public required BranchId Branch { get; init; }

    public required AgreementId Agreement { get; init; }

    public required LockerId Locker { get; init; }

    /// <summary>The happening that it is about.</summary>
    public required ObligationId Obligation { get; init; }

    /// <summary>The hirer whose link it was.</summary>
    public required PersonId By { get; set; }

    public required DateTime OpenedAt { get; init; }

    public DateTime? SeenAt { get; set; }

    public PersonId? SeenBy { get; set; }

    public long Version { get; set; }

    /// <summary>"C-2026-000123".</summary>
    public string Number => NumberOf(Year, Sequence);

    public static string NumberOf(int year, int sequence) => string.Create(CultureInfo.InvariantCulture, $"C-{year}-{sequence:D6}");
}

internal sealed class ComplaintTable : IEntityTypeConfiguration<Complaint>
{
    public void Configure(EntityTypeBuilder<Complaint> builder)
    {
        builder.ToTable("complaint");
        builder.HasIndex(row => new { row.Year, row.Sequence }).IsUnique();
        builder.HasIndex(row => new { row.Obligation, row.By }).IsUnique();
        builder.HasIndex(row => row.Branch).HasFilter("seen_at IS NULL");
        builder.HasOne<Obligation>().WithMany().HasForeignKey(row => row.Obligation);
        builder.Ignore(row => row.Number);
    }
}
