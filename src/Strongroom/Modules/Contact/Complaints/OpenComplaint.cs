using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Contact.Complaints;

/// <summary>What whoever holds the link sees: no name.</summary>
public sealed record ComplaintSubject(ObligationKind Kind, string Locker, string Branch, DateTime At, string Zone, string? Number, DateTime? OpenedAt);

public sealed record ComplaintOpened(string Number);

internal sealed record LinkCountsNoMore() : Refusal("contact.link-counts-no-more", 404, "This address is not one of ours, or it counts no more.",
    "Look whether the whole address was copied, or go to your branch and complain there.");

internal sealed class OpenComplaint(StrongroomDb db, Write write, Seals seals, TimeProvider clock, CurrentActor current, WrongLinks wrong)
{
    private const int MostTries = 5;

    public async Task<Outcome<ComplaintSubject>> Look(string token, CancellationToken cancel)
    {
        if (wrong.TooMany(current.Now.Address)) return new TooManyWrongLinks();
        if (await Behind(token, clock.UtcNow(), cancel) is not ({ } obligation, { } by))
        {
            wrong.Note(current.Now.Address);
            return new LinkCountsNoMore();
        }
        var what = await WhatHappened.Of(db, obligation, cancel);
        var opened = await db.Set<Complaint>().AsNoTracking().SingleOrDefaultAsync(row => row.Obligation == obligation.Id && row.By == by, cancel);
        return new ComplaintSubject(obligation.Kind, what.Locker, what.Branch, what.At, what.Zone, opened?.Number, opened?.OpenedAt);
    }

    /// <summary>Asked twice it is the same complaint: an impatient finger makes no second number.</summary>
    public async Task<Outcome<ComplaintOpened>> Handle(string token, CancellationToken cancel)
    {
        if (wrong.TooMany(current.Now.Address)) return new TooManyWrongLinks();
        // Two complaints of the same moment want the same number; the second takes the next one.
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await Once(token, cancel);
            if (outcome.Refusal is LinkCountsNoMore) wrong.Note(current.Now.Address);
            if (outcome.Refusal is not ChangedMeanwhile || attempt == MostTries) return outcome;
        }
    }

    private Task<Outcome<ComplaintOpened>> Once(string token, CancellationToken cancel) => write.Do<ComplaintOpened>("contact.open-complaint", new { token }, async act =>
    {
        if (await Behind(token, act.Now, cancel) is not ({ } obligation, { } by)) return new LinkCountsNoMore();
        if (await db.Set<Complaint>().AsNoTracking().SingleOrDefaultAsync(row => row.Obligation == obligation.Id && row.By == by, cancel) is { } before) return new ComplaintOpened(before.Number);

        var what = await WhatHappened.Of(db, obligation, cancel);
        var year = act.Now.DateIn(what.Zone).Year;
        var complaint = new Complaint
        {
            Id = act.NewId<Noun.Complaint>(),
            Year = year,
            Sequence = 1 + (await db.Set<Complaint>().Where(row => row.Year == year).MaxAsync(row => (int?)row.Sequence, cancel) ?? 0),
            Branch = obligation.Branch,
            Agreement = obligation.Agreement,
            Locker = obligation.Locker,
            Obligation = obligation.Id,
            By = by,
            OpenedAt = act.Now,
        };
        db.Add(complaint);
        db.Append(act, new Event(ContactAudit.ComplaintOpened).About(complaint).With("number", complaint.Number));
        foreach (var manager in await Managers.Of(db, complaint.Branch, act.Now, cancel)) db.Notify(act, manager, NoticeKind.ComplaintOpened, Subject.Of(complaint.Id));
        await Acknowledge(act, complaint, what, cancel);
        return new ComplaintOpened(complaint.Number);
    }, cancel);

    private async Task<(Obligation?, PersonId?)> Behind(string token, DateTime now, CancellationToken cancel)
    {
        if (ComplaintLink.Read(seals, token) is not ({ } id, var position)) return (null, null);
        var obligation = await db.Set<Obligation>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (obligation is null || now - obligation.RaisedAt > ComplaintLink.Life) return (null, null);
        // Who was told under a record that has since been merged complains under the one that stays.
        return (obligation, await (from row in db.Set<ObligationAddressee>()
                                   join person in db.PersonFacts() on row.Person equals person.Id
                                   where row.Obligation == id && row.Position == position
                                   select (PersonId?)(person.MergedInto ?? person.Id)).SingleOrDefaultAsync(cancel));
    }

    // They asked just now, so it is no time of quiet.
    private async Task Acknowledge(Act act, Complaint complaint, WhatHappened what, CancellationToken cancel)
    {
        if (what.Hirers.FirstOrDefault(hirer => hirer.Id == complaint.By) is not { } hirer) return;
        var key = await act.Seals.KeyOf(db, complaint.By, cancel);
        foreach (var channel in await db.ChannelFacts().Where(row => row.Person == complaint.By).OrderBy(row => row.Id).ToListAsync(cancel))
        {
            var medium = channel.Kind == ChannelKind.Email ? MessageMedium.Email : MessageMedium.Sms;
            var (subject, body) = Templates.Write(Templates.ComplaintReceived, medium, hirer.Language,
                new(hirer.Name, what.Locker, what.Branch, complaint.OpenedAt, what.Zone) { Number = complaint.Number });
            await db.Queue(act, new NewMessage
            {
                To = complaint.By,
                Medium = medium,
                Address = key.Open(channel),
                Masked = channel.Masked,
                Subject = subject,
                Body = body,
                Purpose = Templates.ComplaintReceived,
                Reference = Subject.Of(complaint.Id),
                Branch = complaint.Branch,
            }, cancel);
        }
    }
}

internal static class ComplaintEvents
{
    public static Event About(this Event happened, Complaint complaint) => happened
        .About(complaint.Id).About(complaint.By).About(complaint.Agreement).About(complaint.Locker).About(complaint.Branch).About(complaint.Obligation);
}
