using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

/// <param name="Branch">Null for the whole bank.</param>
/// <param name="From">The first day, local to the branch.</param>
/// <param name="Until">The first day on which it holds no more; null for no end.</param>
public sealed record PostOfficerRequest(BranchId? Branch, [property: EnumDataType(typeof(Role))] Role Role, DateOnly From, DateOnly? Until);

public sealed record OfficerPosted(PostingId Id);

internal sealed record PostingInThePast(string Today) : Refusal("staff.posting-in-the-past", 422, "A posting cannot begin in the past.", $"Begin on {Today} or later.");

internal sealed record PostingEndsTooEarly() : Refusal("staff.posting-ends-too-early", 422, "The posting would end before it begins.", "Choose a later last day, or leave it open.");

internal sealed record PostedAlready() : Refusal("staff.posted-already", 409, "The officer has this role there already.", "End that posting first if its dates are to change.");

internal sealed record WholeBankOnly(Role Role) : Refusal("staff.whole-bank-only", 422, "An administrator works for the whole bank, not for a branch.", "Leave the branch out.");

internal sealed class PostOfficer(StrongroomDb db, Write write)
{
    public Task<Outcome<OfficerPosted>> Handle(OfficerId id, PostOfficerRequest request, CancellationToken cancel) =>
        write.Do<OfficerPosted>("staff.post-officer", new { id, request }, async act =>
        {
            if (!act.Actor.MayEverywhere(StaffRights.Write)) return new NotYours();
            var officer = await db.Set<Officer>().SingleOrDefaultAsync(row => row.Id == id && row.LeftAt == null, cancel);
            if (officer is null) return new NoSuch("officer");
            return await Decide(act, officer, request, cancel);
        }, cancel);

    internal async Task<Outcome<OfficerPosted>> Decide(Act act, Officer officer, PostOfficerRequest request, CancellationToken cancel)
    {
        var zone = request.Branch is { } at ? await db.BranchFacts().Where(row => row.Id == at).Select(row => row.Zone).SingleOrDefaultAsync(cancel) : "UTC";
        if (zone is null) return new NoSuch("branch") { Field = "branch" };
        var today = act.Now.DateIn(zone);
        if (request.Role == Role.Admin && request.Branch is not null) return new WholeBankOnly(request.Role) { Field = "branch" };
        if (request.From < today) return new PostingInThePast($"{today:yyyy-MM-dd}") { Field = "from" };
        if (request.Until <= request.From) return new PostingEndsTooEarly { Field = "until" };

        var standing = await db.Set<Posting>().Where(row => row.Officer == officer.Id && row.EndedAt == null).ToListAsync(cancel);
        if (Duties.Fault(standing, request.Role, request.Branch, request.From, request.Until) is { } conflict) return conflict.About(officer.Id).About(officer.Person);
        if (standing.Find(row => row.Role == request.Role && row.Branch == request.Branch) is { } same)
        {
            if (!(same.Until <= today)) return new PostedAlready { Field = "role" }.About(officer.Id).About(officer.Person);
            same.EndedAt = act.Now;
        }

        var posting = new Posting
        {
            Id = act.NewId<Noun.Posting>(),
            Officer = officer.Id,
            Branch = request.Branch,
            Role = request.Role,
            From = request.From,
            Until = request.Until,
        };
        // Two postings of one officer at the same moment must not each miss the other's role.
        db.LeanOn(officer);
        db.Add(posting);
        var posted = new Event(StaffAudit.Posted).About(officer.Id).About(officer.Person).About(posting.Id).About(request.Branch)
            .With("role", request.Role).With("from", request.From);
        if (request.Until is { } until) posted.With("until", until);
        db.Append(act, posted);
        return new OfficerPosted(posting.Id);
    }
}
