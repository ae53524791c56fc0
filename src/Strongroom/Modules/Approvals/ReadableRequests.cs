using System.Linq.Expressions;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;

namespace Strongroom.Modules.Approvals;

/// <summary>Where somebody may decide requests of a kind; null stands for everywhere, those of the whole bank included.</summary>
internal sealed record Reach(string Kind, IReadOnlyList<BranchId>? Branches);

/// <summary>
/// Which requests are somebody's to see, as a condition that the database can ask: their own, and those whose kind they have the right to read or to approve where the
/// request stands, in their own right or as a stand-in. The same as <see cref="ApprovalBook.Reads"/> says of one.
/// </summary>
internal static class ReadableRequests
{
    public static Expression<Func<ApprovalRequest, bool>> By(Actor reader, IEnumerable<ApprovalKind> kinds, IEnumerable<Reach> asStandIn)
    {
        // A request stands in somebody's own inbox, and programs have none.
        if (reader.Person is not { } me) return request => false;
        Expression<Func<ApprovalRequest, bool>> own = request => request.Maker == me;
        return Where(reader, kinds, kind => [kind.Read, kind.Approve], asStandIn) is { } others ? own.Or(others) : own;
    }

    /// <summary>Null where there is nothing that this person could ever approve.</summary>
    public static Expression<Func<ApprovalRequest, bool>>? ToApproveBy(Actor approver, IEnumerable<ApprovalKind> kinds, IEnumerable<Reach> asStandIn) =>
        Where(approver, kinds, kind => [kind.Approve], asStandIn);

    private static Expression<Func<ApprovalRequest, bool>>? Where(
        Actor person, IEnumerable<ApprovalKind> kinds, Func<ApprovalKind, IReadOnlyList<string>> rights, IEnumerable<Reach> asStandIn)
    {
        var own = ApprovalBook.InOwnRight(person);
        List<Reach> reach = [.. kinds.Select(kind => new Reach(kind.Name, BranchesWithAny(own, rights(kind)))), .. asStandIn];
        var everywhere = reach.Where(one => one.Branches is null).Select(one => one.Kind).ToList();
        List<Expression<Func<ApprovalRequest, bool>>> ways = [];
        if (everywhere.Count > 0) ways.Add(request => everywhere.Contains(request.Kind));
        // Kinds that reach equally far share one condition: an officer's kinds mostly do.
        foreach (var group in reach.Where(one => one.Branches is { Count: > 0 }).GroupBy(one => string.Join(' ', one.Branches!.Select(branch => branch.Value).Order())))
        {
            var (names, branches) = (group.Select(one => one.Kind).ToList(), group.First().Branches!);
            ways.Add(request => request.Branch != null && names.Contains(request.Kind) && branches.Contains(request.Branch.Value));
        }
        return ways.Count == 0 ? null : ways.Aggregate(Conditions.Or);
    }

    private static List<BranchId>? BranchesWithAny(Actor person, IReadOnlyList<string> rights)
    {
        var each = rights.Select(person.BranchesWith).ToList();
        return each.Exists(branches => branches is null) ? null : [.. each.SelectMany(branches => branches!).Distinct()];
    }
}
