using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Contact;

internal sealed record AlertedHirer(PersonId Id, int Position, string Name, string Language, Sealed<string>? Home);

/// <summary>What an alert says, and to whom: all that the addressee needs to know whether it was them, and nothing of what lies in the locker.</summary>
internal sealed record WhatHappened(IReadOnlyList<AlertedHirer> Hirers, string Locker, string Branch, string Zone, string Jurisdiction, PersonId? Operator, string? OperatorName, DateTime At, HoldKind? Hold)
{
    public static async Task<WhatHappened> Of(StrongroomDb db, Obligation obligation, CancellationToken cancel)
    {
        var hirers = await (from party in db.PartyFacts()
                            join person in db.PersonFacts() on party.Person equals person.Id
                            where party.Agreement == obligation.Agreement && party.Role == PartyRole.Hirer
                            orderby party.Position
                            select new AlertedHirer(person.Id, party.Position, person.Name, person.Language, person.Home)).ToListAsync(cancel);
        var place = await (from locker in db.LockerFacts()
                           join branch in db.BranchFacts() on locker.Branch equals branch.Id
                           where locker.Id == obligation.Locker
                           select new { locker.Number, branch.Name, branch.Zone, branch.Jurisdiction }).SingleAsync(cancel);
        var operatorName = await db.PersonFacts().Where(person => person.Id == obligation.Operator).Select(person => person.Name).SingleOrDefaultAsync(cancel);
        // Both facts of a hold are raised in the act that saves or changes it.
        HoldKind? hold = obligation.Kind is ObligationKind.HoldPlaced or ObligationKind.HoldLifted ? await db.KindOfHold(new(obligation.Reference), cancel) : null;
        return new(hirers, place.Number, place.Name, place.Zone, place.Jurisdiction, obligation.Operator, operatorName, obligation.HappenedAt, hold);
    }

    public Templates.Values For(AlertedHirer hirer, IReadOnlyList<AlertedHirer> also, string complaint) => new(hirer.Name, Locker, Branch, At, Zone)
    {
        Operator = hirer.Id == Operator ? null : OperatorName ?? "",
        Also = [.. also.Select(other => other.Name)],
        Complaint = complaint,
        Hold = Hold,
    };
}
