using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

/// <param name="CustomerNumber">The relative's: an officer knows it from them, and searches no customers for it.</param>
public sealed record DeclareRelativeRequest(
    [property: Required, StringLength(20)] string CustomerNumber, [property: EnumDataType(typeof(Relation))] Relation Relation);

public sealed record RelativeDeclared(RelativeId Id);

internal sealed record NoSuchCustomer() : Refusal("staff.no-such-customer", 422, "No customer has this number.", "Check it on their passbook. Only customers need to be declared.");

internal sealed record OwnRelative() : Refusal("staff.own-relative", 422, "This is the officer's own customer number.", "Enter the relative's number; nobody serves themselves anyway.");

internal sealed record DeclaredAlready() : Refusal("staff.declared-already", 409, "This relative is declared already.", "Nothing needs to be done.");

/// <summary>"This person is family, so I may not serve them" (R16). By the officer, or by the manager of a branch where they are posted.</summary>
internal sealed class DeclareRelative(StrongroomDb db, Write write)
{
    public Task<Outcome<RelativeDeclared>> Handle(OfficerId id, DeclareRelativeRequest request, CancellationToken cancel) =>
        write.Do<RelativeDeclared>("staff.declare-relative", new { id, request }, async act =>
        {
            var officer = await db.Set<Officer>().SingleOrDefaultAsync(row => row.Id == id && row.LeftAt == null, cancel);
            if (officer is null || !await db.MaySeeRelatives(act.Actor, officer, cancel)) return new NoSuch("officer");
            var person = await db.PersonFacts().Where(row => row.Cif == request.CustomerNumber).Select(row => (PersonId?)row.Id).SingleOrDefaultAsync(cancel);
            if (person is not { } relative) return new NoSuchCustomer { Field = "customerNumber" };
            if (relative == officer.Person) return new OwnRelative { Field = "customerNumber" };

            var row = new Relative { Id = act.NewId<Noun.Relative>(), Officer = id, Person = relative, Relation = request.Relation, DeclaredOn = DateOnly.FromDateTime(act.Now) };
            db.Add(row);
            db.Append(act, new Event(StaffAudit.RelativeDeclared).About(id).About(officer.Person).About(relative).About(row.Id).With("relation", request.Relation));
            return new RelativeDeclared(row.Id);
        }, cancel);
}

/// <summary>A declaration that was a mistake, or that ended with a divorce. It stays in the log.</summary>
internal sealed class WithdrawRelative(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(RelativeId id, CancellationToken cancel) =>
        write.Do<Done>("staff.withdraw-relative", new { id }, async act =>
        {
            // Before the declaration, as in EndPosting.
            var officer = await db.Set<Officer>().SingleOrDefaultAsync(officer => db.Set<Relative>().Any(one => one.Id == id && one.Officer == officer.Id), cancel);
            if (officer is not null) db.LeanOn(officer);
            var row = officer is null ? null : await db.Set<Relative>().SingleOrDefaultAsync(row => row.Id == id && row.WithdrawnAt == null, cancel);
            if (row is null || officer is null || !await db.MaySeeRelatives(act.Actor, officer, cancel)) return new NoSuch("relative");
            // Whom one may serve is not one's own to widen.
            if (act.Actor.Person == officer.Person) return new NotYours().About(officer.Person);

            row.WithdrawnAt = act.Now;
            db.Append(act, new Event(StaffAudit.RelativeWithdrawn).About(officer.Id).About(officer.Person).About(row.Person).About(id));
            return Done.It;
        }, cancel);
}

internal static class RelativesSeen
{
    public static async Task<bool> MaySeeRelatives(this StrongroomDb db, Actor actor, Officer officer, CancellationToken cancel)
    {
        if (actor.Person == officer.Person || actor.MayEverywhere(StaffRights.Relatives)) return true;
        var branches = actor.BranchesWith(StaffRights.Relatives)!;
        return await db.Set<Posting>().AnyAsync(row => row.Officer == officer.Id && row.EndedAt == null && row.Branch != null && branches.Contains(row.Branch.Value), cancel);
    }
}
