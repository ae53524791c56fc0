using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

/// <summary>A person who works for the bank. Officers are persons like any other, and may hire lockers themselves (R16).</summary>
internal sealed class Officer : IVersioned
{
    public required OfficerId Id { get; init; }

    public required PersonId Person { get; init; }

    /// <summary>The bank's own number of the officer; unique.</summary>
    public required string StaffNumber { get; init; }

    /// <summary>When the officer last said that the list of declared relatives is whole (R16); null when never.</summary>
    public DateOnly? RelativesConfirmedOn { get; set; }

    public DateTime? LeftAt { get; set; }

    public long Version { get; set; }
}

/// <summary>A role at a branch (or in the whole bank, for head office) from a date until another, half open.</summary>
internal sealed class Posting
{
    public required PostingId Id { get; init; }

    public required OfficerId Officer { get; init; }

    public required BranchId? Branch { get; init; }

    public required Role Role { get; init; }

    public required DateOnly From { get; init; }

    public DateOnly? Until { get; set; }

    /// <summary>The day, local to the branch, by which somebody else is to confirm it.</summary>
    public required DateOnly RecertifyBy { get; set; }

    /// <summary>The first day on which it grants nothing, because nobody did.</summary>
    public required DateOnly LapsesOn { get; set; }

    /// <summary>Ended before its time, or tidied away after it when the same posting was made again.</summary>
    public DateTime? EndedAt { get; set; }

    public bool Overlaps(DateOnly from, DateOnly? until) => !(Until <= from) && !(until <= From);

    /// <summary>A role in the whole bank holds at every branch.</summary>
    public bool SamePlace(BranchId? other) => Branch is null || other is null || Branch == other;
}

/// <summary>Declared by the officer: this person is family, so I may not serve them (R16).</summary>
internal sealed class Relative
{
    public required RelativeId Id { get; init; }

    public required OfficerId Officer { get; init; }

    public required PersonId Person { get; set; }

    public required Relation Relation { get; init; }

    public required DateOnly DeclaredOn { get; init; }

    public DateTime? WithdrawnAt { get; set; }
}

/// <summary>What an officer was trained in, and for how long that counts (R19e). Written once; a later one makes it old.</summary>
internal sealed class Training
{
    public required TrainingId Id { get; init; }

    public required OfficerId Officer { get; init; }

    public required TrainingKind Kind { get; init; }

    public required DateOnly DoneOn { get; init; }

    /// <summary>The last day on which it counts.</summary>
    public required DateOnly Until { get; init; }
}

internal sealed class StaffTables : IEntityTypeConfiguration<Officer>, IEntityTypeConfiguration<Posting>, IEntityTypeConfiguration<Relative>,
    IEntityTypeConfiguration<Training>
{
    public void Configure(EntityTypeBuilder<Officer> builder)
    {
        builder.ToTable("officer");
        builder.Property(row => row.StaffNumber).HasMaxLength(20);
        builder.HasIndex(row => row.StaffNumber).IsUnique();
        builder.HasIndex(row => row.Person).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Posting> builder)
    {
        builder.ToTable("posting");
        // Two indexes, because a null branch is equal to no other null.
        builder.HasIndex(row => new { row.Officer, row.Branch, row.Role }).IsUnique().HasFilter("ended_at IS NULL AND branch IS NOT NULL");
        builder.HasIndex(row => new { row.Officer, row.Role }).IsUnique().HasFilter("ended_at IS NULL AND branch IS NULL");
        builder.HasOne<Officer>().WithMany().HasForeignKey(row => row.Officer);
    }

    public void Configure(EntityTypeBuilder<Training> builder)
    {
        builder.ToTable("training");
        builder.HasIndex(row => new { row.Officer, row.Kind, row.Until });
        builder.HasOne<Officer>().WithMany().HasForeignKey(row => row.Officer);
    }

    public void Configure(EntityTypeBuilder<Relative> builder)
    {
        builder.ToTable("relative");
        builder.HasIndex(row => new { row.Officer, row.Person }).IsUnique().HasFilter("withdrawn_at IS NULL");
        builder.HasOne<Officer>().WithMany().HasForeignKey(row => row.Officer);
    }
}
