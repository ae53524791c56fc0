using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Agreements.Contracts;

namespace Strongroom.Modules.Agreements;

/// <summary>The contract of hire: who may have which locker opened.</summary>
internal sealed class Agreement : IVersioned
{
    public const string ReceiptColumn = "agreement.deposit_receipt";

    public required AgreementId Id { get; init; }

    /// <summary>Printed on the copy; unique in its branch.</summary>
    public required string Number { get; init; }

    public required BranchId Branch { get; init; }

    public required LockerId Locker { get; init; }

    public required Mandate Mandate { get; set; }

    public required DateOnly StartsOn { get; init; }

    public DateOnly? EndedOn { get; set; }

    /// <summary>When the signed and stamped agreement was made; null when there is none on file (R6).</summary>
    public DateOnly? SignedOn { get; set; }

    /// <summary>When the hirer got a copy.</summary>
    public DateOnly? CopyDeliveredOn { get; set; }

    /// <summary>Last day the rent is paid for; null when unknown.</summary>
    public DateOnly? RentPaidUntil { get; set; }

    /// <summary>For a year, as recorded; null when nobody wrote it down.</summary>
    public Money? YearlyRent { get; set; }

    /// <summary>Security deposit, as recorded.</summary>
    public Money? Deposit { get; set; }

    /// <summary>The deposit receipt's number, sealed under the first hirer's key.</summary>
    public Sealed<string>? DepositReceipt { get; set; }

    public long Version { get; set; }
}

internal sealed class AgreementParty
{
    public required AgreementId Agreement { get; init; }

    public required PersonId Person { get; init; }

    public required PartyRole Role { get; init; }

    /// <summary>1 is the first-named hirer.</summary>
    public required int Position { get; init; }
}

/// <summary>What blocks an agreement. Placed and lifted, never edited.</summary>
internal sealed class Hold
{
    public const string ReasonColumn = "hold.reason", LiftReasonColumn = "hold.lift_reason", PaperColumn = "hold.paper", LiftPaperColumn = "hold.lift_paper";

    public required HoldId Id { get; init; }

    public required AgreementId Agreement { get; init; }

    public required HoldKind Kind { get; init; }

    /// <summary>Free text of the officer, sealed under the first hirer's key.</summary>
    public required Sealed<string> Reason { get; set; }

    /// <summary>The order or certificate behind it, as it is cited, sealed likewise; null when there is none.</summary>
    public Sealed<string>? Paper { get; set; }

    /// <summary>The hirers are told of it, and see on their own page why.</summary>
    public required bool TellHirer { get; set; }

    public required PersonId? PlacedBy { get; set; }

    public required DateTime Since { get; init; }

    /// <summary>Ends by itself at this instant; null until lifted.</summary>
    public DateTime? Until { get; init; }

    public DateTime? LiftedAt { get; set; }

    /// <summary>Who lifted it, or asked that it be lifted.</summary>
    public PersonId? LiftedBy { get; set; }

    /// <summary>The last of the others who approved that it be lifted; null where none was needed.</summary>
    public PersonId? LiftedWith { get; set; }

    public Sealed<string>? LiftReason { get; set; }

    public Sealed<string>? LiftPaper { get; set; }

    /// <summary>Of a freeze that its hirer lifted by a passkey: what the hirer signed.</summary>
    public SignatureId? LiftSignature { get; set; }

    /// <summary>The mark of a hirer's death that placed it, and that takes it away again when it was a mistake.</summary>
    public DeathId? Death { get; init; }

    /// <summary>How the hirer was identified who had it unfrozen at the counter.</summary>
    public HirerCheck? LiftCheck { get; set; }

    /// <summary>Taken from an old register's remark; blocks like any other until staff confirm or lift it.</summary>
    public bool Unconfirmed { get; set; }

    public DateTime? ConfirmedAt { get; set; }

    public PersonId? ConfirmedBy { get; set; }
}

/// <summary>
/// A nominee as an old register names one: kept as it was written and never converted (R65). Names and relation are sealed under the first hirer's key.
/// </summary>
internal sealed class RecordedNominee
{
    public const string NameColumn = "recorded_nominee.name", RelationColumn = "recorded_nominee.relation";

    public required AgreementId Agreement { get; init; }

    /// <summary>1 is named first.</summary>
    public required int Position { get; init; }

    public required Sealed<string> Name { get; set; }

    public Sealed<string>? Relation { get; set; }
}

internal sealed class AgreementsTables : IEntityTypeConfiguration<Agreement>, IEntityTypeConfiguration<AgreementParty>, IEntityTypeConfiguration<Hold>,
    IEntityTypeConfiguration<RecordedNominee>
{
    public void Configure(EntityTypeBuilder<Agreement> builder)
    {
        builder.ToTable("agreement");
        builder.Property(row => row.Number).HasMaxLength(30);
        builder.HasIndex(row => new { row.Branch, row.Number }).IsUnique();
        // To find a number in all branches at once.
        builder.HasIndex(row => new { row.Number, row.Branch });
        builder.HasIndex(row => row.Locker).IsUnique().HasFilter("ended_on IS NULL");
    }

    public void Configure(EntityTypeBuilder<AgreementParty> builder)
    {
        builder.ToTable("agreement_party");
        builder.HasKey(row => new { row.Agreement, row.Person });
        builder.HasIndex(row => row.Person);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(row => row.Agreement);
    }

    public void Configure(EntityTypeBuilder<Hold> builder)
    {
        builder.ToTable("hold");
        builder.HasIndex(row => row.Agreement);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(row => row.Agreement);
    }

    public void Configure(EntityTypeBuilder<RecordedNominee> builder)
    {
        builder.ToTable("recorded_nominee");
        builder.HasKey(row => new { row.Agreement, row.Position });
        builder.HasOne<Agreement>().WithMany().HasForeignKey(row => row.Agreement);
    }
}
