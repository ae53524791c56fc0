using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

/// <param name="From">Where it is approved on a later day, the posting begins on that day.</param>
internal sealed record PostingToApprove(OfficerId Officer, BranchId? Branch, Role Role, DateOnly From, DateOnly? Until);

/// <summary>The role that others have approved. The officer's row is bound: another posting, a leaving or an ended role meanwhile, and it must be asked for anew.</summary>
internal sealed class ApprovedPosting(StrongroomDb db, PostOfficer post) : IApprovedAtOnce<PostingToApprove>
{
    public static ApprovalKind Kind { get; } = new("staff.post-officer", "Give a role", StaffRights.Write, StaffRights.Read, StaffRights.Write,
        // Who handed over half of the code could sign in as the officer: the role is another's to approve.
        [new(StaffAudit.Invited, Within: null, "gave this officer the sign-in"), new(StaffAudit.StartedOver, Within: null, "gave this officer the sign-in anew")]);

    public async Task<IReadOnlyList<BoundRow>> Bound(PostingToApprove payload, CancellationToken cancel) =>
        [BoundRow.Of(payload.Officer, (await db.Set<Officer>().SingleAsync(row => row.Id == payload.Officer, cancel)).Version)];

    public async Task<Refusal?> CarryOut(Act act, PostingToApprove payload, CancellationToken cancel)
    {
        var officer = await db.Set<Officer>().SingleOrDefaultAsync(row => row.Id == payload.Officer && row.LeftAt == null, cancel);
        if (officer is null) return new NoSuch("officer");
        var today = act.Now.DateIn(await post.ZoneOf(payload.Branch, cancel));
        return (await post.Decide(act, officer, new(payload.Branch, payload.Role, payload.From < today ? today : payload.From, payload.Until), cancel)).Refusal;
    }
}

/// <summary>What an approver reads of a posting.</summary>
internal static class PostingWords
{
    public static ApprovalWords Of(string name, Officer officer, PostOfficerRequest request, PostingPlan plan)
    {
        var place = plan.Branch?.Name ?? "the whole bank";
        return new($"Post {name} as {Duties.Words(request.Role)} of {place}",
        [
            new("Officer", $"{name}, staff number {officer.StaffNumber}"),
            new("Role", $"{Duties.Words(request.Role)}: {Duties.Purpose(request.Role)}"),
            new("Where", place),
            new("First day", $"{Day(request.From)}, or the day of the last approval if that is later"),
            new("Last day", request.Until is { } until ? Day(until.AddDays(-1)) : "no end"),
            new("Roles held now", plan.Standing.Count == 0 ? "none" : string.Join(", ", plan.Standing.Select(posting => Duties.Words(posting.Role)).Distinct())),
        ]);
    }

    private static string Day(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
