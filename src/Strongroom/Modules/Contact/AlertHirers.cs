using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>R13: the operation and the duty to tell of it are one transaction. The messages go out after it.</summary>
internal static class AlertHirers
{
    public const string Purpose = "visit-alert";

    public static async Task On(StrongroomDb db, Act act, LockerOpened opened, CancellationToken cancel)
    {
        var hirers = await (from party in db.PartyFacts()
                            join person in db.PersonFacts() on party.Person equals person.Id
                            where party.Agreement == opened.Agreement && party.Role == PartyRole.Hirer
                            orderby party.Position
                            select new { person.Id, person.Name, person.Language }).ToListAsync(cancel);
        var persons = hirers.ConvertAll(hirer => hirer.Id);
        var channels = await db.ChannelFacts().Where(row => persons.Contains(row.Person) && row.Kind == ChannelKind.Email).OrderBy(row => row.Id).ToListAsync(cancel);
        var place = await (from locker in db.LockerFacts()
                           join branch in db.BranchFacts() on locker.Branch equals branch.Id
                           where locker.Id == opened.Locker
                           select new { locker.Number, branch.Name, branch.Zone }).SingleAsync(cancel);
        var operatorName = await db.PersonFacts().Where(person => person.Id == opened.Operator).Select(person => person.Name).SingleAsync(cancel);

        var obligation = new Obligation
        {
            Id = act.NewId<Noun.Obligation>(),
            Branch = opened.Branch,
            Agreement = opened.Agreement,
            Visit = opened.Visit,
            RaisedAt = act.Now,
            DueAt = opened.DueAt,
            State = ObligationState.Due,
        };
        db.Add(obligation);
        var raised = new Event(ContactAudit.Raised).About(obligation).About(opened.Locker).With("addressees", hirers.Count);
        foreach (var hirer in hirers)
        {
            var own = channels.FindAll(channel => channel.Person == hirer.Id);
            db.Add(new ObligationAddressee { Obligation = obligation.Id, Person = hirer.Id, Reachable = own.Count > 0 });
            raised.About(hirer.Id);
            if (own.Count == 0) continue;

            var key = await act.Seals.KeyOf(db, hirer.Id, cancel);
            var (subject, body) = Templates.Of(
                new VisitAlert(hirer.Name, operatorName, hirer.Id == opened.Operator, place.Number, place.Name, opened.At, place.Zone), hirer.Language);
            foreach (var channel in own)
            {
                await db.Queue(act, new NewMessage
                {
                    To = hirer.Id,
                    Address = key.Open(channel),
                    Masked = channel.Masked,
                    Subject = subject,
                    Body = body,
                    Purpose = Purpose,
                    Reference = Subject.Of(obligation.Id),
                    Branch = opened.Branch,
                }, cancel);
            }
        }
        db.Append(act, raised);
    }
}
