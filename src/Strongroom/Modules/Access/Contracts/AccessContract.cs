using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Visits;

namespace Strongroom.Modules.Access.Contracts;

/// <summary>R19b. Six acts lead from Waiting to Closed; the last three states end a visit before that.</summary>
public enum VisitState { Waiting, Identified, Admitted, Alone, Locked, Closed, Refused, Left, Aborted }

public enum IdentityCheck { PhotographCompared, IdentityDocument, KnownToOfficer }

/// <summary>
/// How the operator signed for the visit (R11): on the slip, compared with the specimen; by a passkey on a phone of their own; by an impression of the
/// thumb before a witness; or drawn on the counter's screen, compared with the specimen beside it.
/// </summary>
public enum OperatorSign { SlipSigned, OwnPasskey, ThumbImpression, DrawnOnScreen }

public enum EndReason { HirerLeft, HirerUnwell, LockJammed, WrongKey, Emergency, Mistake }

/// <summary>R12. Ordered: the worst answer of all rules is the decision's.</summary>
public enum Answer { Pass, Warn, Refuse }

public sealed record VisitFacts
{
    public VisitId Id { get; init; }

    public BranchDayId Day { get; init; }

    public BranchId Branch { get; init; }

    public VaultId Vault { get; init; }

    public LockerId Locker { get; init; }

    public AgreementId Agreement { get; init; }

    public PersonId Operator { get; init; }

    public int Number { get; init; }

    /// <summary>The first visit of the party in the vault; its own id for that one.</summary>
    public VisitId Party { get; init; }

    public VisitState State { get; init; }

    public DateTime ArrivedAt { get; init; }

    public DateTime? AdmittedAt { get; init; }

    public DateTime? AloneAt { get; init; }

    public DateTime? LockedAt { get; init; }

    public DateTime? EndedAt { get; init; }

    public PersonId? Custodian { get; init; }

    /// <summary>The slip that it was entered from after the fact; null when it was served on screen.</summary>
    public string? PaperSlip { get; init; }

    /// <summary>Beyond the free visits, the how manieth of the year (R14).</summary>
    public int? OfYear { get; init; }

    public long Version { get; init; }
}

/// <summary>Raised when a locker was opened for its operator: the operation that the hirers must be told of (R13).</summary>
/// <param name="DueAt">The branch's close of that day, UTC.</param>
public sealed record LockerOpened(VisitId Visit, BranchId Branch, AgreementId Agreement, LockerId Locker, PersonId Operator, DateTime At, DateTime DueAt);

public static class AccessContract
{
    public static IQueryable<VisitFacts> VisitFacts(this StrongroomDb db) => db.Set<Visit>().AsNoTracking().Select(row => new VisitFacts
    {
        Id = row.Id,
        Day = row.Day,
        Branch = row.Branch,
        Vault = row.Vault,
        Locker = row.Locker,
        Agreement = row.Agreement,
        Operator = row.Operator,
        Number = row.Number,
        Party = row.Party,
        State = row.State,
        ArrivedAt = row.ArrivedAt,
        AdmittedAt = row.AdmittedAt,
        AloneAt = row.AloneAt,
        LockedAt = row.LockedAt,
        EndedAt = row.EndedAt,
        Custodian = row.Custodian,
        PaperSlip = row.PaperSlip,
        OfYear = row.OfYear,
        Version = row.Version,
    });
}
