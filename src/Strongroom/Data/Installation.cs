using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Strongroom.Data;

/// <summary>What kind of bank lies in this database. No row means a real one; the Lab leaves its mark before it fills anything.</summary>
internal sealed class Installation
{
    /// <summary>There is one row or none.</summary>
    public const int OnlyRow = 1;

    public int Id { get; init; } = OnlyRow;

    /// <summary>Invented people and published passwords: Production refuses to start on them.</summary>
    public required bool Demo { get; init; }

    public required DateTime Since { get; init; }

    /// <summary>Adds the mark to the caller's save. The Lab also leaves <see cref="StartedFile"/> and <see cref="ReadyFile"/> in the data directory.</summary>
    public static void MarkAsDemo(StrongroomDb db, DateTime now) => db.Add(new Installation { Demo = true, Since = now });

    public static Task<bool> IsDemo(StrongroomDb db, CancellationToken cancel) => db.Set<Installation>().AnyAsync(row => row.Demo, cancel);

    /// <summary>Made by ./run before the Lab begins, and by the Lab when the demo bank is whole. Only the first: a filling that was cut short.</summary>
    public const string StartedFile = "demo-started", ReadyFile = "demo-ready";
}

internal sealed class InstallationTable : IEntityTypeConfiguration<Installation>
{
    public void Configure(EntityTypeBuilder<Installation> builder)
    {
        builder.ToTable("installation", table => table.HasCheckConstraint("ck_installation_one_row", "id = 1"));
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}
