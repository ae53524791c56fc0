using Strongroom.Data;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Agreements.Contracts;

/// <summary>A hire of an old register about to be taken over.</summary>
/// <param name="FirstHirer">Whose key the agreement's free text is sealed under.</param>
/// <param name="Hirers">All of them in their order, the first one at its head.</param>
/// <param name="Nominee">As recorded, never converted (R65).</param>
public sealed record OldAgreement(
    string Number, BranchId Branch, LockerId Locker, Mandate Mandate, TakenPerson FirstHirer, IReadOnlyList<PersonId> Hirers,
    DateOnly StartsOn, DateOnly? SignedOn, DateOnly? RentPaidUntil, Money? YearlyRent, Money? Deposit, string? DepositReceipt,
    string? Nominee, string? NomineeRelation);

public static class TakeAgreements
{
    public const int LongestNumber = 30;

    public static AgreementId TakeAgreement(this Bulk bulk, Act act, OldAgreement taken)
    {
        var id = act.NewId<Noun.Agreement>();
        var key = taken.FirstHirer.Key;
        bulk.Add(new Agreement
        {
            Id = id,
            Number = taken.Number,
            Branch = taken.Branch,
            Locker = taken.Locker,
            Mandate = taken.Mandate,
            StartsOn = taken.StartsOn,
            SignedOn = taken.SignedOn,
            RentPaidUntil = taken.RentPaidUntil,
            YearlyRent = taken.YearlyRent,
            Deposit = taken.Deposit,
            DepositReceipt = taken.DepositReceipt is { } receipt ? key.Seal(Agreement.ReceiptColumn, id.Value, receipt) : null,
        });
        for (var at = 0; at < taken.Hirers.Count; at++)
            bulk.Add(new AgreementParty { Agreement = id, Person = taken.Hirers[at], Role = PartyRole.Hirer, Position = at + 1 });
        if (taken.Nominee is { } nominee)
        {
            bulk.Add(new RecordedNominee
            {
                Agreement = id,
                Position = 1,
                Name = key.Seal(RecordedNominee.NameColumn, id.Value, nominee),
                Relation = taken.NomineeRelation is { } relation ? key.Seal(RecordedNominee.RelationColumn, id.Value, relation) : null,
            });
        }
        return id;
    }

    /// <summary>Blocks a hire taken over in the same save: the register's remark says why, and staff confirm or lift it.</summary>
    public static HoldId TakeHold(this Bulk bulk, Act act, AgreementId agreement, TakenPerson firstHirer, HoldKind kind, string reason)
    {
        var id = act.NewId<Noun.Hold>();
        bulk.Add(new Hold
        {
            Id = id,
            Agreement = agreement,
            Kind = kind,
            Reason = firstHirer.Key.Seal(Hold.ReasonColumn, id.Value, reason),
            PlacedBy = null,
            // Nobody has seen the paper, so nobody is told of what may be a mistake of the register.
            TellHirer = false,
            Since = act.Now,
            Unconfirmed = true,
        });
        return id;
    }
}
