using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact.Complaints;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>
/// R13, R15: what happened to a locker and the duty to tell of it are one transaction. The messages go out after it: to each hirer by every e-mail address and
/// mobile number of theirs; for those without any to the registered contact, the first hirer who has one; a letter where nobody has.
/// </summary>
internal sealed class AlertHirers(SiteAddress site, PolicyBooks policies, WriteLetter letters)
{
    /// <summary>"At once" for a door found open: afterwards a manager answers for it.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(15);

    /// <summary>A hold keeps the hirers from what is theirs, so they learn of it within a day.</summary>
    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);

    public static bool IsAlert(string purpose) => purpose is Templates.VisitAlert or Templates.DoorAlert or Templates.HoldPlaced or Templates.HoldLifted;

    public static string TemplateOf(ObligationKind kind) => kind switch
    {
        ObligationKind.LockerOpened => Templates.VisitAlert,
        ObligationKind.DoorFoundOpen => Templates.DoorAlert,
        ObligationKind.HoldPlaced => Templates.HoldPlaced,
        ObligationKind.HoldLifted => Templates.HoldLifted,
    };

    private static NoticeKind NoticeOf(ObligationKind kind) => kind switch
    {
        ObligationKind.LockerOpened => NoticeKind.LockerOpened,
        ObligationKind.DoorFoundOpen => NoticeKind.DoorFoundOpen,
        ObligationKind.HoldPlaced => NoticeKind.HoldPlaced,
        ObligationKind.HoldLifted => NoticeKind.HoldLifted,
    };

    public Task On(StrongroomDb db, Act act, LockerOpened opened, CancellationToken cancel) => Raise(db, act, new Obligation
    {
        Id = act.NewId<Noun.Obligation>(),
        Kind = ObligationKind.LockerOpened,
        Branch = opened.Branch,
        Agreement = opened.Agreement,
        Locker = opened.Locker,
        ReferenceKind = Subject.Of(opened.Visit).Kind,
        Reference = opened.Visit.Value,
        Visit = opened.Visit,
        Operator = opened.Operator,
        HappenedAt = opened.At,
        RaisedAt = act.Now,
        DueAt = opened.DueAt,
        State = ObligationState.Due,
    }, cancel);

    /// <summary>R15: a door was found open. An alarm: it is due at once, and sleep does not stand before it.</summary>
    public Task OnDoorFound(StrongroomDb db, Act act, DoorFoundOpen found, CancellationToken cancel) => Raise(db, act, new Obligation
    {
        Id = act.NewId<Noun.Obligation>(),
        Kind = ObligationKind.DoorFoundOpen,
        Branch = found.Branch,
        Agreement = found.Agreement,
        Locker = found.Locker,
        ReferenceKind = Subject.Of(found.Occurrence).Kind,
        Reference = found.Occurrence.Value,
        Visit = null,
        Operator = null,
        HappenedAt = found.At,
        RaisedAt = act.Now,
        DueAt = act.Now + AtOnce,
        State = ObligationState.Due,
    }, cancel);

    /// <summary>R54, R56 and every other hold, unless its rule or the order says that the hirers must not know: then nothing at all is written.</summary>
    public Task OnHoldPlaced(StrongroomDb db, Act act, HoldWasPlaced placed, CancellationToken cancel) =>
        placed.TellHirer ? OfHold(db, act, ObligationKind.HoldPlaced, placed.Agreement, placed.Hold, placed.At, cancel) : Task.CompletedTask;

    public Task OnHoldLifted(StrongroomDb db, Act act, HoldWasLifted lifted, CancellationToken cancel) =>
        lifted.TellHirer ? OfHold(db, act, ObligationKind.HoldLifted, lifted.Agreement, lifted.Hold, lifted.At, cancel) : Task.CompletedTask;

    private async Task OfHold(StrongroomDb db, Act act, ObligationKind kind, AgreementId agreement, HoldId hold, DateTime at, CancellationToken cancel)
    {
        var hire = await db.AgreementFacts().SingleAsync(row => row.Id == agreement, cancel);
        await Raise(db, act, new Obligation
        {
            Id = act.NewId<Noun.Obligation>(),
            Kind = kind,
            Branch = hire.Branch,
            Agreement = agreement,
            Locker = hire.Locker,
            ReferenceKind = Subject.Of(hold).Kind,
            Reference = hold.Value,
            Visit = null,
            Operator = null,
            HappenedAt = at,
            RaisedAt = act.Now,
            DueAt = act.Now + ADay,
            State = ObligationState.Due,
        }, cancel);
    }

    private async Task Raise(StrongroomDb db, Act act, Obligation obligation, CancellationToken cancel)
    {
        var what = await WhatHappened.Of(db, obligation, cancel);
        var persons = what.Hirers.Select(hirer => hirer.Id).ToList();
        var channels = await db.ChannelFacts().Where(row => persons.Contains(row.Person)).OrderBy(row => row.Kind).ThenBy(row => row.Id).ToListAsync(cancel);
        var contact = what.Hirers.FirstOrDefault(hirer => channels.Exists(channel => channel.Person == hirer.Id));
        var without = what.Hirers.Where(hirer => !channels.Exists(channel => channel.Person == hirer.Id)).ToList();
        var notBefore = obligation.Kind == ObligationKind.DoorFoundOpen ? null
            : (await policies.Of(db).At<ContactPolicy>(what.Jurisdiction, obligation.Branch, act.Now.DateIn(what.Zone), cancel)).Values.NotBefore(act.Now, obligation.DueAt, what.Zone);

        db.Add(obligation);
        var raised = new Event(ContactAudit.Raised).About(obligation).About(obligation.Locker).With("kind", obligation.Kind).With("addressees", what.Hirers.Count);
        var addressees = new List<ObligationAddressee>();
        foreach (var hirer in what.Hirers)
        {
            var own = channels.FindAll(channel => channel.Person == hirer.Id);
            var via = own.Count == 0 ? contact?.Id : null;
            addressees.Add(new ObligationAddressee { Obligation = obligation.Id, Person = hirer.Id, Position = hirer.Position, Reachable = own.Count > 0 || via is not null, Via = via });
            raised.About(hirer.Id);
            if (own.Count == 0) continue;

            var key = await act.Seals.KeyOf(db, hirer.Id, cancel);
            var values = what.For(hirer, hirer.Id == contact?.Id ? without : [], site.To(ComplaintLink.Path(act.Seals, obligation.Id, hirer.Position)));
            foreach (var channel in own)
            {
                var medium = channel.Kind == ChannelKind.Email ? MessageMedium.Email : MessageMedium.Sms;
                var (subject, body) = Templates.Write(TemplateOf(obligation.Kind), medium, hirer.Language, values);
                await db.Queue(act, new NewMessage
                {
                    To = hirer.Id,
                    Medium = medium,
                    Address = key.Open(channel),
                    Masked = channel.Masked,
                    Subject = subject,
                    Body = body,
                    Purpose = TemplateOf(obligation.Kind),
                    Reference = Subject.Of(obligation.Id),
                    Branch = obligation.Branch,
                    NotBefore = notBefore,
                }, cancel);
            }
        }
        db.AddRange(addressees);
        foreach (var hirer in what.Hirers)
            db.Notify(act, hirer.Id, NoticeOf(obligation.Kind), Subject.Of(obligation.Id));
        if (contact is null) await letters.For(db, act, obligation, addressees, what, cancel);
        db.Append(act, raised);
    }
}
