using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Access.Deciding;

/// <summary>
/// Everything that the access decision looks at, gathered at one instant. Null means that the fact is not known:
/// an unknown fact of a rule that refuses, refuses.
/// </summary>
internal sealed record AccessFacts
{
    /// <summary>The branch's local date and time.</summary>
    public required DateOnly Today { get; init; }

    public required TimeOnly Now { get; init; }

    public bool? DayOpen { get; init; }

    /// <summary>Today's vault hours; null when the vault is not served today, or when nobody has set them.</summary>
    public DayHours? Hours { get; init; }

    public int? PartiesInside { get; init; }

    public int? PartyLimit { get; init; }

    /// <summary>The party is inside already, at another locker of theirs, and does not count twice.</summary>
    public bool PartyIsInside { get; init; }

    /// <summary>Head office has allowed today's opening at hours of its own; <see cref="Hours"/> are those.</summary>
    public bool OutOfHours { get; init; }

    /// <summary>When the locker was last opened, as far as visits and the old register tell; null when never.</summary>
    public DateOnly? LastOpenedOn { get; init; }

    /// <summary>
    /// From when on every opening would be known: the first day of the hire, or the branch's first day here if that came later. What an old register
    /// lacks makes no locker dormant.
    /// </summary>
    public DateOnly? WatchedSince { get; init; }

    /// <summary>The operator said the code word, or has set none; null when it is not known.</summary>
    public bool? CodeWord { get; init; }

    public IReadOnlyList<HoldKind>? Holds { get; init; }

    /// <summary>Half open: from the first day of the hire to the day it ended.</summary>
    public bool? AgreementInForce { get; init; }

    public Mandate? Mandate { get; init; }

    /// <summary>Whether the person at the counter is a hirer of the agreement, or a signatory of an organisation that is one.</summary>
    public bool? OperatorIsHirer { get; init; }

    /// <summary>The person at the counter comes by a letter of authority that counts today.</summary>
    public bool OperatorIsAgent { get; init; }

    /// <summary>All hirers of the agreement, and which of them are here.</summary>
    public IReadOnlyList<HirerHere>? Hirers { get; init; }

    public IdentityCheck? IdentityCheck { get; init; }

    public OperatorSign? OperatorSign { get; init; }

    public bool? CustodianHoldsGuardKey { get; init; }

    public bool? CustodianIsParty { get; init; }

    public bool? CustodianIsRelative { get; init; }

    /// <summary>A second officer signed for this visit, and is neither the custodian, nor a party, nor a relative.</summary>
    public bool SecondOfficer { get; init; }

    public LockerCondition? LockerCondition { get; init; }

    public bool? LockerOpenElsewhere { get; init; }

    public DateOnly? DueDiligenceReviewOn { get; init; }

    public DateOnly? PhotographTakenOn { get; init; }

    public DateOnly? SignedOn { get; init; }

    public DateOnly? CopyDeliveredOn { get; init; }

    public DateOnly? RentPaidUntil { get; init; }

    /// <summary>An electronic locker has no key to emboss.</summary>
    public bool Keyless { get; init; }

    public bool? KeyEmbossed { get; init; }

    /// <summary>A key of the locker is reported lost, and its lock is not replaced yet.</summary>
    public bool? KeyReportedLost { get; init; }
}
