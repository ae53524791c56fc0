using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact.Complaints;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Contact.Contracts;

public sealed record ComplaintLine
{
    public ComplaintId Id { get; init; }

    public string Number { get; init; } = "";

    public BranchId Branch { get; init; }

    public AgreementId Agreement { get; init; }

    public string Locker { get; init; } = "";

    public PersonId By { get; init; }

    public string ByName { get; init; } = "";

    public ObligationKind Kind { get; init; }

    public DateTime HappenedAt { get; init; }

    public DateTime OpenedAt { get; init; }
}

internal sealed record ComplaintSeenAlready() : Refusal("contact.complaint-seen-already", 409, "Somebody has seen to this complaint already.", "Go on with the next one.");

internal sealed record ComplaintIsYourOwn() : Refusal("contact.complaint-is-your-own", 403, "You complained yourself, or hold this locker.", "Let another manager see to it.");

/// <summary>Complaints that wait for a manager, oldest first.</summary>
internal sealed class ReadComplaints(StrongroomDb db, CurrentActor current)
{
    public async Task<IReadOnlyList<ComplaintLine>> Open(BranchId? branch, CancellationToken cancel)
    {
        var branches = current.Now.BranchesWith(ContactRights.Read);
        var rows = await (from row in db.Set<Complaint>().AsNoTracking()
                          join obligation in db.Set<Obligation>() on row.Obligation equals obligation.Id
                          join locker in db.LockerFacts() on row.Locker equals locker.Id
                          join person in db.PersonFacts() on row.By equals person.Id
                          where row.SeenAt == null && (branch == null || row.Branch == branch) && (branches == null || branches.Contains(row.Branch))
                          orderby row.OpenedAt, row.Sequence
                          select new { row.Id, row.Year, row.Sequence, row.Branch, row.Agreement, locker.Number, row.By, person.Name, obligation.Kind, obligation.HappenedAt, row.OpenedAt })
            .ToListAsync(cancel);
        return [.. rows.Select(row => new ComplaintLine
        {
            Id = row.Id,
            Number = Complaint.NumberOf(row.Year, row.Sequence),
            Branch = row.Branch,
            Agreement = row.Agreement,
            Locker = row.Number,
            By = row.By,
            ByName = row.Name,
            Kind = row.Kind,
            HappenedAt = row.HappenedAt,
            OpenedAt = row.OpenedAt,
        })];
    }
}

/// <summary>A manager has taken the complaint up; the hirer reads so on their own page.</summary>
internal sealed class SeeToComplaint(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(ComplaintId id, CancellationToken cancel) => write.Do<Done>("contact.see-to-complaint", new { id }, async act =>
    {
        var complaint = await db.Set<Complaint>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (complaint is null || !act.Actor.MayAt(ContactRights.Complaints, complaint.Branch)) return new NoSuch("complaint");
        // R16 in spirit: nobody settles what they are a party to.
        if (act.Actor.Person is { } me && await db.ConcernedBy(complaint.Agreement).ContainsAsync(me, cancel)) return new ComplaintIsYourOwn().About(id);
        if (complaint.SeenAt is not null) return new ComplaintSeenAlready().About(id);
        complaint.SeenAt = act.Now;
        complaint.SeenBy = act.Actor.Person;
        db.Append(act, new Event(ContactAudit.ComplaintSeen).About(complaint).With("number", complaint.Number));
        db.Notify(act, complaint.By, NoticeKind.ComplaintSeen, Subject.Of(complaint.Id));
        return Done.It;
    }, cancel);
}
