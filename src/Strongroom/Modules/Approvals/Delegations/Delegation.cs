using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Approvals.Delegations;

/// <summary>
/// Somebody hands what they approve to a colleague for a time. Append-only: that it was signed, and that it ended early, stands in
/// <see cref="DelegationEvent"/>. Without the first it counts for nothing.
/// </summary>
internal sealed class Delegation
{
    private const string ReasonPlace = "approval_delegation.reason";

    public required DelegationId Id { get; init; }

    public required PersonId Delegator { get; init; }

    public required PersonId StandIn { get; init; }

    /// <summary>Null for everywhere.</summary>
    public required BranchId? Branch { get; init; }

    /// <summary>Names of kinds, between commas; empty for all that the delegator approves.</summary>
    public required string Kinds { get; init; }

    public required DateTime From { get; init; }

    /// <summary>From this instant on it holds no more.</summary>
    public required DateTime Until { get; init; }

    /// <summary>Sealed with the bank's key.</summary>
    public required byte[] Reason { get; init; }

    /// <summary>The delegator's own, asked for when the row was written.</summary>
    public required SignatureId Signature { get; init; }

    public required DateTime MadeAt { get; init; }

    public IReadOnlyList<string> KindNames => Kinds.Length == 0 ? [] : Kinds.Split(',');

    public bool Covers(string kind, BranchId? branch) => (Branch is null || Branch == branch) && (Kinds.Length == 0 || KindNames.Contains(kind));

    public static byte[] SealReason(Seals seals, DelegationId id, string reason) => seals.SealForBank($"{ReasonPlace}|{id}", Encoding.UTF8.GetBytes(reason));

    public string ReasonBy(Seals seals) => Encoding.UTF8.GetString(seals.OpenForBank($"{ReasonPlace}|{Id}", Reason));
}

internal enum DelegationStep { Signed, Ended }

/// <summary>What became of a delegation; each of it once.</summary>
internal sealed class DelegationEvent
{
    public required DelegationId Delegation { get; init; }

    public required DelegationStep Step { get; init; }

    public required PersonId By { get; init; }

    public required DateTime At { get; init; }
}

internal static class StandingDelegations
{
    /// <summary>Signed, begun, and not over.</summary>
    public static IQueryable<Delegation> InForce(this IQueryable<Delegation> rows, StrongroomDb db, DateTime now) =>
        rows.Where(row => row.From <= now).NotOver(db, now);

    /// <summary>Signed, and neither ended nor past; it may begin later.</summary>
    public static IQueryable<Delegation> NotOver(this IQueryable<Delegation> rows, StrongroomDb db, DateTime now) => rows.Where(row => now < row.Until
        && db.Set<DelegationEvent>().Any(happened => happened.Delegation == row.Id && happened.Step == DelegationStep.Signed)
        && !db.Set<DelegationEvent>().Any(happened => happened.Delegation == row.Id && happened.Step == DelegationStep.Ended));
}

internal sealed class DelegationTables : IEntityTypeConfiguration<Delegation>, IEntityTypeConfiguration<DelegationEvent>
{
    public void Configure(EntityTypeBuilder<Delegation> builder)
    {
        builder.ToTable("approval_delegation");
        builder.Ignore(row => row.KindNames);
        builder.Property(row => row.Kinds).HasMaxLength(2000);
        builder.HasIndex(row => new { row.StandIn, row.Until });
        builder.HasIndex(row => row.Delegator);
    }

    public void Configure(EntityTypeBuilder<DelegationEvent> builder)
    {
        builder.ToTable("approval_delegation_event");
        builder.HasKey(row => new { row.Delegation, row.Step });
        builder.HasOne<Delegation>().WithMany().HasForeignKey(row => row.Delegation);
    }
}
