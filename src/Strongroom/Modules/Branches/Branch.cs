using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Lockers;

namespace Strongroom.Modules.Branches;

/// <summary>An office of the bank.</summary>
internal sealed class Branch : IVersioned
{
    public required BranchId Id { get; init; }

    /// <summary>The bank's own number of the branch; unique.</summary>
    public required string Code { get; set; }

    public required string Name { get; set; }

    /// <summary>IANA time zone, "Asia/Kolkata".</summary>
    public required string Zone { get; set; }

    /// <summary>Jurisdiction pack, "IN".</summary>
    public required string Jurisdiction { get; set; }

    public required LocationClass LocationClass { get; set; }

    /// <summary>Vault hours of the week as JSON of <see cref="WeekHours"/>; empty until a person has confirmed them.</summary>
    public required string Hours { get; set; }

    /// <summary>Zone and law are an import's guess: no hours can be set, and so no day opened, before a person has confirmed them.</summary>
    public bool Proposed { get; set; }

    public long Version { get; set; }
}

internal sealed class Holiday
{
    public required BranchId Branch { get; init; }

    public required DateOnly Date { get; init; }

    public required string Name { get; init; }
}

/// <summary>A day on which the vault is served otherwise than the week says: shorter, longer, or not at all. It stands before a holiday, too.</summary>
internal sealed class HoursException
{
    public required BranchId Branch { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>Null, like <see cref="Closes"/>, on a day that is closed.</summary>
    public required TimeOnly? Opens { get; init; }

    public required TimeOnly? Closes { get; init; }

    public required string Reason { get; init; }

    /// <summary>The branch asked for these hours and head office signed: every visit wants a second officer (R19d).</summary>
    public bool OutOfHours { get; init; }

    /// <summary>The branch's officer who asked for hours out of hours, and head office's who signed.</summary>
    public PersonId? AskedBy { get; init; }

    public PersonId? AllowedBy { get; init; }
}

internal sealed class BranchTables : IEntityTypeConfiguration<Branch>, IEntityTypeConfiguration<Holiday>, IEntityTypeConfiguration<HoursException>
{
    public void Configure(EntityTypeBuilder<Branch> builder)
    {
        builder.ToTable("branch");
        builder.Property(row => row.Code).HasMaxLength(20);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.Zone).HasMaxLength(60);
        builder.Property(row => row.Jurisdiction).HasMaxLength(10);
        builder.HasIndex(row => row.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Holiday> builder)
    {
        builder.ToTable("holiday");
        builder.HasKey(row => new { row.Branch, row.Date });
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
    }

    public void Configure(EntityTypeBuilder<HoursException> builder)
    {
        builder.ToTable("hours_exception");
        builder.HasKey(row => new { row.Branch, row.Date });
        builder.Property(row => row.Reason).HasMaxLength(100);
        builder.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
    }
}
