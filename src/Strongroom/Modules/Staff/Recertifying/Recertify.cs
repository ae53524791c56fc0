using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff.Recertifying;

public sealed record PostingDecided([property: Required] PostingId? Posting, [property: Required, EnumDataType(typeof(Recertified))] Recertified? Decision);

/// <param name="Decisions">Each posting once; 200 at most.</param>
public sealed record RecertifyRequest([property: Required, MinLength(1), MaxLength(200)] IReadOnlyList<PostingDecided> Decisions);

public sealed record PostingsRecertified(int Confirmed, int Ended);

internal sealed record DecidedTwice() : Refusal("staff.recertify-twice", 422, "One posting is named twice.", "Say once whether it is confirmed or ended.");

/// <summary>
/// The yearly look at who holds which role: each posting is confirmed or ended by another administrator than its officer. All of a request or nothing, so that a branch
/// is looked through as a whole.
/// </summary>
internal sealed class Recertify(StrongroomDb db, Write write, PolicyBook policies)
{
    public Task<Outcome<PostingsRecertified>> Handle(RecertifyRequest request, CancellationToken cancel) =>
        write.Do<PostingsRecertified>("staff.recertify", request, async act =>
        {
            if (!act.Actor.MayEverywhere(StaffRights.Write) || act.Actor.Person is not { } me) return new NotYours();
            var asked = request.Decisions.Select(one => one.Posting!.Value).ToList();
            if (asked.Distinct().Count() != asked.Count) return new DecidedTwice { Field = "decisions" };
            var found = await (
                from posting in db.Set<Posting>()
                where asked.Contains(posting.Id) && posting.EndedAt == null
                join officer in db.Set<Officer>() on posting.Officer equals officer.Id
                where officer.LeftAt == null
                select new { posting, officer }).ToDictionaryAsync(row => row.posting.Id, cancel);
            var (administrators, givers) = (await db.AdministratorsAtWork(act.Now, cancel), await db.GiversOf(asked, cancel));
            var counts = (Confirmed: 0, Ended: 0);
            foreach (var one in request.Decisions)
            {
                if (!found.TryGetValue(one.Posting!.Value, out var row)) return new NoSuch("posting") { Field = "decisions" };
                var (posting, officer) = (row.posting, row.officer);
                var branch = posting.Branch is { } at ? await db.BranchFacts().SingleAsync(facts => facts.Id == at, cancel) : null;
                var today = act.Now.DateIn(branch?.Zone ?? "UTC");
                // Two who look at once, and an ending meanwhile, must not each miss the other.
                db.LeanOn(officer);
                var due = posting.RecertifyBy;
                if (one.Decision == Recertified.Ended)
                {
                    if (officer.Person == me) return new OwnPosting().About(officer.Id).About(officer.Person);
                    EndPosting.End(db, act, officer, posting);
                    counts.Ended++;
                }
                else
                {
                    var facts = new PostingToConfirm(officer.Person, givers.GetValueOrDefault(posting.Id), administrators, due);
                    var policy = await policies.Staff(branch?.Jurisdiction, posting.Branch, today, cancel);
                    if (RecertificationRules.WhyNotConfirm(facts, me, policy.RecertifyNoticeDays, today) is { } refusal) return refusal.About(officer.Id).About(officer.Person).About(posting.Id);
                    (posting.RecertifyBy, posting.LapsesOn) = RecertificationRules.From(today, policy);
                    counts.Confirmed++;
                    db.Append(act, new Event(StaffAudit.PostingConfirmed).About(officer.Id).About(officer.Person).About(posting.Id).About(posting.Branch)
                        .With("role", posting.Role).With("was-due", due).With("next-due", posting.RecertifyBy));
                }
                db.Add(new Recertification
                {
                    Id = act.NewId<Noun.Recertification>(),
                    Posting = posting.Id,
                    Decision = one.Decision!.Value,
                    By = me,
                    At = act.Now,
                    WasDue = due,
                    NextDue = one.Decision == Recertified.Confirmed ? posting.RecertifyBy : null,
                    LastActed = await db.EventFacts().Where(happened => happened.Actor == officer.Person).MaxAsync(happened => (DateTime?)happened.At, cancel),
                });
            }
            return new PostingsRecertified(counts.Confirmed, counts.Ended);
        }, cancel);
}

internal static class Givers
{
    /// <summary>Who carried out the act that gave each posting: the log knows, so that there is no second account of it.</summary>
    public static async Task<IReadOnlyDictionary<PostingId, PersonId?>> GiversOf(this StrongroomDb db, IReadOnlyCollection<PostingId> postings, CancellationToken cancel)
    {
        var (ids, kind, noun) = (postings.Select(posting => posting.Value).ToList(), StaffAudit.Posted.Name, Subject.KindOf<Noun.Posting>());
        var given = await (
            from about in db.EventAbouts()
            where about.Kind == noun && ids.Contains(about.Id)
            join happened in db.EventFacts() on about.Event equals happened.Id
            where happened.Kind == kind
            select new { about.Id, happened.Actor }).ToListAsync(cancel);
        return given.DistinctBy(one => one.Id).ToDictionary(one => new PostingId(one.Id), one => one.Actor);
    }
}
