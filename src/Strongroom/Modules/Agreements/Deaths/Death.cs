using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Agreements.Deaths;

/// <summary>
/// R55: two officers say, with the document in hand, that a person has died. Append-only, and so is what takes it back (<see cref="DeathReversal"/>): a person
/// may be marked again after a mistake, and each time stays on record.
/// </summary>
internal sealed class Death
{
    public const string DiedOnPlace = "death.died_on", PaperPlace = "death.paper", PaperOnPlace = "death.paper_on";

    public required DeathId Id { get; init; }

    public required PersonId Person { get; init; }

    /// <summary>Where the document was shown.</summary>
    public required BranchId Branch { get; init; }

    /// <summary>A date as yyyy-MM-dd, sealed for the bank.</summary>
    public required byte[] DiedOn { get; init; }

    /// <summary>Number and issuer of the document, sealed likewise.</summary>
    public required byte[] Paper { get; init; }

    /// <summary>The document's own date, as yyyy-MM-dd, sealed likewise.</summary>
    public required byte[] PaperOn { get; init; }

    /// <summary>The person's sign-in was open and was closed with it.</summary>
    public required bool ClosedSignIn { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Who asked for it, and the last who approved.</summary>
    public required PersonId By { get; init; }

    public required PersonId With { get; init; }

    public static byte[] Seal(Seals seals, string place, DeathId id, string words) => seals.SealForBank($"{place}|{id}", Encoding.UTF8.GetBytes(words));

    public static string Open(Seals seals, string place, DeathId id, byte[] words) => Encoding.UTF8.GetString(seals.OpenForBank($"{place}|{id}", words));
}

/// <summary>The person lives, or was taken for another: what came with the death is undone, and both stay on record.</summary>
internal sealed class DeathReversal
{
    public const string ReasonPlace = "death_reversal.reason", PaperPlace = "death_reversal.paper";

    public required DeathId Death { get; init; }

    public required BranchId Branch { get; init; }

    /// <summary>How the mistake came about, and the paper that shows it; sealed for the bank.</summary>
    public required byte[] Reason { get; init; }

    public required byte[] Paper { get; init; }

    public required DateTime At { get; init; }

    public required PersonId By { get; init; }

    public required PersonId With { get; init; }
}

internal sealed class DeathTables : IEntityTypeConfiguration<Death>, IEntityTypeConfiguration<DeathReversal>
{
    public void Configure(EntityTypeBuilder<Death> builder)
    {
        builder.ToTable("death");
        builder.HasIndex(row => row.Person);
    }

    public void Configure(EntityTypeBuilder<DeathReversal> builder)
    {
        builder.ToTable("death_reversal");
        builder.HasKey(row => row.Death);
        builder.HasOne<Death>().WithMany().HasForeignKey(row => row.Death);
    }
}
