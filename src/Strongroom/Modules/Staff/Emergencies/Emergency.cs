using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff.Emergencies;

/// <summary>
/// An officer takes a role at a branch for minutes. Append-only: that it was opened by two signatures, that it ended and that it was reviewed stands in
/// <see cref="EmergencyEvent"/>. Without the first it gives nothing.
/// </summary>
internal sealed class Emergency
{
    private const string ReasonPlace = "emergency.reason";

    public required EmergencyId Id { get; init; }

    public required PersonId Holder { get; init; }

    public required PersonId Second { get; init; }

    public required BranchId Branch { get; init; }

    public required Role Role { get; init; }

    public required int Minutes { get; init; }

    /// <summary>Sealed with the bank's key.</summary>
    public required byte[] Reason { get; init; }

    public required DateTime AskedAt { get; init; }

    /// <summary>What the holder signs.</summary>
    public required SignatureId OwnSignature { get; init; }

    public required SignatureId SecondSignature { get; init; }

    /// <summary>Within how many days it is reviewed, as the policy was: a later policy makes no old review late.</summary>
    public required int ReviewDays { get; init; }

    public static byte[] SealReason(Seals seals, EmergencyId id, string reason) => seals.SealForBank($"{ReasonPlace}|{id}", Encoding.UTF8.GetBytes(reason));

    public string ReasonBy(Seals seals) => Encoding.UTF8.GetString(seals.OpenForBank($"{ReasonPlace}|{Id}", Reason));
}

internal enum EmergencyStep { Opened, Ended, Reviewed }

/// <summary>What became of an emergency; each of it once.</summary>
internal sealed class EmergencyEvent
{
    private const string WordsPlace = "emergency_event.words";

    public required EmergencyId Emergency { get; init; }

    public required EmergencyStep Step { get; init; }

    /// <summary>Null where time did it.</summary>
    public required PersonId? By { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Of the opening: from this instant on it gives nothing.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Of the review: sealed with the bank's key.</summary>
    public byte[]? Words { get; init; }

    public static byte[] SealWords(Seals seals, EmergencyId id, string words) => seals.SealForBank($"{WordsPlace}|{id}", Encoding.UTF8.GetBytes(words));

    public string? WordsBy(Seals seals) => Words is null ? null : Encoding.UTF8.GetString(seals.OpenForBank($"{WordsPlace}|{Emergency}", Words));
}

internal static class OpenEmergencies
{
    /// <summary>Opened, not ended, and their minutes not over.</summary>
    public static IQueryable<Emergency> Open(this IQueryable<Emergency> rows, StrongroomDb db, DateTime now) => rows.Where(row =>
        db.Set<EmergencyEvent>().Any(one => one.Emergency == row.Id && one.Step == EmergencyStep.Opened && one.At <= now && now < one.Until)
        && !db.Set<EmergencyEvent>().Any(one => one.Emergency == row.Id && one.Step == EmergencyStep.Ended));

    /// <summary>Over, and nobody has reviewed them.</summary>
    public static IQueryable<Emergency> ToReview(this IQueryable<Emergency> rows, StrongroomDb db, DateTime now) => rows.Where(row =>
        db.Set<EmergencyEvent>().Any(one => one.Emergency == row.Id && one.Step == EmergencyStep.Opened && (one.Until <= now
            || db.Set<EmergencyEvent>().Any(end => end.Emergency == row.Id && end.Step == EmergencyStep.Ended)))
        && !db.Set<EmergencyEvent>().Any(one => one.Emergency == row.Id && one.Step == EmergencyStep.Reviewed));
}

internal sealed class EmergencyTables : IEntityTypeConfiguration<Emergency>, IEntityTypeConfiguration<EmergencyEvent>
{
    public void Configure(EntityTypeBuilder<Emergency> builder)
    {
        builder.ToTable("emergency");
        builder.HasIndex(row => new { row.Holder, row.AskedAt });
        builder.HasIndex(row => row.Branch);
    }

    public void Configure(EntityTypeBuilder<EmergencyEvent> builder)
    {
        builder.ToTable("emergency_event");
        builder.HasKey(row => new { row.Emergency, row.Step });
        builder.HasIndex(row => row.Until);
        builder.HasOne<Emergency>().WithMany().HasForeignKey(row => row.Emergency);
    }
}
