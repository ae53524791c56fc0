using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Strongroom.Modules.Access;

/// <summary>
/// A visit of the time before Strongroom, as the branch's old register tells it. It is read only and has no decision: nobody here admitted anybody.
/// </summary>
internal sealed class RegisterEntry
{
    public const string OperatorPlace = "register_entry.operated_by", RemarksPlace = "register_entry.remarks";

    /// <summary>The first 128 bits of the SHA-256 of what the entry says: the same line of another copy of the register is the same entry.</summary>
    public required Guid Id { get; init; }

    public required LockerId Locker { get; init; }

    /// <summary>The hire of that time; null where the register's hirer was not to be read.</summary>
    public required AgreementId? Agreement { get; init; }

    /// <summary>The branch's local date and times; a time that the register lacks is not recorded.</summary>
    public required DateOnly Date { get; init; }

    public TimeOnly? TimeIn { get; init; }

    public TimeOnly? TimeOut { get; init; }

    /// <summary>The hirer who came, where the name is one hirer's of the agreement.</summary>
    public PersonId? Operator { get; set; }

    /// <summary>The name as written, where it is nobody's whom we know; sealed for the bank.</summary>
    public byte[]? OperatedBy { get; init; }

    /// <summary>The officer's staff number, as written.</summary>
    public string? Officer { get; init; }

    /// <summary>Free text, sealed for the bank.</summary>
    public byte[]? Remarks { get; init; }

    /// <summary>The imported file, and the line in it.</summary>
    public required Guid Source { get; init; }

    public required int Line { get; init; }
}

internal sealed class RegisterEntryTable : IEntityTypeConfiguration<RegisterEntry>
{
    public void Configure(EntityTypeBuilder<RegisterEntry> builder)
    {
        builder.ToTable("register_entry");
        builder.Property(row => row.Officer).HasMaxLength(40);
        // For the timelines; a null agreement has no timeline to stand in.
        builder.HasIndex(row => new { row.Locker, row.Date });
        builder.HasIndex(row => new { row.Agreement, row.Date }).HasFilter("agreement IS NOT NULL");
        builder.HasIndex(row => new { row.Operator, row.Date }).HasFilter("operator IS NOT NULL");
    }
}
