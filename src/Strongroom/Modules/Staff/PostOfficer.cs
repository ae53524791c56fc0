using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Recertifying;

namespace Strongroom.Modules.Staff;

/// <param name="Branch">Null for the whole bank.</param>
/// <param name="From">The first day, local to the branch.</param>
/// <param name="Until">The first day on which it holds no more; null for no end.</param>
public sealed record PostOfficerRequest(BranchId? Branch, [property: EnumDataType(typeof(Role))] Role Role, DateOnly From, DateOnly? Until);

/// <summary>A role that was given; or nothing yet, and the request that others must approve first.</summary>
public sealed record OfficerPosted(PostingId? Id, ApprovalId? Approval = null);

internal sealed record PostingInThePast(string Today) : Refusal("staff.posting-in-the-past", 422, "A posting cannot begin in the past.", $"Begin on {Today} or later.");

internal sealed record PostingTooFarAhead(string Latest) : Refusal("staff.posting-too-far-ahead", 422, "A posting begins within a year from now.", $"Begin on {Latest} or earlier, or give the role when its time comes.");

internal sealed record PostingEndsTooEarly() : Refusal("staff.posting-ends-too-early", 422, "The posting would end before it begins.", "Choose a later last day, or leave it open.");

internal sealed record PostedAlready() : Refusal("staff.posted-already", 409, "The officer has this role there already.", "End that posting first if its dates are to change.");

internal sealed record WholeBankOnly(Role Role) : Refusal("staff.whole-bank-only", 422, "An administrator works for the whole bank, not for a branch.", "Leave the branch out.");

/// <summary>
/// Gives a role. One person asks and others approve, as many as the policy says; the bank's only administrator, as long as there never was a second one, and
/// the command line give it at once. Taking a role away (<see cref="EndPosting"/>) needs nobody else.
/// </summary>
internal sealed class PostOfficer(StrongroomDb db, Write write, ApprovalBook approvals, PolicyBook policies)
{
    public Task<Outcome<OfficerPosted>> Handle(OfficerId id, PostOfficerRequest request, CancellationToken cancel) =>
        write.Do<OfficerPosted>("staff.post-officer", new { id, request }, async act =>
        {
            if (!act.Actor.MayEverywhere(StaffRights.Write)) return new NotYours();
            var officer = await db.Set<Officer>().SingleOrDefaultAsync(row => row.Id == id && row.LeftAt == null, cancel);
            if (officer is null) return new NoSuch("officer");
            if (act.Actor.Person is null || await approvals.NobodyElseYet(ApprovedPosting.Kind.Approve, cancel)) return await Decide(act, officer, request, cancel);
            return await Ask(act, officer, request, cancel);
        }, cancel);

    internal async Task<Outcome<OfficerPosted>> Decide(Act act, Officer officer, PostOfficerRequest request, CancellationToken cancel)
    {
        if ((await Plan(act, officer, request, cancel)).Refused(out var refusal, out var plan)) return refusal;
        if (plan.Former is { } former) former.EndedAt = act.Now;
        var policy = await policies.Staff(plan.Branch?.Jurisdiction, request.Branch, request.From, cancel);
        var (recertifyBy, lapsesOn) = RecertificationRules.From(request.From, policy);
        var posting = new Posting
        {
            Id = act.NewId<Noun.Posting>(),
            Officer = officer.Id,
            Branch = request.Branch,
            Role = request.Role,
            From = request.From,
            Until = request.Until,
            RecertifyBy = recertifyBy,
            LapsesOn = lapsesOn,
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

    private async Task<Outcome<OfficerPosted>> Ask(Act act, Officer officer, PostOfficerRequest request, CancellationToken cancel)
    {
        // What would be refused now is not asked for.
        if ((await Plan(act, officer, request, cancel)).Refused(out var refusal, out var plan)) return refusal;
        var policy = await policies.Approvals(plan.Branch?.Jurisdiction, request.Branch, act.Now.DateIn(plan.Branch?.Zone ?? "UTC"), cancel);
        var name = await db.PersonFacts().Where(row => row.Id == officer.Person).Select(row => row.Name).SingleAsync(cancel);
        var approval = await approvals.Ask<ApprovedPosting, PostingToApprove>(act, new(
            new(officer.Id, request.Branch, request.Role, request.From, request.Until), PostingWords.Of(name, officer, request, plan), request.Branch,
            [officer.Person], policy.OthersForRole, policy.Life), cancel);
        return new OfficerPosted(null, approval);
    }

    /// <summary>In whose date a posting begins.</summary>
    internal async Task<string> ZoneOf(BranchId? branch, CancellationToken cancel) =>
        await db.BranchFacts().Where(row => row.Id == branch).Select(row => row.Zone).SingleOrDefaultAsync(cancel) ?? "UTC";

    /// <summary>Why it cannot be done; otherwise what it leans on. Changes nothing.</summary>
    internal async Task<Outcome<PostingPlan>> Plan(Act act, Officer officer, PostOfficerRequest request, CancellationToken cancel)
    {
        var branch = request.Branch is { } at ? await db.BranchFacts().SingleOrDefaultAsync(row => row.Id == at, cancel) : null;
        if (branch is null && request.Branch is not null) return new NoSuch("branch") { Field = "branch" };
        var today = act.Now.DateIn(branch?.Zone ?? "UTC");
        if (request.Role == Role.Admin && request.Branch is not null) return new WholeBankOnly(request.Role) { Field = "branch" };
        if (request.From < today) return new PostingInThePast($"{today:yyyy-MM-dd}") { Field = "from" };
        if (request.From > today.AddYears(1)) return new PostingTooFarAhead($"{today.AddYears(1):yyyy-MM-dd}") { Field = "from" };
        if (request.Until <= request.From) return new PostingEndsTooEarly { Field = "until" };

        var standing = await db.Set<Posting>().Where(row => row.Officer == officer.Id && row.EndedAt == null).ToListAsync(cancel);
        if (Duties.Fault(standing, request.Role, request.Branch, request.From, request.Until) is { } conflict) return conflict.About(officer.Id).About(officer.Person);
        var same = standing.Find(row => row.Role == request.Role && row.Branch == request.Branch);
        if (same is not null && !(same.Until <= today)) return new PostedAlready { Field = "role" }.About(officer.Id).About(officer.Person);
        return new PostingPlan(branch, standing, same);
    }
}

/// <param name="Branch">Null for the whole bank.</param>
/// <param name="Standing">The officer's postings that have not been ended.</param>
/// <param name="Former">The same posting, whose time is over: it is ended when it is made again.</param>
internal sealed record PostingPlan(BranchFacts? Branch, IReadOnlyList<Posting> Standing, Posting? Former);
