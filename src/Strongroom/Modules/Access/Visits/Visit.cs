using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;

namespace Strongroom.Modules.Access.Visits;

/// <summary>One operation of one locker, check-in to check-out (R19b).</summary>
internal sealed class Visit : IVersioned
{
    public required VisitId Id { get; init; }

    public required BranchDayId Day { get; init; }

    public required BranchId Branch { get; init; }

    public required VaultId Vault { get; init; }

    public required LockerId Locker { get; init; }

    public required AgreementId Agreement { get; init; }

    /// <summary>
    /// The first visit of the party that opens several lockers of theirs in one visit to the vault; its own id for that first one. The party counts
    /// once against the vault's limit.
    /// </summary>
    public required VisitId Party { get; init; }

    /// <summary>Who came to operate the locker.</summary>
    public required PersonId Operator { get; init; }

    /// <summary>The number on the slip: counts up within the branch's day.</summary>
    public required int Number { get; init; }

    public required VisitState State { get; set; }

    public required DateTime ArrivedAt { get; init; }

    public IdentityCheck? IdentityCheck { get; set; }

    public OperatorSign? OperatorSign { get; set; }

    /// <summary>The officer who stood by a thumb impression; never the one who took it (R11).</summary>
    public PersonId? Witness { get; set; }

    /// <summary>Who leads a blind or ill operator, by name, sealed under the operator's key (R11).</summary>
    public Sealed<string>? Escort { get; set; }

    /// <summary>The operator said the code word that they had set.</summary>
    public bool CodeWordSaid { get; set; }

    /// <summary>The signature that the operator was asked for on a phone of their own.</summary>
    public SignatureId? OperatorSignature { get; set; }

    /// <summary>What the operator drew on the screen: a blob under the operator's key, gone when that is destroyed.</summary>
    public string? Drawn { get; set; }

    public DateTime? IdentifiedAt { get; set; }

    public PersonId? IdentifiedBy { get; set; }

    /// <summary>The decision that admitted or refused. A new attempt makes a new decision.</summary>
    public DecisionId? Decision { get; set; }

    /// <summary>The officer who holds the guard key and serves the vault.</summary>
    public PersonId? Custodian { get; set; }

    /// <summary>The signature that a second officer was asked for, where the policy wants one.</summary>
    public SignatureId? SecondSignature { get; set; }

    public PersonId? SecondOfficer { get; set; }

    public DateTime? AdmittedAt { get; set; }

    /// <summary>Keys turned, door open, officer left the hirer alone (R11).</summary>
    public DateTime? AloneAt { get; set; }

    public DateTime? LockedAt { get; set; }

    /// <summary>Check-out, or the end of a visit that was refused, left or aborted. Null while the visit is open.</summary>
    public DateTime? EndedAt { get; set; }

    public PersonId? EndedBy { get; set; }

    /// <summary>Why it was aborted or left: a code and, sealed under the operator's key, the officer's words.</summary>
    public EndReason? EndReason { get; set; }

    public Sealed<string>? EndNote { get; set; }

    /// <summary>The officer's note on the decision's warnings, sealed under the operator's key.</summary>
    public Sealed<string>? WarningNote { get; set; }

    /// <summary>Entered after the fact from this paper slip (R19c); null for a visit that was served on screen.</summary>
    public string? PaperSlip { get; init; }

    /// <summary>Beyond the year's free visits, the how manieth of the year it is: billing makes the charge (R14).</summary>
    public int? OfYear { get; set; }

    public long Version { get; set; }
}

/// <summary>A hirer who approves a visit from a phone of their own, and so counts as present (R10).</summary>
internal sealed class VisitApproval
{
    public required VisitId Visit { get; init; }

    public required PersonId Person { get; init; }

    public required SignatureId Signature { get; set; }
}

/// <summary>A hirer who came along with the operator; the mandate is evaluated from all who are present (R10).</summary>
internal sealed class VisitPresent
{
    public required VisitId Visit { get; init; }

    public required PersonId Person { get; init; }
}

/// <summary>The answer to "may this locker be opened now", with every rule's answer. Written once, never changed.</summary>
internal sealed class Decision
{
    public required DecisionId Id { get; init; }

    public required VisitId Visit { get; init; }

    public required DateTime At { get; init; }

    public required Answer Result { get; init; }

    /// <summary>JSON of the rules' answers, in the order they were asked.</summary>
    public required string Rules { get; init; }

    /// <summary>Version of the access policy that was used.</summary>
    public required string Policy { get; init; }

    /// <summary>The officer who asked to admit.</summary>
    public required PersonId? AskedBy { get; init; }
}

/// <summary>The manager has seen to a decision's warnings. Of the decision, not of the visit: a new attempt warns anew.</summary>
internal sealed class SeenWarning
{
    public required DecisionId Decision { get; init; }

    public required DateTime At { get; init; }

    public required PersonId? By { get; init; }
}

internal sealed class VisitTables : IEntityTypeConfiguration<Visit>, IEntityTypeConfiguration<VisitPresent>, IEntityTypeConfiguration<Decision>,
    IEntityTypeConfiguration<SeenWarning>, IEntityTypeConfiguration<VisitApproval>
{
    public void Configure(EntityTypeBuilder<Visit> builder)
    {
        builder.ToTable("visit");
        builder.HasIndex(row => row.Locker).IsUnique().HasFilter("ended_at IS NULL");
        builder.HasIndex(row => new { row.Day, row.Number }).IsUnique();
        builder.HasIndex(row => row.Party).HasFilter("ended_at IS NULL");
        builder.HasIndex(row => new { row.Branch, row.PaperSlip }).IsUnique().HasFilter("paper_slip IS NOT NULL");
        builder.Property(row => row.PaperSlip).HasMaxLength(20);
        builder.HasIndex(row => new { row.Agreement, row.ArrivedAt });
        builder.HasIndex(row => new { row.Operator, row.ArrivedAt });
        builder.HasOne<BranchDay>().WithMany().HasForeignKey(row => row.Day);
    }

    public void Configure(EntityTypeBuilder<VisitApproval> builder)
    {
        builder.ToTable("visit_approval");
        builder.HasKey(row => new { row.Visit, row.Person });
        builder.HasOne<Visit>().WithMany().HasForeignKey(row => row.Visit);
    }

    public void Configure(EntityTypeBuilder<VisitPresent> builder)
    {
        builder.ToTable("visit_present");
        builder.HasKey(row => new { row.Visit, row.Person });
        builder.HasOne<Visit>().WithMany().HasForeignKey(row => row.Visit);
    }

    public void Configure(EntityTypeBuilder<Decision> builder)
    {
        builder.ToTable("access_decision");
        builder.HasIndex(row => row.Visit);
        builder.Property(row => row.Policy).HasMaxLength(100);
        builder.HasOne<Visit>().WithMany().HasForeignKey(row => row.Visit);
    }

    public void Configure(EntityTypeBuilder<SeenWarning> builder)
    {
        builder.ToTable("seen_warning");
        builder.HasKey(row => row.Decision);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.Decision);
    }
}
