using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Exchange.Reading;

namespace Strongroom.Modules.Exchange;

public enum ImportSource { CommandLine, Office }

/// <summary>Waiting and Running are taken up again after the server was killed; Stopped says why in words and can be started again.</summary>
public enum ImportState { Waiting, Running, Finished, Stopped }

/// <summary>A warning's row is imported and is work to do; an error's row is not imported.</summary>
public enum ProblemSeverity { Error, Warning }

/// <summary>One folder of an old register being taken over.</summary>
internal sealed class Import : IVersioned
{
    public required ImportId Id { get; init; }

    public required ImportSource Source { get; init; }

    /// <summary>Where the files lie.</summary>
    public required string Folder { get; init; }

    public required ImportState State { get; set; }

    public required DateTime StartedAt { get; init; }

    public required PersonId? StartedBy { get; init; }

    public DateTime? FinishedAt { get; set; }

    /// <summary>Why it stopped, for the people who started it.</summary>
    public string? Fault { get; set; }

    public long Version { get; set; }
}

/// <summary>A file of it, known by its hash: the same file under another name, or after a crash, is the same.</summary>
internal sealed class ImportedFile
{
    public required ImportedFileId Id { get; init; }

    public required ImportId Import { get; init; }

    public required string Name { get; init; }

    public required RegisterFile Kind { get; init; }

    /// <summary>SHA-256 in hex.</summary>
    public required string Hash { get; init; }

    public required long Length { get; init; }
}

/// <summary>
/// What one save took of a file. It commits with the rows themselves: after a crash the file goes on behind the last batch's line. Never updated.
/// </summary>
internal sealed class ImportBatch
{
    public required ImportedFileId File { get; init; }

    public required int Number { get; init; }

    /// <summary>The last line that it settled; the header is 1.</summary>
    public required int LastLine { get; init; }

    public required int Imported { get; init; }

    public required int Unchanged { get; init; }

    public required int Rejected { get; init; }

    /// <summary>How far into the file that is, for the progress.</summary>
    public required long BytesDone { get; init; }

    /// <summary>The file is at its end.</summary>
    public required bool Last { get; init; }

    public required DateTime At { get; init; }
}

/// <summary>What a careful clerk would say of a line. No names, numbers of persons or addresses: the line is in the branch's own file.</summary>
internal sealed class ImportProblem
{
    public required ImportedFileId File { get; init; }

    public required int Line { get; init; }

    /// <summary>Several of one line count up.</summary>
    public required int Number { get; init; }

    /// <summary>The header as the file has it.</summary>
    public required string Column { get; init; }

    public required ProblemSeverity Severity { get; init; }

    public required string Message { get; init; }

    /// <summary>Whose work it is.</summary>
    public required BranchId? Branch { get; init; }

    /// <summary>The locker and the person that the line became, where it became any.</summary>
    public required LockerId? Locker { get; init; }

    public required PersonId? Person { get; init; }
}

/// <summary>A warning that the branch has seen to, with what came of it. Written once.</summary>
internal sealed class SettledWarning
{
    public const string NoteColumn = "settled_warning.note";

    public required ImportedFileId File { get; init; }

    public required int Line { get; init; }

    public required int Number { get; init; }

    /// <summary>Names the row to the seal of its note.</summary>
    public required SettlementId Id { get; init; }

    public required DateTime At { get; init; }

    public required PersonId By { get; init; }

    /// <summary>Sealed under <see cref="SealedFor"/>: the person the warning is about, or else the officer whose words they are.</summary>
    public required Sealed<string> Note { get; init; }

    public required PersonId SealedFor { get; init; }
}

internal sealed class ExchangeTables : IEntityTypeConfiguration<Import>, IEntityTypeConfiguration<ImportedFile>, IEntityTypeConfiguration<ImportBatch>,
    IEntityTypeConfiguration<ImportProblem>, IEntityTypeConfiguration<SettledWarning>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.ToTable("import");
        builder.Property(row => row.Folder).HasMaxLength(400);
        builder.Property(row => row.Fault).HasMaxLength(1000);
        builder.HasIndex(row => row.StartedAt);
    }

    public void Configure(EntityTypeBuilder<ImportedFile> builder)
    {
        builder.ToTable("imported_file");
        builder.Property(row => row.Name).HasMaxLength(200);
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.HasIndex(row => row.Hash);
        builder.HasOne<Import>().WithMany().HasForeignKey(row => row.Import);
    }

    public void Configure(EntityTypeBuilder<ImportBatch> builder)
    {
        builder.ToTable("import_batch");
        builder.HasKey(row => new { row.File, row.Number });
        builder.HasOne<ImportedFile>().WithMany().HasForeignKey(row => row.File);
    }

    public void Configure(EntityTypeBuilder<ImportProblem> builder)
    {
        builder.ToTable("import_problem");
        builder.HasKey(row => new { row.File, row.Line, row.Number });
        builder.Property(row => row.Column).HasMaxLength(100);
        builder.Property(row => row.Message).HasMaxLength(400);
        builder.HasIndex(row => new { row.Branch, row.Severity });
        builder.HasOne<ImportedFile>().WithMany().HasForeignKey(row => row.File);
    }

    public void Configure(EntityTypeBuilder<SettledWarning> builder)
    {
        builder.ToTable("settled_warning");
        builder.HasKey(row => new { row.File, row.Line, row.Number });
        builder.HasOne<ImportProblem>().WithMany().HasForeignKey(row => new { row.File, row.Line, row.Number });
    }
}
