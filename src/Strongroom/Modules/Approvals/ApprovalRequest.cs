using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Approvals;

/// <summary>Somebody asks that something be done, and says all of it. Append-only: what becomes of it stands in <see cref="ApprovalEvent"/>.</summary>
internal sealed class ApprovalRequest
{
    private const string PayloadPlace = "approval_request.payload", WordsPlace = "approval_request.words";

    public required ApprovalId Id { get; init; }

    /// <summary>The registered kind, "staff.post-officer".</summary>
    public required string Kind { get; init; }

    /// <summary>Null for what concerns the whole bank.</summary>
    public required BranchId? Branch { get; init; }

    /// <summary>SHA-256 of everything that is approved; an approver signs it, and a row that was altered since matches it no more.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Canonical JSON, sealed with the bank's key: payload and words may name people.</summary>
    public required byte[] Payload { get; init; }

    public required byte[] Words { get; init; }

    /// <summary>Canonical JSON of the rows it touches with their versions.</summary>
    public required string Bound { get; init; }

    public required PersonId Maker { get; init; }

    /// <summary>How many different persons must approve, besides the maker.</summary>
    public required int Needed { get; init; }

    public required DateTime MadeAt { get; init; }

    /// <summary>From this instant on it can be neither approved nor used.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <param name="payload">Canonical.</param>
    public static ApprovalRequest Made(
        Act act, PersonId maker, ApprovalKind kind, BranchId? branch, IReadOnlyList<PersonId> subjects, byte[] payload, ApprovalWords words, string bound, int needed, TimeSpan life)
    {
        var (id, until, said) = (act.NewId<Noun.Approval>(), act.Now + life, CanonicalPayload.Encode(words));
        return new ApprovalRequest
        {
            Id = id,
            Kind = kind.Name,
            Branch = branch,
            Hash = HashOf(id, kind.Name, branch, subjects, maker, needed, act.Now, until, bound, payload, said),
            Payload = act.Seals.SealForBank(PlaceOf(PayloadPlace, id), payload),
            Words = act.Seals.SealForBank(PlaceOf(WordsPlace, id), said),
            Bound = bound,
            Maker = maker,
            Needed = needed,
            MadeAt = act.Now,
            ExpiresAt = until,
        };
    }

    public byte[] PayloadBy(Seals seals) => seals.OpenForBank(PlaceOf(PayloadPlace, Id), Payload);

    public ApprovalWords WordsBy(Seals seals) => CanonicalPayload.Decode<ApprovalWords>(seals.OpenForBank(PlaceOf(WordsPlace, Id), Words));

    /// <summary>Whether row and subjects still are what was hashed when the request was made.</summary>
    public bool IsUnaltered(Seals seals, IEnumerable<PersonId> subjects)
    {
        try
        {
            return CryptographicOperations.FixedTimeEquals(
                Hash, HashOf(Id, Kind, Branch, subjects, Maker, Needed, MadeAt, ExpiresAt, Bound, PayloadBy(seals), seals.OpenForBank(PlaceOf(WordsPlace, Id), Words)));
        }
        catch (CryptographicException)
        {
            // What was sealed does not open here: altered, or moved from another request.
            return false;
        }
    }

    public IReadOnlyList<BoundRow> BoundRows => CanonicalPayload.Decode<BoundRow[]>(Encoding.UTF8.GetBytes(Bound));

    public static string TextOf(IEnumerable<BoundRow> bound) => Encoding.UTF8.GetString(CanonicalPayload.Encode(bound.OrderBy(row => row.Row, StringComparer.Ordinal).ToArray()));

    private static byte[] HashOf(
        ApprovalId id, string kind, BranchId? branch, IEnumerable<PersonId> subjects, PersonId maker, int needed, DateTime made, DateTime until, string bound, byte[] payload, byte[] words) =>
        CanonicalPayload.HashOf(new
        {
            approval = id,
            kind,
            branch,
            subjects = subjects.OrderBy(person => person.Value).ToArray(),
            maker,
            needed,
            made,
            until,
            bound = JsonSerializer.Deserialize<JsonElement>(bound),
            payload = JsonSerializer.Deserialize<JsonElement>(payload),
            words = JsonSerializer.Deserialize<JsonElement>(words),
        });

    // A payload moved to another request does not open.
    private static string PlaceOf(string column, ApprovalId id) => $"{column}|{id}";
}

/// <summary>Whom a request is about: they decide nothing of it.</summary>
internal sealed class ApprovalSubject
{
    public required ApprovalId Approval { get; init; }

    public required PersonId Person { get; init; }
}

internal enum ApprovalStep { Approved, Rejected, Withdrawn, Expired, Used }

/// <summary>What became of a request, in order. Two that happen at once want the same number, and only one gets it.</summary>
internal sealed class ApprovalEvent
{
    private const string ReasonPlace = "approval_event.reason";

    public required ApprovalId Approval { get; init; }

    /// <summary>1, 2, 3 … within the request.</summary>
    public required int Number { get; init; }

    public required ApprovalStep Step { get; init; }

    /// <summary>Null where time did it.</summary>
    public required PersonId? By { get; init; }

    /// <summary>In whose place, where it was decided by a stand-in.</summary>
    public PersonId? For { get; init; }

    /// <summary>Of the same: what let them.</summary>
    public DelegationId? Delegation { get; init; }

    /// <summary>Of a rejection: why, sealed with the bank's key.</summary>
    public byte[]? Reason { get; init; }

    /// <summary>Of an approval: what the approver signed.</summary>
    public SignatureId? Signature { get; init; }

    public required DateTime At { get; init; }

    public static byte[] SealReason(Seals seals, ApprovalId approval, string reason) => seals.SealForBank($"{ReasonPlace}|{approval}", Encoding.UTF8.GetBytes(reason));

    public string? ReasonBy(Seals seals) => Reason is null ? null : Encoding.UTF8.GetString(seals.OpenForBank($"{ReasonPlace}|{Approval}", Reason));
}

internal sealed class ApprovalTables : IEntityTypeConfiguration<ApprovalRequest>, IEntityTypeConfiguration<ApprovalSubject>, IEntityTypeConfiguration<ApprovalEvent>
{
    public void Configure(EntityTypeBuilder<ApprovalRequest> builder)
    {
        builder.ToTable("approval_request");
        builder.Ignore(row => row.BoundRows);
        builder.Property(row => row.Kind).HasMaxLength(80);
        builder.HasIndex(row => row.ExpiresAt);
        builder.HasIndex(row => row.MadeAt);
    }

    public void Configure(EntityTypeBuilder<ApprovalSubject> builder)
    {
        builder.ToTable("approval_subject");
        builder.HasKey(row => new { row.Approval, row.Person });
        builder.HasOne<ApprovalRequest>().WithMany().HasForeignKey(row => row.Approval);
    }

    public void Configure(EntityTypeBuilder<ApprovalEvent> builder)
    {
        builder.ToTable("approval_event");
        builder.HasKey(row => new { row.Approval, row.Number });
        builder.HasOne<Delegations.Delegation>().WithMany().HasForeignKey(row => row.Delegation);
        builder.HasOne<ApprovalRequest>().WithMany().HasForeignKey(row => row.Approval);
    }
}
